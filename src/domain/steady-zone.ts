import { IANAZone } from 'luxon';

const quarter = 15 * 60_000;
/** Since then every zone has changed its clocks at a full quarter of an hour. */
const steadySince = Date.UTC(1980, 0, 1);
const remembered = 20_000;

/** A time zone that asks the calendar of the system once for each quarter of an hour: luxon asks at every moment. */
class SteadyZone extends IANAZone {
  readonly #offsets = new Map<number, number>();

  override offset(moment: number): number {
    if (!(moment >= steadySince)) return super.offset(moment);
    const place = Math.floor(moment / quarter);
    const known = this.#offsets.get(place);
    if (known !== undefined) return known;
    const offset = super.offset(place * quarter);
    if (this.#offsets.size >= remembered) this.#offsets.clear();
    this.#offsets.set(place, offset);
    return offset;
  }
}

const zones = new Map<string, IANAZone>();

/** The zone of an IANA name, for many moments of one place. */
export function steadyZone(name: string): IANAZone {
  const zone = zones.get(name) ?? new SteadyZone(name);
  zones.set(name, zone);
  return zone;
}

import { DateTime, Info } from 'luxon';

const hour = 3_600_000;
const week = 7 * 24 * hour;

/** Moments (epoch milliseconds) in the period at which the zone's offset from UTC changes. */
function changesIn(zone: string, from: number, to: number): number[] {
  const rules = Info.normalizeZone(zone);
  const offsetAt = (moment: number) => rules.offset(moment);
  const found: number[] = [];
  // No zone changes its clock there and back in less than a week.
  for (let start = from; start < to; start += week) {
    if (offsetAt(start) === offsetAt(start + week)) continue;
    let [before, after] = [start, start + week];
    while (after - before > 60_000) {
      const middle = Math.floor((before + after) / 2 / 60_000) * 60_000;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

function local(moment: number, offset: number): string {
  return DateTime.fromMillis(moment, { zone: 'utc' }).plus({ minutes: offset }).toFormat("yyyyMMdd'T'HHmmss");
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function observance(zone: string, moment: number): string[] {
  const before = DateTime.fromMillis(moment - 60_000, { zone }).offset;
  const after = DateTime.fromMillis(moment, { zone });
  const name = after.isInDST ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    // The onset is told in the time that the clock showed until then.
    `DTSTART:${local(moment, before)}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after.offset)}`,
    `END:${name}`,
  ];
}

/**
 * The zone's VTIMEZONE (RFC 5545, 3.6.5) for events in the period: every change of the clock from a year before to a
 * year after it, one by one, so that no rule can be wrong; in a zone whose clock stands still, its one offset.
 */
export function vtimezone(zone: string, period: { start: number; end: number }): string {
  const year = 366 * 24 * hour;
  const from = Math.floor((period.start - year) / (24 * hour)) * 24 * hour;
  const changes = changesIn(zone, from, period.end + year);
  const onsets = changes.length > 0 ? changes : [from];
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...onsets.flatMap((one) => observance(zone, one)), 'END:VTIMEZONE'];
  return lines.join('\r\n');
}

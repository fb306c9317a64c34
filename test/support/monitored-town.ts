import pino from 'pino';
import type { FigureNotice, Happening } from '../../src/domain/figures/figure.ts';
import { groups } from '../../src/domain/figures/groups.ts';
import { countIn, type Figure, placeOf } from '../../src/domain/figures/ledger.ts';
import { caseOutcomes } from '../../src/domain/handling.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { refusalReasons } from '../../src/domain/referrals/referral.ts';
import { makeOrigins } from '../../src/http/origins.ts';
import { createServer, type PolkuServer } from '../../src/http/server.ts';
import { monitoringRoutes } from '../../src/monitoring/routes.ts';
import { HandClock } from './clock.ts';
import { texts } from './conversation.ts';
import { MemoryDocuments } from './memory-documents.ts';

/** The key of every monitored town. */
export const key = 'a key that nobody can guess, of 46 characters.';

/** A city whose figures are invented, and its monitoring page at the real server; time is moved by hand. */
export class MonitoredTown {
  readonly clock = new HandClock('2026-11-23T10:00:00+02:00');
  readonly documents = new MemoryDocuments(this.clock.now);
  readonly municipality: Municipality;
  readonly key: string | undefined;
  readonly log: string[] = [];
  url = '';
  #server?: PolkuServer;
  #figures = 0;
  #isLiving = false;
  readonly #waiting: Figure[] = [];

  constructor(municipality: Municipality, asked: string | null = key) {
    this.municipality = municipality;
    this.key = asked ?? undefined;
  }

  /** Opens the server on a free port. */
  async start(): Promise<this> {
    const { documents, municipality, clock } = this;
    const page = { documents, municipality, t: texts, now: clock.now, proxies: 1, ...(this.key && { key: this.key }) };
    this.#server = createServer({
      production: true,
      origins: makeOrigins({ pages: [], host: '127.0.0.1' }),
      log: pino({ level: 'trace' }, { write: (line: string) => void this.log.push(line) }),
      ready: async () => {},
      routes: [monitoringRoutes(page)],
    });
    const { port } = await this.#server.listen(0, '127.0.0.1');
    this.url = `http://127.0.0.1:${port}`;
    return this;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** Something came about on a date (ISO), so often. */
  async happens(what: Happening, day: string, more: Pick<FigureNotice, 'of' | 'days'> = {}, times = 1): Promise<void> {
    const city = this.municipality.slug;
    for (let n = 0; n < times; n++)
      this.#waiting.push({ id: `${this.#figures++}`, figure: { city, day, what, ...more } });
    if (!this.#isLiving) await this.#count();
  }

  /** Counts what came about since the last time. */
  async #count(): Promise<void> {
    const now = Math.min(...this.#waiting.map(({ figure }) => Date.parse(figure.day)));
    const parts = Map.groupBy(this.#waiting.splice(0), (one) => JSON.stringify(placeOf(one).ref));
    for (const own of parts.values()) await countIn(this.documents, placeOf(own[0]!).ref, own, now);
  }

  /** A quarter of an ordinary city, from July to September; the same each time. */
  async lives(people = 240): Promise<this> {
    const { areas, services, endStates = caseOutcomes } = this.municipality;
    const ids = services.filter(({ referral }) => referral).map(({ id }) => id);
    const any = dice(7);
    this.#isLiving = true;
    for (let n = 0; n < people; n++) {
      const of = {
        age: any(groups.age, [1, 5, 9, 4]),
        tongue: any(groups.tongue, [12, 1, 4]),
        benefits: any(groups.benefits),
        situation: any(groups.situation, [9, 3, 1, 2, 1, 1, 1]),
        education: any(groups.education),
        area: any([...areas.map(({ id }) => id), 'notTold']),
      };
      const day = `2026-0${any([7, 8, 9])}-${String(1 + any([...Array(27).keys()])).padStart(2, '0')}`;
      const days = (from: number, more: number) => from + any([...Array(more).keys()]);
      await this.happens('intake', day, { of });
      await this.happens('taken', day, { days: { intakeToTaken: days(0, 4) } });
      await this.happens('booked', day, { of: { topic: 'firstMeeting', kind: 'office' } });
      const came = any(['seen', 'seen', 'seen', 'seen', 'noShow', 'cancelledByClient'] as const);
      const waits = { bookingToMeeting: days(2, 12), intakeToMeeting: days(3, 14) };
      const inTime = { inTime: String(waits.intakeToMeeting <= 14) };
      await this.happens(came, day, { ...(came === 'seen' && { days: waits, of: inTime }) });
      const service = any(ids, [9, 7, 5, 3, 2, 1]);
      if (n % 2 === 0) await this.#referred(day, service, of, days, any);
      if (n % 3 === 0) await this.happens('ended', day, { of: { ...of, outcome: any(endStates, [6, 1, 4, 2]) } });
      const score = any(['good', 'good', 'good', 'fair', 'bad'] as const);
      if (n % 2 === 1) await this.happens(score, day, { of: { about: 'meeting', helped: any(['true', 'false']) } });
    }
    this.#isLiving = false;
    await this.#count();
    return this;
  }

  async #referred(
    day: string,
    service: string,
    of: FigureNotice['of'],
    days: (from: number, more: number) => number,
    any: Any,
  ) {
    await this.happens('sent', day, { of: { ...of, service } });
    const answer = any(['accepted', 'accepted', 'accepted', 'declined'] as const);
    const reason = answer === 'declined' && { reason: any(refusalReasons, [1, 1, 5]) };
    await this.happens(answer, day, { of: { service, ...reason }, days: { sentToAnswer: days(1, 12) } });
    if (answer === 'declined') return;
    await this.happens('started', day, { of: { service }, days: { acceptedToStarted: days(3, 20) } });
    await this.happens('completed', day, { of: { service }, days: { startedToCompleted: days(20, 60) } });
    await this.happens(any(['good', 'good', 'fair'] as const), day, {
      of: { about: 'referral', helped: 'true', service },
    });
  }

  async get(path: string, address = '10.0.0.1'): Promise<Response> {
    return fetch(this.url + path, { redirect: 'manual', headers: { 'X-Forwarded-For': address } });
  }

  /** Gives a key, as the form does. */
  async give(given: string, address = '10.0.0.1', query = ''): Promise<Response> {
    const headers = { 'X-Forwarded-For': address };
    const body = new URLSearchParams({ key: given });
    const path = `/monitoring/${this.municipality.slug}${query}`;
    return fetch(this.url + path, { method: 'POST', redirect: 'manual', body, headers });
  }

  /** Path of the page behind the key. */
  async pass(address = '10.0.0.1'): Promise<string> {
    return (await this.give(key, address)).headers.get('location')!;
  }
}

type Any = <T>(all: readonly T[], weights?: number[]) => T;

/** Chooses by weight, always the same way; what has no weight has the last one's. */
function dice(seed: number): Any {
  let state = seed;
  return (all, weights = [1]) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const heavy = all.map((_, index) => weights[index] ?? weights.at(-1)!);
    let left = (state / 2_147_483_648) * heavy.reduce((sum, one) => sum + one, 0);
    for (const [index, weight] of heavy.entries()) {
      left -= weight;
      if (left < 0) return all[index]!;
    }
    return all.at(-1)!;
  };
}

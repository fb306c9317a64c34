import { expect } from 'chai';
import fc from 'fast-check';
import type { DateTime } from 'luxon';
import { book, cancel } from '../../../src/domain/appointments/book.ts';
import { listAppointments } from '../../../src/domain/appointments/client-appointments.ts';
import { findFree, freeDays } from '../../../src/domain/appointments/find-free.ts';
import type { Documents } from '../../../src/domain/documents.ts';
import { actOf, emptyStore, friday, inShort, outcome, times, town, wish } from '../../support/booking-desk.ts';

/** A meeting as a paper calendar has it. */
interface Entry {
  id: string;
  client: string;
  time: number;
  state: 'booked' | 'moved' | 'cancelled-by-client';
  reference: string;
}

const { limits } = town;
const hours = 3_600_000;
const startOf = (time: number) => Date.parse(times[time]!.start);

/** What should happen, decided over a plain list. */
class Paper {
  readonly entries: Entry[] = [];

  isFree(time: number, now: number): boolean {
    const early = startOf(time) >= now + limits.leadHours * hours;
    return early && !this.entries.some((one) => one.time === time && one.state === 'booked');
  }

  refusalToBook(client: string, time: number, now: number): string | undefined {
    const open = this.entries.filter(
      (one) => one.client === client && one.state === 'booked' && Date.parse(times[one.time]!.end) > now,
    );
    if (open.length >= limits.openAppointments) return 'tooManyAppointments';
    return this.isFree(time, now) ? undefined : 'slotTaken';
  }

  refusalToMove(client: string, old: Entry | undefined, time: number, now: number): string | undefined {
    if (old?.client !== client || old.state !== 'booked') return 'notFound';
    if (now > startOf(old.time) - limits.moveHours * hours) return 'tooLateToMove';
    return this.isFree(time, now) ? undefined : 'slotTaken';
  }

  refusalToCancel(client: string, old: Entry | undefined, now: number): string | undefined {
    if (old?.client !== client || old.state === 'moved') return 'notFound';
    if (old.state === 'cancelled-by-client') return undefined;
    return now > startOf(old.time) - limits.cancelHours * hours ? 'tooLateToCancel' : undefined;
  }
}

const client = fc.constantFrom('eva', 'tom', 'kim');
const time = fc.nat(times.length - 1);
// Now and then somebody reaches for the meeting of another.
const stranger = fc.nat(5).map((one) => one === 0);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('book' as const), client, time }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('move' as const), client, time, which: fc.nat(9), stranger }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel' as const), client, which: fc.nat(9), stranger }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('again' as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(steps: Step[], documents: Documents, seen: Map<string, number>): Promise<void> {
  const paper = new Paper();
  const done: { run: (now: DateTime) => Promise<unknown>; id: string }[] = [];
  let now = friday;
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (const [index, one] of steps.entries()) {
    const old = 'which' in one ? paper.entries[one.which % Math.max(1, paper.entries.length)] : undefined;
    const who = 'stranger' in one && !one.stranger && old ? old.client : 'client' in one ? one.client : '';
    const at = now.toMillis();
    const act = actOf(documents, who, `intent-${index}`, now);
    if (one.does === 'wait') now = now.plus({ hours: one.hours });
    else if (one.does === 'again') {
      const earlier = done[one.which % Math.max(1, done.length)];
      if (earlier) count('repeated');
      if (earlier) expect(await earlier.run(now)).to.have.property('id', earlier.id);
    } else if (one.does === 'cancel') {
      const refusal = paper.refusalToCancel(who, old, at);
      const got = await outcome(cancel(act, old?.id ?? 'nothing'));
      count(refusal ?? 'cancelled');
      if (refusal) expect(got).to.equal(refusal);
      else {
        old!.state = 'cancelled-by-client';
        expect(got).to.deep.include({ id: old!.id, state: 'cancelled-by-client', reference: old!.reference });
        done.push({ run: (later) => cancel({ ...act, now: later }, old!.id), id: old!.id });
      }
    } else {
      const moves = one.does === 'move' ? (old?.id ?? 'nothing') : undefined;
      const refusal =
        one.does === 'move' ? paper.refusalToMove(who, old, one.time, at) : paper.refusalToBook(who, one.time, at);
      const got = await outcome(book(act, wish(one.time, moves)));
      count(refusal ?? (moves ? 'moved' : 'booked'));
      if (refusal) expect(got, one.does).to.equal(refusal);
      else if (typeof got === 'string') throw new Error(`${one.does} was refused: ${got}`);
      else {
        if (moves) old!.state = 'moved';
        const reference = moves ? old!.reference : got.reference;
        expect(got).to.deep.include({ ...times[one.time], client: who, state: 'booked', reference });
        paper.entries.push({ id: got.id, client: who, time: one.time, state: 'booked', reference });
        done.push({ run: (later) => book({ ...act, now: later }, wish(one.time, moves)), id: got.id });
      }
    }
    await compare(paper, documents, now);
  }
}

async function compare(paper: Paper, documents: Documents, now: DateTime): Promise<void> {
  for (const who of ['eva', 'tom', 'kim']) {
    const wanted = paper.entries.filter((one) => one.client === who);
    const listed = await listAppointments(documents, who);
    const words = wanted.map(({ time, state, id }) => `${inShort({ ...times[time]!, state })} ${id}`);
    expect(listed.map((one) => `${inShort(one)} ${one.id}`)).to.have.members(words);
  }
  const query = { topic: 'plan', kind: 'office', limit: 50 } as const;
  const free = times.filter((_, index) => paper.isFree(index, now.toMillis()));
  for (const coach of ['ada', 'ben']) {
    const found = await findFree(documents, town, { ...query, coach }, now);
    expect(found.filter(({ start }) => start < '2026-01-07')).to.deep.equal(free.filter((one) => one.coach === coach));
  }
  const moments = new Set(free.map(({ start }) => start));
  const anybody = (await findFree(documents, town, query, now)).filter(({ start }) => start < '2026-01-07');
  expect(anybody.map(({ start }) => start)).to.deep.equal([...moments].sort());
  expect(free).to.deep.include.members(anybody);
  const tomorrow = now.setZone(town.zone).plus({ days: 1 }).toISODate()!;
  const days = new Set(free.map(({ start }) => start.slice(0, 10)).filter((day) => day >= tomorrow));
  const offered = await freeDays(documents, town, query, now);
  expect(offered.filter((day) => day < '2026-01-07')).to.deep.equal([...days].sort());
}

describe('Booking, moving and cancelling', () => {
  it('do what a paper calendar would show, in any order, with repeats, as time goes by', async function () {
    this.timeout(120_000);
    const seen = new Map<string, number>();
    const numRuns = 150;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
        const documents = emptyStore();
        await play(steps, documents, seen);
        await documents.close();
      }),
      { numRuns },
    );
    const figures = [...seen].map(([what, times]) => `${times} ${what}`).join(', ');
    console.log(`Model of the calendar: ${numRuns} histories, 0 differences (${figures})`);
    for (const what of ['booked', 'moved', 'cancelled', 'repeated', 'slotTaken', 'tooManyAppointments', 'notFound']) {
      expect(seen.get(what), what).to.be.greaterThan(10);
    }
  });
});

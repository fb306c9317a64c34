import { DateTime } from 'luxon';
import { hasCode } from '../../src/errors.ts';
import { openDocuments, type StoreChoice } from '../../src/storage/index.ts';
import { processTimers } from '../../src/timers.ts';
import { seeded } from './faults.ts';
import { type Line, Person } from './person.ts';
import { startService } from './service-process.ts';
import { coachOf, smallTown } from './small-town.ts';

/** Orders from the test, in the order in which they come. */
export type Order = { order: 'prepare'; round: number; clients: number } | { order: 'go' } | { order: 'end' };

/** What the clients of one process were told in a round. */
export interface Told {
  booked: { reference: string; text: string }[];
  /** Told that the time was taken, and shown other times or told that none are left. */
  offered: number;
  /** Told that the time was taken, and nothing else. */
  leftAlone: number;
  /** In the end without a time, and told so. */
  without: number;
  faults: string[];
}

/** Monday to Friday at nine, ten, eleven and twelve: twenty times a week. */
const hours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '13:00', place: 'office' }];
const coach = coachOf('ada', { hours: hours.map((one) => ({ ...one, days: [...one.days] })) });
const town = smallTown([coach], { limits: { ...smallTown([]).limits, horizonDays: 7 } });
const isTime = (label: string) => /klo \d/.test(label);

const [choice = '', dataDir = '', name = '', seed = '1'] = process.argv.slice(2);
const random = seeded(Number(seed));
let offset = 0;
let ids = 0;
const now = () => Date.now() + offset;
const documents = await openDocuments(JSON.parse(choice) as StoreChoice, { dataDir, now });
const service = startService({
  documents,
  now,
  timers: processTimers,
  newId: () => `${name}x${ids++}x${process.pid}`,
  municipality: town,
});
service.relay.start();
let clients: Person[] = [];

/** A client like ours: what the server could not do now is sent again under the same name. */
function persistent(line: Line): Line {
  return async (incoming) => {
    for (;;) {
      try {
        return await line(incoming);
      } catch (error) {
        if (!hasCode(error, 'storeUnavailable')) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500 + 500 * random()));
      }
    }
  };
}

async function press(person: Person, text: string): Promise<void> {
  await person.sends(person.message(text, person.question));
}

async function toReview(person: Person): Promise<boolean> {
  for (;;) {
    const { question, choices } = person.question;
    if (question === 'review') return true;
    const times = choices.filter(isTime);
    if (question === 'slot' && times.length === 0) return false;
    const place = Math.floor(random() * (question === 'slot' ? times.length : 1));
    await press(
      person,
      question === 'slot' ? times[place]! : question === undefined ? 'Varaa aika valmentajalle' : choices[0]!,
    );
  }
}

async function prepare(round: number, count: number): Promise<void> {
  // What is under way would be out of time when the clock jumps.
  await service.relay.sweep();
  // The Friday before, when nothing of its own is free any more.
  offset = DateTime.fromISO('2026-01-02T12:30:00+02:00').plus({ weeks: round }).toMillis() - Date.now();
  clients = [];
  for (let n = 0; n < count; n++) {
    const id = `${name}-${round}-${n}`;
    const person = new Person(id, persistent(await service.lineTo(id)));
    await person.joins();
    if (!(await toReview(person))) throw new Error('no free time at the beginning');
    clients.push(person);
  }
}

async function fight(): Promise<Told> {
  const told: Told = { booked: [], offered: 0, leftAlone: 0, without: 0, faults: [] };
  async function one(person: Person): Promise<void> {
    do {
      const before = person.heard.length;
      await press(person, person.question.choices[0]!);
      const [text] = person.told('booking.done.booked');
      if (text) return void told.booked.push({ text, reference: /P-\w{4}-\w{2}/.exec(text)?.[0] ?? '' });
      const reply = person.heard.slice(before);
      const said = new Person(person.name, person.line).recall({ heard: reply, sent: 0 });
      if (!said.hasHeard('errors.slotTaken')) throw new Error(`neither booked nor taken: ${said.lastWords}`);
      const hasWayOn = person.question.choices.some(isTime) || said.hasHeard('booking.slot.nothing');
      told[hasWayOn ? 'offered' : 'leftAlone']++;
    } while (await toReview(person));
    if (person.hasHeard('booking.slot.nothing')) told.without++;
  }
  await Promise.all(clients.map(one));
  told.faults.push(...service.faults.splice(0).filter((one) => !one.includes('storeUnavailable')));
  return told;
}

process.on('message', async (order: Order) => {
  if (order.order === 'prepare') await prepare(order.round, order.clients);
  if (order.order === 'end') {
    await service.relay.stop();
    await documents.close();
    process.disconnect();
    return;
  }
  process.send?.(order.order === 'go' ? await fight() : 'ready');
});
process.send?.('ready');

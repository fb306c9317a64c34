import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { shiftDate } from '../../src/domain/appointments/wall-clock.ts';
import { changeDocument } from '../../src/domain/change-document.ts';
import { type Collection, collections, type Document, type Documents } from '../../src/domain/documents.ts';
import { madeId } from '../../src/domain/made-id.ts';
import { telling } from '../../src/domain/notices.ts';
import { texts } from '../support/conversation.ts';
import { amount, seed, tellRow } from '../support/row.ts';
import { canary, canaryPhone, lifeHashes, WholeLife } from '../support/whole-life.ts';

const people = amount(200, 10_000);
const erased = amount(10, 100);

/** Somebody with the whole life of the first one, under names of their own. */
interface Copy {
  client: string;
  chat: string;
  canary: string;
  phone: string;
  names: [from: string, to: string][];
}

const digits = (n: number, length: number) => String(n).padStart(length, '0');

function copyOf(life: WholeLife, days: CalendarDay[], n: number): Copy {
  const own = (hash: string) => hash.slice(0, -8) + digits(n, 8);
  const client = `client-${digits(n, 6)}`;
  const copy = {
    client,
    chat: `chat-${digits(n, 6)}`,
    canary: `kanaria${digits(n, 6)}lintu`,
    phone: `04055${digits(n, 5)}`,
  };
  const meetings = days.flatMap(({ appointments }) => appointments.map(({ id }) => id));
  const hashes = [...meetings, lifeHashes.letter, ...lifeHashes.links];
  const names: [string, string][] = [
    [life.clientId, client],
    [life.chatId, copy.chat],
    [canary, copy.canary],
    [canaryPhone, copy.phone],
    [madeId('panelist', life.clientId), madeId('panelist', client)],
    ...hashes.map((hash): [string, string] => [hash, own(hash)]),
    // A day has room for so many.
    ...days.map(({ id }): [string, string] => [id, shiftDate(id, 7 * Math.floor(n / 200))]),
  ];
  return { ...copy, names };
}

function renamed<D>(value: D, { names }: Copy): D {
  return JSON.parse(names.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
}

/** Adds people who have lived the same life to the store; their meetings are in the same days. */
async function crowd(life: WholeLife): Promise<Copy[]> {
  const { store, clientId, chatId } = life;
  const own = (one: Document) => [clientId, chatId].includes(one.partition) || JSON.stringify(one).includes(clientId);
  const kept = collections.flatMap((collection) =>
    store
      .all(collection)
      .filter((one) => own(one) || one.id === lifeHashes.letter)
      .filter(({ type, partition }) => type !== 'day' && !partition.startsWith('coach-'))
      .map((one): [Collection, Document] => [collection, one]),
  );
  const panelist = store.all('clients').find(({ id }) => id === madeId('panelist', clientId))!;
  const days = store.all<CalendarDay>('calendars').filter((day) => day.appointments?.length > 0);
  const copies = Array.from({ length: people - 1 }, (_, n) => copyOf(life, days, n + 1));
  for (const copy of copies) {
    for (const [collection, document] of [...kept, ['clients', panelist] as const]) {
      await store.create(collection, renamed(document, copy));
    }
    for (const day of days) await addMeetings(store, renamed(day, copy));
  }
  return copies;
}

async function addMeetings(documents: Documents, more: CalendarDay): Promise<void> {
  const { partition, id, appointments, outbox = [] } = more;
  await changeDocument<CalendarDay>(documents, { collection: 'calendars', partition, id }, (day) => {
    return day ? telling({ ...day, appointments: [...day.appointments, ...appointments] }, ...outbox) : more;
  });
}

/** A mark of every document's bytes. */
function bytes(life: WholeLife): Map<string, string> {
  const marks = collections.flatMap((collection) =>
    life.store.all(collection).map((one): [string, string] => {
      const mark = createHash('sha256').update(JSON.stringify(one)).digest('base64url');
      return [[collection, one.partition, one.id].join(' '), mark];
    }),
  );
  return new Map(marks);
}

async function erases(life: WholeLife, chat: string): Promise<void> {
  const keys = ['my-path.menu', 'my-path.what.to.erase', 'erase.sure.options.yes', 'erase.verySure.options.yes'];
  let said: string[] = [];
  for (const key of keys) {
    const heard = await life.chat(chat, { type: 'message', text: texts.say({ key }, 'en') });
    said = heard.map(({ text = '' }) => text);
  }
  expect(said).to.include(texts.say({ key: 'erase.done' }, 'en'));
}

/** Days, the chats of coaches, what is counted and the news of erasures are of all. */
const shared = /^calendars | coach-|^clients (erasures|figures:)/;

function ownNames(one: Pick<Copy, 'client' | 'chat' | 'names'>): string[] {
  const hashes = [lifeHashes.letter, ...lifeHashes.links, madeId('panelist', one.client)];
  return [one.client, one.chat, ...hashes.map((hash) => one.names.find(([from]) => from === hash)?.[1] ?? hash)];
}

/** The meetings of everybody, as they are written. */
function meetingsIn(life: WholeLife): Map<string, string> {
  const of = new Map<string, string>();
  for (const { appointments = [] } of life.store.all<CalendarDay>('calendars')) {
    for (const one of appointments) of.set(one.client, (of.get(one.client) ?? '') + JSON.stringify(one));
  }
  return of;
}

/** Types that still name an erased client: by an id that leads nowhere, until the reader of a list drops it. */
const named = new Set(['case', 'client', 'conversation', 'transcript', 'erasure']);

describe('P2 Erasing people who have used all there is', function () {
  this.timeout(900_000);
  let life: WholeLife;

  before(async () => {
    life = await new WholeLife().lives();
  });

  it('finds the canary in every type of document that holds something of a person', () => {
    const holding = life.all().filter((one) => JSON.stringify(one).includes(canary));
    expect([...new Set(holding.map(({ type }) => type))].sort()).to.deep.equal([
      'certificate',
      'client',
      'contact',
      'conversation',
      'day',
      'feedback',
      'intake',
      'letter',
      'offer',
      'plan',
      'referral',
      'transcript',
    ]);
    const words = new Set(life.all().flatMap((one) => JSON.stringify(one).match(/kanarialintu [a-z-]+/gi) ?? []));
    expect(words.size, [...words].join(', ')).to.be.greaterThan(25);
  });

  it('leaves nothing of them, and every byte of everybody else', async () => {
    const copies = await crowd(life);
    const first = seed % (copies.length - erased);
    const gone = copies.slice(first, first + erased - 1);
    await life.isAtMenu();
    const before = bytes(life);
    const then = meetingsIn(life);
    await erases(life, life.chatId);
    for (const { chat } of gone) await erases(life, chat);
    await life.relay.sweep();
    const marks = [canary, canaryPhone, ...gone.flatMap((copy) => [copy.canary, copy.phone])];
    let left = 0;
    for (const one of life.all()) {
      const body = JSON.stringify(one);
      left += marks.filter((mark) => body.includes(mark)).length;
      if ([life.clientId, ...gone.map(({ client }) => client)].some((client) => body.includes(client))) {
        expect(named, `${one.type} names an erased client`).to.include(one.type);
      }
    }
    expect(left, 'canaries that are left').to.equal(0);
    const after = bytes(life);
    const places = new Set([...before.keys(), ...after.keys()]);
    const changed = [...places].filter((place) => before.get(place) !== after.get(place));
    const own = [{ client: life.clientId, chat: life.chatId, names: [] }, ...gone].flatMap(ownNames);
    const others = changed.filter((place) => !own.some((name) => place.includes(name)) && !shared.test(place));
    expect(others, 'documents of others').to.deep.equal([]);
    const meetings = meetingsIn(life);
    const stay = copies.filter((copy) => !gone.includes(copy));
    const moved = stay.filter(({ client }) => meetings.get(client) !== then.get(client));
    expect(moved, 'meetings of others').to.deep.equal([]);
    tellRow(
      `P2 ${erased} of ${people} people erased: ${marks.length} canaries, ${left} left, ` +
        `${others.length + moved.length} documents and meetings of the others changed (seed ${seed})`,
    );
  });
});

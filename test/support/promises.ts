import type { ConversationDocument, TranscriptDocument } from '../../src/bot/conversation-document.ts';
import type { Appointment, CalendarDay } from '../../src/domain/appointments/appointment.ts';
import type { Document } from '../../src/domain/documents.ts';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import { texts } from './conversation.ts';
import type { Person } from './person.ts';

/** The final store, whichever it is. */
export interface FinalStore {
  all<D extends Document>(collection: 'clients' | 'calendars' | 'conversations' | 'transcripts'): D[];
  /** The moment of looking, epoch milliseconds. */
  now(): number;
}

/** Somebody, and the journeys they have made to the end, in order. */
export interface Traveller {
  person: Pick<Person, 'name' | 'language' | 'told' | 'hasHeard'>;
  made: string[];
}

const referenceIn = (text: string) => /P-\w{4}-\w{2}/.exec(text)?.[0] ?? 'no reference';

/**
 * What people were told against what is: every broken promise in words. Each booking, intake, referral and contact that
 * somebody was told of is there once, and nothing is there that nobody was told of; coaches and partners got their news.
 */
export function brokenPromises(store: FinalStore, travellers: Traveller[], mails: ReadonlySet<string>): string[] {
  const broken: string[] = [];
  const fail = (what: string) => void broken.push(what);
  const days = store.all<CalendarDay>('calendars');
  const meetings = days.flatMap(({ appointments }) => appointments);
  const kept = store.all('clients');
  const unclaimed = new Set([...meetings.map(({ reference }) => reference), ...referencesOf(kept)]);

  for (const { person, made } of travellers) {
    const wentAway = made.includes('erasing');
    for (const text of person.told('booking.done.booked', 'booking.done.moved')) {
      const reference = referenceIn(text);
      unclaimed.delete(reference);
      const own = meetings.filter((one) => one.reference === reference);
      const booked = own.filter(({ state }) => state === 'booked');
      const wanted = made.includes('cancelling') || wentAway ? 0 : 1;
      if (booked.length !== wanted) fail(`${person.name} has ${booked.length} meetings ${reference}, not ${wanted}`);
    }
    const last = person.told('booking.done.booked', 'booking.done.moved').at(-1);
    if (last && !wentAway && !made.includes('cancelling')) {
      const promised = meetings.find((one) => one.reference === referenceIn(last) && one.state === 'booked');
      if (promised && !last.includes(whenOf(promised, person.language))) fail(`${person.name} was told another time`);
    }
    for (const [key, type] of [
      ['intake.done.reference', 'intake'],
      ['referral.done.sent', 'referral'],
      ['contact.done.sent', 'contact'],
    ] as const) {
      for (const text of new Set(person.told(key))) {
        unclaimed.delete(referenceIn(text));
        const there = kept.filter((one) => one.type === type && referencesOf([one]).includes(referenceIn(text))).length;
        if (there !== (wentAway ? 0 : 1)) fail(`${person.name}: ${there} of ${type} ${referenceIn(text)}`);
      }
    }
  }
  for (const reference of unclaimed) fail(`${reference} is there, and nobody was told of it`);
  for (const [one, other] of overlaps(meetings)) fail(`${one} and ${other} are at the same time with the same coach`);
  return [...broken, ...unsaid(store, kept, meetings, mails)];
}

function referencesOf(documents: Document[]): string[] {
  return documents.flatMap((one) => ('reference' in one && one.type !== 'erasure' ? [String(one.reference)] : []));
}

function whenOf({ start, end }: Appointment, language: string): string {
  const when = { from: { at: start, as: 'moment' as const }, to: { at: end, as: 'time' as const } };
  return texts.say({ key: 'meeting.when', with: when }, language);
}

function overlaps(meetings: Appointment[]): [string, string][] {
  const booked = meetings.filter(({ state }) => state === 'booked');
  const byCoach = booked.sort((a, b) =>
    a.coach < b.coach ? -1 : a.coach > b.coach ? 1 : Date.parse(a.start) - Date.parse(b.start),
  );
  return byCoach.flatMap((one, i): [string, string][] => {
    const next = byCoach[i + 1];
    const meet = next && next.coach === one.coach && Date.parse(next.start) < Date.parse(one.end);
    return meet ? [[one.reference, next.reference]] : [];
  });
}

/** What coaches and partners should have heard and have not, or have heard twice, and what hangs in the air. */
function unsaid(store: FinalStore, kept: Document[], meetings: Appointment[], mails: ReadonlySet<string>): string[] {
  const broken: string[] = [];
  const conversations = store.all<ConversationDocument>('conversations');
  const news = [...conversations, ...store.all<TranscriptDocument>('transcripts')].flatMap((one) =>
    ('log' in one ? one.log : one.entries).flatMap(({ key }) =>
      key.startsWith('out:') ? [`${one.partition} ${key}`] : [],
    ),
  );
  const twice = news.filter((one, i) => news.indexOf(one) !== i);
  for (const one of twice) broken.push(`told twice: ${one}`);
  const heard = new Set(news.map((one) => one.split(' out:')[1]));
  for (const { id, movedFrom, reference } of meetings) {
    // A meeting that was moved here, or made for a move that another one overtook, is told as what it is.
    if (!heard.has(`${id}-booked`) && !movedFrom) broken.push(`no coach has heard of ${reference}`);
  }
  for (const one of kept.filter(({ type }) => ['intake', 'contact'].includes(type))) {
    if (!heard.has(`${one.id}-news`)) broken.push(`no coach has heard of ${one.type} ${one.id}`);
  }
  for (const { id, state } of kept.filter(({ type }) => type === 'referral') as Referral[]) {
    if (state === 'sent' && !mails.has(`${id}-sent`)) broken.push(`the partner has not got ${id}`);
    if (state === 'withdrawn' && mails.has(`${id}-sent`) && !mails.has(`${id}-withdrawn`))
      broken.push(`the partner does not know that ${id} was withdrawn`);
  }
  for (const one of [...kept, ...store.all('calendars')]) {
    for (const item of one.outbox ?? []) if (item.nextAt <= store.now()) broken.push(`${item.id} was not delivered`);
  }
  for (const { id, pending } of conversations) if (pending) broken.push(`${id} has a turn that nobody finished`);
  return broken;
}

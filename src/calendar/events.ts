import { z } from 'zod';
import { joinAddress } from '../domain/appointments/join-link.ts';
import type { EventWords } from '../notify/event-words.ts';
import type { Graph, GraphAnswer } from './graph.ts';
import { outlookMoment, utcTime } from './outlook.ts';

/** A meeting as it should stand in a calendar. */
export interface WantedEvent extends EventWords {
  /** Stays the same through all moves; the events of a meeting are found by it. */
  name: string;
  /** Names the making of the event, so that Outlook makes it once though it is asked twice. */
  transaction: string;
  start: string;
  end: string;
  online: boolean;
}

/** `stands`: as wanted, with the address to join at when there is one; otherwise why it could not be seen to. */
export type EventOutcome = { is: 'stands'; joinUrl?: string } | { is: 'gone' } | Exclude<GraphAnswer, { is: 'done' }>;

/** Our own mark on an event, by which Outlook finds it again. */
const mark = 'String {6d7a0e2b-3c55-4b0e-9f6a-52a1c1d0b7e4} Name PolkuMeeting';

const event = z.object({
  id: z.string(),
  start: outlookMoment,
  end: outlookMoment,
  isCancelled: z.boolean().nullish(),
  isOnlineMeeting: z.boolean().nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
});
type StoredEvent = z.infer<typeof event>;
const events = z.object({ value: z.array(event) });

/** Brings the calendar of one mailbox to what is wanted, whatever is there and however often it is asked. */
export function createEvents(graph: Graph) {
  const at = (mailbox: string, rest: string) => `/users/${encodeURIComponent(mailbox)}/events${rest}`;

  async function find(mailbox: string, name: string): Promise<StoredEvent[] | Exclude<GraphAnswer, { is: 'done' }>> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${mark}' and ep/value eq '${name}')`;
    const fields = 'id,start,end,isCancelled,isOnlineMeeting,onlineMeeting';
    const query = `?$filter=${encodeURIComponent(filter)}&$select=${fields}&$top=20`;
    const answer = await graph({ method: 'GET', path: at(mailbox, query) });
    if (answer.is !== 'done') return answer;
    const parsed = events.safeParse(answer.body);
    return parsed.success ? parsed.data.value.filter((one) => one.isCancelled !== true) : { is: 'unsure' };
  }

  async function remove(mailbox: string, all: StoredEvent[]): Promise<GraphAnswer> {
    for (const { id } of all) {
      // Nobody was invited, so nobody has to be told: the event is taken away.
      const answer = await graph({ method: 'DELETE', path: at(mailbox, `/${encodeURIComponent(id)}`) });
      if (answer.is !== 'done' && answer.is !== 'missing') return answer;
    }
    return { is: 'done', body: undefined };
  }

  async function make(mailbox: string, wanted: WantedEvent): Promise<GraphAnswer> {
    const { name, transaction, subject, body, place, online } = wanted;
    return graph({
      method: 'POST',
      path: at(mailbox, ''),
      body: {
        subject,
        body: { contentType: 'text', content: body },
        ...times(wanted),
        ...(place !== '' && { location: { displayName: place } }),
        ...(online && onlineMeeting),
        showAs: 'busy',
        // Colleagues who may look into the calendar see that the time is taken, and no more.
        sensitivity: 'private',
        transactionId: transaction,
        singleValueExtendedProperties: [{ id: mark, value: name }],
      },
    });
  }

  function change(mailbox: string, id: string, wanted: WantedEvent): Promise<GraphAnswer> {
    const { place, online } = wanted;
    const path = at(mailbox, `/${encodeURIComponent(id)}`);
    const body = { ...times(wanted), location: { displayName: place }, ...(online && onlineMeeting) };
    return graph({ method: 'PATCH', path, body });
  }

  return {
    /** Makes the event or moves the one that is there; what is there twice is there once afterwards. */
    async ensure(mailbox: string, wanted: WantedEvent): Promise<EventOutcome> {
      const found = await find(mailbox, wanted.name);
      if (!Array.isArray(found)) return found.is === 'missing' ? { is: 'refused', status: 404 } : found;
      const [kept, ...others] = found;
      const removed = await remove(mailbox, others);
      if (removed.is !== 'done') return removed;
      if (kept && isAsWanted(kept, wanted)) return standing(kept, wanted);
      const done = kept ? await change(mailbox, kept.id, wanted) : await make(mailbox, wanted);
      // Taken away by the coach at the same moment: the next try makes a new one.
      if (done.is === 'missing') return kept ? { is: 'again' } : { is: 'refused', status: 404 };
      if (done.is !== 'done') return done;
      const made = event.safeParse(done.body);
      return made.success ? standing(made.data, wanted) : { is: 'unsure' };
    },

    /** Takes the event away, if it is there. */
    async remove(mailbox: string, name: string): Promise<EventOutcome> {
      const found = await find(mailbox, name);
      if (!Array.isArray(found)) return found.is === 'missing' ? { is: 'gone' } : found;
      const removed = await remove(mailbox, found);
      return removed.is === 'done' ? { is: 'gone' } : removed;
    },
  };
}

const onlineMeeting = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };

function times({ start, end }: WantedEvent) {
  return { start: utcTime(start), end: utcTime(end) };
}

function isAsWanted(stored: StoredEvent, { start, end, online }: WantedEvent): boolean {
  const isThere = stored.start === Date.parse(start) && stored.end === Date.parse(end);
  return isThere && (!online || stored.isOnlineMeeting === true);
}

/** The address may come a moment after the meeting. */
function standing({ onlineMeeting }: StoredEvent, { online }: WantedEvent): EventOutcome {
  if (!online) return { is: 'stands' };
  const link = joinAddress.safeParse(onlineMeeting?.joinUrl);
  return link.success ? { is: 'stands', joinUrl: link.data } : { is: 'again' };
}

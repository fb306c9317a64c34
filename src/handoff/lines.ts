import { z } from 'zod';
import type { Activity } from '../bot/activity.ts';
import type { ConversationDocument, Entry, TranscriptDocument } from '../bot/conversation-document.ts';
import { placeOf } from '../bot/turn.ts';
import { handoffNotice, itemId, lineName, sides } from '../domain/clients/handoff.ts';
import type { ContactRequest } from '../domain/clients/path.ts';
import type { Documents } from '../domain/documents.ts';
import type { Text } from '../domain/text.ts';
import { contactName, contactRef } from './talk-state.ts';

const line = z.object({
  contact: contactName,
  from: z.enum(sides),
  /** Its number; 0 when it came too late to be said. */
  n: z.number(),
  /** Where a client's line is in the client's conversation. */
  place: z.number().optional(),
});

/** What a coach's log keeps of a line of a talk: where its words are, never the words. */
export type Line = z.infer<typeof line>;

/** The line that a message of a coach's log stands for. */
export function lineIn({ channelData }: Activity): Line | undefined {
  return line.safeParse(channelData?.line).data;
}

/** A coach's line as the client reads it. */
export function coachLine(coach: string, words: string): string {
  return `${coach}: ${words}`;
}

/** What is read of one talk to show its lines. */
interface Talk {
  contact?: ContactRequest;
  entries: Entry[];
}

/**
 * Makes what puts the words into a coach's lines, read from the client's own conversation each time: when the client has
 * deleted everything, the coach's log has nothing left but that there was a line.
 */
export function createLineReader(documents: Documents, say: (text: Text) => string) {
  const talks = new Map<string, Promise<Talk>>();

  async function read(contact: Line['contact']): Promise<Talk> {
    const found = (await documents.get<ContactRequest>(contactRef(contact)))?.document;
    if (found?.conversation === undefined) return { entries: [] };
    const id = found.conversation;
    const conversation = (await documents.get<ConversationDocument>(placeOf(id)))?.document;
    const older = await documents.list<TranscriptDocument>('transcripts', id, 'transcript');
    const entries = [...older.flatMap(({ document }) => document.entries), ...(conversation?.log ?? [])];
    return { contact: found, entries };
  }

  return async function words(of: Line, coach: string): Promise<string> {
    if (of.n === 0) return say({ key: 'handoff.lines.lost' });
    const talk = talks.get(of.contact.id) ?? read(of.contact);
    talks.set(of.contact.id, talk);
    const { contact, entries } = await talk;
    const said = contact && (of.from === 'client' ? clientWords(of, entries) : coachWords(of, contact, entries, coach));
    if (said === undefined) return say({ key: 'handoff.lines.gone' });
    return of.from === 'coach' ? said : coachLine(contact?.name ?? say({ key: 'handoff.lines.client' }), said);
  };
}

function clientWords({ place = -1 }: Line, entries: Entry[]): string | undefined {
  const entry = entries.find(({ first }) => first === place);
  const own = entry?.lines.find((line) => line.own);
  return own?.text;
}

/** The words are in the client's conversation, or still on their way there. */
function coachWords({ n }: Line, contact: ContactRequest, entries: Entry[], coach: string): string | undefined {
  const id = itemId(contact, lineName('coach', n));
  const said = entries.find(({ key }) => key === `out:${id}`)?.lines[0]?.text;
  if (said !== undefined) return said.slice(coachLine(coach, '').length);
  const item = (contact.outbox ?? []).find((one) => one.id === id);
  const notice = handoffNotice.safeParse(item?.payload).data;
  return notice?.step === 'line' ? notice.words : undefined;
}

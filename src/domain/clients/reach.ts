import type { Documents, OutboxItem } from '../documents.ts';
import { type ChatNotice, notice } from '../notices.ts';
import type { Text } from '../text.ts';
import type { CourseStep } from './course.ts';
import type { Client, Intake } from './path.ts';

/** Where a client can be told something without having asked; both may be absent, then nobody claims to have told them. */
export interface Reach {
  client: string;
  /** Id of the chat in which the client was last. */
  conversation?: string;
  /** Whether the client gave an e-mail address for being contacted; the address itself is read when a mail is written. */
  hasEmail: boolean;
  language: string;
  /** False when the client asked not to be asked how things went. */
  mayAsk: boolean;
  /** The client rests from their path, or wants to be left alone: until then (ISO 8601), or until they say so. */
  rest?: { until?: string };
}

/** A chat in which nobody writes is kept for this many days; later nothing can be told there. */
export const chatDays = 30;

/** Reads where a client can be reached now. */
export async function reachOf(documents: Documents, client: string): Promise<Reach> {
  const kept = (await documents.list('clients', client)).map(({ document }) => document);
  const own = kept.find(({ type }) => type === 'client') as Client | undefined;
  return {
    client,
    ...(own?.conversation !== undefined && { conversation: own.conversation }),
    hasEmail: emailIn(kept) !== undefined,
    language: own?.language ?? 'fi',
    mayAsk: own !== undefined && own.noFeedback === undefined,
    ...restIn(own?.course?.at(-1)),
  };
}

function restIn(last: CourseStep | undefined): Pick<Reach, 'rest'> {
  if (!last || last.is === 'on') return {};
  return { rest: last.until === undefined ? {} : { until: last.until } };
}

/** Whether the client is to be left in peace at a moment (epoch milliseconds): neither reminded nor asked anything. */
export function isResting({ rest }: Pick<Reach, 'rest'>, at: number): boolean {
  return rest !== undefined && (rest.until === undefined || at < Date.parse(rest.until));
}

/** The address that the client gave in the newest intake, for being contacted. */
export async function emailOf(documents: Documents, client: string): Promise<string | undefined> {
  const intakes = await documents.list<Intake>('clients', client, 'intake');
  return emailIn(intakes.map(({ document }) => document));
}

/** The address for being contacted among what is kept of a client. */
export function emailIn(kept: { type: string }[]): string | undefined {
  const intakes = kept.filter(({ type }) => type === 'intake') as Intake[];
  const newest = intakes.sort((a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt))[0];
  return newest?.answers.contactWay === 'email' ? newest.answers.email : undefined;
}

/** What a client is told or asked. */
export interface ForClient {
  say: Text[];
  /** Asked after it in the chat. */
  ask?: ChatNotice['ask'];
  /** Present: sent by mail as well, under this subject, with these words instead of those of the chat when given. */
  mail?: { subject: Text; say?: Text[] };
}

/**
 * Outbox items that tell the client wherever they can be reached; none when that is nowhere. `at` is epoch milliseconds.
 * Who rests hears news, but is asked nothing.
 */
export function toClient(reach: Reach, id: string, at: number, { say, ask, mail }: ForClient): OutboxItem[] {
  const { client, conversation, hasEmail, language } = reach;
  if (ask && isResting(reach, at)) {
    // A mail with words of its own is the question by mail.
    const news = mail && !mail.say ? { say, mail } : { say };
    return say.length > 0 ? toClient(reach, id, at, news) : [];
  }
  const chat = { conversation: conversation ?? '', language, say, ...(ask && { ask }) };
  const letter = { client, language, subject: mail?.subject ?? '', say: mail?.say ?? say };
  const written = new Date(at).toISOString();
  return [
    ...(conversation !== undefined ? [notice('chat', `${id}-chat`, at, chat)] : []),
    ...(mail && hasEmail ? [notice('mail', `${id}-mail`, at, { mail: 'client', ...letter, at: written })] : []),
  ];
}

import { changeDocument } from '../change-document.ts';
import type { Document } from '../documents.ts';
import { feedbackHappened } from '../figures/happened.ts';
import { madeId } from '../made-id.ts';
import { telling } from '../notices.ts';
import { type ClientAct, changeClient } from './client.ts';

/** How well something was handled, in the client's opinion. */
export const scores = ['good', 'fair', 'bad'] as const;
export type Score = (typeof scores)[number];

/** What feedback is about: a meeting that was held, or a referral that is closed. */
export interface FeedbackSubject {
  kind: 'meeting' | 'referral';
  id: string;
  /** The coach of the meeting, or the service of the referral. */
  of: string;
}

/** What a client says of how it went. */
export interface FeedbackGiven {
  score: Score;
  /** Whether it helped the person forward; `unknown`: they do not know. */
  helped: boolean | 'unknown';
  /** Own words. */
  words?: string;
}

/** A client's opinion of one meeting or referral. */
export interface Feedback extends Document, FeedbackGiven {
  type: 'feedback';
  about: FeedbackSubject;
  language: string;
  at: string;
}

/** Keeps a client's opinion; the first of each subject stands. */
export async function giveFeedback(act: ClientAct, about: FeedbackSubject, given: FeedbackGiven): Promise<void> {
  const { documents, municipality, client, language, now } = act;
  const id = madeId('feedback', client, about.kind, about.id);
  const feedback: Feedback = {
    id,
    partition: client,
    type: 'feedback',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    about,
    ...given,
    language,
    at: now.toUTC().toISO()!,
  };
  await changeClient(act, () => ({}));
  await changeDocument<Feedback>(documents, { collection: 'clients', partition: client, id }, (current) => {
    return current ? undefined : telling(feedback, feedbackHappened(feedback, { municipality, now: now.toMillis() }));
  });
}

/** Keeps that the client does not want to be asked again, for good. */
export async function refuseFeedback(act: ClientAct): Promise<void> {
  await changeClient(act, ({ noFeedback }) => {
    return noFeedback === undefined ? { noFeedback: act.now.toUTC().toISO()! } : undefined;
  });
}

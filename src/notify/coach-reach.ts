import type { Conversations, LogPart } from '../bot/conversations.ts';
import type { DocumentRef, Documents } from '../domain/documents.ts';
import { type CoachNews, coachNotice } from '../domain/notices.ts';
import { bring, linkRef } from '../teams/coach-link.ts';
import { storedCardIn } from '../teams/stored-card.ts';
import type { Parcel } from './sender.ts';

/** What is worked with to reach coaches outside their own log. */
export interface ReachParts {
  documents: Documents;
  conversations: Pick<Conversations, 'start' | 'push'>;
  /** Coaches without Teams read their inbox; otherwise they get mail. */
  hasInbox: boolean;
  /** Has the outbox of a coach's link looked at. */
  wake: (link: DocumentRef) => void;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What kind of news an item for coaches tells; undefined when it cannot be read. */
export function newsIn({ item }: Parcel): CoachNews | undefined {
  return coachNotice.safeParse(item.payload).data?.news;
}

/** News that only changes what a card shows: nobody is called for it. */
const quiet: CoachNews[] = ['handled'];

/**
 * Makes conversations in which what is pushed to a coach's own log also goes to where that coach is. `news` tells a
 * mail what it is about. The push is repeated with the whole delivery until both are written, and each counts once.
 */
export function createReach({ documents, conversations, hasInbox, wake, now }: ReachParts) {
  async function bringAll(coach: string, key: string, { activities, watermark }: LogPart, news?: CoachNews) {
    const first = watermark - activities.length;
    for (const [index, activity] of activities.entries()) {
      if (activity.from.role !== 'bot' || activity.type !== 'message') continue;
      const about = storedCardIn(activity)?.about;
      const isQuiet = news !== undefined && quiet.includes(news);
      await bring(documents, coach, hasInbox, {
        name: `${key}-${index}`,
        at: now(),
        ...(!isQuiet && { place: first + index }),
        ...(news && { news }),
        ...(about && { about }),
      });
    }
    wake(linkRef(coach));
  }

  return (news?: CoachNews): Pick<Conversations, 'start' | 'push'> => ({
    start: conversations.start,
    async push(id, key, said) {
      const part = await conversations.push(id, key, said);
      if (part && id.startsWith('coach-')) await bringAll(id.slice('coach-'.length), key, part, news);
      return part;
    },
  });
}

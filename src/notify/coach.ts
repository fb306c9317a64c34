import type { Conversations } from '../bot/conversations.ts';
import type { Documents } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { coachNotice } from '../domain/notices.ts';
import { addToList } from '../teams/action-list.ts';
import { type Case, cardId, caseIn, coachesOf, isOpen } from '../teams/cases.ts';
import { cardDraft, type StoredCard } from '../teams/stored-card.ts';
import type { Sender } from './sender.ts';

/** What the sender of cards works with. */
export interface CoachSenderParts {
  documents: Documents;
  conversations: Pick<Conversations, 'start' | 'push'>;
  municipality: Municipality;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Makes the sender that puts a card into the inbox of each coach whom a case concerns, and the case on their list. */
export function createCoachSender({ documents, conversations, municipality, now }: CoachSenderParts): Sender {
  return async ({ item, ref, document }) => {
    const parsed = coachNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    const { news, coaches, except, reference } = parsed.data;
    const about = parsed.data.about ?? {
      collection: ref.collection as 'clients',
      partition: ref.partition,
      id: ref.id,
    };
    const source = (await documents.get(about))?.document;
    const found = caseIn(source, about);
    // Deleted before anybody heard of it: the news of the deletion is all there is to tell.
    if (!found && news !== 'erased') return 'sent';
    const told = municipality.coaches.filter(
      ({ id }) => id !== except && (coaches ?? (found ? coachesOf(found, municipality) : [id])).includes(id),
    );
    const stored: StoredCard = { card: { id: cardId(about), open: false }, about };
    if (news === 'erased') stored.erased = { reference };
    for (const coach of told) {
      if (found && isOpen(found, coach.id, now())) await addToList(documents, coach.id, about, document.expiresAt);
      if (!(await push(coach, item.id, stored, found))) return 'ambiguous';
    }
    return 'sent';
  };

  async function push(coach: Coach, id: string, stored: StoredCard, found: Case | undefined): Promise<boolean> {
    const conversationId = `coach-${coach.id}`;
    await conversations.start({
      conversationId,
      userId: `dl_${conversationId}`,
      language: coach.language,
      coach: coach.id,
    });
    const open = found !== undefined && isOpen(found, coach.id, now());
    const draft = cardDraft({ ...stored, card: { ...stored.card, open } }, coach.language);
    return (await conversations.push(conversationId, id, [draft])) !== undefined;
  }
}

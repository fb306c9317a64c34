import { DateTime } from 'luxon';
import type { Draft } from '../bot/activity.ts';
import type { Conversations, Saying } from '../bot/conversations.ts';
import { erasedClient } from '../domain/appointments/forget-client.ts';
import { onDuty } from '../domain/appointments/on-duty.ts';
import { carryClient } from '../domain/coaches/carry-client.ts';
import { addClient } from '../domain/coaches/my-clients.ts';
import { asChosen, quietUntil, readSettings, scheduleDigest } from '../domain/coaches/settings.ts';
import type { Document, Documents, OutboxItem } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { type CaseRef, type CoachNotice, coachNotice } from '../domain/notices.ts';
import type { Translator } from '../i18n/translator.ts';
import { addToList } from '../teams/action-list.ts';
import { awaitsOutcome, isOpen } from '../teams/acts/offered.ts';
import { type Case, cardId, caseIn, coachesOf } from '../teams/cases.ts';
import { cardDraft, type StoredCard } from '../teams/stored-card.ts';
import { digestFor } from './digest.ts';
import { holdBack } from './held.ts';
import type { Outcome, Sender } from './sender.ts';

/** What the sender of cards works with. */
export interface CoachSenderParts {
  documents: Documents;
  conversations: Pick<Conversations, 'start' | 'push'>;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What of a coach's conversation is about no client: the language, the day of the greeting, and where a talk is. */
const staying = ['language', 'greeted', 'handoff'];

/** With the news that a client is gone, what the coach was in the middle of goes as well: it may be about that client. */
function forgetting(draft: Draft): Saying {
  return async ({ dialog }) => {
    const kept = Object.entries(dialog as object).filter(([name]) => staying.includes(name));
    return { dialog: Object.fromEntries(kept), drafts: [draft] };
  };
}

/** Makes the sender that puts a card into the inbox of each coach whom a case concerns, and the case on their list. */
export function createCoachSender(parts: CoachSenderParts): Sender {
  const { documents, conversations, municipality, now } = parts;

  return async ({ item, ref, document }) => {
    const parsed = coachNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    if (parsed.data.news === 'digest') return digest(item, parsed.data.coaches?.[0]);
    const about: CaseRef = parsed.data.about ?? {
      collection: ref.collection as 'clients',
      partition: ref.partition,
      id: ref.id,
    };
    const found = caseIn((await documents.get(about))?.document, about);
    if (!isNews(found, parsed.data)) return 'sent';
    const stored: StoredCard = { card: { id: cardId(about), open: false }, about };
    if (parsed.data.news === 'erased') {
      const { reference, what } = parsed.data;
      stored.erased = { reference, ...(what && { what }) };
    }
    const told = await whom(found, parsed.data);
    for (const coach of municipality.coaches) {
      if (found && isOpen(found, coach.id, now(), municipality))
        await addToList(documents, coach.id, about, document.expiresAt);
    }
    for (const coach of told) {
      if (found) await rememberClient(found, about, coach.id, document);
      if (await isHeldBack(coach, parsed.data, about)) continue;
      if (!(await push(coach, item.id, stored, found))) return 'ambiguous';
    }
    return 'sent';
  };

  /** Deleted before anybody heard of it: the news of the deletion is all there is to tell. */
  function isNews(found: Case | undefined, { news }: CoachNotice): boolean {
    if (news === 'outcome') return found?.kind === 'appointment' && awaitsOutcome(found.of, now());
    return found !== undefined || news === 'erased';
  }

  async function whom(found: Case | undefined, { coaches, except }: CoachNotice): Promise<Coach[]> {
    const ids = coaches ?? (found ? coachesOf(found, municipality) : municipality.coaches.map(({ id }) => id));
    // Somebody waits in the chat: those who can come at once are asked first.
    const waits = !coaches && found?.kind === 'contact' && found.of.handoff?.state === 'waiting';
    const duty = waits ? await onDuty(documents, municipality, now()) : [];
    const asked = duty.length > 0 ? duty : ids;
    return municipality.coaches.filter(({ id }) => id !== except && asked.includes(id));
  }

  /** The clients of a coach are found by what they heard of. */
  async function rememberClient(found: Case, { partition }: CaseRef, coach: string, { expiresAt }: Document) {
    if (found.kind === 'appointment' && found.of.coach === coach && found.of.client !== erasedClient) {
      await addClient(documents, coach, found.of.client, expiresAt);
    }
    if (found.kind === 'course') await carryClient(documents, partition);
    if (found.kind === 'intake' && coachesOf(found, municipality).length === 1) {
      await addClient(documents, coach, partition, expiresAt);
    }
  }

  /** In quiet hours the news waits until they end, once a case; whoever waits in the chat is answered by others. */
  async function isHeldBack(coach: Coach, news: CoachNotice, about: CaseRef): Promise<boolean> {
    const until = quietUntil(await readSettings(documents, coach.id), municipality, now());
    if (until === undefined) return false;
    await holdBack(documents, coach.id, { ...news, about, coaches: [coach.id] }, until);
    return true;
  }

  async function push(coach: Coach, id: string, stored: StoredCard, found: Case | undefined): Promise<boolean> {
    const { language } = await asChosen(documents, coach);
    const open = found !== undefined && isOpen(found, coach.id, now(), municipality);
    const draft = cardDraft({ ...stored, card: { ...stored.card, open } }, language);
    const conversationId = await startFor(coach);
    const isGone = !found || (found.kind === 'appointment' && found.of.client === erasedClient);
    const said = isGone ? forgetting(draft) : [draft];
    return (await conversations.push(conversationId, id, said)) !== undefined;
  }

  async function startFor({ id, language }: Coach): Promise<string> {
    const conversationId = `coach-${id}`;
    await conversations.start({ conversationId, userId: `dl_${conversationId}`, language, coach: id });
    return conversationId;
  }

  /** Told once a morning to whoever still wants it; the next one follows from it. */
  async function digest({ id }: OutboxItem, to: string | undefined): Promise<Outcome> {
    const found = municipality.coaches.find((one) => one.id === to);
    if (!found || !(await readSettings(documents, found.id)).digest) return 'sent';
    const coach = await asChosen(documents, found);
    const said = await conversations.push(await startFor(coach), id, await digestFor(parts, coach));
    if (!said) return 'ambiguous';
    await scheduleDigest(documents, municipality, coach.id, DateTime.fromMillis(now(), { zone: municipality.zone }));
    return 'sent';
  }
}

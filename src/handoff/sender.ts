import type { Draft } from '../bot/activity.ts';
import type { ConversationDocument } from '../bot/conversation-document.ts';
import type { Conversations, Saying } from '../bot/conversations.ts';
import { toDraft } from '../bot/say.ts';
import { placeOf } from '../bot/turn.ts';
import { changeDocument } from '../domain/change-document.ts';
import { endInSilence, type HandoffNotice, handoffNotice, itemId, miss } from '../domain/clients/handoff.ts';
import type { ContactRequest } from '../domain/clients/path.ts';
import { asChosen } from '../domain/coaches/settings.ts';
import type { Documents, OutboxItem } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { notice, telling } from '../domain/notices.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Outcome, Sender } from '../notify/sender.ts';
import { endWord } from './client-turn.ts';
import { coachLine, type Line } from './lines.ts';
import { endTalk } from './steps.ts';
import { closed, contactRef, talkIn, withTalk } from './talk-state.ts';

/** What the sender of talks works with. */
export interface HandoffParts {
  documents: Documents;
  conversations: Pick<Conversations, 'push'>;
  municipality: Municipality;
  t: Translator;
  now: () => number;
  /** The buttons of the question that is open in a client's dialogue. */
  choicesIn(dialog: unknown): string[];
}

type LineNotice = Extract<HandoffNotice, { step: 'line' }>;

/**
 * Makes the sender that carries a talk between two conversations. Every push has a name of its own and is counted where it
 * arrives, so that a repeat, a crash or another process adds nothing; an earlier line always goes before a later one.
 */
export function createHandoffSender(parts: HandoffParts): Sender {
  const { documents, conversations, municipality, t, now } = parts;

  return async ({ item, document }) => {
    const { success, data } = handoffNotice.safeParse(item.payload);
    if (!success || document.type !== 'contact') return 'refused';
    const contact = document as ContactRequest;
    switch (data.step) {
      case 'nobody':
        return nobodyCame(contact);
      case 'silence':
        await changeDocument<ContactRequest>(documents, contactRef(contact), (current) => {
          return current && endInSilence(current, data.since, now());
        });
        return 'sent';
      case 'opened':
        return toClient(contact, item.id, opening(contact));
      case 'ended':
        return data.to === 'client' ? toClient(contact, item.id, ending(contact)) : tellCoach(contact, item.id);
      case 'line':
        return lines(contact, data);
    }
  };

  async function nobodyCame(contact: ContactRequest): Promise<Outcome> {
    await changeDocument<ContactRequest>(documents, contactRef(contact), (current) => {
      const missed = current && miss(current);
      if (!missed) return undefined;
      const { id, conversation = '', language, answerBy, phone } = missed;
      const by: Text = { at: answerBy, as: 'moment' };
      const values = { by, phone: phone ?? municipality.contact.phone };
      const say = [{ key: `handoff.client.nobody.${phone === undefined ? 'here' : 'call'}`, with: values }];
      return telling(
        missed,
        notice('chat', `${id}-nobody-chat`, now(), {
          conversation,
          language,
          say,
          ...(phone === undefined && { ask: { flow: 'call-back', given: { contact: id } } }),
        }),
        // Those who were not on duty hear of it as well.
        notice('coach', `${id}-everybody`, now(), { news: 'contact', by: 'client', coaches: everybody() }),
      );
    });
    return 'sent';
  }

  function everybody(): string[] {
    return municipality.coaches.map(({ id }) => id);
  }

  /** All lines up to this one that are still on their way, in order. */
  async function lines(contact: ContactRequest, last: LineNotice): Promise<Outcome> {
    const waiting = (contact.outbox ?? []).flatMap((item) => {
      const { data } = handoffNotice.safeParse(item.payload);
      return data?.step === 'line' && data.to === last.to && data.n <= last.n ? [{ item, line: data }] : [];
    });
    for (const { item, line } of waiting.sort((one, other) => one.line.n - other.line.n)) {
      const outcome = await (last.to === 'client'
        ? lineToClient(contact, item, line)
        : lineToCoach(contact, item, line));
      if (outcome !== 'sent') return outcome;
    }
    return 'sent';
  }

  async function lineToClient(contact: ContactRequest, { id }: OutboxItem, { n, words = '' }: LineNotice) {
    await toClient(contact, itemId(contact, 'opened'), opening(contact));
    return toClient(contact, id, (conversation, language) => {
      const talk = talkIn(conversation.dialog);
      const isSame = talk?.contact.id === contact.id;
      if (isSame && n <= talk.got) return undefined;
      const text = coachLine(coachOf(contact)?.name ?? '', words);
      const choices = isSame && talk.open ? [endWord(t, language)] : parts.choicesIn(conversation.dialog);
      const said = toDraft({ text, language: contact.language, ...(choices.length > 0 && { choices }) });
      const dialog = isSame ? withTalk(conversation.dialog, { ...talk, got: n }) : conversation.dialog;
      return { dialog, drafts: [said] };
    });
  }

  async function lineToCoach(contact: ContactRequest, { id }: OutboxItem, { n, place }: LineNotice): Promise<Outcome> {
    const from = await clientOf(contact);
    if (!from || from.client !== contact.partition) return 'sent';
    // Decided, but not written yet: the words have to be there before somebody looks for them.
    if (from.next <= place) return 'throttled';
    const { partition } = contact;
    const line: Line = { contact: { partition, id: contact.id }, from: 'client', n, place };
    return toCoach(contact, id, ({ dialog }, language) => {
      const talk = talkIn(dialog);
      const isSame = talk?.contact.id === contact.id;
      if (isSame && n <= talk.got) return undefined;
      const actions = [endWord(t, language)].map((title) => ({ type: 'imBack' as const, title, value: title }));
      const said: Draft = { type: 'message', locale: contact.language, channelData: { line } };
      const drafts = [{ ...said, ...(isSame && talk.open && { suggestedActions: { to: [], actions } }) }];
      return { dialog: isSame ? withTalk(dialog, { ...talk, got: n }) : dialog, drafts };
    });
  }

  async function clientOf({ conversation = '' }: ContactRequest): Promise<ConversationDocument | undefined> {
    return (await documents.get<ConversationDocument>(placeOf(conversation)))?.document;
  }

  function opening(contact: ContactRequest): Told {
    return ({ dialog }, language) => {
      const { id, partition, handoff } = contact;
      if (talkIn(dialog)?.contact.id === id) return undefined;
      const coach = coachOf(contact)?.name ?? '';
      const open = handoff?.state === 'open';
      const text = t.say({ key: `handoff.client.${open ? 'opened' : 'wasHere'}`, with: { coach } }, language);
      const said = toDraft({ text, language, ...(open && { choices: [endWord(t, language)] }) });
      return { dialog: withTalk(dialog, { contact: { partition, id }, open, got: 0 }), drafts: [said] };
    };
  }

  function ending(contact: ContactRequest): Told {
    return ({ dialog }, language) => {
      const talk = talkIn(dialog);
      if (talk?.contact.id !== contact.id || !talk.open) return undefined;
      const by = contact.handoff?.endedBy ?? 'silence';
      const values = { coach: coachOf(contact)?.name ?? '' };
      const text = t.say({ key: `handoff.client.ended.${by}`, with: values }, language);
      const choices = parts.choicesIn(dialog);
      return { dialog: closed(dialog), drafts: [toDraft({ text, language, ...(choices.length > 0 && { choices }) })] };
    };
  }

  function tellCoach(contact: ContactRequest, id: string): Promise<Outcome> {
    return toCoach(contact, id, ({ dialog }, language) => {
      const talk = talkIn(dialog);
      if (talk?.contact.id !== contact.id || !talk.open) return undefined;
      const text = t.say({ key: `handoff.coach.ended.${contact.handoff?.endedBy ?? 'silence'}` }, language);
      return { dialog: closed(dialog), drafts: [toDraft({ text, language })] };
    });
  }

  function coachOf({ handoff }: ContactRequest): Coach | undefined {
    return municipality.coaches.find(({ id }) => id === handoff?.coach);
  }

  /** Says something in the client's conversation as long as it is still theirs; a chat that is gone ends the talk. */
  async function toClient(contact: ContactRequest, id: string, told: Told): Promise<Outcome> {
    const part = await conversations.push(contact.conversation ?? '', id, async (conversation) => {
      const stays = { dialog: conversation.dialog, drafts: [] };
      if (conversation.client !== contact.partition) return stays;
      const { language = contact.language } = conversation.dialog as { language?: string };
      return told(conversation, t.languages.includes(language) ? language : 'fi') ?? stays;
    });
    if (!part) await endTalk(documents, contact, 'gone', now());
    return 'sent';
  }

  async function toCoach(contact: ContactRequest, id: string, told: Told): Promise<Outcome> {
    const coach = coachOf(contact);
    if (!coach) return 'sent';
    const { language } = await asChosen(documents, coach);
    await conversations.push(`coach-${coach.id}`, id, async (conversation) => {
      return told(conversation, language) ?? { dialog: conversation.dialog, drafts: [] };
    });
    return 'sent';
  }
}

type Told = (conversation: Parameters<Saying>[0], language: string) => { dialog: unknown; drafts: Draft[] } | undefined;

import type { Draft } from '../bot/activity.ts';
import type { ConversationDocument } from '../bot/conversation-document.ts';
import type { Clean } from '../bot/gate.ts';
import type { Decided } from '../bot/turn.ts';
import type { ContactRequest } from '../domain/clients/path.ts';
import type { Documents } from '../domain/documents.ts';
import type { CaseRef } from '../domain/notices.ts';
import type { Text } from '../domain/text.ts';
import { heardWords } from '../i18n/heard-words.ts';
import type { Translator } from '../i18n/translator.ts';
import { endWord } from './client-turn.ts';
import type { Line } from './lines.ts';
import { endTalk, openTalk, sayLine } from './steps.ts';
import { closed, contactRef, talkIn, withTalk } from './talk-state.ts';

/** How a coach is spoken to: in their language, with the buttons of the inbox unless others are told. */
export interface CoachVoice {
  language: string;
  say(text: Text, choices?: string[]): Draft;
}

/** A coach's side of a talk with a client. */
export interface CoachTalk {
  /** The turn of a coach who is in a talk; undefined when they are not, or pressed a button of a card. */
  turn(
    conversation: ConversationDocument,
    incoming: Clean,
    fence: () => Promise<void>,
    documents: Documents,
    voice: CoachVoice,
  ): Promise<Decided | undefined>;
  /** The dialogue after the coach acted on a case, and what they hear of a talk that begins. */
  afterPress(
    dialog: unknown,
    coach: string,
    about: CaseRef | undefined,
    documents: Documents,
    voice: CoachVoice,
  ): Promise<{ dialog: unknown; drafts: Draft[] }>;
  /** Whether the coach would begin a talk while another one is not over. */
  isBusy(dialog: unknown, about: CaseRef, documents: Documents): Promise<boolean>;
}

/** Makes the coach's side of talks: what they type goes to the client, but for help and the words that end the talk. */
export function createCoachTalk({ t, now }: { t: Translator; now: () => number }): CoachTalk {
  const heard = heardWords(t, { help: 'coach.words.help', end: 'handoff.end' });

  return {
    async turn({ dialog, next }, incoming, fence, documents, voice) {
      const talk = talkIn(dialog);
      if (!talk?.open || incoming.type !== 'message' || incoming.value !== undefined) return undefined;
      const { say } = voice;
      const choices = [endWord(t, voice.language)];
      const word = heard(incoming.text);
      if (word === 'help' || incoming.text === '')
        return { dialog, drafts: [say({ key: 'handoff.coach.help' }, choices)] };
      await fence();
      if (word === 'end') {
        await endTalk(documents, talk.contact, 'coach', now());
        return { dialog: closed(dialog), drafts: [say({ key: 'handoff.coach.ended.coach' })] };
      }
      const { contact } = talk;
      const n = await sayLine(documents, contact, { from: 'coach', place: next, words: incoming.text }, now());
      const line: Line = { contact, from: 'coach', n: n ?? 0 };
      // The words stay with the client's data: here is only where they are.
      const own: Draft = { type: 'message', channelData: { line } };
      if (n === undefined) return { dialog: closed(dialog), drafts: [say({ key: 'handoff.coach.tooLate' })], own };
      return { dialog, drafts: incoming.masked ? [say({ key: 'engine.masked' }, choices)] : [], own };
    },

    async afterPress(dialog, coach, about, documents, voice) {
      if (about?.collection !== 'clients') return { dialog, drafts: [] };
      const { partition, id } = about;
      const before = talkIn(dialog);
      const isSame = before?.contact.id === id;
      const talk = await openTalk(documents, { partition, id });
      if (talk?.handoff?.coach !== coach) return { dialog: isSame ? closed(dialog) : dialog, drafts: [] };
      if (isSame && before.open) return { dialog, drafts: [] };
      const opened = withTalk(dialog, { contact: { partition, id }, open: true, got: isSame ? before.got : 0 });
      const chat = { key: `directory.inLanguage.${talk.language}` };
      return {
        dialog: opened,
        drafts: [voice.say({ key: 'handoff.coach.opened', with: { chat } }, [endWord(t, voice.language)])],
      };
    },

    async isBusy(dialog, about, documents) {
      const talk = talkIn(dialog);
      if (!talk?.open || talk.contact.id === about.id) return false;
      const wanted = (await documents.get<ContactRequest>(contactRef(about)))?.document;
      if (wanted?.handoff?.state !== 'waiting') return false;
      return (await openTalk(documents, talk.contact)) !== undefined;
    },
  };
}

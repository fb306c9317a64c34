import { DateTime } from 'luxon';
import type { Dialog } from '../dialogs/engine/dialog.ts';
import { fold } from '../dialogs/engine/fold.ts';
import { flows } from '../dialogs/index.ts';
import { createInterrupts } from '../dialogs/interrupts.ts';
import { createTalk } from '../dialogs/talk.ts';
import type { Saying } from './bot/conversations.ts';
import { toDraft } from './bot/say.ts';
import type { Decide } from './bot/turn.ts';
import type { ChatNotice } from './domain/notices.ts';
import { oneLook } from './domain/one-look.ts';
import { steadyZone } from './domain/steady-zone.ts';
import { createWorld, type WorldParts } from './world.ts';

/** What a client's conversation is decided by. */
export interface ClientTurns {
  decide: Decide;
  /** Lets the dialogue go on from something that the service tells or asks of itself; that changes nothing else. */
  hear(told: ChatNotice): Saying;
  /** The buttons that stood under the last question of a dialogue. */
  choicesIn(dialog: unknown): string[];
  /** Whether a text is a button of the open question, or of an earlier one. */
  isButton(dialog: unknown, text: string): boolean;
}

/** Binds the clients' dialogue to the world, for the turns of their conversations. */
export function createClientTurns(parts: WorldParts & { now: () => number; newId: () => string }): ClientTurns {
  const { documents, municipality, t, now, newId, outlook, mayBook } = parts;
  const times = { ...(outlook && { outlook }), ...(mayBook && { mayBook }) };
  const talk = createTalk(flows, t);
  const command = createInterrupts(t);
  const moment = () => DateTime.fromMillis(now(), { zone: steadyZone(municipality.zone) });

  return {
    async decide(conversation, incoming, fence, timed) {
      const isJoin = incoming.type === 'event' && incoming.name === 'webchat/join';
      if (incoming.type !== 'message' && !isJoin) return { dialog: conversation.dialog, drafts: [] };
      const said = {
        text: incoming.text,
        masked: incoming.masked,
        ...(incoming.letter !== undefined && { letter: incoming.letter }),
        pageLanguage: conversation.pageLanguage,
        ...(incoming.pressed && { pressed: incoming.pressed }),
        ...(isJoin && { join: { language: languageOf(incoming.value) ?? conversation.pageLanguage } }),
      };
      const speaker = { client: conversation.client, conversation: conversation.id, now: moment(), fence };
      const seen = { documents: timed, municipality, t, look: oneLook(timed), ...times };
      const world = (language: string) => createWorld(seen, { ...speaker, language });
      const { dialog, replies, forget } = await talk(conversation.dialog as Dialog, said, world, newId);
      return { dialog, drafts: replies.map(toDraft), forget };
    },

    hear(told) {
      return async ({ client, dialog: before }) => {
        const fence = () => Promise.reject(new Error('What the service says of itself changes nothing.'));
        const speaker = { client, conversation: told.conversation, now: moment(), fence };
        const seen = { documents, municipality, t, look: oneLook(documents), ...times };
        const world = (language: string) => createWorld(seen, { ...speaker, language });
        const { dialog, replies } = await talk(before as Dialog, { text: '', told }, world, newId);
        return { dialog, drafts: replies.map(toDraft) };
      };
    },

    choicesIn,

    isButton(dialog, text) {
      const said = fold(text);
      const labels = choicesIn(dialog).map(fold);
      return [...labels, ...((dialog as Dialog).past ?? [])].includes(said) || command(text) !== undefined;
    },
  };
}

function choicesIn(dialog: unknown): string[] {
  return ((dialog as Dialog).shown?.options ?? []).map(({ label }) => label);
}

function languageOf(value: unknown): string | undefined {
  const language = (value as { language?: unknown } | null | undefined)?.language;
  return typeof language === 'string' ? language : undefined;
}

import { z } from 'zod';
import type { DocumentRef } from '../domain/documents.ts';

const id = z.string().regex(/^[\w-]{1,200}$/);
/** Names the contact request that a talk is about. */
export const contactName = z.object({ partition: id, id });
export type ContactName = z.infer<typeof contactName>;

const talkState = z.object({
  contact: contactName,
  /** The bot is silent. After the end it stays here, closed, so that a line that comes late is still known. */
  open: z.boolean(),
  /** How many lines of the other have come. */
  got: z.number(),
});

/** What a conversation keeps of the talk with a person, beside its dialogue. */
export type TalkState = z.infer<typeof talkState>;

const holder = z.looseObject({ handoff: talkState.optional().catch(undefined) });

/** The talk that a conversation is in, or was in last. */
export function talkIn(dialog: unknown): TalkState | undefined {
  // Hardly any conversation has one, and every turn asks.
  if ((dialog as { handoff?: unknown } | undefined)?.handoff === undefined) return undefined;
  return holder.safeParse(dialog).data?.handoff;
}

/** The dialogue with its talk as it is now. */
export function withTalk(dialog: unknown, handoff: TalkState): object {
  return { ...(dialog as object), handoff };
}

/** The dialogue with its talk closed. */
export function closed(dialog: unknown): object {
  const state = talkIn(dialog);
  return state ? withTalk(dialog, { ...state, open: false }) : (dialog as object);
}

/** Where the contact request of a talk is. */
export function contactRef({ partition, id }: ContactName): DocumentRef {
  return { collection: 'clients', partition, id };
}

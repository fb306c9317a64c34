import { z } from 'zod';
import type { Activity, Draft } from '../bot/activity.ts';
import { caseRef } from '../domain/notices.ts';

/** Lists of a coach that are cards of their own; `about` names where they begin. */
export const lists = ['week', 'clients', 'panel'] as const;
export type ListName = (typeof lists)[number];

/** What a coach's log keeps of a card: which one and of what, never what it shows. */
export const storedCard = z.object({
  card: z.object({ id: z.string(), open: z.boolean() }),
  about: caseRef,
  list: z.enum(lists).optional(),
  /** Set when everything about the client was deleted: the only thing left to show. */
  erased: z.object({ reference: z.string().optional(), what: z.enum(['offer']).optional() }).optional(),
});
export type StoredCard = z.infer<typeof storedCard>;

/** A message that will show a card when it is read. */
export function cardDraft(stored: StoredCard, language: string): Draft {
  return { type: 'message', locale: language, channelData: stored };
}

/** The card that a message stands for; undefined for any other message. */
export function storedCardIn({ from, channelData }: Activity): StoredCard | undefined {
  return from.role === 'bot' ? storedCard.safeParse(channelData).data : undefined;
}

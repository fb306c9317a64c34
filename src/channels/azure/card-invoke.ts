import { z } from 'zod';
import { plainValue } from '../plain-value.ts';
import type { ChannelActivity } from './channel-activity.ts';

/** What Teams sends when somebody presses `Action.Execute`, or when a card asks for its newest form (`automatic`). */
const executed = z.object({
  action: z.object({ data: z.record(z.string(), z.unknown()) }),
  trigger: z.enum(['manual', 'automatic']).optional().catch(undefined),
});

/** A press on a card: the data of the button with the inputs of the card. */
export interface CardPress {
  data: Record<string, unknown>;
  isRefresh: boolean;
}

/** The answer of an invoke in the same HTTP response. */
export type InvokeAnswer =
  | { statusCode: 200; type: 'application/vnd.microsoft.card.adaptive'; value: object }
  | { statusCode: 200; type: 'application/vnd.microsoft.activity.message'; value: string }
  | { statusCode: 400 | 501 | 503; type: 'application/vnd.microsoft.error'; value: { code: string; message: string } };

/** The press in an invoke; undefined when it is none. */
export function pressIn({ name, value }: ChannelActivity): CardPress | undefined {
  if (name !== 'adaptiveCard/action') return undefined;
  const { success, data } = executed.safeParse(plainValue(value));
  return success ? { data: data.action.data, isRefresh: data.trigger === 'automatic' } : undefined;
}

/** Puts a card in the place of the one that was pressed. */
export function withCard(card: object): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

/** Says something and leaves the card. */
export function withWords(text: string): InvokeAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

/** Refuses what is no press of a card of ours. */
export function notUnderstood(): InvokeAnswer {
  return {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'This is no press on a card of this bot.' },
  };
}

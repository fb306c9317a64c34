import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { Conversations } from './conversations.ts';

/** What the store asks for the turns of conversations. */
export interface TurnCharge {
  /** To be told the request units of each request, in the async context of the turn that caused it. */
  add(requestUnits: number): void;
  /** The same conversations; each turn that cost request units leaves their sum in the log, at the level `info`. */
  metered<C extends Conversations>(conversations: C): C;
}

/** Sums up per turn what Cosmos DB charges; a store without charges is never told of and costs nothing. */
export function createTurnCharge(log: Pick<Logger, 'info'>): TurnCharge {
  const turns = new AsyncLocalStorage<{ requestUnits: number; requests: number }>();
  return {
    add(requestUnits) {
      const turn = turns.getStore();
      if (!turn) return;
      turn.requestUnits += requestUnits;
      turn.requests++;
    },
    metered: (conversations) => ({
      ...conversations,
      async receive(conversation, incoming) {
        const turn = { requestUnits: 0, requests: 0 };
        try {
          return await turns.run(turn, () => conversations.receive(conversation, incoming));
        } finally {
          const { requests, requestUnits } = turn;
          if (requests > 0) log.info({ conversation, requests, requestUnits: toHundredths(requestUnits) }, 'a turn');
        }
      },
    }),
  };
}

function toHundredths(units: number): number {
  return Math.round(units * 100) / 100;
}

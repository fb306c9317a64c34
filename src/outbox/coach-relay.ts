import type { Connector } from '../channels/azure/connector.ts';
import type { Sender } from '../notify/sender.ts';
import { createTeamsSender, type TeamsSenderParts } from '../notify/teams.ts';
import { createPace } from '../notify/teams-pace.ts';
import { createRelay, type Relay, type RelaySettings } from './relay.ts';

/** What the relay of the coaches works with; without a connector what is meant for Teams goes by mail. */
export interface CoachRelayParts
  extends Omit<TeamsSenderParts, 'connector' | 'pace'>,
    Pick<RelaySettings, 'log' | 'timers'> {
  connector?: TeamsSenderParts['connector'];
  mail: Sender;
}

/** Teams may be slow for one coach: the others do not wait behind them. */
const coachesAtOnce = 32;

const noTeams: Pick<Connector, 'send' | 'update'> = {
  send: async () => ({ is: 'refused', status: 0 }),
  update: async () => ({ is: 'refused', status: 0 }),
};

/** Makes the relay of what is under way to coaches: apart from that of the clients, so that a slow Teams holds up nobody else. */
export function createCoachRelay({ connector = noTeams, mail, log, timers, ...parts }: CoachRelayParts): Relay {
  const teams = createTeamsSender({ ...parts, connector, pace: createPace() });
  return createRelay({
    documents: parts.documents,
    senders: { teams, mail },
    log,
    now: parts.now,
    timers,
    collections: ['coaches'],
    atOnce: coachesAtOnce,
  });
}

/** Two relays as one; what the first delivers may give the second something to do. */
export function inTurn(first: Relay, second: Relay): Relay {
  return {
    poke(ref) {
      if (ref?.collection !== 'coaches') first.poke(ref);
      if (ref === undefined || ref.collection === 'coaches') second.poke(ref);
    },
    async sweep() {
      await first.sweep();
      await second.sweep();
    },
    start() {
      first.start();
      second.start();
    },
    async stop() {
      await first.stop();
      await second.stop();
    },
  };
}

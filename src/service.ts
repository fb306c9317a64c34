import type { Logger } from 'pino';
import type { Dialog } from '../dialogs/engine/dialog.ts';
import { createConversations, type DurableConversations } from './bot/durable-conversations.ts';
import { toDraft } from './bot/say.ts';
import { untilThen } from './bot/timed-documents.ts';
import { createBusyTimes } from './calendar/busy-times.ts';
import type { Graph } from './calendar/graph.ts';
import { createOutlookView } from './calendar/outlook-view.ts';
import { createCalendarSender } from './calendar/sender.ts';
import type { Connector } from './channels/azure/connector.ts';
import type { Azure } from './channels/azure.ts';
import { createClientTurns } from './client-turns.ts';
import type { createCoachSide } from './coach-side.ts';
import type { DocumentRef } from './domain/documents.ts';
import { faultOf, hasCode, PolkuError } from './errors.ts';
import { withPerson } from './handoff/client-turn.ts';
import { createHandoffSender } from './handoff/sender.ts';
import { silentWhileTalking } from './handoff/silence.ts';
import { createChatSender } from './notify/chat.ts';
import { createCoachSender } from './notify/coach.ts';
import { createReach, newsIn } from './notify/coach-reach.ts';
import type { Sender } from './notify/sender.ts';
import { createCoachRelay, inTurn } from './outbox/coach-relay.ts';
import { createRelay, type Relay } from './outbox/relay.ts';
import { createTimerSender } from './outbox/timer-sender.ts';
import type { Present } from './teams/teams-message.ts';
import type { Timers } from './timers.ts';
import type { WorldParts } from './world.ts';

/** What conversations and deliveries are made of; nothing in it is the process's own. */
export interface ServiceParts extends Omit<WorldParts, 'outlook' | 'look'> {
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  mail: Sender;
  /** Epoch milliseconds. */
  now: () => number;
  timers: Timers;
  /** An id that nobody can guess. */
  newId: () => string;
  /** Brings what is pushed to a channel outside. */
  deliver?: Azure['deliver'];
  /** The way to Teams; absent: coaches have their inbox and mail. */
  connector?: Connector;
  /** The way to the coaches' calendars in Outlook; absent: they get invitations by mail. */
  graph?: Graph;
  /** Whether coaches who are not in Teams read an inbox instead of mail. */
  hasInbox?: boolean;
}

/** Puts together the conversations and the relay of what they bring about; the relay waits to be started. */
export function createService(service: ServiceParts): {
  conversations: DurableConversations;
  relay: Relay;
  present: Present;
} {
  const { municipality, t, log, mail, now, timers, newId, deliver, mayBook } = service;
  const documents = untilThen(service.documents, service);
  const { graph } = service;
  const outlook =
    graph && createOutlookView(createBusyTimes({ graph, municipality, log, now }), { municipality, now, timers });
  const cards = { documents, municipality, t, now, ...(outlook && { outlook }) };
  let loading: Promise<ReturnType<typeof createCoachSide>> | undefined;
  // Loaded with the first coach: it is a fifth of the code, and nobody who opens the chat waits for it.
  function coachSide() {
    loading ??= import('./coach-side.ts').then(({ createCoachSide }) => createCoachSide({ ...cards, newId }));
    return loading;
  }
  const present: Present = async (activities, of) =>
    of.coach === undefined ? activities : (await coachSide()).present(activities, of);

  const clients = createClientTurns({ ...cards, newId, ...(mayBook && { mayBook }) });
  const decideClient = withPerson(clients.decide, { t, now, isButton: clients.isButton });

  /** Logs an error under a reference, and says so in the person's language. */
  function sorry(
    key: string,
    error: unknown,
    conversation: string,
    dialog?: unknown,
  ): { text: string; language: string } {
    const reference = newId()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 6)
      .toUpperCase();
    const cause = hasCode(error, 'storeUnavailable') ? (error.cause ?? error) : error;
    log.error({ reference, conversation, ...faultOf(cause) }, 'a turn failed');
    const language = (dialog as Dialog | undefined)?.language ?? municipality.languages[0]!;
    return { text: t.say({ key, with: { phone: municipality.contact.phone, reference } }, language), language };
  }

  const conversations = createConversations({
    documents: service.documents,
    decide: async (conversation, ...rest) =>
      (conversation.coach ? (await coachSide()).decide : decideClient)(conversation, ...rest),
    present,
    apologise: (error, { id, dialog }) => [toDraft(sorry('errors.unexpected', error, id, dialog))],
    gaveUp(error, id, conversation) {
      const { text } = sorry('errors.later', error, id, conversation?.dialog);
      return new PolkuError('storeUnavailable', text, { retryAfter: 2 }, error);
    },
    now,
    timers,
    newId,
    committed: () => relay.poke(),
    ...(deliver && { deliver }),
  });
  const { connector, hasInbox = true } = service;
  const wake = (link: DocumentRef) => coachRelay.poke(link);
  const reach = createReach({ documents, conversations, hasInbox, wake, now });
  const coachRelay = createCoachRelay({
    ...cards,
    conversations,
    present,
    mail,
    log,
    timers,
    ...(connector && { connector }),
  });
  const clientRelay = createRelay({
    documents,
    senders: {
      coach: (parcel) =>
        createCoachSender({ documents, conversations: reach(newsIn(parcel)), municipality, t, now })(parcel),
      mail,
      chat: createChatSender(conversations, t, silentWhileTalking(clients.hear, t)),
      handoff: createHandoffSender({ ...cards, conversations: reach(), choicesIn: clients.choicesIn }),
      timer: createTimerSender({ documents, municipality, now }),
      calendar: createCalendarSender({ ...cards, mail, ...(graph && { graph }) }),
    },
    log,
    now,
    timers,
    finishCrashed: conversations.finishCrashed,
  });
  const relay = inTurn(clientRelay, coachRelay);
  return { conversations, relay, present };
}

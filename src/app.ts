import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { coachFlows } from '../dialogs/coach/index.ts';
import type { Dialog } from '../dialogs/engine/dialog.ts';
import type { Conversations } from './bot/conversations.ts';
import { createConversations, type DurableConversations } from './bot/durable-conversations.ts';
import { toDraft } from './bot/say.ts';
import { untilThen } from './bot/timed-documents.ts';
import type { Connector } from './channels/azure/connector.ts';
import { createWhoIs } from './channels/azure/who-is.ts';
import { type Azure, createAzure, createChannelConnector } from './channels/azure.ts';
import { createDirectLine } from './channels/directline/direct-line.ts';
import { signingSecret } from './channels/directline/signing-secret.ts';
import { createClientTurns } from './client-turns.ts';
import { createCoachDialogue } from './coach-world.ts';
import type { Config } from './config.ts';
import type { DocumentRef } from './domain/documents.ts';
import { faultOf, hasCode, PolkuError } from './errors.ts';
import { withPerson } from './handoff/client-turn.ts';
import { createHandoffSender } from './handoff/sender.ts';
import { silentWhileTalking } from './handoff/silence.ts';
import { makeOrigins } from './http/origins.ts';
import { createServer } from './http/server.ts';
import { createTranslator } from './i18n/translator.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { createChatSender } from './notify/chat.ts';
import { createCoachSender } from './notify/coach.ts';
import { createReach, newsIn } from './notify/coach-reach.ts';
import { createMailSender } from './notify/mail.ts';
import type { Sender } from './notify/sender.ts';
import { createCoachRelay, inTurn } from './outbox/coach-relay.ts';
import { createRelay, type Relay } from './outbox/relay.ts';
import { createTimerSender } from './outbox/timer-sender.ts';
import { createLinkMaker } from './partner/link-maker.ts';
import { partnerRoutes } from './partner/routes.ts';
import { openDocuments } from './storage/index.ts';
import { createCoachDesk } from './teams/coach-desk.ts';
import { createInbox } from './teams/inbox.ts';
import { createPresent } from './teams/present.ts';
import type { Present } from './teams/teams-message.ts';
import { processTimers, type Timers } from './timers.ts';
import { pages } from './web/pages.ts';
import type { WorldParts } from './world.ts';

/** The whole service, ready to listen. */
export interface App {
  conversations: Conversations;
  /** Throws `badSetting` when the port cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Finishes what was begun and closes the store. */
  close(): Promise<void>;
}

/** What conversations and deliveries are made of; nothing in it is the process's own. */
export interface ServiceParts extends WorldParts {
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
  /** Whether coaches who are not in Teams read an inbox instead of mail. */
  hasInbox?: boolean;
}

/** Puts together the conversations and the relay of what they bring about; the relay waits to be started. */
export function createService(service: ServiceParts): {
  conversations: DurableConversations;
  relay: Relay;
  present: Present;
} {
  const { municipality, t, log, mail, now, timers, newId, deliver } = service;
  const documents = untilThen(service.documents, service);
  const cards = { documents, municipality, t, now };
  const inbox = createInbox(cards, createCoachDialogue(coachFlows, { municipality, t, newId }));

  const clients = createClientTurns({ ...cards, newId });
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

  const present = createPresent(cards);
  const conversations = createConversations({
    documents: service.documents,
    decide: (conversation, ...rest) => (conversation.coach ? inbox : decideClient)(conversation, ...rest),
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
    },
    log,
    now,
    timers,
    finishCrashed: conversations.finishCrashed,
  });
  const relay = inTurn(clientRelay, coachRelay);
  return { conversations, relay, present };
}

/** Makes every part of the service from its settings; throws `badSetting`, `badPack` or `storeUnavailable` with the repair. */
export async function createApp(config: Config): Promise<App> {
  const municipality = loadMunicipality(config.municipalitiesDir, config.municipality);
  const t = createTranslator(join(import.meta.dirname, '../locales'), municipality.zone);
  makeFolder(config.dataDir);
  const log = pino({ level: config.logLevel });
  const now = Date.now;
  const newId = () => randomBytes(16).toString('base64url');
  const documents = await openDocuments(config.store, { dataDir: config.dataDir, now });
  const secret = signingSecret(config.dataDir);
  let port = config.port;
  const base = () => config.publicUrl ?? `http://localhost:${port}`;
  const linkFor = createLinkMaker({ documents, municipality, secret, base, now });
  const mail = createMailSender({ folder: join(config.dataDir, 'mail'), documents, municipality, t, linkFor });
  const clock = { now, timers: processTimers, newId };
  const deliver: Azure['deliver'] = async (to, said) => azure?.deliver(to, said);
  const connector = config.bot && createChannelConnector(config.bot);
  const { conversations, relay, present } = createService({
    documents,
    municipality,
    t,
    log,
    mail,
    ...clock,
    deliver,
    ...(connector && { connector }),
    hasInbox: config.demo,
  });
  const { proxies } = config;
  const committed = () => relay.poke();
  const partner = partnerRoutes({ documents, municipality, t, now, timers: processTimers, proxies, committed });
  const origins = makeOrigins({ publicUrl: config.publicUrl, pages: municipality.origins, host: config.host });
  const directLine = createDirectLine({
    conversations,
    origins,
    signingSecret: secret,
    ...(config.directLineSecret && { secret: config.directLineSecret }),
    ...(config.demo && { coaches: municipality.coaches.map(({ id }) => id) }),
    now,
    randomId: newId,
    proxies: config.proxies,
  });
  const said =
    (key: string) =>
    (asked = '') => {
      const language = t.languages.includes(asked) ? asked : municipality.languages[0]!;
      const { phone, email } = municipality.contact;
      return toDraft({ text: t.say({ key, with: { phone, email } }, language), language });
    };
  const wake = (link: DocumentRef) => relay.poke(link);
  const desk =
    config.bot &&
    connector &&
    createCoachDesk({
      documents,
      municipality,
      t,
      now,
      auth: config.bot.auth,
      conversations,
      connector,
      present,
      wake,
    });
  const azure: Azure | undefined =
    config.bot &&
    desk &&
    createAzure({
      bot: config.bot,
      conversations,
      whoIs: createWhoIs(desk.find),
      desk,
      connector,
      strangerHears: said('staff.stranger'),
      groupHears: said('staff.onlyAlone'),
      log,
      now,
    });
  const server = createServer({
    production: !config.demo,
    origins,
    log,
    ready: () => documents.ping(),
    routes: [partner, directLine.routes, ...(azure ? [azure.routes] : []), pages({ municipality, demo: config.demo })],
    upgrade: directLine.upgrade,
  });

  return {
    conversations,
    async listen() {
      const listening = await server.listen(config.port, config.host);
      port = listening.port;
      relay.start();
      return listening;
    },
    async close() {
      directLine.close();
      await server.close();
      await relay.stop();
      await documents.close();
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new PolkuError(
      'badSetting',
      `DATA_DIR: ${folder} cannot be made or written: name a folder of your own`,
      {},
      error,
    );
  }
}

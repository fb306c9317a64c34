import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { DurableConversations } from './bot/durable-conversations.ts';
import { createTurnCharge } from './bot/turn-charge.ts';
import { createGraph } from './calendar/graph.ts';
import type { Connector } from './channels/azure/connector.ts';
import type { Azure } from './channels/azure.ts';
import { makeBookingBrake } from './channels/directline/booking-brake.ts';
import { createDirectLine, type DirectLine } from './channels/directline/direct-line.ts';
import { signingSecret } from './channels/directline/signing-secret.ts';
import type { Config } from './config.ts';
import type { DocumentRef, Documents } from './domain/documents.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import { PolkuError } from './errors.ts';
import type { CityRoutes } from './http/by-city.ts';
import { makeOrigins } from './http/origins.ts';
import type { Translator } from './i18n/translator.ts';
import { monitoringRoutes } from './monitoring/routes.ts';
import { createMailSender } from './notify/mail.ts';
import type { Relay } from './outbox/relay.ts';
import { createLinkMaker } from './partner/link-maker.ts';
import { partnerRoutes } from './partner/routes.ts';
import { createService } from './service.ts';
import { openDocuments } from './storage/index.ts';
import { claimStore } from './storage/owner.ts';
import { placeOf } from './storage/place.ts';
import { type CoachDesk, createCoachDesk } from './teams/coach-desk.ts';
import type { Timers } from './timers.ts';

/** What the process has once, for all its cities; nothing of it holds what people said. */
export interface ProcessParts {
  config: Config;
  log: Logger;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
  timers: Timers;
  /** An id that nobody can guess. */
  newId: () => string;
  /** Address of the server without a slash at the end. */
  base: () => string;
  deliver: Azure['deliver'];
  /** The way to Teams; absent: there is none. */
  connector?: Connector;
}

/** One city at work: its own store, secrets, conversations and deliveries. What is another's cannot be reached from it. */
export interface City extends CityRoutes {
  municipality: Municipality;
  t: Translator;
  documents: Documents;
  conversations: DurableConversations;
  relay: Relay;
  directLine: DirectLine;
  /** Where its coaches are met in Teams; absent without a bot. */
  desk?: CoachDesk;
  /** Stops its deliveries and closes its store. */
  close(): Promise<void>;
}

/** Opens a city; throws `badSetting` or `storeUnavailable` with the repair. */
export async function openCity(municipality: Municipality, parts: ProcessParts): Promise<City> {
  const { config, t, now, timers, newId, base, deliver, connector } = parts;
  const { slug } = municipality;
  const isAlone = config.municipalities.length === 1;
  const log = isAlone ? parts.log : parts.log.child({ city: slug });
  const { dataDir, store } = placeOf(config, slug);
  makeFolder(dataDir);
  const secret = signingSecret(dataDir);
  const charge = createTurnCharge(log);
  const documents = await openDocuments(store, { dataDir, now, onCharge: charge.add });
  try {
    await claimStore(documents, slug);
  } catch (error) {
    await documents.close();
    throw error;
  }
  const linkBase = () => `${base()}/partner${isAlone ? '' : `/${slug}`}`;
  const linkFor = createLinkMaker({ documents, municipality, secret, base: linkBase, now });
  const mail = createMailSender({ folder: join(dataDir, 'mail'), documents, municipality, t, linkFor });
  const clock = { now, timers, newId };
  const brake = makeBookingBrake(now, municipality.coaches.length, municipality.sharedNetworks);
  const { relay, present, ...service } = createService({
    documents,
    municipality,
    t,
    log,
    mail,
    ...clock,
    deliver,
    mayBook: brake.check,
    ...(connector && { connector }),
    hasInbox: config.demo,
    ...(config.graph && { graph: createGraph({ settings: config.graph, now }) }),
  });
  const conversations = store.kind === 'cosmos' ? charge.metered(service.conversations) : service.conversations;
  const { proxies } = config;
  const committed = () => relay.poke();
  const partner = partnerRoutes({ documents, municipality, t, now, timers, proxies, committed });
  const monitoring =
    config.monitoring && monitoringRoutes({ documents, municipality, t, now, proxies, ...config.monitoring });
  const directLine = createDirectLine({
    conversations,
    municipality: slug,
    origins: makeOrigins({ publicUrl: config.publicUrl, pages: municipality.origins, host: config.host }),
    signingSecret: secret,
    ...(config.directLineSecret && { secret: config.directLineSecret }),
    ...(config.demo && { coaches: municipality.coaches.map(({ id }) => id) }),
    now,
    heard: brake.heard,
    randomId: newId,
    proxies,
  });
  const wake = (link: DocumentRef) => relay.poke(link);
  const desk =
    config.bot &&
    connector &&
    createCoachDesk({ documents, municipality, t, now, auth: config.bot.auth, conversations, present, wake });
  return {
    slug,
    municipality,
    t,
    documents,
    conversations,
    relay,
    directLine,
    ...(desk && { desk }),
    routes: [partner, directLine.routes, ...(monitoring ? [monitoring] : [])],
    isOurs: directLine.isOurs,
    async close() {
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

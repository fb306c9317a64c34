import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import pino from 'pino';
import type { Conversations } from './bot/conversations.ts';
import { toDraft } from './bot/say.ts';
import type { Connector } from './channels/azure/connector.ts';
import { createWhoIs } from './channels/azure/who-is.ts';
import type { Azure, createAzure } from './channels/azure.ts';
import { type City, openCity, type ProcessParts } from './city.ts';
import type { Config } from './config.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import { byCity, whoseToken } from './http/by-city.ts';
import { makeOrigins, originsOf } from './http/origins.ts';
import { createServer } from './http/server.ts';
import { type Files, readFiles } from './read-files.ts';
import { checkRosters, createCoachFinder } from './teams/find-coach.ts';
import { processTimers } from './timers.ts';
import { cityAsked } from './web/city-asked.ts';
import { pages } from './web/pages.ts';

/** The whole service, ready to listen. */
export interface App {
  /** Those of the first city. */
  conversations: Conversations;
  /** Throws `badSetting` when the port cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Finishes what was begun and closes the stores. */
  close(): Promise<void>;
}

/** Makes every part of the service from its settings; throws `badSetting`, `badPack` or `storeUnavailable` with the repair. */
export async function createApp(config: Config, files: Files = readFiles(config)): Promise<App> {
  const { municipalities } = files;
  if (config.bot) checkRosters(municipalities);
  const log = pino({ level: config.logLevel });
  let port = config.port;
  // Loaded only where it is used: it takes a tenth of the start.
  const channels = config.bot && (await import('./channels/azure.ts'));
  const connector = config.bot && channels?.createChannelConnector(config.bot);
  const parts: Omit<ProcessParts, 't'> = {
    config,
    log,
    now: Date.now,
    timers: processTimers,
    newId: randomUUID,
    base: () => config.publicUrl ?? `http://localhost:${port}`,
    deliver: async (to, said) => azure?.deliver(to, said),
    ...(connector && { connector }),
  };
  const cities = await openCities(files, parts);
  const azure =
    config.bot && connector && channels && createChannels(channels.createAzure, cities, config.bot, connector, parts);
  const frames = new Map<Municipality | undefined, string[]>(
    municipalities.map((one) => [one, originsOf(one.origins)]),
  );
  const nobody: string[] = [];
  const allPages = municipalities.flatMap(({ origins }) => origins);
  const chats = byCity(cities);
  const server = createServer({
    production: !config.demo,
    origins: makeOrigins({ publicUrl: config.publicUrl, pages: allPages, host: config.host }),
    framedBy: (request) => frames.get(cityAsked(municipalities, request)) ?? nobody,
    log,
    async ready() {
      await Promise.all(cities.map(({ documents }) => documents.ping()));
    },
    routes: [chats.routes, ...(azure ? [azure.routes] : []), pages({ municipalities, demo: config.demo })],
    quick: chats.quick,
    upgrade: (request, ...rest) => cityOfStream(cities, request).directLine.upgrade(request, ...rest),
  });

  return {
    conversations: cities[0]!.conversations,
    async listen() {
      const listening = await server.listen(config.port, config.host);
      port = listening.port;
      for (const { relay } of cities) relay.start();
      return listening;
    },
    async close() {
      for (const { directLine } of cities) directLine.close();
      await server.close();
      await Promise.all(cities.map((city) => city.close()));
    },
  };
}

/** Opens all, or none when one cannot be opened. */
async function openCities({ municipalities, translators }: Files, parts: Omit<ProcessParts, 't'>): Promise<City[]> {
  const opened = await Promise.allSettled(
    municipalities.map((one) => openCity(one, { ...parts, t: translators.get(one.zone)! })),
  );
  const cities = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (!failed) return cities;
  await Promise.all(cities.map((city) => city.close()));
  throw failed.reason;
}

/** The channels of the Azure Bot Service, which all cities share: one app registration, one bot in Teams. */
function createChannels(
  create: typeof createAzure,
  cities: City[],
  bot: NonNullable<Config['bot']>,
  connector: Connector,
  { log, now }: Pick<ProcessParts, 'log' | 'now'>,
): Azure {
  const { t, municipality } = cities[0]!;
  // Who is no coach of any city hears of the first.
  const said =
    (key: string) =>
    (asked = '') => {
      const language = t.languages.includes(asked) ? asked : municipality.languages[0]!;
      const { phone, email } = municipality.contact;
      return toDraft({ text: t.say({ key, with: { phone, email } }, language), language });
    };
  return create({
    bot,
    whoIs: createWhoIs(cities, createCoachFinder({ rosters: cities, member: connector.member, now })),
    connector,
    strangerHears: said('staff.stranger'),
    groupHears: said('staff.onlyAlone'),
    log,
    now,
  });
}

/** The city whose token opens a WebSocket. */
function cityOfStream(cities: City[], { url = '' }: IncomingMessage): City {
  const token = new URLSearchParams(url.split('?')[1]).get('t') ?? '';
  return cities[whoseToken(cities, token)]!;
}

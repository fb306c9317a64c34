import pino from 'pino';
import { createWhoIs } from '../../src/channels/azure/who-is.ts';
import { type Azure, type AzureOptions, type BotSettings, createAzure } from '../../src/channels/azure.ts';
import { makeOrigins } from '../../src/http/origins.ts';
import { createServer, type PolkuServer } from '../../src/http/server.ts';
import { EchoConversations } from './echo-conversations.ts';

/** The tenant of the city in tests. */
export const cityTenant = '0b1c3c9e-7d0a-4a0e-8d4b-2f9f7f3c1a55';
/** The one person of that tenant who is a coach. */
export const coachInTeams = 'aad-of-aino';

/** The real server with `/api/messages` over echoing conversations. */
export class AzureServer {
  readonly conversations = new EchoConversations();
  readonly log: string[] = [];
  now = () => Date.now();
  url = '';
  azure!: Azure;
  #server?: PolkuServer;

  async start(bot: BotSettings, options: Partial<AzureOptions> = {}): Promise<this> {
    const log = pino({ level: 'info' }, { write: (line: string) => this.log.push(line) });
    this.azure = createAzure({
      bot,
      whoIs: createWhoIs([{ slug: 'city', conversations: this.conversations }], async ({ from }) =>
        from.aadObjectId === coachInTeams ? { city: 'city', coach: 'aino' } : undefined,
      ),
      strangerHears: (language) => ({ type: 'message', text: `stranger ${language}` }),
      groupHears: (language) => ({ type: 'message', text: `group ${language}` }),
      log,
      now: () => this.now(),
      token: async () => 'ours',
      ...options,
    });
    this.#server = createServer({
      production: bot.auth !== 'none',
      origins: makeOrigins({ pages: [], host: '127.0.0.1' }),
      log,
      ready: async () => {},
      routes: [this.azure.routes],
    });
    const { port } = await this.#server.listen(0, '127.0.0.1');
    this.url = `http://127.0.0.1:${port}/api/messages`;
    return this;
  }

  /** Sends an activity as a channel does. */
  async post(activity: object, headers: Record<string, string> = {}) {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    const { date: _, ...told } = Object.fromEntries(response.headers);
    return { status: response.status, text, headers: told, body: text ? JSON.parse(text) : undefined };
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }
}

let count = 0;

/** A message as a channel sends it. */
export function activityOf(more: Record<string, unknown> = {}): Record<string, unknown> {
  count++;
  return {
    type: 'message',
    id: `activity-${count}`,
    timestamp: '2026-11-02T08:00:00.000Z',
    channelId: 'directline',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    conversation: { id: `conversation/${count}?` },
    from: { id: 'dl_somebody', name: '' },
    recipient: { id: 'polku@city', name: 'Polku' },
    locale: 'sv-FI',
    deliveryMode: 'expectReplies',
    text: 'hej',
    entities: [{ type: 'ClientCapabilities', requiresBotState: true }],
    channelData: { clientActivityID: `press-${count}` },
    ...more,
  };
}

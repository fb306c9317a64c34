import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import pino from 'pino';
import type { Dialog } from '../dialogs/engine/dialog.ts';
import { flows } from '../dialogs/index.ts';
import { createTalk } from '../dialogs/talk.ts';
import type { Draft } from './bot/activity.ts';
import type { ConversationDocument } from './bot/conversation-document.ts';
import type { Conversations } from './bot/conversations.ts';
import { createConversations } from './bot/durable-conversations.ts';
import { toDraft } from './bot/say.ts';
import type { Decide } from './bot/turn.ts';
import { createDirectLine } from './channels/directline/direct-line.ts';
import { signingSecret } from './channels/directline/signing-secret.ts';
import type { Config } from './config.ts';
import { faultOf, PolkuError } from './errors.ts';
import { makeOrigins } from './http/origins.ts';
import { createServer } from './http/server.ts';
import { createTranslator } from './i18n/translator.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { createChatSender } from './notify/chat.ts';
import { createCoachSender } from './notify/coach.ts';
import { createMailSender } from './notify/mail.ts';
import { createRelay } from './outbox/relay.ts';
import { openDocuments } from './storage/index.ts';
import { createInbox } from './teams/inbox.ts';
import { createPresent } from './teams/present.ts';
import { pages } from './web/pages.ts';
import { createWorld } from './world.ts';

/** The whole service, ready to listen. */
export interface App {
  conversations: Conversations;
  /** Throws `badSetting` when the port cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Finishes what was begun and closes the store. */
  close(): Promise<void>;
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
  const parts = { documents, municipality, t };
  const talk = createTalk(flows, t);
  const cards = { documents, municipality, t, now };
  const inbox = createInbox(cards);

  const decideClient: Decide = async (conversation, incoming, fence) => {
    const isJoin = incoming.type === 'event' && incoming.name === 'webchat/join';
    if (incoming.type !== 'message' && !isJoin) return { dialog: conversation.dialog, drafts: [] };
    const at = DateTime.fromMillis(now(), { zone: municipality.zone });
    const said = {
      text: incoming.text,
      masked: incoming.masked,
      pageLanguage: conversation.pageLanguage,
      ...(incoming.pressed && { pressed: incoming.pressed }),
      ...(isJoin && { join: { language: languageOf(incoming.value) ?? conversation.pageLanguage } }),
    };
    const { client } = conversation;
    const world = (language: string) =>
      createWorld(parts, { client, conversation: conversation.id, language, now: at, fence });
    const { dialog, replies, forget } = await talk(conversation.dialog as Dialog, said, world, newId);
    return { dialog, drafts: replies.map(toDraft), forget };
  };

  function apologise(error: unknown, { dialog, id }: ConversationDocument): Draft[] {
    const reference = randomBytes(3).toString('hex').toUpperCase();
    log.error({ reference, conversation: id, ...faultOf(error) }, 'a turn failed');
    const language = (dialog as Dialog).language ?? municipality.languages[0]!;
    const text = t.say({ key: 'errors.unexpected', with: { phone: municipality.contact.phone, reference } }, language);
    return [toDraft({ text, language })];
  }

  const conversations = createConversations({
    documents,
    decide: (conversation, ...rest) => (conversation.coach ? inbox : decideClient)(conversation, ...rest),
    present: createPresent(cards),
    apologise,
    now,
    newId,
    committed: () => relay.poke(),
  });
  const relay = createRelay({
    documents,
    senders: {
      coach: createCoachSender({ documents, conversations, municipality, now }),
      mail: createMailSender({ folder: join(config.dataDir, 'mail'), municipality, t }),
      chat: createChatSender(conversations, t),
    },
    log,
    now,
    timers: {
      set: (call, milliseconds) => setTimeout(call, milliseconds).unref(),
      clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
    },
  });
  const origins = makeOrigins({ publicUrl: config.publicUrl, pages: municipality.origins, host: config.host });
  const directLine = createDirectLine({
    conversations,
    origins,
    signingSecret: signingSecret(config.dataDir),
    ...(config.directLineSecret && { secret: config.directLineSecret }),
    ...(config.demo && { coaches: municipality.coaches.map(({ id }) => id) }),
    now,
    randomId: newId,
    proxies: config.proxies,
  });
  const server = createServer({
    production: !config.demo,
    origins,
    log,
    ready: () => documents.ping(),
    routes: [directLine.routes, pages({ municipality, demo: config.demo })],
    upgrade: directLine.upgrade,
  });

  return {
    conversations,
    async listen() {
      const listening = await server.listen(config.port, config.host);
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

function languageOf(value: unknown): string | undefined {
  const language = (value as { language?: unknown } | null | undefined)?.language;
  return typeof language === 'string' ? language : undefined;
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

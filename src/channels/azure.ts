import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { Draft, Incoming } from '../bot/activity.ts';
import type { ChannelReference, Conversations, LogPart, Opening } from '../bot/conversations.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { Answer, answering } from '../http/answer.ts';
import { parseBody, readJson } from '../http/read-json.ts';
import { makeRecent } from '../recent.ts';
import { createAdmission } from './azure/admission.ts';
import { notUnderstood, pressIn, withWords } from './azure/card-invoke.ts';
import { type ChannelActivity, channelActivitySchema } from './azure/channel-activity.ts';
import { createTokenCheck } from './azure/channel-token.ts';
import { type Connector, createConnector } from './azure/connector.ts';
import { type BotApp, createCredentials } from './azure/credentials.ts';
import { conversationIdOf, referenceOf, toChannel } from './azure/reply.ts';
import { createSigningKeys } from './azure/signing-keys.ts';
import type { WhoIs } from './azure/who-is.ts';

import { plainValue } from './plain-value.ts';

/** How the Bot Framework reaches us: with an app registration, or from this machine alone without authentication. */
export type BotSettings = { auth: 'none' } | (BotApp & { auth: 'azure'; teamsTenants: string[] });

/** What the channels of the Azure Bot Service need. */
export interface AzureOptions {
  bot: BotSettings;
  whoIs: WhoIs;
  /** What somebody hears who is no coach. */
  strangerHears: (language: string | undefined) => Draft;
  /** What is said in a group, where nobody hears of clients. */
  groupHears: (language: string | undefined) => Draft;
  log: Pick<Logger, 'warn'>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Where the keys of the Bot Framework are published. */
  openIdMetadata?: string;
  /** Gives our own token; by the app registration unless told. */
  token?: () => Promise<string>;
  connector?: Connector;
}

/** The channels of the Azure Bot Service. */
export interface Azure {
  routes(server: Server): void;
  /** Says in a conversation what nobody asked for; throws `storeUnavailable` when it surely or maybe did not arrive. */
  deliver(to: ChannelReference, said: Draft[]): Promise<void>;
  /** Activities refused since the start. */
  refused(): number;
}

const bodyLimit = 256 * 1024;
const publishedKeys = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const remembered = 1_000;

/** Makes `POST /api/messages`: the gate, the same turn as in the embedded chat, and the way back. */
export function createAzure(options: AzureOptions): Azure {
  const { bot, whoIs, now } = options;
  const isOpen = bot.auth === 'none';
  const admission = createAdmission({
    auth: bot.auth,
    tenants: isOpen ? [] : bot.teamsTenants.map((tenant) => tenant.toLowerCase()),
    check: createTokenCheck(
      isOpen ? '' : bot.appId,
      createSigningKeys(options.openIdMetadata ?? publishedKeys, now),
      now,
    ),
    log: options.log,
    now,
  });
  const connector = options.connector ?? createChannelConnector(bot, options.token);
  /** Replies sent or being sent by the activity that they answer: a channel that asks twice gets them once. */
  const answered = makeRecent<string, Promise<boolean>>(remembered);

  async function sendAll(to: ChannelReference, said: Draft[], replyToId?: string): Promise<boolean> {
    for (const one of said) {
      const { is } = await connector.send(to, toChannel(one, to, replyToId));
      // In order or not at all: the activity comes again, and with it what is missing.
      if (is !== 'sent') return false;
    }
    return true;
  }

  async function sendOnce(key: string, send: () => Promise<boolean>): Promise<boolean> {
    const sending = answered.get(key) ?? send();
    answered.set(key, sending);
    const sent = await sending;
    if (!sent) answered.delete(key);
    return sent;
  }

  async function receiveIn(conversations: Conversations, opening: Opening, incoming: Incoming): Promise<LogPart> {
    try {
      return await conversations.receive(opening.conversationId, incoming);
    } catch (error) {
      if (!hasCode(error, 'notFound')) throw error;
      await conversations.start(opening);
      return conversations.receive(opening.conversationId, incoming);
    }
  }

  /** What is said to an activity, and under which name it is said once. */
  async function answer(activity: ChannelActivity, incoming: Incoming): Promise<{ said: Draft[]; key: string }> {
    const { sender, city } = await whoIs(activity);
    const { conversations, desk } = city;
    const language = languageIn(activity);
    const key = `${activity.conversation.id} ${incoming.channelData?.clientActivityID ?? activity.id}`;
    if (sender.is === 'stranger') return { said: [options.strangerHears(language)], key };
    if (sender.is === 'coach') {
      await desk?.arrived(sender.coach, activity);
      const part = await receiveIn(conversations, coachOpening(sender.coach, activity), incoming);
      const said = part.activities.filter(({ from }) => from.role === 'bot');
      return { said: desk?.dress(said, activity.from.id) ?? said, key };
    }
    const opening = { conversationId: conversationIdOf(activity), userId: activity.from.id };
    const reference = referenceOf(activity);
    const part = await receiveIn(conversations, { ...opening, reference, ...(language && { language }) }, incoming);
    return { said: part.activities.filter(({ from }) => from.role === 'bot'), key };
  }

  /** A press on a card is answered in the response, by a turn of the coach's own conversation. */
  async function answerPress(activity: ChannelActivity): Promise<unknown> {
    const press = pressIn(activity);
    if (activity.name !== 'adaptiveCard/action') return new Answer(501, {});
    if (!press) return notUnderstood();
    const { sender, city } = await whoIs(activity);
    const { desk } = city;
    if (!desk) return new Answer(501, {});
    if (sender.is !== 'coach') return withWords(options.strangerHears(languageIn(activity)).text ?? '');
    return desk.pressed(coachOpening(sender.coach, activity), press, activity);
  }

  /** The bot was installed, uninstalled, or somebody came or went: kept, and greeted at an installation. */
  async function moved(activity: ChannelActivity): Promise<void> {
    if (activity.channelId !== 'msteams') return;
    const { sender, city } = await whoIs(activity);
    const { desk } = city;
    if (sender.is !== 'coach' || !desk) return;
    const isGone = activity.type === 'installationUpdate' && activity.action?.startsWith('remove');
    if (isGone) await desk.left(sender.coach);
    else await desk.arrived(sender.coach, activity);
  }

  async function handle(activity: ChannelActivity): Promise<unknown> {
    const expectsReplies = activity.deliveryMode === 'expectReplies';
    const isAlone = (activity.conversation.conversationType ?? 'personal') === 'personal';
    if (activity.type === 'invoke')
      return isAlone ? answerPress(activity) : withWords(options.groupHears(languageIn(activity)).text ?? '');
    const incoming = incomingIn(activity);
    if (!incoming && isAlone) await moved(activity);
    if (!incoming) return expectsReplies ? { activities: [] } : {};
    if (!isAlone) {
      const hears = [options.groupHears(languageIn(activity))];
      return (await sendAll(referenceOf(activity), hears, activity.id)) ? {} : notSent();
    }
    const { said, key } = await answer(activity, incoming);
    const to = referenceOf(activity);
    if (expectsReplies) return { activities: said.map((one) => toChannel(one, to, activity.id)) };
    const sent = await sendOnce(key, () => sendAll(to, said, activity.id));
    return sent ? {} : notSent();
  }

  return {
    routes(server) {
      server.post(
        '/api/messages',
        answering(async (request) => {
          const token = await admission.byToken(request);
          const activity = parseBody(channelActivitySchema, await readJson(request, bodyLimit));
          admission.byActivity(activity, token);
          return handle(activity);
        }),
      );
    },
    async deliver(to, said) {
      if (await sendAll(to, said)) return;
      throw new PolkuError('storeUnavailable', 'The channel did not take a message');
    },
    refused: admission.refused,
  };
}

/** The connector that replies to the channels of a bot; `token` stands in for the app registration. */
export function createChannelConnector(bot: BotSettings, token?: () => Promise<string>): Connector {
  if (bot.auth === 'none') return createConnector({ auth: 'none' });
  return createConnector({ auth: 'azure', token: token ?? createCredentials(bot) });
}

function coachOpening(coach: string, { from, ...activity }: ChannelActivity): Opening & { coach: string } {
  const language = languageIn(activity);
  return { conversationId: `coach-${coach}`, userId: from.id, coach, ...(language && { language }) };
}

function languageIn({ locale }: Pick<ChannelActivity, 'locale'>): string | undefined {
  return locale?.slice(0, 2).toLowerCase();
}

function notSent(): Answer {
  return new Answer(502, { error: { code: 'replyNotSent', message: 'The channel did not take it.' } });
}

/** What a person said or did that a turn is for; undefined for the rest, such as that somebody types or has joined. */
function incomingIn(activity: ChannelActivity): Incoming | undefined {
  const { type, id, name, text, locale, value, channelData } = activity;
  if (type === 'installationUpdate' && activity.action?.startsWith('add')) {
    return { type: 'event', name: 'webchat/join', id, locale };
  }
  if (type !== 'message' && !(type === 'event' && name === 'webchat/join')) return undefined;
  return {
    type,
    id,
    name,
    text,
    locale,
    ...(value !== undefined && { value: plainValue(value) }),
    ...(channelData && { channelData }),
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from './app.ts';
import { clean } from './bot/gate.ts';
import { loadSdk } from './channels/azure/credentials.ts';
import type { Config } from './config.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import { nodeHttp } from './http/node-http.ts';
import type { Files } from './read-files.ts';

/**
 * What a person might say who only looks: words, first buttons, a date, words of the way, several choices. Numbers choose
 * buttons, the rest is read as words wherever it comes.
 */
const talk = ['hei', '1', '1', '?', '1.1.2026', '2', 'varasto', 'kauppa ja siivous', '1', '1, 2', '3'];
/** Through the menu, whose word is understood in every language: free times, services, one's own path, a person, benefits. */
const tour = ['2', '1', '1', '3', '1', '4', '1', '5', '1', '6', '1'].flatMap((text) =>
  /[2-6]/.test(text) ? ['valikko', text] : [text],
);
/** Milliseconds before each message of the rest: whoever really comes is served in between. */
const pause = 4;

/**
 * Talks with a copy of the service on a store in memory, so that the first person is not the one who waits until the code
 * is compiled. Nothing of it reaches the real store, mail or channels. Never throws.
 *
 * Resolves when one conversation was opened and one message answered: that costs the start less than it saves the first
 * person, who may come at once. What is returned says the rest, message by message with pauses, when the service listens
 * already; whoever comes meanwhile is answered a little more slowly than later.
 */
export async function warmUp(config: Config, files: Files): Promise<() => Promise<void>> {
  try {
    if (config.bot?.auth === 'azure') await loadSdk();
    const app = await openCopy(config, files);
    const { port } = await app.listen();
    const speak = await openChat(port, { language: 'fi' });
    await speak(talk[0]!);
    return () => sayRest(config, files.municipalities[0]!, app, port).catch(() => undefined);
  } catch {
    // The service itself will say what is wrong, if anything is.
    return async () => {};
  }
}

async function openCopy({ graph: _, ...config }: Config, files: Files): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'polku-warm-up-'));
  try {
    // The code is the same for all cities.
    const one = { ...files, municipalities: files.municipalities.slice(0, 1) };
    const own = { host: '127.0.0.1', port: 0, publicUrl: undefined, proxies: 0, dataDir: folder };
    const quiet = { logLevel: 'silent', store: { kind: 'sqlite', inMemory: true } } as const;
    const open = { demo: true, ...(config.bot && { bot: { auth: 'none' } as const }) };
    const municipalities = config.municipalities.slice(0, 1);
    return await createApp({ ...config, ...own, ...quiet, ...open, municipalities }, one);
  } finally {
    // Read when it is opened only, and what was left would be left when the process is stopped.
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sayRest({ demo, bot }: Config, city: Municipality, app: App, port: number): Promise<void> {
  try {
    for (const language of city.languages) {
      const speak = await openChat(port, { language });
      for (const text of talk) await later(() => speak(text));
      const alsoByBot = bot ? talk.slice(0, 3).map((text) => activity(port, text, language)) : [];
      for (const one of alsoByBot) await later(() => ask(port, '/api/messages', one));
    }
    const speak = await openChat(port, { language: city.languages[0]! });
    for (const text of tour) await later(() => speak(text));
    // Loads what coaches see, 30 ms in one piece: better now than when the first of them is waiting.
    if (demo || bot) await openChat(port, { coach: city.coaches[0]!.id });
  } finally {
    await app.close();
  }
}

async function later(say: () => Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, pause).unref());
  await say();
}

/** Opens a conversation as the chat of the web does; what is returned says something in it. */
async function openChat(port: number, who: { language?: string; coach?: string }) {
  const { token, conversationId } = (await ask(port, '/api/token', who)) as Record<string, string>;
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  await ask(port, path, { type: 'event', name: 'webchat/join', value: { language: who.language } }, token);
  return (text: string) => ask(port, path, { type: 'message', text }, token);
}

/** Messages as long as they are read, and full of digits: what takes the gate longest. */
const endless = ['12 34 ', '1.1.2026 ', '1\n', '010185-12 '].map((piece) => piece.repeat(1_000));

/**
 * Reads such messages a few times, in the first seconds after the start, so that the first of them is not the one for which
 * the patterns are compiled; nobody who comes at once waits for it.
 */
export function warmUpReading(): void {
  for (let n = 0; n < 4 * endless.length; n++) {
    setTimeout(() => clean({ type: 'message', text: endless[n % endless.length]! }), 100 + 20 * n).unref();
  }
}

function activity(port: number, text: string, locale: string): object {
  const serviceUrl = `http://127.0.0.1:${port}/`;
  const people = { from: { id: 'somebody' }, recipient: { id: 'polku' }, conversation: { id: `warm-up-${locale}` } };
  return {
    type: 'message',
    text,
    locale,
    channelId: 'directline',
    serviceUrl,
    deliveryMode: 'expectReplies',
    ...people,
  };
}

function ask(port: number, path: string, body: object, token = ''): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  return new Promise((resolve, reject) => {
    const asking = nodeHttp.request(
      { port, path, host: '127.0.0.1', method: 'POST', headers, agent: false },
      async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(JSON.parse(text));
      },
    );
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}

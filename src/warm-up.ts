import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from './app.ts';
import { clean } from './bot/gate.ts';
import { loadSdk } from './channels/azure/credentials.ts';
import type { Config } from './config.ts';
import { nodeHttp } from './http/node-http.ts';
import type { Files } from './read-files.ts';

/**
 * What a person might say who only looks: words, first buttons, a date, words of the way, several choices. Numbers choose
 * buttons, the rest is read as words wherever it comes.
 */
const talk = ['hei', '1', '1', '?', '1.1.2026', '2', 'varasto', 'kauppa ja siivous', '1', '1, 2', '3'];
/** Milliseconds between two messages: whoever really comes is served in between. */
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
    const speak = await openChat(port, 'fi');
    await speak(talk[0]!);
    return () => sayRest(app, port, files.municipalities[0]!.languages, Boolean(config.bot)).catch(() => undefined);
  } catch {
    // The service itself will say what is wrong, if anything is.
    return async () => {};
  }
}

async function openCopy(config: Config, files: Files): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'polku-warm-up-'));
  try {
    const own = { host: '127.0.0.1', port: 0, publicUrl: undefined, proxies: 0 };
    const quiet = { dataDir: folder, logLevel: 'silent', store: { kind: 'sqlite', inMemory: true } } as const;
    // The code is the same for all cities.
    const one = { ...files, municipalities: files.municipalities.slice(0, 1) };
    const { municipalities, bot } = config;
    return await createApp(
      {
        ...config,
        ...own,
        ...quiet,
        municipalities: municipalities.slice(0, 1),
        ...(bot && { bot: { auth: 'none' } }),
      },
      one,
    );
  } finally {
    // Read when it is opened only, and what was left would be left when the process is stopped.
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sayRest(app: App, port: number, languages: readonly string[], hasBot: boolean): Promise<void> {
  try {
    for (const language of languages) {
      const speak = await openChat(port, language);
      for (const text of talk) {
        await later();
        await speak(text);
        await later();
        if (hasBot) await ask(port, '/api/messages', activity(port, text, language));
      }
    }
  } finally {
    await app.close();
  }
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pause).unref());
}

/** Opens a conversation as the chat of the web does; what is returned says something in it. */
async function openChat(port: number, language: string): Promise<(text: string) => Promise<unknown>> {
  const { token, conversationId } = (await ask(port, '/api/token', { language })) as Record<string, string>;
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  await ask(port, path, { type: 'event', name: 'webchat/join', value: { language } }, token);
  return (text) => ask(port, path, { type: 'message', text }, token);
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

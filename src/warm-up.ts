import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.ts';
import { clean } from './bot/gate.ts';
import { loadSdk } from './channels/azure/credentials.ts';
import type { Config } from './config.ts';
import { nodeHttp } from './http/node-http.ts';

/** What a person might say who only looks: numbers choose buttons, the rest is read as words. */
const talk = ['hei', '1', '1', '?', '1.1.2026', '2'];

/**
 * Has a short conversation with a copy of the service on a store in memory, so that the first person is not the one who
 * waits until the code is compiled. Nothing of it reaches the real store, mail or channels. Never throws.
 */
export async function warmUp(config: Config): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'polku-warm-up-'));
  try {
    if (config.bot?.auth === 'azure') await loadSdk();
    const app = await createApp({
      ...config,
      // The code is the same for all.
      municipalities: config.municipalities.slice(0, 1),
      host: '127.0.0.1',
      port: 0,
      dataDir: folder,
      publicUrl: undefined,
      proxies: 0,
      logLevel: 'silent',
      store: { kind: 'sqlite', inMemory: true },
      ...(config.bot && { bot: { auth: 'none' } }),
    });
    const { port } = await app.listen();
    const post = (path: string, body: object, token = '') => ask(port, path, body, token);
    const { token, conversationId } = (await post('/api/token', { language: 'fi' })) as Record<string, string>;
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    await post(path, { type: 'event', name: 'webchat/join', value: { language: 'fi' } }, token);
    for (const text of talk) await post(path, { type: 'message', text }, token);
    if (config.bot) for (const text of talk.slice(0, 3)) await post('/api/messages', activity(port, text));
    await app.close();
  } catch {
    // The service itself will say what is wrong, if anything is.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

function activity(port: number, text: string): object {
  const serviceUrl = `http://127.0.0.1:${port}/`;
  const people = { from: { id: 'somebody' }, recipient: { id: 'polku' }, conversation: { id: 'warm-up' } };
  return { type: 'message', text, channelId: 'directline', serviceUrl, deliveryMode: 'expectReplies', ...people };
}

function ask(port: number, path: string, body: object, token: string): Promise<unknown> {
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

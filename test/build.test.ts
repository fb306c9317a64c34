import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../src/root.ts';
import { builtService } from './support/built-service.ts';

describe('The built service', function () {
  this.timeout(30_000);
  let folder: string;
  let child: ChildProcess;
  let base: string;
  let err = '';

  before(async () => {
    const file = builtService();
    folder = mkdtempSync(join(tmpdir(), 'polku-built-'));
    child = spawn(process.execPath, [file], {
      cwd: root,
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, BOT_AUTH: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr!.on('data', (data) => {
      err += data;
    });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`no start: ${err}`)));
    ended.catch(() => undefined);
    const greeting = await Promise.race([once(child.stdout!, 'data'), ended]);
    base = /http:\/\/\S+:\d+/.exec(String(greeting))![0];
  });

  after(async () => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    rmSync(folder, { recursive: true });
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
  });

  async function ask(path: string, body?: object, token?: string): Promise<Record<string, unknown>> {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    const asked = body && { method: 'POST', body: JSON.stringify(body) };
    return (await (await fetch(base + path, { headers, ...asked })).json()) as Record<string, unknown>;
  }

  /** What the chat says first to whoever opens it. */
  async function opened(who: object): Promise<string> {
    const { token, conversationId } = (await ask('/api/token', who)) as { token: string; conversationId: string };
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    await ask(path, { type: 'event', name: 'webchat/join', value: who }, token);
    return JSON.stringify((await ask(path, undefined, token)).activities);
  }

  it('talks with people and shows coaches their inbox, which is loaded late', async () => {
    expect(await opened({ language: 'sv' })).to.contain('Polku');
    expect(await opened({ coach: 'aino-lehtivaara' })).to.contain('Asiakkaani');
  });

  it('finds the files that are not built in: pages, styles, the sources of the chat', async () => {
    for (const path of ['/', '/embed.js', '/coach', '/monitoring', '/monitoring-page.css', '/partner-page.css']) {
      const answer = await fetch(base + path);
      expect(answer.status, path).to.equal(200);
      expect((await answer.text()).length, path).to.be.greaterThan(500);
    }
  });

  it('takes what comes through the Bot Service, whose parts are loaded late', async () => {
    const said = {
      type: 'message',
      text: 'hi',
      channelId: 'directline',
      serviceUrl: 'http://127.0.0.1:9/',
      deliveryMode: 'expectReplies',
      id: 'first',
      conversation: { id: 'built' },
      from: { id: 'somebody' },
      recipient: { id: 'polku' },
    };
    expect(JSON.stringify((await ask('/api/messages', said)).activities)).to.contain('Hello');
  });
});

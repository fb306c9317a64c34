import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity, Incoming } from '../../src/bot/activity.ts';
import { finalStore } from './final-store.ts';
import type { FinalStore } from './promises.ts';

const root = join(import.meta.dirname, '../..');
const clock = join(import.meta.dirname, 'shifted-clock.ts');

/** The service as `npm start` runs it, in a process that can be killed and started again on the same data. */
export class MortalService {
  /** Errors that its processes logged. */
  readonly faults: string[] = [];
  /** Milliseconds from each death until somebody who asked after it had an answer. */
  readonly backAfter: number[] = [];
  /** Messages that were under way when it died. */
  cutOff = 0;
  #ahead: number;
  #child?: ChildProcess;
  #port = 0;
  #diedAt?: number;
  #underWay = 0;
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'polku-mortal-'));

  /** `startsAt`: what its clock shows now, in epoch milliseconds. */
  constructor(startsAt: number) {
    this.#ahead = startsAt - Date.now();
  }

  readonly now = (): number => Date.now() + this.#ahead;

  /** Resolves when it listens; after a death at the same port. */
  async start(): Promise<this> {
    this.#port ||= await quietPort();
    const child = spawn(process.execPath, ['--import', clock, 'src/start.js'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        PORT: String(this.#port),
        DATA_DIR: this.#dataDir,
        LOG_LEVEL: 'error',
        BOT_AUTH: 'none',
        CLOCK_AHEAD: String(this.#ahead),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const greeting = new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        if (String(data).startsWith('Polku serves')) resolve();
        else this.faults.push(String(data));
      });
    });
    child.stderr.on('data', (data) => void this.faults.push(String(data)));
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`no start: ${this.faults.join('')}`)));
    ended.catch(() => undefined);
    await Promise.race([greeting, ended]);
    return this;
  }

  /** `kill -9`, whatever it is doing. */
  async die(): Promise<void> {
    this.cutOff += this.#underWay;
    this.#child!.kill('SIGKILL');
    await once(this.#child!, 'exit');
    this.#diedAt = performance.now();
  }

  /** Ends as it is asked to, and comes back so many milliseconds later by its own clock. */
  async sleep(milliseconds: number): Promise<void> {
    await this.#end();
    this.#ahead += milliseconds;
    await this.start();
  }

  /** One try of a channel to bring a message; undefined when there is no answer, or it is asked to come again. */
  async say(conversation: string, incoming: Incoming): Promise<Activity[] | undefined> {
    const began = performance.now();
    this.#underWay++;
    try {
      const response = await fetch(`http://127.0.0.1:${this.#port}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(activityOf(conversation, incoming)),
      });
      if (response.status === 503) return undefined;
      if (!response.ok) throw new RangeError(`${response.status} ${await response.text()}`);
      const { activities } = (await response.json()) as { activities: Activity[] };
      if (this.#diedAt !== undefined && began > this.#diedAt) {
        this.backAfter.push(performance.now() - this.#diedAt);
        this.#diedAt = undefined;
      }
      return activities;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return undefined;
    } finally {
      this.#underWay--;
    }
  }

  /** What it has stored, read past it. */
  stored(): Promise<FinalStore> {
    return finalStore({ kind: 'sqlite' }, this.#dataDir, this.now);
  }

  /** Ids of the mails that it has put out. */
  mails(): Set<string> {
    const names = readdirSync(join(this.#dataDir, 'mail')).filter((name) => name.endsWith('.eml'));
    return new Set(names.map((name) => name.slice(0, -'.eml'.length)));
  }

  /** Ends and leaves nothing. */
  async close(): Promise<void> {
    await this.#end();
    rmSync(this.#dataDir, { recursive: true });
  }

  async #end(): Promise<void> {
    const child = this.#child!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/**
 * A free port that no connection takes for its own end: those who knock while the service is dead would otherwise sooner or
 * later be connected with themselves, and it could not come back.
 */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(10_000 * Math.random());
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

function activityOf(conversation: string, incoming: Incoming): object {
  return {
    ...incoming,
    id: incoming.channelData?.clientActivityID,
    channelId: 'directline',
    serviceUrl: 'http://127.0.0.1:9/',
    deliveryMode: 'expectReplies',
    conversation: { id: conversation },
    from: { id: `user-${conversation}` },
    recipient: { id: 'polku' },
  };
}

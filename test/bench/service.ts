import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtService } from '../support/built-service.ts';
import type { Probed } from './probe.ts';

/** A service process under measure. */
export interface Service {
  port: number;
  /** Its figures now; `memory` collects garbage first. */
  probe(what: 'cpu' | 'memory'): Promise<Probed>;
  stop(): Promise<void>;
}

/** Starts the service as built, with `/api/messages` open to this machine. */
export async function startService(env: Record<string, string>): Promise<Service> {
  const probe = join(import.meta.dirname, 'probe.ts');
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, builtService()], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent', BOT_AUTH: 'none', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await portOf(child);
  return {
    port,
    async probe(what) {
      child.send(what);
      return (await once(child, 'message'))[0] as Probed;
    },
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [greeting] = (await once(child.stdout!, 'data')) as [Buffer];
  const port = /:(\d+)\//.exec(greeting.toString())?.[1];
  if (!port) throw new Error(`the service did not start: ${greeting}`);
  return Number(port);
}

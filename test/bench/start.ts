import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtService } from '../support/built-service.ts';
import { ms, quantile } from './figures.ts';

const port = 13978;

/** Prints the time from starting the process, as built, to the first answer of a conversation over HTTP. */
export async function startToFirstAnswer(
  store: string,
  folder: string,
  env: Record<string, string> = {},
  rounds = 7,
): Promise<void> {
  const file = builtService();
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    const child = spawn(process.execPath, [file], {
      env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, `start-${i}`), LOG_LEVEL: 'silent', ...env },
      stdio: 'ignore',
    });
    await firstAnswer(`http://127.0.0.1:${port}`);
    times.push(performance.now() - began);
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
  }
  console.log(
    `${store}, start to first answer: median ${ms(quantile(times, 0.5))}, best ${ms(Math.min(...times))} (${rounds} starts)`,
  );
}

async function firstAnswer(base: string): Promise<void> {
  const post = (path: string, body: unknown, token?: string) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  let held: { token: string; conversationId: string } | undefined;
  while (!held) {
    const response = await post('/api/token', { language: 'fi' }).catch(() => undefined);
    if (response?.ok) held = (await response.json()) as typeof held;
    else await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const activities = `/v3/directline/conversations/${held.conversationId}/activities`;
  await post(activities, { type: 'event', name: 'webchat/join', value: { language: 'fi' } }, held.token);
  const log = await fetch(`${base}${activities}`, { headers: { Authorization: `Bearer ${held.token}` } });
  const { activities: said } = (await log.json()) as { activities: unknown[] };
  if (said.length === 0) throw new Error('the service gave no first answer');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { chromePath, flags } from '../support/chromium.ts';
import { journeys } from '../support/journeys.ts';
import { Person } from '../support/person.ts';

/**
 * Takes the picture of a coach's card in Microsoft's Agents Playground: `node test/pictures/playground.ts`. The playground is
 * fetched on demand into a folder of its own, and is no part of the product.
 */
const page = 'http://127.0.0.1:56178/';
const picture = resolve('test/pictures/playground.png');
const folder = mkdtempSync(join(tmpdir(), 'polku-playground-'));
copyFileSync('deploy/teams/.m365agentsplayground.yml', join(folder, '.m365agentsplayground.yml'));

const app = await createApp(
  readConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), BOT_AUTH: 'none', LOG_LEVEL: 'silent' }),
);
const { port } = await app.listen();
const playground = spawn(
  'npx',
  [
    '--yes',
    '@microsoft/m365agentsplayground',
    '-e',
    `http://127.0.0.1:${port}/api/messages`,
    '-c',
    'msteams',
    '--dt',
    '-p',
    '56178',
  ],
  {
    cwd: folder,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', SEND_INSTALLATION_ACTIVITY: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that what npx starts ends with it.
    detached: true,
  },
);
try {
  while (!String(await once(playground.stdout, 'data')).includes('Listening'));
  const browser = await chromium.launch({ executablePath: chromePath, args: flags });
  const teams = await browser.newPage({ viewport: { width: 1400, height: 1280 } });
  await teams.goto(page, { waitUntil: 'domcontentloaded' });
  await teams.getByText('Toimenpiteet').first().waitFor({ timeout: 60_000 });
  await doesIntake('Mira');
  await teams.getByRole('button', { name: 'Otan tämän' }).click({ timeout: 60_000 });
  await teams.getByRole('button', { name: 'Anna toiselle' }).waitFor({ timeout: 60_000 });
  await teams.getByTitle('Hide log panel').click();
  await teams.getByRole('button', { name: 'Dismiss Invoke Message' }).click();
  await teams.mouse.move(5, 5);
  await wait(3_000);
  await teams.screenshot({ path: picture });
  await browser.close();
  process.stdout.write(`${picture}\n`);
} finally {
  process.kill(-playground.pid!, 'SIGTERM');
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Somebody young does the intake in the chat; it goes to a coach of the young. */
async function doesIntake(name: string): Promise<void> {
  const conversationId = `chat-${name}`;
  await app.conversations.start({ conversationId, userId: `dl_${name}`, language: 'fi' });
  const line = async (incoming: Parameters<typeof app.conversations.receive>[1]) =>
    (await app.conversations.receive(conversationId, incoming)).activities;
  const { intake } = journeys;
  const steps = { ...intake!.steps, 'intake.ageGroup': '18to24', 'intake.motherTongue': 'fi', 'intake.name': name };
  const person = await new Person(name, line).joins();
  const journey = { ...intake!, steps };
  for (let next = person.next(journey); next; next = person.next(journey)) await person.sends(next);
}

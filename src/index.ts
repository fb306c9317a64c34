import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { PolkuError } from './errors.ts';

const stopWithin = 10_000;

// Compiled code is kept between starts, so the parts are imported after this line.
enableCompileCache();

let app: App | undefined;
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { readConfig } = await import('./config.ts');
  const config = readConfig(process.env);
  const { createApp } = await import('./app.ts');
  app = await createApp(config);
  const { warmUp, warmUpReading } = await import('./warm-up.ts');
  await warmUp(config);
  const { port } = await app.listen();
  process.stdout.write(greeting(config, port));
  warmUpReading();
} catch (error) {
  // What the person who starts it can repair is one line; anything else is a bug and shows where it is.
  const said = error instanceof PolkuError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`Polku did not start. ${said}\n`);
  process.exitCode = 1;
  await stop();
}

async function stop(): Promise<void> {
  // A second signal, or a turn that does not end, ends the process at once.
  if (stopping) process.exit(1);
  stopping = true;
  setTimeout(() => process.exit(1), stopWithin).unref();
  await app?.close();
  process.exit();
}

/** What starts Microsoft's Agents Playground, which plays Teams; it reads who the coach is from the folder. */
function playground(port: number): string {
  const options = `-e http://127.0.0.1:${port}/api/messages -c msteams --dt`;
  return `  To play Teams, in the folder deploy/teams: npx @microsoft/m365agentsplayground ${options}`;
}

function greeting(config: Config, port: number): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host);
  const address = config.publicUrl ?? `http://${isLocal ? 'localhost' : config.host}:${port}`;
  const cities = new Intl.ListFormat('en').format(config.municipalities);
  if (!config.demo) return `Polku serves ${cities} at ${address}\n`;
  return [
    `Polku serves ${cities}. Stop it with Ctrl+C.`,
    `  ${address}/       ${config.municipalities.length > 1 ? 'the cities, each with its' : "the city's"} page with the chat`,
    `  ${address}/coach  the inbox of the coaches`,
    ...(config.monitoring ? [`  ${address}/monitoring  what happens, in figures`] : []),
    ...(config.bot?.auth === 'none' ? [playground(port)] : []),
    '',
  ].join('\n');
}

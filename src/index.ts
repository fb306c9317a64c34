import { existsSync } from 'node:fs';
import { type App, createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { PolkuError } from './errors.ts';
import { readFiles } from './read-files.ts';
import { warmUp, warmUpReading } from './warm-up.ts';

const stopWithin = 10_000;

let app: App | undefined;
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const files = readFiles(config);
  app = await createApp(config, files);
  const warmUpFurther = await warmUp(config, files);
  const { port } = await app.listen();
  process.stdout.write(greeting(config, port));
  void warmUpFurther();
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

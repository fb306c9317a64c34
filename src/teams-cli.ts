import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { PolkuError } from './errors.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { appIcon } from './teams/app-icons.ts';
import { packageFiles, packageZip } from './teams/app-package.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'deploy/teams');

try {
  if (process.argv[2] === 'icons') writeIcons();
  else writePackage();
} catch (error) {
  process.stderr.write(`${error instanceof PolkuError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

function writeIcons(): void {
  writeFileSync(join(folder, 'color.png'), appIcon(192, 'colour'));
  writeFileSync(join(folder, 'outline.png'), appIcon(32, 'outline'));
}

function writePackage(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { bot, municipalitiesDir, municipality: slug } = readConfig(process.env);
  if (bot?.auth !== 'azure')
    throw new PolkuError('badSetting', 'MicrosoftAppId: give the id of the app registration of the bot');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const municipality = loadMunicipality(municipalitiesDir, slug);
  const files = packageFiles({ folder, appId: bot.appId, version, municipality });
  const name = `polku-teams-${slug}.zip`;
  writeFileSync(name, packageZip(files));
  process.stdout.write(`${name} is ready: upload it in the Teams admin centre, under Manage apps.\n`);
}

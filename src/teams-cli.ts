import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { PolkuError } from './errors.ts';
import { oneCity } from './municipalities/find-pack.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { root } from './root.ts';
import { runCommand } from './run-command.ts';
import { appIcon } from './teams/app-icons.ts';
import { packageFiles, packageZip } from './teams/app-package.ts';

const folder = join(root, 'deploy/teams');

await runCommand(() => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { municipality: { type: 'string' } } });
  if (positionals[0] === 'icons') writeIcons();
  else writePackage(values.municipality);
});

function writeIcons(): void {
  writeFileSync(join(folder, 'color.png'), appIcon(192, 'colour'));
  writeFileSync(join(folder, 'outline.png'), appIcon(32, 'outline'));
}

function writePackage(named?: string): void {
  const { bot, municipalitiesDir, municipalities } = readConfig(process.env);
  if (bot?.auth !== 'azure')
    throw new PolkuError('badSetting', 'MicrosoftAppId: give the id of the app registration of the bot');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const slug = oneCity(municipalitiesDir, municipalities, named);
  const municipality = loadMunicipality(municipalitiesDir, slug);
  const files = packageFiles({ folder, appId: bot.appId, version, municipality });
  const name = `polku-teams-${slug}.zip`;
  writeFileSync(name, packageZip(files));
  process.stdout.write(`${name} is ready: upload it in the Teams admin centre, under Manage apps.\n`);
}

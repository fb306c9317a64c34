import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { readConfig } from './config.ts';
import { PolkuError } from './errors.ts';
import { createTranslator } from './i18n/translator.ts';
import { readCsv } from './letters/csv.ts';
import { importClients } from './letters/import-clients.ts';
import { printLetters } from './letters/print-letters.ts';
import { readTransferred } from './letters/transferred-clients.ts';
import { oneCity } from './municipalities/find-pack.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { root } from './root.ts';
import { runCommand } from './run-command.ts';
import { secretFile } from './secret-file.ts';
import { openDocuments } from './storage/index.ts';
import { claimStore } from './storage/owner.ts';
import { placeOf } from './storage/place.ts';

const usage = `Usage:
  npm run clients -- import <table.csv> [--municipality porvoo] [--out <folder for the letters>]

Columns of the table: id, language, name, address1 and, when wanted, address2, address3, coach.
`;

await runCommand(() => run(process.argv.slice(2)));

async function run(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { municipality: { type: 'string' }, out: { type: 'string' } },
  });
  const [command, file] = positionals;
  if (command !== 'import' || file === undefined) throw new PolkuError('badRequest', usage);
  const config = readConfig(process.env);
  const { municipalities, municipalitiesDir } = config;
  if (!config.publicUrl && !config.demo) {
    throw new PolkuError('badSetting', 'PUBLIC_URL: give the address that people use; the letters lead there');
  }
  const url = config.publicUrl ?? `http://localhost:${config.port}`;
  const slug = oneCity(municipalitiesDir, municipalities, values.municipality);
  const municipality = loadMunicipality(municipalitiesDir, slug);
  const { dataDir, store } = placeOf(config, slug);
  const clients = readTransferred(readCsv(read(file)), municipality);
  const now = DateTime.now().setZone(municipality.zone);
  const key = secretFile(
    dataDir,
    'letter-key',
    'Put the file back from a copy; without it no letter can be printed again.',
  );

  const documents = await openDocuments(store, { dataDir, now: Date.now });
  try {
    await claimStore(documents, slug);
    const { letters, counts } = await importClients({ documents, municipality, now, key }, clients);
    const parts = {
      municipality,
      t: createTranslator(join(root, 'locales'), municipality.zone),
      url,
      today: now.toISODate()!,
      until: now.plus({ days: municipality.retention.clientDays }).toISODate()!,
    };
    const printed = await printLetters(parts, letters, values.out ?? join(dataDir, 'letters'));
    process.stdout.write(
      [
        `${clients.length} clients: ${counts.new} new, ${counts.again} known and not yet in the chat.`,
        `No letter for ${counts.used} who have opened the chat and ${counts.closed} who had everything deleted.`,
        ...printed.map(({ file: name, count }) => `  ${name}: ${count} letters`),
        'Whoever holds these files can open the chats: delete them and the table when the letters are posted.',
        '',
      ].join('\n'),
    );
  } finally {
    await documents.close();
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PolkuError('badRequest', `${file} cannot be read (${code}).`, {}, error);
  }
}

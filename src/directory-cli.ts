import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { exportHsds } from './directory/hsds.ts';
import { writeSnapshot } from './directory/write-snapshot.ts';
import { PolkuError } from './errors.ts';
import { createTranslator } from './i18n/translator.ts';
import { findPack, oneCity } from './municipalities/find-pack.ts';
import { loadMunicipality } from './municipalities/load.ts';
import { root } from './root.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage:
  npm run directory -- import-ptv <file or https address> --municipality 638[,…] [--pack porvoo]
  npm run directory -- export-hsds --language fi [--pack porvoo] [--out services-fi.json]
`;

await runCommand(() => run(process.argv.slice(2)));

async function run(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      municipality: { type: 'string' },
      pack: { type: 'string' },
      language: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { municipalitiesDir: dir, ...config } = readConfig(process.env);
  const [command, source] = positionals;
  const codes = values.municipality?.split(',').map((code) => code.trim()) ?? [];
  if (command === 'import-ptv' && source !== undefined && codes.length > 0) {
    const slug = findPack(dir, values.pack ?? codes[0]!);
    const lines = await writeSnapshot({ source, municipalities: codes, dir, slug });
    process.stdout.write(`${lines.join('\n')}\n`);
  } else if (command === 'export-hsds' && values.language !== undefined) {
    const municipality = loadMunicipality(
      dir,
      findPack(dir, values.pack ?? codes[0] ?? oneCity(dir, config.municipalities)),
    );
    const t = createTranslator(join(root, 'locales'), municipality.zone);
    const text = `${JSON.stringify(exportHsds(municipality, t, values.language), undefined, 2)}\n`;
    if (values.out === undefined) process.stdout.write(text);
    else writeFileSync(values.out, text);
  } else throw new PolkuError('badRequest', usage);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import { zip } from './zip.ts';

const command = z.strictObject({ title: z.string().min(1).max(32), description: z.string().min(1).max(128) });
/** Texts of the app in one language, `deploy/teams/<language>.json`; lengths are those that Teams allows. */
const appTexts = z.strictObject({
  short: z.string().min(1).max(80),
  full: z.string().min(1).max(4000),
  commands: z.array(command).min(1).max(10),
});
type AppTexts = z.infer<typeof appTexts>;

const webAddress = z.url({ protocol: /^https$/ }).max(2048);
const scopes = z.tuple([z.literal('personal')]);
/** The manifest (version 1.19) as far as this app uses it: what Teams' own schema asks of these parts. */
export const manifestSchema = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.19'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: z.guid(),
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: webAddress,
    privacyUrl: webAddress,
    termsOfUseUrl: webAddress,
  }),
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.literal('fi'),
    additionalLanguages: z.array(z.strictObject({ languageTag: z.enum(['sv', 'en']), file: z.string() })),
  }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.strictObject({ short: appTexts.shape.short, full: appTexts.shape.full }),
  accentColor: z.string().regex(/^#[0-9A-F]{6}$/),
  bots: z.tuple([
    z.strictObject({
      botId: z.guid(),
      scopes,
      supportsFiles: z.literal(false),
      isNotificationOnly: z.literal(false),
      commandLists: z.tuple([z.strictObject({ scopes, commands: appTexts.shape.commands })]),
    }),
  ]),
  validDomains: z.array(z.string().regex(/^[a-z0-9.-]+$/)).max(16),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What an app package is made of. */
export interface PackageParts {
  /** Where the texts and icons are. */
  folder: string;
  appId: string;
  version: string;
  municipality: Municipality;
}

const languages = ['fi', 'sv', 'en'] as const;

/** The files of the app package by name, checked; throws `badSetting` that names what Teams would refuse. */
export function packageFiles({ folder, appId, version, municipality }: PackageParts): Map<string, Buffer> {
  const [fi, sv, en] = languages.map((one) => readTexts(folder, one)) as [AppTexts, AppTexts, AppTexts];
  const { contact, name, serviceName } = municipality;
  const made: Manifest = {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version,
    id: appId,
    developer: {
      name: name.fi.slice(0, 32),
      websiteUrl: contact.web,
      privacyUrl: contact.privacyNotice,
      termsOfUseUrl: contact.web,
    },
    localizationInfo: {
      defaultLanguageTag: 'fi',
      additionalLanguages: [
        { languageTag: 'sv', file: 'sv.json' },
        { languageTag: 'en', file: 'en.json' },
      ],
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    name: { short: 'Polku', full: `Polku – ${serviceName.fi}` },
    description: { short: fi.short, full: fi.full },
    accentColor: '#005249',
    bots: [
      {
        botId: appId,
        scopes: ['personal'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal'], commands: fi.commands }],
      },
    ],
    validDomains: [],
  };
  const checked = manifestSchema.safeParse(made);
  if (!checked.success) {
    const repairs = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new PolkuError('badSetting', `Teams would not take this app. ${repairs.join('; ')}`, { repairs });
  }
  return new Map([
    ['manifest.json', json(checked.data)],
    ['sv.json', json(translation(sv, serviceName.sv))],
    ['en.json', json(translation(en, serviceName.en))],
    ['color.png', readFileSync(join(folder, 'color.png'))],
    ['outline.png', readFileSync(join(folder, 'outline.png'))],
  ]);
}

/** The app package as Teams takes it. */
export function packageZip(files: Map<string, Buffer>): Buffer {
  return zip([...files].map(([name, content]) => ({ name, content })));
}

/** A language file of the manifest: the places of the texts, and the texts. */
function translation({ short, full, commands }: AppTexts, service: string): Record<string, string> {
  const places = commands.flatMap(({ title, description }, i) => {
    const place = `bots[0].commandLists[0].commands[${i}]`;
    return [
      [`${place}.title`, title],
      [`${place}.description`, description],
    ];
  });
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json',
    'name.short': 'Polku',
    'name.full': `Polku – ${service}`.slice(0, 100),
    'description.short': short,
    'description.full': full,
    ...Object.fromEntries(places),
  };
}

function readTexts(folder: string, language: string): AppTexts {
  return appTexts.parse(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')));
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

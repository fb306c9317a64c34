import { z } from 'zod';
import type { GraphSettings } from './calendar/graph-token.ts';
import { PolkuError } from './errors.ts';

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'give the id as Azure shows it');
const webOrigin = z.url({ protocol: /^https?$/, error: 'give a web address such as https://chat.city.example' });

const slug = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'give the name of a folder of MUNICIPALITIES_DIR, such as porvoo, or several with commas',
  );

/** The environment: every setting with its default; the text of a check is the repair that is printed. */
export const settings = z.object({
  PORT: z.coerce
    .number('give a port number from 0 to 65535')
    .int('give a whole port number')
    .min(0, 'give a port number from 0 to 65535')
    .max(65535, 'give a port number from 0 to 65535')
    .default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'give an address to listen on, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  MUNICIPALITY: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(slug))
    .refine((list) => new Set(list).size === list.length, 'name each city once')
    .default(['porvoo']),
  MUNICIPALITIES_DIR: z.string().default('deploy/municipalities'),
  PUBLIC_URL: webOrigin.optional(),
  PROXIES: z.coerce
    .number('give the number of proxies in front of the server, such as 0 or 1')
    .int('give a whole number of proxies')
    .min(0, 'give 0 when no proxy is in front')
    .max(9, 'give the number of proxies in front of the server, at most 9')
    .default(0),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'choose one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('warn'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'choose production for a real service, or leave it out for the demo',
    })
    .default('development'),
  DIRECT_LINE_SECRET: z.string().min(32, 'give at least 32 characters that nobody can guess').optional(),
  MONITORING_KEY: z.string().min(32, 'give at least 32 characters that nobody can guess').optional(),
  STORE: z.enum(['sqlite', 'cosmos'], { error: 'choose sqlite or cosmos' }).default('sqlite'),
  COSMOS_ENDPOINT: webOrigin.optional(),
  COSMOS_KEY: z.string().optional(),
  COSMOS_DATABASE: z.string().default('polku'),
  MicrosoftAppId: guid.optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppTenantId: guid.optional(),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'UserAssignedMSI'], { error: 'choose SingleTenant or UserAssignedMSI' })
    .default('SingleTenant'),
  TEAMS_TENANTS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(guid))
    .optional(),
  GRAPH_TENANT_ID: guid.optional(),
  GRAPH_CLIENT_ID: guid.optional(),
  GRAPH_CLIENT_SECRET: z.string().optional(),
  GRAPH_ENDPOINT: webOrigin.default('https://graph.microsoft.com'),
  GRAPH_AUTHORITY: webOrigin.default('https://login.microsoftonline.com'),
  BOT_AUTH: z.enum(['required', 'none'], { error: 'choose required, or none for development' }).default('required'),
});

/** The settings in the shape that the parts use; paths are as given, relative to the working directory. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** The cities that are served, at least one; the first is meant where none is named. */
  municipalities: string[];
  municipalitiesDir: string;
  /** Where people reach the server, without a slash at the end; absent: the address of the request. */
  publicUrl?: string;
  /** How many proxies in front add to `X-Forwarded-For`. */
  proxies: number;
  logLevel: z.infer<typeof settings>['LOG_LEVEL'];
  /** The city page and the coach's inbox without sign-in; never in production. */
  demo: boolean;
  /** Lets another server of the city ask for chat tokens. */
  directLineSecret?: string;
  /** The monitoring page and its key; without a key it is open, on this machine only. Absent: there is no such page. */
  monitoring?: { key?: string };
  /** `database` may name several with commas, one for each city; see `placeOf`. */
  store: { kind: 'sqlite'; inMemory?: true } | { kind: 'cosmos'; endpoint: string; key?: string; database: string };
  /** How the Bot Framework reaches the service; absent: it does not. */
  bot?:
    | { auth: 'none' }
    | {
        auth: 'azure';
        appId: string;
        /** Absent with a managed identity. */
        password?: string;
        tenantId: string;
        type: 'SingleTenant' | 'UserAssignedMSI';
        teamsTenants: string[];
      };
  /** How the coaches' calendars in Outlook are reached; absent: they get invitations by mail. */
  graph?: GraphSettings;
}

/** Reads the environment; throws `badSetting` that names every bad setting and its repair. An empty value is no value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  // Parsed once: zod would take longer to compile a parser for it.
  const parsed = settings.safeParse(given, { jitless: true });
  if (!parsed.success) throw bad(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  const { PUBLIC_URL: url, ...s } = parsed.data;
  const production = s.NODE_ENV === 'production';
  const repairs: string[] = [];
  if (url && new URL(url).pathname !== '/') repairs.push('PUBLIC_URL: leave out the path, only https:// and the host');
  if (url && production && !isSafe(url)) repairs.push('PUBLIC_URL: use https:// in production');
  if (!url && production) repairs.push('PUBLIC_URL: give the address of the service: partners get links to it by mail');
  if (s.STORE === 'cosmos' && !s.COSMOS_ENDPOINT) repairs.push('COSMOS_ENDPOINT: give the address of the account');
  const databases = s.COSMOS_DATABASE.split(',').map((name) => name.trim());
  if (databases.length > 1 && databases.length !== s.MUNICIPALITY.length)
    repairs.push('COSMOS_DATABASE: give one name, or one for each city of MUNICIPALITY in the same order');
  if (new Set(databases).size < databases.length || databases.includes(''))
    repairs.push('COSMOS_DATABASE: name one of its own for each city');
  repairs.push(...botRepairs(s, production), ...graphRepairs(s));
  if (repairs.length) throw bad(repairs);
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: s.DATA_DIR,
    municipalities: s.MUNICIPALITY,
    municipalitiesDir: s.MUNICIPALITIES_DIR,
    publicUrl: url && new URL(url).origin,
    proxies: s.PROXIES,
    logLevel: s.LOG_LEVEL,
    demo: !production,
    directLineSecret: s.DIRECT_LINE_SECRET,
    ...(s.MONITORING_KEY && { monitoring: { key: s.MONITORING_KEY } }),
    ...(!s.MONITORING_KEY && !production && loopback.includes(s.HOST) && s.PROXIES === 0 && { monitoring: {} }),
    store:
      s.STORE === 'cosmos'
        ? { kind: 'cosmos', endpoint: s.COSMOS_ENDPOINT!, key: s.COSMOS_KEY, database: s.COSMOS_DATABASE }
        : { kind: 'sqlite' },
    ...(s.BOT_AUTH === 'none' && { bot: { auth: 'none' } }),
    ...(s.MicrosoftAppId && {
      bot: {
        auth: 'azure',
        appId: s.MicrosoftAppId,
        password: s.MicrosoftAppPassword,
        tenantId: s.MicrosoftAppTenantId!,
        type: s.MicrosoftAppType,
        teamsTenants: s.TEAMS_TENANTS ?? [s.MicrosoftAppTenantId!],
      },
    }),
    ...(s.GRAPH_CLIENT_ID && {
      graph: {
        tenantId: s.GRAPH_TENANT_ID!,
        clientId: s.GRAPH_CLIENT_ID,
        clientSecret: s.GRAPH_CLIENT_SECRET!,
        endpoint: new URL(s.GRAPH_ENDPOINT).origin,
        authority: new URL(s.GRAPH_AUTHORITY).origin,
      },
    }),
  };
}

/** What is wrong with the settings of the Bot Framework; nothing is guessed, since a wrong guess opens a door. */
function botRepairs(s: z.infer<typeof settings>, production: boolean): string[] {
  const repairs: string[] = [];
  const named = [s.MicrosoftAppPassword, s.MicrosoftAppTenantId, s.TEAMS_TENANTS].some((one) => one !== undefined);
  if (s.BOT_AUTH === 'none') {
    const why = 'lets anybody in who reaches the server';
    if (production) repairs.push(`BOT_AUTH: none ${why}: leave it out in production`);
    if (!loopback.includes(s.HOST)) repairs.push(`BOT_AUTH: none ${why}: set HOST to 127.0.0.1 or leave it out`);
    if (s.PROXIES > 0) repairs.push(`BOT_AUTH: none ${why}: it cannot stand behind a proxy`);
    if (s.MicrosoftAppId) repairs.push('BOT_AUTH: leave it out, or leave out MicrosoftAppId');
  }
  if (!s.MicrosoftAppId) {
    if (named) repairs.push('MicrosoftAppId: give it with the other settings of the bot, or leave them all out');
    return repairs;
  }
  if (!s.MicrosoftAppTenantId) repairs.push('MicrosoftAppTenantId: give the tenant of the app registration');
  if (s.MicrosoftAppType === 'SingleTenant' && !s.MicrosoftAppPassword)
    repairs.push('MicrosoftAppPassword: give the secret of the app registration, or set MicrosoftAppType');
  if (s.MicrosoftAppType === 'UserAssignedMSI' && s.MicrosoftAppPassword)
    repairs.push('MicrosoftAppPassword: leave it out with a managed identity');
  return repairs;
}

/** Half of the settings of Graph would leave coaches with neither events nor invitations that anybody meant. */
function graphRepairs(s: z.infer<typeof settings>): string[] {
  const needed = ['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID', 'GRAPH_CLIENT_SECRET'] as const;
  const missing = needed.filter((name) => s[name] === undefined);
  const addresses = (['GRAPH_ENDPOINT', 'GRAPH_AUTHORITY'] as const).filter(
    (name) => !isSafe(s[name]) || new URL(s[name]).pathname !== '/',
  );
  return [
    ...(missing.length < needed.length ? missing : []).map((name) => `${name}: give all three, or leave them all out`),
    ...addresses.map((name) => `${name}: give https:// and the host, and no path: the secret goes there`),
  ];
}

const loopback = ['127.0.0.1', '::1', 'localhost'];

function bad(repairs: string[]): PolkuError {
  return new PolkuError('badSetting', `Wrong settings. ${repairs.join('; ')}`, { repairs });
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

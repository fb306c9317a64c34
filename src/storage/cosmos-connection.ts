import type { Container, ContainerDefinition } from '@azure/cosmos';
import { type Collection, collections } from '../domain/documents.ts';
import { hasCode, PolkuError } from '../errors.ts';
import { accessByIdentity, accessByKey, type Credential } from './cosmos-access.ts';
import { cosmosHttp } from './cosmos-http.ts';
import { type Outcome, type Patience, startPatience, unavailable } from './cosmos-patience.ts';
import { type DirectReplace, directReplace } from './cosmos-replace.ts';

/** Where the account is and how to get in. */
export interface CosmosAccount {
  endpoint: string;
  /** Absent: the managed identity of the machine. */
  key?: string;
  database: string;
  /** How long a start waits for an account that does not answer; 30 s unless told. */
  openingMs?: number;
}

/** The containers, ready to be used. */
export interface CosmosConnection {
  containers: Record<Collection, Container>;
  replace: DirectReplace;
  close(): void;
}

/** Only what is asked for is indexed: a turn's write would otherwise pay for every answer in it. */
const definition: Omit<ContainerDefinition, 'id'> = {
  partitionKey: { paths: ['/partition'], version: 2 },
  // On, with no end of its own: each document says when.
  defaultTtl: -1,
  indexingPolicy: {
    automatic: true,
    indexingMode: 'consistent',
    includedPaths: ['/partition/?', '/type/?', '/dueAt/?'].map((path) => ({ path })),
    excludedPaths: [{ path: '/*' }],
  },
};

async function identity(): Promise<Credential> {
  // A variable keeps it optional for the type check as well: it is installed only where it is used.
  const name = '@azure/identity';
  try {
    const library = (await import(name)) as { DefaultAzureCredential: new () => Credential };
    return new library.DefaultAzureCredential();
  } catch (error) {
    const repair = 'Set COSMOS_KEY, or add the library for managed identities: npm install @azure/identity';
    throw new PolkuError('badSetting', `No COSMOS_KEY and no @azure/identity. ${repair}`, {}, error);
  }
}

function hostOf(endpoint: string): string {
  if (URL.canParse(endpoint)) return new URL(endpoint).hostname;
  const repair = 'Set it to the address of the account, such as https://<name>.documents.azure.com';
  throw new PolkuError('badSetting', `COSMOS_ENDPOINT is no address. ${repair}`);
}

function orRefusal<T>(outcome: Exclude<Outcome<T>, { kind: 'throttled' | 'unclear' }>, what: string): T {
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.status === 401 || outcome.status === 403) {
    const repair =
      'Check COSMOS_KEY; a managed identity needs the role "Cosmos DB Built-in Data Contributor", and cannot make what is missing (deploy/azure makes it).';
    throw new PolkuError('badSetting', `Cosmos DB refused ${what} (${outcome.status}). ${repair}`, {}, outcome.error);
  }
  throw unavailable(`refused ${what}`, outcome.error);
}

/** What both the database and its containers offer: to be read, and to be made when they are not there. */
interface Makeable<T> {
  what: string;
  read(signal: AbortSignal): Promise<T>;
  make(signal: AbortSignal): Promise<unknown>;
}

async function readOrMake<T>(patience: Patience, { what, read, make }: Makeable<T>): Promise<T> {
  for (;;) {
    const found = await patience.askUntilClear(read);
    if (found.kind === 'done' || found.status !== 404) return orRefusal(found, what);
    const made = await patience.askUntilClear(make);
    // 409: another process was quicker.
    if (made.kind === 'refused' && made.status !== 409) orRefusal(made, what);
    await patience.pause(undefined);
  }
}

function checkContainer(id: string, found: ContainerDefinition | undefined): void {
  const path = found?.partitionKey?.paths?.[0];
  const repair = 'Delete it if it is not ours, or set COSMOS_DATABASE to another name; it is then made anew.';
  if (path !== '/partition') {
    throw new PolkuError('badSetting', `The container ${id} is divided by ${path}, not by /partition. ${repair}`);
  }
  if (found?.defaultTtl === undefined) {
    const turnOn = 'Turn it on with no default (-1): without it nothing is ever deleted.';
    throw new PolkuError('badSetting', `The container ${id} has time to live turned off. ${turnOn}`);
  }
}

/**
 * Connects and makes the database and containers that are missing. Throws `badSetting` for a wrong address or key,
 * `storeUnavailable` when the account does not answer.
 */
export async function connectCosmos(
  account: CosmosAccount,
  onCharge: (requestUnits: number) => void,
): Promise<CosmosConnection> {
  const { endpoint, key, database: name, openingMs = 30_000 } = account;
  const host = hostOf(endpoint);
  // Loaded here, so that the embedded store does not pay for it.
  const { CosmosClient } = await import('@azure/cosmos');
  const http = cosmosHttp(onCharge);
  // By the real time: it is checked by the server.
  const access = key ? accessByKey(key, Date.now) : accessByIdentity(await identity(), Date.now);
  const cosmos = new CosmosClient({
    endpoint,
    ...access.options,
    httpClient: http.client,
    connectionPolicy: {
      // An emulator tells addresses that hold only inside its own container.
      enableEndpointDiscovery: /\.documents\.azure\.[a-z]+$/.test(host),
      enablePartitionLevelFailover: false,
      // Waiting is ours: the SDK knows nothing of the deadline of a call.
      retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
    },
  });
  function close(): void {
    cosmos.dispose();
    http.close();
  }
  try {
    const patience = startPatience(openingMs);
    const database = cosmos.database(name);
    await readOrMake(patience, {
      what: `the database ${name}`,
      read: (abortSignal) => database.read({ abortSignal }),
      make: (abortSignal) => cosmos.databases.create({ id: name }, { abortSignal }),
    });
    const opened = collections.map(async (id): Promise<[Collection, Container]> => {
      const container = database.container(id);
      const { resource } = await readOrMake(patience, {
        what: `the container ${id}`,
        read: (abortSignal) => container.read({ abortSignal }),
        make: (abortSignal) => database.containers.create({ id, ...definition }, { abortSignal }),
      });
      checkContainer(id, resource);
      return [id, container];
    });
    return {
      containers: Object.fromEntries(await Promise.all(opened)) as Record<Collection, Container>,
      replace: directReplace({
        http,
        database: name,
        writeEndpoint: () => cosmos.getWriteEndpoint(),
        access: access.toReplace,
      }),
      close,
    };
  } catch (error) {
    close();
    const cause = hasCode(error, 'storeUnavailable') ? error.cause : undefined;
    if (!(cause instanceof Error) || !/Credential|Authentication/.test(cause.name)) throw error;
    const repair = 'Give the machine a managed identity, or set COSMOS_KEY.';
    throw new PolkuError('badSetting', `No identity to show to Cosmos DB (${cause.name}). ${repair}`, {}, cause);
  }
}

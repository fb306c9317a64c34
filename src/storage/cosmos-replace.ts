import type { Collection } from '../domain/documents.ts';
import type { ReplaceAccess } from './cosmos-access.ts';
import type { CosmosHttp } from './cosmos-http.ts';

/** A document in writing that takes the place of one version. */
export interface Replacement {
  partition: string;
  id: string;
  /** The item whole, as JSON. */
  json: string;
  /** Of the version that it replaces. */
  etag: string;
}

/** Sends one replacement; throws like the SDK, by `code`, `substatus` and `retryAfterInMs`. */
export type SendReplacement = (signal: AbortSignal) => Promise<{ etag?: string }>;

/** Prepares a replacement without the SDK; undefined when only the SDK can get in. */
export type DirectReplace = (collection: Collection, replacement: Replacement) => SendReplacement | undefined;

/** What the direct way needs of an account. */
export interface DirectWay {
  http: CosmosHttp;
  database: string;
  /** The address of the region that takes writes now. */
  writeEndpoint(): Promise<string>;
  access: ReplaceAccess;
}

/** What the SDK says with every replace; the test of this file tells when it begins to say something else. */
const always = {
  accept: 'application/json',
  'cache-control': 'no-cache',
  'content-type': 'application/json',
  prefer: 'return=minimal',
  'user-agent': 'polku',
  'x-ms-cosmos-allow-tentative-writes': 'true',
  'x-ms-cosmos-sdk-supportedcapabilities': '1',
  'x-ms-version': '2020-07-15',
};

const notAscii = /[\u007f-\uffff]/g;

/** A list of one key as JSON that may stand in a header. */
function partitionKey(partition: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify([partition]).replace(notAscii, escaped);
}

/**
 * The way of the one write that every turn makes. The SDK takes most of what that write costs, and gives nothing for it
 * as long as all goes well: whatever does not is sent again through the SDK, which knows of regions and of access.
 */
export function directReplace({ http, database, writeEndpoint, access }: DirectWay): DirectReplace {
  return (collection, { partition, id, json, etag }) => {
    const link = `dbs/${database}/colls/${collection}/docs/${id}`;
    const entrance = access(link);
    if (!entrance) return undefined;
    const headers = {
      ...always,
      ...entrance,
      'if-match': etag,
      'x-ms-documentdb-partitionkey': partitionKey(partition),
    };
    return async (signal) => {
      const endpoint = await writeEndpoint();
      const url = `${endpoint}${endpoint.endsWith('/') ? '' : '/'}${encodeURI(link)}`;
      const { status, headers: told } = await http.send({ method: 'PUT', url, headers, body: json, signal });
      if (status === 200) return { etag: told.etag };
      throw Object.assign(new Error(`Cosmos DB answered ${status} to a replace`), {
        code: status,
        substatus: Number(told['x-ms-substatus']) || 0,
        retryAfterInMs: Number(told['x-ms-retry-after-ms']) || 0,
      });
    };
  };
}

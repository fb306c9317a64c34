import { createHmac, createSecretKey } from 'node:crypto';
import type { CosmosClientOptions } from '@azure/cosmos';

/** How the SDK gets the tokens of a managed identity. */
export type Credential = NonNullable<CosmosClientOptions['aadCredentials']>;
type AccessToken = NonNullable<Awaited<ReturnType<Credential['getToken']>>>;

/** What a signature by the key of the account covers; `date` is the text of `x-ms-date`. */
export interface Signed {
  verb: string;
  /** As in its address: `docs` of a document, nothing of the account. */
  resourceType: string;
  /** The address of what is asked for, not percent-encoded and without the slash before it. */
  link: string;
  date: string;
}

/** Gives the headers that let a replace of the document at that link in; undefined when only the SDK can get in. */
export type ReplaceAccess = (link: string) => Record<string, string> | undefined;

/** How an account is entered: by the SDK, and by the one write that does without it. */
export interface CosmosAccess {
  options: Pick<CosmosClientOptions, 'tokenProvider' | 'aadCredentials'>;
  toReplace: ReplaceAccess;
}

// The SDK asks for the next token in the last two minutes of one: from then on it is left to it.
const renewedMs = 120_000;

/** Signs as Cosmos DB asks of who has the key of the account; the text is not percent-encoded yet. */
export function keySignature(key: string): (signed: Signed) => string {
  // Made once: to prepare the key costs more than to sign.
  const secret = createSecretKey(key, 'base64');
  return ({ verb, resourceType, link, date }) => {
    const text = `${verb.toLowerCase()}\n${resourceType.toLowerCase()}\n${link}\n${date.toLowerCase()}\n\n`;
    return `type=master&ver=1.0&sig=${createHmac('sha256', secret).update(text).digest('base64')}`;
  };
}

/** Enters by the key of the account. */
export function accessByKey(key: string, now: () => number): CosmosAccess {
  const sign = keySignature(key);
  return {
    options: {
      tokenProvider: async ({ verb, resourceType, resourceId, headers }) =>
        // The link of the account itself is nothing, whatever its type says.
        sign({ verb, resourceType, link: resourceId ?? '', date: String(headers['x-ms-date']) }),
    },
    toReplace(link) {
      const date = new Date(now()).toUTCString();
      const signature = sign({ verb: 'put', resourceType: 'docs', link, date });
      return { 'x-ms-date': date, authorization: encodeURIComponent(signature) };
    },
  };
}

/** Enters as a managed identity: the SDK gets and renews the tokens, and its last one is used as long as it is good. */
export function accessByIdentity(credential: Credential, now: () => number): CosmosAccess {
  let last: AccessToken | null = null;
  return {
    options: {
      aadCredentials: {
        async getToken(scopes, options) {
          last = await credential.getToken(scopes, options);
          return last;
        },
      },
    },
    toReplace() {
      if (!last || last.expiresOnTimestamp - renewedMs <= now()) return undefined;
      return { authorization: `type=aad&ver=1.0&sig=${last.token}` };
    },
  };
}

import { createLocalJWKSet } from 'jose/jwks/local';
import { z } from 'zod';
import { PolkuError } from '../../errors.ts';

const metadata = z.object({ jwks_uri: z.url() });
const keySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), endorsements: z.array(z.string()).optional() })),
});
type KeySet = z.infer<typeof keySet>;

/** The keys that the Bot Framework signs with, as they were fetched last. */
export interface SigningKeys {
  /** The key of a token's `kid`, with the channels that it may sign for; throws `storeUnavailable` when none could be fetched. */
  find(kid: string): Promise<{ resolve: ReturnType<typeof createLocalJWKSet>; endorsements: string[] } | undefined>;
}

const day = 24 * 3600_000;
/** A made-up `kid` shall not make us fetch again and again. */
const pause = 5 * 60_000;
const patience = 5_000;

/** Fetches keys from the issuer's OpenID metadata when they are first needed, daily, and when an unknown one is named. */
export function createSigningKeys(metadataUrl: string, now: () => number): SigningKeys {
  let known: KeySet['keys'] = [];
  let resolve = createLocalJWKSet({ keys: [] });
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  async function json(url: string): Promise<unknown> {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
    if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
    return response.json();
  }

  async function fetchKeys(): Promise<void> {
    triedAt = now();
    const { jwks_uri } = metadata.parse(await json(metadataUrl));
    const { keys } = keySet.parse(await json(jwks_uri));
    known = keys;
    resolve = createLocalJWKSet({ keys });
    fetchedAt = now();
  }

  async function refresh(): Promise<void> {
    fetching ??= fetchKeys().finally(() => {
      fetching = undefined;
    });
    try {
      await fetching;
    } catch (error) {
      // Keys of yesterday are better than none: the issuer keeps them valid for days.
      if (known.length === 0)
        throw new PolkuError('storeUnavailable', 'No signing keys of the Bot Framework', {}, error);
    }
  }

  return {
    async find(kid) {
      const isOld = fetchedAt + day < now();
      const isUnknown = !known.some((key) => key.kid === kid);
      if (isOld || isUnknown) {
        if (triedAt + pause < now() || fetching) await refresh();
        else if (known.length === 0) throw new PolkuError('storeUnavailable', 'No signing keys of the Bot Framework');
      }
      const key = known.find((one) => one.kid === kid);
      return key && { resolve, endorsements: key.endorsements ?? [] };
    },
  };
}

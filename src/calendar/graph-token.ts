import { z } from 'zod';

/** The app registration that may read and write the coaches' calendars. */
export interface GraphSettings {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Where Microsoft Graph is, without a slash at the end. */
  endpoint: string;
  /** Who gives tokens, without a slash at the end. */
  authority: string;
}

/** Gives our token for Graph; undefined when Microsoft gives none now. */
export interface GraphToken {
  get(): Promise<string | undefined>;
  /** Graph did not take it: the next call asks for another one. */
  forget(token: string): void;
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
/** A token is not used in its last minutes, since clocks differ and calls take their time. */
const spare = 5 * 60_000;

/** Makes what fetches a token by client credentials and remembers it until it ends; `now` is epoch milliseconds. */
export function createGraphToken(settings: GraphSettings, now: () => number, timeout: number): GraphToken {
  const { tenantId, clientId, clientSecret, endpoint, authority } = settings;
  let kept: { token: string; until: number } | undefined;
  /** Many may ask at once; one asks Microsoft. */
  let asking: Promise<string | undefined> | undefined;

  async function ask(): Promise<string | undefined> {
    const asked = now();
    try {
      const response = await fetch(`${authority}/${tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          scope: `${endpoint}/.default`,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      const { access_token: token, expires_in: seconds } = answer.parse(await response.json());
      kept = { token, until: asked + Math.max(seconds * 1_000 - spare, (seconds * 1_000) / 2) };
      return token;
    } catch {
      // What the answer says may hold the id of the tenant or worse; its caller tells that there is no token.
      return undefined;
    }
  }

  return {
    async get() {
      if (kept && now() < kept.until) return kept.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}

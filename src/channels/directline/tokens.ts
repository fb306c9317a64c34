import { z } from 'zod';
import { PolkuError } from '../../errors.ts';
import { makeRecent } from '../../recent.ts';
import { createSigner } from './signed.ts';

/** What a chat token says: one person in one conversation, asked for by a page of one origin ('' for none). */
const claims = z.object({
  /** Direct Line clients read the person's id from this very claim. */
  user: z.string().startsWith('dl_'),
  conv: z.string().min(1),
  origin: z.string(),
  language: z.string().optional(),
  coach: z.string().optional(),
  /** Of a token for a WebSocket: the conversation begins when it is opened. */
  begins: z.literal(true).optional(),
  exp: z.number(),
});
/** With the city that gave it; tokens of earlier releases name none, and are known by the city's secret alone. */
const signedClaims = claims.extend({ city: z.string().optional() });
export type Claims = z.infer<typeof claims>;
export type Holder = Omit<Claims, 'exp'>;

/** Gives and checks the tokens of the chat. */
export interface Tokens {
  /** A token for 30 minutes. */
  issue(holder: Holder): Promise<string>;
  /** Throws `badToken`; `details.expired` when it was right but has run out. */
  verify(token: string): Promise<Claims>;
  /** As `verify`, but takes a token that ran out up to 30 days ago: it still names whose the conversation is. */
  recall(token: string): Promise<Claims>;
  /** A token for the address of a WebSocket: it opens one within a minute. `exp` of the claims is that of the chat token. */
  issueStream(claims: Claims): Promise<string>;
  verifyStream(token: string): Promise<Claims>;
  /** Whether a token of any kind and age was given by this city. */
  isOurs(token: string): boolean;
}

/** How tokens are made. */
export interface TokenOptions {
  /** The city's own; see `signingSecret`. */
  secret: Uint8Array;
  /** Milliseconds since 1970. */
  now: () => number;
  /** False refuses the tokens of coaches, which a demo on the same data may have given. */
  coaches: boolean;
  /** The city that the tokens are for: those that name another are refused, whatever their signature. */
  city?: string;
}

/** How long a chat token lives, in seconds; told to clients as `expires_in`. */
export const tokenSeconds = 30 * 60;
const recallSeconds = 30 * 24 * 60 * 60;
const streamSeconds = 60;
/** A token takes half a kilobyte; one that is forgotten is read again. */
const remembered = 500;

/** A token that this process gave or read: what it is for, until when (seconds since 1970), whose it is. */
interface Known {
  aud: string;
  exp: number;
  of: Claims;
}

/** Makes what gives and checks the tokens of one city. */
export function makeTokens({ secret, now, coaches, city }: TokenOptions): Tokens {
  const known = makeRecent<string, Known>(remembered);
  const signer = createSigner(secret);
  const seconds = () => Math.floor(now() / 1000);
  const sign = (payload: Record<string, unknown>, aud: string, exp: number) => {
    return signer.sign({ ...payload, ...(city !== undefined && { city }), aud, exp });
  };

  function read(token: string, audience: string, tolerance = 0): Record<string, unknown> {
    const { aud, ...payload } = signer.open(token) ?? {};
    // A beginning is never set here.
    if (aud !== audience || typeof payload.exp !== 'number' || payload.nbf !== undefined) throw bad();
    if (payload.exp + tolerance > seconds()) return payload;
    throw new PolkuError('badToken', 'The token has expired.', { expired: true });
  }

  function isAnothers(of: unknown): boolean {
    return of !== undefined && city !== undefined && of !== city;
  }

  function parse(payload: unknown): Claims {
    const parsed = signedClaims.safeParse(payload);
    if (!parsed.success || (parsed.data.coach !== undefined && !coaches)) throw bad();
    const { city: of, ...claimed } = parsed.data;
    if (isAnothers(of)) throw bad();
    return claimed;
  }

  /** Who was given a token that this process knows and that has not run out. */
  function recollect(token: string, aud: string): Claims | undefined {
    const found = known.get(token);
    return found?.aud === aud && found.exp > seconds() ? found.of : undefined;
  }

  return {
    async issue(holder) {
      const exp = seconds() + tokenSeconds;
      const token = sign({ ...holder }, 'chat', exp);
      known.set(token, { aud: 'chat', exp, of: { ...holder, exp } });
      return token;
    },
    async verify(token) {
      const found = recollect(token, 'chat');
      if (found) return found;
      const fresh = parse(read(token, 'chat'));
      known.set(token, { aud: 'chat', exp: fresh.exp, of: fresh });
      return fresh;
    },
    recall: async (token) => parse(read(token, 'chat', recallSeconds)),
    async issueStream(claimed) {
      const { exp: until, ...holder } = claimed;
      const exp = seconds() + streamSeconds;
      const token = sign({ ...holder, until }, 'stream', exp);
      known.set(token, { aud: 'stream', exp, of: claimed });
      return token;
    },
    async verifyStream(token) {
      const found = recollect(token, 'stream');
      if (found) return found;
      const { until, ...payload } = read(token, 'stream');
      return parse({ ...payload, exp: until });
    },
    isOurs(token) {
      const payload = signer.open(token);
      return payload !== undefined && !isAnothers(payload.city);
    },
  };
}

function bad(): PolkuError {
  return new PolkuError('badToken', 'The token is missing or not valid here. Ask for one with POST /api/token.');
}

/** The token of an `Authorization` header; throws `badToken` when there is none. */
export function bearer(header: string | undefined): string {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  if (!token) throw bad();
  return token;
}

import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { JOSEError } from 'jose/errors';
import { jwtVerify } from 'jose/jwt/verify';
import { PolkuError } from '../../errors.ts';
import { makeRecent } from '../../recent.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a verified token of a channel says. */
export interface ChannelToken {
  /** The only address that replies to its activities may go to. */
  serviceUrl: string;
  /** Channels that its key may sign for; empty for all. */
  endorsements: string[];
  /** Seconds since 1970. */
  exp: number;
}

/** Who signs the activities of every channel in the public cloud. */
const issuer = 'https://api.botframework.com';
/** Clocks differ: what the protocol allows, in seconds. */
const tolerance = 300;
const longest = 4096;
const remembered = 1_000;

/**
 * Makes the check of tokens that the Bot Framework sends with activities for our app. Not the SDK's: that one takes a
 * token without an end, takes tokens of the emulator, and prints what was wrong. A token that was right is remembered
 * until it ends. Throws `badToken` for a wrong one, `storeUnavailable` when there are no keys to check it with.
 */
export function createTokenCheck(appId: string, keys: SigningKeys, now: () => number) {
  const known = makeRecent<string, ChannelToken>(remembered);

  async function verify(token: string): Promise<ChannelToken> {
    if (token.length > longest) throw refused('too long');
    try {
      const { kid } = decodeProtectedHeader(token);
      const key = typeof kid === 'string' ? await keys.find(kid) : undefined;
      if (!key) throw refused('unknown key');
      const { payload } = await jwtVerify(token, key.resolve, {
        algorithms: ['RS256', 'RS384', 'RS512'],
        issuer,
        audience: appId,
        requiredClaims: ['exp', 'serviceurl'],
        clockTolerance: tolerance,
        currentDate: new Date(now()),
      });
      const { exp, aud, serviceurl } = payload;
      // An audience of several would be a token that others hold as well.
      if (typeof exp !== 'number' || aud !== appId || typeof serviceurl !== 'string') throw refused('claims');
      return { serviceUrl: serviceurl, endorsements: key.endorsements, exp };
    } catch (error) {
      if (error instanceof PolkuError) throw error;
      // jose throws a TypeError for what is no token at all.
      if (error instanceof JOSEError || error instanceof TypeError) throw refused('not valid');
      throw error;
    }
  }

  return async function check(authorization: string | undefined): Promise<ChannelToken> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw refused('none');
    const found = known.get(token);
    if (found && found.exp + tolerance > now() / 1000) return found;
    known.delete(token);
    const fresh = await verify(token);
    known.set(token, fresh);
    return fresh;
  };
}

function refused(why: string): PolkuError {
  return new PolkuError('badToken', why);
}

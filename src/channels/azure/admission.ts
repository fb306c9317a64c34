import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { hasCode, PolkuError } from '../../errors.ts';
import { type ChannelActivity, tenantOf } from './channel-activity.ts';
import type { ChannelToken } from './channel-token.ts';
import { isServiceUrl } from './service-url.ts';

/** Who may send activities. */
export interface AdmissionRules {
  auth: 'azure' | 'none';
  /** Checks the `Authorization` header; throws `badToken`. */
  check: (authorization: string | undefined) => Promise<ChannelToken>;
  /** Tenants whose people may write in Teams, in small letters; none: nobody may. */
  tenants: readonly string[];
  log: Pick<Logger, 'warn'>;
  now: () => number;
}

/** Lets activities in, in two steps: a large body is not read for somebody without a token. */
export interface Admission {
  /** Throws the one refusal. */
  byToken(request: IncomingMessage): Promise<ChannelToken | undefined>;
  /** Throws the one refusal. */
  byActivity(activity: ChannelActivity, token: ChannelToken | undefined): void;
  /** How many were refused since the start. */
  refused(): number;
}

const channels = {
  azure: ['msteams', 'directline', 'webchat'],
  none: ['msteams', 'directline', 'webchat', 'emulator'],
};
const tellEvery = 60_000;

/** Makes the gate of `/api/messages`. Every refusal is the same, so that a forger learns nothing; the log gets a count. */
export function createAdmission({ auth, check, tenants, log, now }: AdmissionRules): Admission {
  let refused = 0;
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  function refusal(): PolkuError {
    refused++;
    if (now() - toldAt >= tellEvery) {
      log.warn({ refused: refused - told }, 'activities without a right to come in');
      told = refused;
      toldAt = now();
    }
    return new PolkuError('badToken', 'The request is not from a channel of this bot.');
  }

  function isAdmitted(activity: ChannelActivity, token: ChannelToken | undefined): boolean {
    const { channelId, serviceUrl } = activity;
    if (!channels[auth].includes(channelId) || !isServiceUrl(serviceUrl, auth)) return false;
    if (auth === 'none') return true;
    if (!token || token.serviceUrl !== serviceUrl) return false;
    if (token.endorsements.length > 0 && !token.endorsements.includes(channelId)) return false;
    return channelId !== 'msteams' || tenants.includes(tenantOf(activity) ?? '');
  }

  return {
    async byToken(request) {
      // Without authentication only programs of this machine may come; one that passes on for others is not one.
      if (auth === 'none') {
        if (request.headers['x-forwarded-for'] || request.headers.forwarded) throw refusal();
        return undefined;
      }
      try {
        return await check(request.headers.authorization);
      } catch (error) {
        throw hasCode(error, 'badToken') ? refusal() : error;
      }
    },
    byActivity(activity, token) {
      if (!isAdmitted(activity, token)) throw refusal();
    },
    refused: () => refused,
  };
}

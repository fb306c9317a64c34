import { createHmac } from 'node:crypto';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { hashOf, issueLink } from '../domain/referrals/links.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import type { LetterLink } from '../notify/mail-letter.ts';

/** What links to the partner's page are made with. */
export interface LinkMakerParts {
  documents: Documents;
  municipality: Municipality;
  /** At least 32 bytes that only this service knows. */
  secret: Uint8Array;
  /** Address under which the pages of this city's partners are, without a slash at the end. */
  base: () => string;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Makes links of 256 bits. A link is worked out from the secret and the mail that carries it, so that it is stored nowhere
 * and a mail that is written again carries the same one; what is kept is its hash.
 */
export function createLinkMaker({ documents, municipality, secret, base, now }: LinkMakerParts) {
  return async function linkFor({ partition, id }: Referral, item: string): Promise<LetterLink | undefined> {
    const token = createHmac('sha256', secret)
      .update(JSON.stringify(['partner-link', partition, id, item]))
      .digest('base64url');
    const until = await issueLink(documents, municipality, { client: partition, id }, hashOf(token), now());
    const issued = (until ?? 0) - municipality.timers.partnerLinkDays * 24 * 3_600_000;
    return until === undefined ? undefined : { url: `${base()}/${token}`, issued, until };
  };
}

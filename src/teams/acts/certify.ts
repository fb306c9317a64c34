import { DateTime } from 'luxon';
import { giveCertificate } from '../../domain/clients/certificate.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import type { Case } from '../cases.ts';
import type { CardParts } from '../present.ts';
import { markOf } from './offered.ts';
import type { Inputs } from './wish.ts';

/** Stands in the list of certificates for one that is named in own words. */
export const ownCertificate = 'own';

/** Whether what is filled in names a certificate of the pack, or one in own words, of a day that has come. */
export function isCertificate(
  { what, own, on }: Inputs['certify'],
  { certificates = [], zone }: Municipality,
  now: number,
): boolean {
  const isNamed = what === ownCertificate ? own !== undefined : certificates.some(({ id }) => id === what);
  return isNamed && on <= DateTime.fromMillis(now, { zone }).toISODate()!;
}

/**
 * Puts the certificate on the client's path. It comes before the note on the case, and is named by the state that the
 * card had: whatever is repeated after a crash, one press is one certificate.
 */
export async function certify(
  { documents, municipality, now }: CardParts,
  coach: Coach,
  found: Extract<Case, { kind: 'intake' }>,
  { what, own, from, on }: Inputs['certify'],
): Promise<void> {
  const name = what === ownCertificate ? { words: own!, wordsIn: coach.language } : { listed: what };
  const act = {
    documents,
    municipality,
    coach: coach.id,
    now: DateTime.fromMillis(now(), { zone: municipality.zone }),
  };
  await giveCertificate(act, found.of.partition, { name, from, on }, `${found.of.id} ${markOf(found)}`);
}

import type { DateTime } from 'luxon';
import { hasCode, PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents, Reading } from '../documents.ts';
import { madeId } from '../made-id.ts';
import type { Municipality } from '../municipalities/pack.ts';
import { telling } from '../notices.ts';
import type { Text } from '../text.ts';
import type { ClientAct } from './client.ts';
import { reachOf, toClient } from './reach.ts';

/** What a certificate says: a name of the pack's list, or own words with the language they are in. */
export type CertificateName = { listed: string } | { words: string; wordsIn: string };

/** A skill that the client has shown, on their path: a small step, from a certificate of competence to a part of a qualification. */
export interface Certificate extends Document {
  type: 'certificate';
  name: CertificateName;
  /** Who gave it, in words. */
  from: string;
  /** The day it was given (ISO date). */
  on: string;
  /** Who put it on the path. */
  coach: string;
  addedAt: string;
  /** The client does not want the coaches to see it (ISO 8601). */
  hiddenAt?: string;
}

/** What a coach writes down of a certificate. */
export type CertificateGiven = Pick<Certificate, 'name' | 'from' | 'on'>;

/**
 * Puts a certificate on the client's path and tells the client, where they can be told. `key` names the wish: the same
 * wish again, perhaps after a crash, is the same certificate.
 */
export async function giveCertificate(
  {
    documents,
    municipality,
    coach,
    now,
  }: { documents: Documents; municipality: Municipality; coach: string; now: DateTime },
  client: string,
  given: CertificateGiven,
  key: string,
): Promise<void> {
  const id = madeId('certificate', client, key);
  const certificate: Certificate = {
    id,
    partition: client,
    type: 'certificate',
    schema: 1,
    expiresAt: now.plus({ days: municipality.retention.clientDays }).toMillis(),
    ...given,
    coach,
    addedAt: now.toUTC().toISO()!,
  };
  const name = municipality.coaches.find((one) => one.id === coach)?.name ?? coach;
  const what = { key: 'certificates.given', with: { coach: name, ...certificateWords(certificate, municipality) } };
  const say: Text[] = [{ lines: [what, { key: 'certificates.yours' }] }];
  const reach = await reachOf(documents, client);
  const told = toClient(reach, `${id}-given`, now.toMillis(), {
    say,
    mail: { subject: { key: 'certificates.subject' } },
  });
  try {
    await documents.create('clients', telling(certificate, ...told));
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

/** What a text says of a certificate: `name`, `from` and `on`. */
export function certificateWords({ name, from, on }: CertificateGiven, { certificates = [] }: Municipality) {
  const named: Text =
    'words' in name ? name.words : (certificates.find(({ id }) => id === name.listed)?.name ?? name.listed);
  return { name: named, from, on: { at: on, as: 'date' as const } };
}

/** The certificates on a client's path that a coach may see, the newest first. */
export async function certificatesShown(documents: Reading, client: string): Promise<Certificate[]> {
  const kept = await documents.list<Certificate>('clients', client, 'certificate');
  return newestFirst(kept.map(({ document }) => document).filter(({ hiddenAt }) => hiddenAt === undefined));
}

/** In the order of the days they were given, the newest first. */
export function newestFirst(certificates: Certificate[]): Certificate[] {
  return certificates.sort((one, other) => other.on.localeCompare(one.on) || other.addedAt.localeCompare(one.addedAt));
}

/** Hides a certificate from the coaches, or shows it again; again is no error. Throws `notFound`. */
export async function hideCertificate({ documents, client, now }: ClientAct, id: string, hides: boolean) {
  await changeDocument<Certificate>(documents, certificateRef(client, id), (current) => {
    if (current?.type !== 'certificate') throw new PolkuError('notFound', 'the client has no such certificate');
    const { hiddenAt, ...rest } = current;
    if ((hiddenAt !== undefined) === hides) return undefined;
    return hides ? { ...rest, hiddenAt: now.toUTC().toISO()! } : rest;
  });
}

/** Removes a certificate from the client's path; again is no error. */
export async function removeCertificate({ documents, client }: ClientAct, id: string): Promise<void> {
  const ref = certificateRef(client, id);
  if ((await documents.get<Document>(ref))?.document.type === 'certificate') await documents.delete(ref);
}

function certificateRef(client: string, id: string): DocumentRef {
  return { collection: 'clients', partition: client, id };
}

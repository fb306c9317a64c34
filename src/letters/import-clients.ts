import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { changeDocument } from '../domain/change-document.ts';
import { type LetterState, writeLetter } from '../domain/clients/letter.ts';
import { letterCode, letterHash } from '../domain/clients/letter-code.ts';
import type { Document, Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { PolkuError } from '../errors.ts';
import type { LetterToPrint } from './print-letters.ts';
import type { TransferredClient } from './transferred-clients.ts';

/** What an import needs. */
export interface ClientImport {
  documents: Documents;
  municipality: Municipality;
  now: DateTime;
  /** Makes the codes; the same key makes the same ones. */
  key: Uint8Array;
}

/** Knows the key again that the letters were made with; it tells nothing of the key itself. */
interface KeyMark extends Document {
  type: 'letter-key';
  mark: string;
}

/** Store writes under way at a time. */
const atOnce = 16;

/**
 * Keeps a letter for each client, and returns those to be printed: all but the used and the deleted. The same table again
 * makes the same codes, so that what was cut short is completed and nobody gets two. Throws `badSetting` for another key.
 */
export async function importClients(
  parts: ClientImport,
  clients: TransferredClient[],
): Promise<{ letters: LetterToPrint[]; counts: Record<LetterState, number> }> {
  await checkKey(parts);
  const { documents, municipality, now, key } = parts;
  const counts: Record<LetterState, number> = { new: 0, again: 0, used: 0, closed: 0 };
  const letters: LetterToPrint[] = [];
  for (let at = 0; at < clients.length; at += atOnce) {
    const some = clients.slice(at, at + atOnce).map((client) => {
      return { client, code: letterCode(key, municipality.slug, client.number) };
    });
    const states = await Promise.all(
      some.map(({ client: { number, name, language, coach }, code }) => {
        const addressee = { number, name, language, ...(coach !== undefined && { coach }) };
        return writeLetter({ documents, municipality, now }, letterHash(code), addressee);
      }),
    );
    states.forEach((state, index) => {
      counts[state]++;
      if (state === 'new' || state === 'again') letters.push(some[index]!);
    });
  }
  return { letters, counts };
}

async function checkKey({ documents, municipality, now, key }: ClientImport): Promise<void> {
  const id = `key-${municipality.slug}`;
  const mark = createHash('sha256').update('polku letter key').update(key).digest('hex');
  const expiresAt = now.plus({ days: municipality.retention.clientDays }).toMillis();
  const kept = await changeDocument<KeyMark>(
    documents,
    { collection: 'clients', partition: 'letters', id },
    (known) => {
      if (known && known.mark !== mark) return undefined;
      return { id, partition: 'letters', type: 'letter-key', schema: 1, mark, expiresAt };
    },
  );
  if (kept?.mark === mark) return;
  const what = 'DATA_DIR: "letter-key" is not the key that the earlier letters were made with';
  throw new PolkuError('badSetting', `${what}; everybody would get a second code. Put the earlier file back.`);
}

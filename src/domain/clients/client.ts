import type { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import type { DocumentRef, Documents } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';
import type { Client } from './path.ts';

/** Something that a client does: on whose behalf, when, and with which intent (one intent has one effect). */
export interface ClientAct {
  documents: Documents;
  municipality: Municipality;
  client: string;
  /** Id of the client's chat, for what is told there later. */
  conversation?: string;
  /** ISO 639-1 of the client's chat. */
  language: string;
  intent: string;
  now: DateTime;
}

/** Where the client's own document is; the partition holds all else that is kept of the client. */
export function clientRef(client: string): DocumentRef {
  return { collection: 'clients', partition: client, id: 'client' };
}

function newClient({ municipality, client, language, now }: Omit<ClientAct, 'intent'>): Client {
  const { collection: _, ...place } = clientRef(client);
  const createdAt = now.toUTC().toISO()!;
  return {
    ...place,
    type: 'client',
    schema: 1,
    municipality: municipality.slug,
    language,
    appointments: [],
    createdAt,
  };
}

/** Changes the client's document by compare-and-set, making it when missing; its time to live starts anew. */
export async function changeClient(
  act: Omit<ClientAct, 'intent'>,
  change: (client: Client) => Partial<Client> | undefined,
): Promise<void> {
  const expiresAt = act.now.plus({ days: act.municipality.retention.clientDays }).toMillis();
  await changeDocument<Client>(act.documents, clientRef(act.client), (current) => {
    const client = current ?? newClient(act);
    const changed = change(client);
    const { conversation = client.conversation } = act;
    return changed && { ...client, ...changed, ...(conversation !== undefined && { conversation }), expiresAt };
  });
}

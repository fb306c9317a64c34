import { hasCode } from '../../errors.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { endOf } from '../clients/end-path.ts';
import type { ClientPath } from '../clients/path.ts';
import { readPath } from '../clients/read-path.ts';
import type { Document, Documents } from '../documents.ts';
import type { CaseRef } from '../notices.ts';

/** Reminds a coach of a client; holds nothing of the person. */
interface ClientPointer extends Document {
  type: 'client';
  client: string;
}

/** A client of a coach, as far as a list shows them. */
export interface MyClient {
  id: string;
  name?: string;
  /** Of the newest intake, else of the newest contact or meeting. */
  reference?: string;
  /** ISO 639-1 of the chat. */
  language: string;
  next?: Appointment;
  /** The card that tells most of them. */
  about?: CaseRef;
  path: ClientPath;
}

/** Puts a client on a coach's list; again is no error, and whose the client is is asked when the list is read. */
export async function addClient(
  documents: Documents,
  coach: string,
  client: string,
  expiresAt: number | undefined,
): Promise<void> {
  const pointer: ClientPointer = { id: `client-${client}`, partition: coach, type: 'client', schema: 1, client };
  try {
    await documents.create('coaches', expiresAt === undefined ? pointer : { ...pointer, expiresAt });
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
  }
}

/** The clients of a coach, those with the next meeting first. Pointers to clients who are gone are dropped. */
export async function myClients(documents: Documents, coach: string, now: number): Promise<MyClient[]> {
  const mine: MyClient[] = [];
  for (const { document } of await documents.list<ClientPointer>('coaches', coach, 'client')) {
    const path = await readPath(documents, document.client);
    if (!path.client) await documents.delete({ collection: 'coaches', partition: coach, id: document.id });
    const found = path.client && clientOf(document.client, path, coach, now);
    if (found) mine.push(found);
  }
  const time = ({ next }: MyClient) => (next ? Date.parse(next.start) : Number.POSITIVE_INFINITY);
  return mine.sort((one, other) => time(one) - time(other) || (one.name ?? '').localeCompare(other.name ?? ''));
}

/** The client with what the list shows; undefined when they are another coach's now, or their path has ended. */
function clientOf(id: string, path: ClientPath, coach: string, now: number): MyClient | undefined {
  const { client, intakes, contacts, appointments } = path;
  const [intake] = intakes;
  const next = appointments
    .filter((one) => one.coach === coach && one.state === 'booked' && Date.parse(one.end) > now)
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start))[0];
  const responsible = client?.coach ?? intake?.routing.coach;
  if ((responsible !== coach || endOf(path)) && !next) return undefined;
  const name = intake?.answers.name ?? contacts[0]?.name ?? next?.name;
  const reference = intake?.reference ?? next?.reference ?? contacts[0]?.reference;
  const of = intake ?? contacts[0];
  return {
    id,
    ...(name != null && { name }),
    ...(reference !== undefined && { reference }),
    language: client?.language ?? 'fi',
    ...(next && { next }),
    ...(of && { about: { collection: 'clients', partition: id, id: of.id } }),
    path,
  };
}

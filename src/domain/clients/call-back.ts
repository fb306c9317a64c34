import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import { notice, telling } from '../notices.ts';
import type { ClientAct } from './client.ts';
import type { ContactRequest } from './path.ts';

/**
 * Adds a number to a request whose person waited in the chat in vain: a coach calls them. The coaches hear of it once.
 * Throws `notFound` when the request is gone, `alreadyTaken` when somebody has taken it.
 */
export async function askToCall(
  { documents, client, now }: ClientAct,
  id: string,
  phone: string,
): Promise<ContactRequest> {
  const ref = { collection: 'clients', partition: client, id } as const;
  const request = await changeDocument<ContactRequest>(documents, ref, (current) => {
    if (current?.type !== 'contact') throw new PolkuError('notFound', 'the client has no such request');
    if (current.phone === phone) return undefined;
    if (current.handling.taken) throw new PolkuError('alreadyTaken', 'a coach has the request');
    const news = notice('coach', `${id}-phone-${now.toMillis()}`, now.toMillis(), { news: 'contact', by: 'client' });
    return telling({ ...current, phone, here: false }, news);
  });
  return request!;
}

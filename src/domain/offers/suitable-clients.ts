import { restOf } from '../clients/course.ts';
import { endOf } from '../clients/end-path.ts';
import type { Client, Intake } from '../clients/path.ts';
import type { Suggestion } from '../coaches/suggestion.ts';
import type { Document, Reading } from '../documents.ts';
import type { Text } from '../text.ts';
import type { Offer } from './offer.ts';
import { reasonsFor } from './suits.ts';

/** A coach's own client whom a place may suit, and why. */
export interface SuitableClient {
  id: string;
  name?: string;
  /** Of the newest intake. */
  reference: string;
  reasons: Text[];
}

/** Of so many clients on the coach's list at most the intakes are looked at. */
const mostRead = 200;

/**
 * The coach's own clients whom a place may suit by their newest intake, those with the strongest reasons first. Whoever has been
 * told of it is left out, and so is who is another coach's, rests from their path (at `now`, epoch milliseconds) or has ended it.
 */
export async function suitableClients(
  documents: Reading,
  coach: string,
  offer: Offer,
  now: number,
): Promise<SuitableClient[]> {
  const pointers = await documents.list<Document & { client: string }>('coaches', coach, 'client');
  const found = await Promise.all(
    pointers.slice(-mostRead).map(async ({ document: { client } }) => {
      const kept = (await documents.list('clients', client)).map(({ document }) => document);
      return suitable(client, kept, { coach, offer, now });
    }),
  );
  return found
    .flatMap((one) => (one ? [one] : []))
    .sort((one, other) => rank(one) - rank(other) || (one.reference < other.reference ? -1 : 1));
}

/** Who wants such work comes first, then who has done it, then who wants any; of equals, who has more reasons. */
function rank({ reasons }: SuitableClient): number {
  const order = ['offer.reasons.wantedWork', 'offer.reasons.lastWork', 'offer.reasons.topic'];
  const [first] = reasons;
  const key = typeof first === 'object' && 'key' in first ? String(first.key) : '';
  return order.indexOf(key) * 10 - reasons.length;
}

function suitable(
  id: string,
  kept: Document[],
  { coach, offer, now }: { coach: string; offer: Offer; now: number },
): SuitableClient | undefined {
  const client = kept.find(({ type }) => type === 'client') as Client | undefined;
  const intakes = kept.filter(({ type }) => type === 'intake') as Intake[];
  const newest = intakes.sort((a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt))[0];
  if (!client || !newest || (client.coach ?? newest.routing.coach) !== coach) return undefined;
  if (restOf(client, now) || endOf({ client, intakes })) return undefined;
  if (kept.some((one) => one.type === 'suggestion' && (one as Suggestion).place?.offer === offer.id)) return undefined;
  const reasons = reasonsFor(offer.place, newest.answers);
  if (reasons.length === 0) return undefined;
  const { name } = newest.answers;
  return { id, ...(name != null && { name }), reference: newest.reference, reasons };
}

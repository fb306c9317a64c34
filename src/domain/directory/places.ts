import type { DateTime } from 'luxon';
import { changeDocument } from '../change-document.ts';
import type { Document, DocumentRef, Documents, Reading } from '../documents.ts';
import type { Municipality } from '../municipalities/pack.ts';

/** How many places a partner has told to be left in a service; it holds for a while and then the pack's own figure returns. */
export interface PlacesTold extends Document {
  type: 'places';
  /** 0: full now. */
  left: number;
  at: string;
}

/** Days after which nobody knows whether it is still so. */
const toldDays = 60;
/** More places than this are a slip of the finger. */
export const mostPlaces = 999;

/** Each city's own, since one process may serve several. */
function partitionOf({ slug }: Pick<Municipality, 'slug'>): string {
  return `places-${slug}`;
}

function placesRef(municipality: Pick<Municipality, 'slug'>, service: string): DocumentRef {
  return { collection: 'clients', partition: partitionOf(municipality), id: service };
}

/** Keeps how many places are left in a service. */
export async function tellPlaces(
  { documents, municipality, now }: { documents: Documents; municipality: Municipality; now: DateTime },
  service: string,
  left: number,
): Promise<void> {
  const ref = placesRef(municipality, service);
  const { collection: _, ...place } = ref;
  const expiresAt = now.plus({ days: toldDays }).toMillis();
  await changeDocument<PlacesTold>(documents, ref, () => {
    return { ...place, type: 'places', schema: 1, left, at: now.toUTC().toISO()!, expiresAt };
  });
}

/** What was told of one service; undefined when nothing was, or too long ago. */
export async function placesTold(
  documents: Documents,
  municipality: Pick<Municipality, 'slug'>,
  service: string,
): Promise<PlacesTold | undefined> {
  return (await documents.get<PlacesTold>(placesRef(municipality, service)))?.document;
}

/** The pack with the places that partners have told, in place of those that were written into it. */
export async function withPlacesTold(documents: Reading, municipality: Municipality): Promise<Municipality> {
  const told = await documents.list<PlacesTold>('clients', partitionOf(municipality), 'places');
  if (told.length === 0) return municipality;
  const left = new Map(told.map(({ document }) => [document.id, document.left]));
  const services = municipality.services.map((service) => {
    const placesLeft = left.get(service.id) ?? service.placesLeft;
    return placesLeft === undefined ? service : { ...service, placesLeft };
  });
  return { ...municipality, services };
}

import type { Documents } from '../domain/documents.ts';
import type { Text } from '../domain/text.ts';
import { missedText } from '../notify/missed.ts';
import { linkOf } from './coach-link.ts';

/** What a coach's list says when Teams did not bring them everything: nothing as long as it does. */
export async function reachNote(documents: Documents, coach: string): Promise<Text[]> {
  const link = await linkOf(documents, coach);
  return [
    ...(link?.missed ? [missedText(link.missed)] : []),
    ...(link?.unreachable === undefined ? [] : [{ key: 'staff.unreachable' }]),
  ];
}

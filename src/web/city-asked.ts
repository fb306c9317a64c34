import type { IncomingMessage } from 'node:http';
import type { Municipality } from '../domain/municipalities/pack.ts';

/** The city that the address of a page names (`?municipality=`); undefined when it names none. */
export function cityNamed({ url = '' }: Pick<IncomingMessage, 'url'>): string | undefined {
  const query = url.split('?')[1];
  return (query && new URLSearchParams(query).get('municipality')) || undefined;
}

/** The city that a page is of: the one that its address names, or the only one; undefined when that cannot be told. */
export function cityAsked(
  municipalities: readonly Municipality[],
  request: Pick<IncomingMessage, 'url'>,
): Municipality | undefined {
  const named = cityNamed(request);
  if (named !== undefined) return municipalities.find(({ slug }) => slug === named);
  return municipalities.length === 1 ? municipalities[0] : undefined;
}

import { madeId } from '../domain/made-id.ts';

/** A UUID (version 8) made of the parts: the same thing has the same id in every export and language. */
export function uuidOf(...parts: string[]): string {
  const hex = madeId('hsds', ...parts);
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

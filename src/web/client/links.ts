/** A piece of a text; `href` when it is an address that may be followed. */
export interface Piece {
  text: string;
  href?: string;
}

const looksLikeAddress = /https?:\/\/[^\s<>"'«»“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ]{4,17}\d/giu;
/** A sentence may end right after an address; its mark is no part of the address. */
const trailing = /[.,;:!?)\]}’”]+$/u;

function hrefOf(address: string): string {
  if (/^https?:/i.test(address)) return address;
  return address.includes('@') ? `mailto:${address}` : `tel:${address.replaceAll(' ', '')}`;
}

/**
 * Cuts a text into pieces and makes links of the addresses that the service itself knows (`known`, or pages of `own`
 * origin). Anything else that looks like an address stays text: it may have come from a person.
 */
export function linkPieces(text: string, known: ReadonlySet<string>, own: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(looksLikeAddress)) {
    const address = match[0].replace(trailing, '');
    const isKnown = known.has(address) || known.has(address.replace(/\/$/, '')) || address.startsWith(`${own}/`);
    if (!isKnown) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: address, href: hrefOf(address) });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

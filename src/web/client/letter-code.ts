/**
 * The code of a letter, when the page was opened by its QR code (`/chat#code=…`). It is taken out of the address, so that
 * a reload or a copied address does not hold it.
 */
export function takeCode(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? undefined;
  if (code) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

import type { Municipality, Service } from '../municipalities/pack.ts';

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** Everything of a service that a search looks at, in all languages. */
function wordsOf({ name, provider, summary, forWhom, id }: Service): string {
  return fold([id, provider, ...[name, summary, forWhom].flatMap((text) => Object.values(text))].join(' '));
}

/** Services whose texts, in any language, hold each word of a search; those named by it come first. */
export function searchServices({ services }: Municipality, search: string, limit: number): Service[] {
  const wanted = fold(search).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const found = services.filter((service) => {
    const words = wordsOf(service);
    return wanted.every((word) => words.includes(word));
  });
  const isNamed = ({ name }: Service) => wanted.every((word) => fold(Object.values(name).join(' ')).includes(word));
  return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))].slice(0, limit);
}

/** Makes two ways of writing the same words equal: case, å/ä/ö, punctuation and spaces do not matter. */
export function fold(text: string): string {
  return ours.test(text) ? foldOurs(text) : foldAny(text);
}

/** Letters of Finnish, Swedish and English, as nearly all that is folded: twice as fast, many times in a turn. */
const ours = /^[\n\x20-\x7eåäöÅÄÖ]*$/;
const [a, z, nine, zero] = [97, 122, 57, 48];

function foldOurs(text: string): string {
  const small = text.toLowerCase();
  let folded = '';
  let isApart = false;
  for (let i = 0; i < small.length; i++) {
    const code = plainCode(small.charCodeAt(i));
    if ((code >= a && code <= z) || (code >= zero && code <= nine)) {
      if (isApart && folded !== '') folded += ' ';
      folded += String.fromCharCode(code);
      isApart = false;
    } else isApart = true;
  }
  return folded;
}

function plainCode(code: number): number {
  if (code === 0xe4 || code === 0xe5) return a;
  return code === 0xf6 ? 111 : code;
}

function foldAny(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

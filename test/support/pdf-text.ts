import { inflateSync } from 'node:zlib';

/** The lines of text on each page of a PDF with embedded fonts, as a reader program would copy them. */
export function pdfText(bytes: Buffer): string[] {
  const objects = new Map<string, string>();
  for (const [, number, body] of bytes.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    objects.set(number!, body!);
  }
  const at = (body: string, name: string) => objects.get(new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1] ?? '') ?? '';
  const pages = [...objects.values()].filter((body) => body.includes('/Type /Page\n'));
  return pages.map((page) => {
    const fonts = new Map<string, string[]>();
    for (const [, name, number] of at(page, 'Resources').matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      fonts.set(name!, lettersOf(stream(at(objects.get(number!)!, 'ToUnicode'))));
    }
    const shown = [...stream(at(page, 'Contents')).matchAll(/\/(F\d+) [\d.]+ Tf\s*\[([^\]]*)\] TJ/g)];
    return shown.map(([, font, glyphs]) => decode(glyphs!, fonts.get(font!)!)).join('\n');
  });
}

function stream(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length;
  return inflateSync(Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')).toString('latin1');
}

/** What each glyph of a font stands for; one that stands for nothing is a box on paper. */
function lettersOf(map: string): string[] {
  const rows = [...map.matchAll(/<[0-9a-f]{4}> <[0-9a-f]{4}> \[([^\]]*)\]/g)].map(([, row]) => row).join(' ');
  return [...rows.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex]) => {
    const letters = Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
    return letters === '\0' ? '□' : letters;
  });
}

function decode(glyphs: string, letters: string[]): string {
  const hex = [...glyphs.matchAll(/<([0-9a-f]*)>/g)].map(([, piece]) => piece).join('');
  return (hex.match(/.{4}/g) ?? []).map((code) => letters[Number.parseInt(code, 16)] ?? '□').join('');
}

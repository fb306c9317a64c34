import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { drawLetter, fonts } from './draw-letter.ts';
import { type LetterParts, languagesOfLetter, letterPage } from './letter-text.ts';
import type { TransferredClient } from './transferred-clients.ts';

/** A letter to be printed. */
export interface LetterToPrint {
  client: TransferredClient;
  code: string;
}

/**
 * Writes the letters to PDF files in the folder, one file for each choice of languages, since a letter in two languages
 * has two pages. A file is there whole or not at all, for its owner alone. Returns the files with their letters' count.
 */
export async function printLetters(
  parts: LetterParts,
  letters: LetterToPrint[],
  folder: string,
): Promise<{ file: string; count: number }[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const byLanguages = Map.groupBy(letters, ({ client }) => languagesOfLetter(client).join('-'));
  const printed: { file: string; count: number }[] = [];
  for (const [languages, some] of [...byLanguages].sort()) {
    const file = join(folder, `letters-${languages}.pdf`);
    await print(parts, some, file);
    printed.push({ file, count: some.length });
  }
  return printed;
}

async function print(parts: LetterParts, letters: LetterToPrint[], file: string): Promise<void> {
  const [first] = letters;
  const lang = languagesOfLetter(first!.client)[0]!;
  const title = parts.t.say({ key: 'letter.page.title' }, lang);
  const doc = new PDFDocument({ autoFirstPage: false, lang, displayTitle: true, info: { Title: title } });
  const out = createWriteStream(`${file}.new`, { mode: 0o600 });
  doc.pipe(out);
  for (const [name, path] of Object.entries(fonts)) doc.registerFont(name, path);
  for (const { client, code } of letters) {
    for (const language of languagesOfLetter(client)) drawLetter(doc, letterPage(parts, client, code, language));
    // Thousands of pages go out as they are made.
    if (out.writableNeedDrain) await once(out, 'drain');
  }
  doc.end();
  await finished(out);
  renameSync(`${file}.new`, file);
}

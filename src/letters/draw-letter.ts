import { fileURLToPath } from 'node:url';
import encodeQR from 'qr';
import type { LetterPage } from './letter-text.ts';

/** Points; A4 is 595 × 842. */
const page = { left: 62, right: 62, top: 48, receiver: 128, title: 232, width: 471 };
const qrSize = 132;
const black = '#000000';

const font = (style: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/open-sans/${style}.ttf`));
/** Files of the fonts, which show all letters of the names in Finland and go into the letter. */
export const fonts = {
  text: font('400Regular/OpenSans_400Regular'),
  bold: font('700Bold/OpenSans_700Bold'),
};

/** The squares of a QR code, `true` for a dark one, in rows from the top. */
export function qrSquares(text: string): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
}

/** Draws a page of a letter; the receiver stands where the window of an envelope is. */
export function drawLetter(doc: PDFKit.PDFDocument, letter: LetterPage): void {
  const { left, width } = page;
  doc.addPage({ size: 'A4', margin: 0 });
  doc.fillColor(black).font('bold').fontSize(11).text(letter.sender[0]!, left, page.top);
  doc.font('text').fontSize(9);
  for (const line of letter.sender.slice(1)) doc.text(line);
  doc.fontSize(10).text(letter.date, left, page.top, { width, align: 'right' });
  doc.fontSize(11).text(letter.receiver.join('\n'), left, page.receiver);

  doc.font('bold').fontSize(18).text(letter.title, left, page.title, { width });
  doc.font('text').fontSize(11);
  for (const paragraph of letter.before) doc.moveDown(0.6).text(paragraph, { width });

  doc.moveDown(1).font('bold').fontSize(13).text(letter.howTo, { width });
  const top = doc.y + 10;
  drawSquares(doc, qrSquares(letter.link), left, top);
  const [beside, narrow] = [left + qrSize + 24, width - qrSize - 24];
  doc.font('text').fontSize(11).text(letter.scan, beside, top, { width: narrow });
  doc.moveDown(0.8).text(letter.type, { width: narrow });
  doc.moveDown(0.5).font('bold').fontSize(18).text(letter.code, { width: narrow });

  doc
    .font('text')
    .fontSize(11)
    .text('', left, Math.max(doc.y, top + qrSize) + 12);
  for (const paragraph of letter.after) doc.moveDown(0.5).text(paragraph, { width });
}

function drawSquares(doc: PDFKit.PDFDocument, squares: boolean[][], left: number, top: number): void {
  const side = qrSize / squares.length;
  squares.forEach((row, down) => {
    row.forEach((isDark, right) => {
      if (isDark) doc.rect(left + right * side, top + down * side, side, side);
    });
  });
  doc.fill(black);
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import readQr from 'jsqr';
import { letterCode } from '../../src/domain/clients/letter-code.ts';
import { qrSquares } from '../../src/letters/draw-letter.ts';
import { letterPage } from '../../src/letters/letter-text.ts';
import { type LetterToPrint, printLetters } from '../../src/letters/print-letters.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { pdfText } from '../support/pdf-text.ts';

const parts = {
  municipality: porvoo,
  t: texts,
  url: 'https://chat.city.example',
  today: '2026-11-23',
  until: '2027-11-23',
};

function letter(language: string, name: string, coach?: string): LetterToPrint {
  const client = { line: 2, number: name, language, name, address: ['Mallikatu 1', '06100 Porvoo'] };
  return { client: { ...client, ...(coach && { coach }) }, code: letterCode(Buffer.alloc(32), name) };
}

/** Reads the squares as a phone's camera would see them, through a program of somebody else. */
function seen(squares: boolean[][]): string | undefined {
  const [scale, quiet] = [4, 4];
  const side = (squares.length + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isDark = squares[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet];
      if (isDark) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  // The types call the function the module's default of the default.
  const read = readQr as unknown as typeof readQr.default;
  return read(pixels, side, side)?.data;
}

describe('The letters to transferred clients', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'letters-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  async function printed(...letters: LetterToPrint[]): Promise<Record<string, string[]>> {
    const files = await printLetters(parts, letters, dir);
    return Object.fromEntries(files.map(({ file }) => [file.slice(dir.length + 1), pdfText(readFileSync(file))]));
  }

  it('are a file a language, in Finnish and English for those who speak neither Finnish nor Swedish', async () => {
    const pages = await printed(letter('fi', 'A'), letter('sv', 'B'), letter('ru', 'C'), letter('fi', 'D'));
    expect(Object.keys(pages)).to.deep.equal(['letters-fi.pdf', 'letters-fi-en.pdf', 'letters-sv.pdf']);
    expect(pages['letters-fi.pdf']!.map((page) => /^[AD]$/m.exec(page)?.[0])).to.deep.equal(['A', 'D']);
    const [finnish, english] = pages['letters-fi-en.pdf']!;
    expect(finnish).to.include('Tervetuloa asiakkaaksi');
    expect(english).to.include('Welcome to us');
    expect(pages['letters-sv.pdf']![0]).to.include('Välkommen som klient');
  });

  it('show every letter of names as people in Finland have them', async () => {
    const name = 'Åke Äijälä-Öhman Đorđević Šarūnas Nguyễn Čáhppes Ŋŧž Łukasz Иванова Παπά';
    const { 'letters-fi.pdf': [page] = [] } = await printed(letter('fi', name));
    expect(page).to.include(name).and.not.include('□');
  });

  it('tell whom they are from and for, the coach, the code, its last day and how a person is reached', async () => {
    const one = letter('sv', 'Örjan Öhman', 'linnea-strandkulla');
    const { 'letters-sv.pdf': [page] = [] } = await printed(one);
    for (const told of [
      'Borgå stads sysselsättningstjänster',
      '06100 Borgå',
      '23 november 2026',
      'Örjan Öhman',
      'Linnea Strandkulla',
      one.code,
      'chat.city.example/chat',
      '23 november 2027',
      porvoo.contact.phone,
      'inget beslut',
    ]) {
      expect(page!.replaceAll('\n', ' ')).to.include(told);
    }
  });

  it('fit on one page in every language, with the longest name and address that the table takes', async () => {
    const long = 'Ä'.repeat(60);
    const client = { ...letter('fi', long).client, address: [long, long, long], coach: porvoo.coaches[0]!.id };
    for (const language of ['fi', 'sv', 'ru']) {
      const pages = Object.values(
        await printed({ client: { ...client, language }, code: letterCode(Buffer.alloc(32), 'x') }),
      );
      expect(pages.flat()).to.have.length(language === 'ru' ? 2 : 1);
      for (const page of pages.flat()) expect(page).to.include(porvoo.contact.privacyNotice);
    }
  });

  it('hold a QR code that leads to the chat in the language of the page, with the code out of sight of servers', () => {
    for (const language of ['fi', 'sv', 'en']) {
      const { link } = letterPage(parts, letter('fi', 'A').client, '2B3C-4D5F-6G7H-8J9K', language);
      expect(seen(qrSquares(link))).to.equal(link);
      const { origin, pathname, searchParams, hash } = new URL(link);
      expect([origin, pathname, searchParams.get('lang')]).to.deep.equal([parts.url, '/chat', language]);
      expect(hash).to.equal('#code=2B3C-4D5F-6G7H-8J9K');
    }
  });

  it('are for their owner alone, and leave nothing half-written', async () => {
    await printed(letter('fi', 'A'));
    expect(statSync(join(dir, 'letters-fi.pdf')).mode & 0o777).to.equal(0o600);
    expect(readdirSync(dir)).to.deep.equal(['letters-fi.pdf']);
  });
});

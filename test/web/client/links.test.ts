import { expect } from 'chai';
import fc from 'fast-check';
import { linkPieces } from '../../../src/web/client/links.ts';

const known = new Set(['https://www.kela.fi', 'https://city.example/jobs?a=1', 'jobs@city.example', '019 520 2211']);
const own = 'https://chat.city.example';
const links = (text: string) =>
  linkPieces(text, known, own).flatMap(({ text: shown, href }) => (href ? [`${shown} → ${href}`] : []));

describe('Links in a message', () => {
  it('are made of addresses that the service knows, and show them whole', () => {
    expect(links('Read https://www.kela.fi/, or (https://city.example/jobs?a=1).')).to.deep.equal([
      'https://www.kela.fi/ → https://www.kela.fi/',
      'https://city.example/jobs?a=1 → https://city.example/jobs?a=1',
    ]);
    expect(links('Call 019 520 2211 or write to jobs@city.example.')).to.deep.equal([
      '019 520 2211 → tel:0195202211',
      'jobs@city.example → mailto:jobs@city.example',
    ]);
    expect(links('Open https://chat.city.example/r/abc now')).to.have.length(1);
  });

  it('are never made of an address that came from a person', () => {
    const texts = [
      'You told: https://evil.example/',
      'https://www.kela.fi.evil.example/',
      'https://www.kela.fi@evil.example/',
      'https://www.kela.fi/login',
      'http://www.kela.fi',
      'https://chat.city.example.evil.example/x',
      'javascript:alert(1) data:text/html,x',
      'call 0700 123 123, mail me@evil.example',
    ];
    for (const text of texts) expect(links(text), text).to.deep.equal([]);
  });

  it('change nothing of the text', () => {
    const word = fc.constantFrom(...known, 'https://evil.example', ' ', '. ', '(', ')', '\n', '019 520', '@', 'å');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 12 }), (words) => {
        const text = words.join('');
        const pieces = linkPieces(text, known, own);
        expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
        for (const { href } of pieces) if (href) expect(href).to.match(/^(https?:|mailto:|tel:)/);
      }),
    );
  });
});

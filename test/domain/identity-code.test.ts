import { expect } from 'chai';
import fc from 'fast-check';
import { maskIdentityCodes } from '../../src/domain/identity-code.ts';
import { harmlessText, messageWithCode } from '../support/identity-codes.ts';

const mask = '******-****';
const seed = Number(process.env.SEED ?? 20_260_301);

describe('An identity code in words of a person', () => {
  it('is masked however it is disguised, and the words around it stay', function () {
    this.timeout(120_000);
    const numRuns = 50_000;
    let masked = 0;
    fc.assert(
      fc.property(messageWithCode, ({ before, code, behind }) => {
        const { text, masked: told } = maskIdentityCodes(before + code + behind);
        const left = text.replace(mask, '');
        expect(told).to.equal(true);
        expect(text).to.include(mask);
        // Nothing of the code is left, neither of the birth date nor of the last four, but perhaps what cannot be seen.
        expect(left.slice(before.length, left.length - behind.length)).to.match(/^[\p{Cf}\p{Mn}\p{Me}\p{Cc}]*$/u);
        expect(text.startsWith(before) && text.endsWith(behind)).to.equal(true);
        masked++;
      }),
      { numRuns, seed },
    );
    console.log(`P1 ${masked}/${numRuns} disguised identity codes masked (seed ${seed})`);
  });

  it('is not seen in phone numbers, dates, accounts and invoices', function () {
    this.timeout(120_000);
    const texts = fc.sample(harmlessText, { numRuns: 50_000, seed });
    const alarms = texts.filter((text) => maskIdentityCodes(text).masked);
    console.log(`P1 ${alarms.length} false alarms in ${texts.length} harmless strings (seed ${seed})`);
    expect(alarms.length, alarms.slice(0, 5).join(' | ')).to.be.at.most(texts.length / 10_000);
  });

  it('is masked by its shape alone, even with a typing error', () => {
    for (const code of ['131052-3080', '131052 - 308t', '131052a9990', '010100+002T']) {
      expect(maskIdentityCodes(`hetu ${code}, kiitos`)).to.deep.equal({ text: `hetu ${mask}, kiitos`, masked: true });
    }
  });

  it('needs a day and a month that exist', () => {
    for (const text of ['321052-308T', '001052-308T', '131352-308T', '130052-308T']) {
      expect(maskIdentityCodes(text)).to.deep.equal({ text, masked: false });
    }
  });

  it('is masked each time it is written, and the mask itself is left alone', () => {
    const { text } = maskIdentityCodes('131052-308T/131052-308T, 131052-308T131052-308T');
    expect(text).to.equal(`${mask}/${mask}, ${mask}${mask}`);
    expect(maskIdentityCodes(text)).to.deep.equal({ text, masked: false });
  });

  it('leaves any other text exactly as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const result = maskIdentityCodes(text);
        if (!result.masked) expect(result.text).to.equal(text);
      }),
    );
  });
});

import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { barriers, type IntakeAnswers, strengths } from '../../src/domain/clients/intake.ts';
import { intakeBody } from '../../src/teams/cards/intake.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { cases, porvoo, texts } from '../support/coach-office.ts';
import { lieksa, wordsOf } from '../support/path-scene.ts';

const reader = (language: string, city = lieksa) =>
  readerFor({ ...city.coaches[0]!, language }, texts, city, Date.parse('2026-11-23T10:00:00+02:00'));

/** The card of an intake as a coach who reads in the language sees it. */
function body(answers: Partial<IntakeAnswers>, language = 'fi', city = lieksa) {
  return intakeBody(cases.intake('x', { answers }), reader(language, city)).body;
}

const told: fc.Arbitrary<Partial<IntakeAnswers>> = fc.record(
  {
    workAbilityConsent: fc.boolean(),
    workAbility: fc.option(fc.nat(10)),
    helps: fc.option(fc.uniqueArray(fc.constantFrom(...strengths), { minLength: 1 })),
    hinders: fc.option(fc.uniqueArray(fc.constantFrom(...barriers), { minLength: 1 })),
  },
  { requiredKeys: [] },
);
const groupOf = (score: number) => (score <= 5 ? 'poor' : score <= 7 ? 'moderate' : 'good');

for (const language of texts.languages) {
  const say = (key: string) => texts.say({ key }, language);

  describe(`The self-assessment in Lieksa and Juuka, as a picture for the coach (${language})`, () => {
    it('shows how well the client says they can work, with consent only, and always in words as well', () => {
      fc.assert(
        fc.property(told, (answers) => {
          const blocks = body(answers, language);
          const { workAbilityConsent, workAbility } = answers;
          const pictures = blocks.filter((block) => block.type === 'Image');
          const isShown = workAbilityConsent === true && typeof workAbility === 'number';
          expect(pictures).to.have.length(isShown ? 1 : 0);
          const words = wordsOf(blocks).join('\n');
          if (workAbilityConsent !== true) expect(words).not.to.match(/\d+\/10/);
          if (!isShown) return;
          const group = say(`cards.self.groups.${groupOf(workAbility)}`);
          expect(pictures[0]!.altText).to.include(`${workAbility}/10, ${group}`);
          expect(words.split(`${workAbility}/10, ${group}`), 'in the alternative and beside it').to.have.length(3);
        }),
      );
    });

    it('shows what helps beside what hinders, everything that was told and nothing else, and that it decides nothing', () => {
      fc.assert(
        fc.property(told, (answers) => {
          const words = wordsOf(body(answers, language));
          const { helps, hinders } = answers;
          const hasPicture = helps !== undefined || hinders !== undefined;
          for (const one of helps ?? [])
            if (one !== 'none') expect(words).to.include(`+ ${say(`answers.helps.${one}`)}`);
          for (const one of hinders ?? []) if (one !== 'none') expect(words).to.include(`– ${hinderText(one)}`);
          const signs = words.filter((line) => /^[+–] /.test(line)).length;
          const count = (all: readonly string[] | null | undefined) =>
            (all ?? []).filter((one) => one !== 'none').length;
          expect(signs).to.equal(count(helps) + count(hinders));
          if (hasPicture) expect(words).to.include(say('cards.self.noDecision'));
        }),
      );
    });
  });

  function hinderText(one: string): string {
    const own = `answers.hinders.${one}`;
    return say(texts.has(own) ? own : `directory.needs.${one}`);
  }
}

describe('The picture of a self-assessment', () => {
  it('is a row of ten squares, so many of them full as there are points', () => {
    for (let score = 0; score <= 10; score++) {
      const [image] = body({ workAbilityConsent: true, workAbility: score }).filter(({ type }) => type === 'Image');
      const { url, width } = image as { url: string; width: string };
      expect(url.length, 'small enough for a card').to.be.below(1500);
      const rows = pixelsOf(Buffer.from(url.split(',')[1]!, 'base64'));
      expect(`${rows[0]!.length}px`).to.equal(width);
      const middle = rows[Math.floor(rows.length / 2)]!;
      const full = Array.from({ length: 10 }, (_, i) => middle[i * 26 + 11]![3] === 255);
      expect(full.filter(Boolean)).to.have.length(score);
      expect(full.slice(0, score).every(Boolean)).to.equal(true);
    }
  });

  it('is made where the city wants it; elsewhere the same is told in lines', () => {
    const answers = { workAbilityConsent: true, workAbility: 6, helps: ['digital' as const], hinders: null };
    expect(porvoo.selfPicture).to.equal(undefined);
    const lines = wordsOf(body(answers, 'fi', porvoo));
    expect(body(answers, 'fi', porvoo).some(({ type }) => type === 'Image')).to.equal(false);
    expect(lines.join('\n')).to.include('Työkyky, oma arvio 0–10: 6');
  });
});

/** Red, green, blue and alpha of each pixel of a PNG of ours, row by row. */
function pixelsOf(png: Buffer): number[][][] {
  const width = png.readUInt32BE(16);
  const data = inflateSync(png.subarray(png.indexOf('IDAT') + 4));
  const rows = data.length / (width * 4 + 1);
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: width }, (_, x) => [...data.subarray(y * (width * 4 + 1) + 1 + x * 4).subarray(0, 4)]),
  );
}

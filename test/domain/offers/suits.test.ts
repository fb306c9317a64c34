import { expect } from 'chai';
import fc from 'fast-check';
import { barriers, type IntakeAnswers, intakeTopics, tongues } from '../../../src/domain/clients/intake.ts';
import { fields, type OfferedPlace, placeKinds, workLanguages } from '../../../src/domain/offers/offer.ts';
import { reasonsFor } from '../../../src/domain/offers/suits.ts';
import { texts } from '../../support/conversation.ts';
import { anOffer } from '../../support/offers.ts';

const place = (more: Partial<OfferedPlace> = {}): OfferedPlace => ({ ...anOffer.place, ...more });
const keys = (given: OfferedPlace, answers: Partial<IntakeAnswers>) =>
  reasonsFor(given, answers).map((one) => (one as { key: string }).key.slice('offer.reasons.'.length));

/** What people say they want, and the field of a place that it names. */
const wishes: [string, OfferedPlace['field']][] = [
  ['Puutarhatyötä lähellä kotia', 'nature'],
  ['kaupan kassalla', 'sales'],
  ['Lähihoitaja, vanhusten kanssa', 'care'],
  ['Siivoojana', 'cleaning'],
  ['Arbete med växter', 'nature'],
  ['jag vill köra lastbil, är chaufför', 'transport'],
  ['Work in a kitchen', 'restaurant'],
  ['I am a nurse', 'care'],
  ['welding', 'industry'],
];

describe('The clients whom a place may suit', () => {
  it('are those who want such work, in whichever of our languages they say so', () => {
    for (const [wantedWork, field] of wishes) {
      expect(keys(place({ field, what: 'x' }), { wantedWork }), wantedWork).to.deep.equal(['wantedWork']);
    }
    expect(keys(place({ field: 'care', what: 'x' }), { wantedWork: 'a career in offices' })).to.deep.equal([]);
    expect(keys(place({ field: 'care', what: 'x' }), { wantedWork: 'at a plant nursery' })).to.deep.equal([]);
  });

  it('are those whose words the description shares, and those who have done such work', () => {
    const given = place({ field: 'other', what: 'Kynttilöiden valaminen' });
    expect(keys(given, { wantedWork: 'kynttilänvalaja' })).to.deep.equal(['wantedWork']);
    expect(keys(given, { lastWork: 'kynttilätehtaalla' })).to.deep.equal(['lastWork']);
  });

  it('are those who want any work, with what they wish where it was not recognised', () => {
    expect(keys(place({ kind: 'job' }), { topic: 'findWork' })).to.deep.equal(['topic']);
    expect(keys(place({ kind: 'job' }), { topic: 'findWork', wantedWork: 'unknown' })).to.deep.equal(['topic']);
    const wishes = { topic: 'findWork', wantedWork: 'mikä vain käy' } as const;
    expect(keys(place({ kind: 'job' }), wishes)).to.deep.equal(['topic', 'wish']);
    expect(keys(place({ kind: 'training' }), { topic: 'findWork' })).to.deep.equal([]);
  });

  it('are not those who have told their languages and manage with none of them there', () => {
    const wantedWork = 'puutarha';
    const finnish = place({ languages: ['fi'] });
    expect(keys(finnish, { wantedWork, motherTongue: 'ar', languages: ['ar'] })).to.deep.equal([]);
    expect(keys(finnish, { wantedWork, motherTongue: 'ar', languages: ['ar', 'fi'] })).to.include('language');
    expect(keys(finnish, { wantedWork })).to.deep.equal(['wantedWork']);
    expect(keys(place({ languages: ['none'] }), { wantedWork, motherTongue: 'so' })).to.deep.equal(['wantedWork']);
  });

  it('are found by the work they want and their languages alone: never by health, benefits or hindrances', () => {
    const words = fc.constantFrom('puutarha', 'kassa', 'nurse', 'unknown', null);
    const told = fc.record({
      wantedWork: words,
      lastWork: fc.constantFrom('puutarha', null),
      topic: fc.constantFrom(...intakeTopics, 'unknown' as const),
      motherTongue: fc.constantFrom(...tongues, null),
    });
    const otherwise = fc.record({
      hinders: fc.array(fc.constantFrom(...barriers), { minLength: 1 }),
      workAbilityConsent: fc.boolean(),
      workAbility: fc.integer({ min: 0, max: 10 }),
      benefits: fc.constantFrom('labourMarketSubsidy' as const, 'none' as const),
      ageGroup: fc.constantFrom('18to24' as const, '55plus' as const),
      name: fc.string({ minLength: 1 }),
    });
    const given = fc.record({
      kind: fc.constantFrom(...placeKinds),
      field: fc.constantFrom(...fields),
      languages: fc.subarray([...workLanguages], { minLength: 1 }),
    });
    fc.assert(
      fc.property(told, otherwise, given, (answers, more, what) => {
        const offered = place(what);
        const reasons = reasonsFor(offered, answers);
        expect(reasonsFor(offered, { ...answers, ...more })).to.deep.equal(reasons);
        for (const language of texts.languages) {
          for (const reason of reasons)
            expect(texts.say(reason, language))
              .to.match(/\S/)
              .and.not.match(/\{\{|offer\./);
        }
      }),
      { numRuns: 300 },
    );
  });
});

import { expect } from 'chai';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { caseCard } from '../../src/teams/cards/render.ts';
import { caseIn } from '../../src/teams/cases.ts';
import { about, aino, cases, linesOf, linnea, monday, porvoo, samira, texts } from '../support/coach-office.ts';

const at = '2026-11-23T07:00:00.000Z';
const readers = [aino, linnea, samira].map((id) =>
  readerFor(porvoo.coaches.find((coach) => coach.id === id)!, texts, porvoo, Date.parse(monday)),
);

function cardOf(referral: Referral, reader = readers[0]!) {
  const found = caseIn(referral, about(referral))!;
  const { card, open } = caseCard(found, about(referral), reader);
  return { lines: linesOf(card).join('\n'), open, card };
}

describe('A coach’s card of a referral', () => {
  it('tells what the partner answered: the day, the reason, and own words with their language', () => {
    for (const reader of readers) {
      const step = {
        state: 'declined',
        at,
        by: 'partner',
        reason: 'sessionFull',
        words: 'Kurs full',
        wordsIn: 'sv',
      } as const;
      const { lines } = cardOf(cases.referral('x', { state: 'declined', history: [step] }), reader);
      expect(lines)
        .to.include(texts.say({ key: 'reasons.sessionFull' }, reader.language))
        .and.include('Kurs full');
      expect(lines).to.include(texts.say({ key: 'answers.writtenIn.sv' }, reader.language));
    }
  });

  it('is a task when nobody answered, the two disagree or neither has said, until a coach has done it', () => {
    for (const task of ['noAnswer', 'disagree', 'silent'] as const) {
      for (const reader of readers) {
        const referral = cases.referral('x', { state: 'expired', task, coach: reader.coach.id });
        const { lines, open } = cardOf(referral, reader);
        expect(lines).to.include(texts.say({ key: `partner.card.task.${task}` }, reader.language));
        expect(open).to.equal(true);
        const done = { ...referral, handling: { done: { by: aino, at } } };
        expect(cardOf(done, reader).open).to.equal(false);
      }
    }
    expect(cardOf(cases.referral('x', { state: 'accepted', coach: aino })).open).to.equal(false);
  });

  it('tells what the client says of it', () => {
    const outcome = { answer: 'no' as const, at };
    const { lines } = cardOf(cases.referral('x', { state: 'accepted', outcome, task: 'disagree' }));
    expect(lines).to.include('Asiakas kertoo: ei päässyt palveluun');
  });
});

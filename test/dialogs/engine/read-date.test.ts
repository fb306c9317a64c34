import { expect } from 'chai';
import { DateTime } from 'luxon';
import { readDate } from '../../../dialogs/engine/read-date.ts';
import { texts } from '../../support/conversation.ts';

const now = DateTime.fromISO('2026-11-23T10:00', { zone: 'Europe/Helsinki' });
const past = (text: string) => readDate(text, texts, now, 'past');

describe('A date of the past', () => {
  it('may be a month with its year, when the day is not remembered', () => {
    for (const text of [
      '8/2024',
      '8.2024',
      '08 / 2024',
      'elokuu 2024',
      'elokuussa 2024',
      'augusti 2024',
      'August 2024',
    ]) {
      expect(past(text), text).to.equal('2024-08-01');
    }
  });

  it('is no month that there is not, and no month without its year', () => {
    for (const text of ['13/2024', '0/2024', 'elokuussa', '2024', 'augusti'])
      expect(past(text), text).to.equal(undefined);
  });

  it('is still the whole day when the day is told', () => {
    expect(past('5. elokuuta 2024')).to.equal('2024-08-05');
    expect(past('5.8.2024')).to.equal('2024-08-05');
    expect(past('1.12.')).to.equal('2025-12-01');
  });

  it('is never a guess when a time to come is meant', () => {
    expect(readDate('12/2026', texts, now, 'future')).to.equal(undefined);
    expect(readDate('joulukuussa 2026', texts, now, 'future')).to.equal(undefined);
  });
});

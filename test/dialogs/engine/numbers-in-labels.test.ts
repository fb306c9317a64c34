import { expect } from 'chai';
import { DateTime } from 'luxon';
import { readOption } from '../../../dialogs/engine/read-answer.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';

const zone = 'Europe/Helsinki';
const t = createTranslator('locales', zone);
const now = DateTime.fromISO('2026-01-12T09:00', { zone });

describe('Numbers in an answer', () => {
  const offered = { value: 'told', label: '0401234567' };
  const time = { value: 'slot', label: 'tiistaina 13.1. klo 10.30', at: '2026-01-13T10:30:00+02:00' };
  const read = (text: string) => readOption(text, [offered, time], t, now)?.value;

  it('are never taken for other numbers that look alike', () => {
    for (const other of ['0401234568', '040123456', '0401', '04012345678', '040 123 4568']) {
      expect(read(other), other).to.equal(undefined);
    }
    for (const other of [
      'tiistaina 13.1. klo 10.00',
      'tiistaina 14.1. klo 10.30',
      'klo 10.31',
      'tiistaina 13.1. klo 1',
    ]) {
      expect(read(other), other).to.equal(undefined);
    }
  });

  it('leave room for slips in the words beside them', () => {
    expect(read('0401234567')).to.equal('told');
    for (const same of ['tistaina 13.1. klo 10.30', 'tiistai 10.30', '13.1. klo 10.30', 'tiistaina', 'klo 10.30']) {
      expect(read(same), same).to.equal('slot');
    }
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readOption, readOptions, type ShownOption } from '../../../dialogs/engine/read-answer.ts';
import { readDate } from '../../../dialogs/engine/read-date.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';

const zone = 'Europe/Helsinki';
const t = createTranslator('locales', zone);
const now = DateTime.fromISO('2026-01-07T12:00', { zone });

const kinds: ShownOption[] = ['Toimistolla', 'Puhelimessa', 'Teamsissa', 'Kylällä'].map((label, value) => ({
  label,
  value: `kind-${value}`,
}));
const yesNo: ShownOption[] = [
  { label: 'Ja', value: true },
  { label: 'Nej', value: false },
  { label: 'Jag vet inte', value: 'unknown' },
  { label: 'Jag vill inte berätta', value: null },
];
const times: ShownOption[] = ['2026-01-12T09:00+02:00', '2026-01-12T10:30+02:00', '2026-01-13T10:30+02:00'].map(
  (at) => ({
    label: t.say({ at, as: 'moment' }, 'en'),
    value: at,
    at,
  }),
);
const scale: ShownOption[] = Array.from({ length: 11 }, (_, value) => ({ label: String(value), value }));

const read = (text: string, shown: ShownOption[]) => readOption(text, shown, t, now)?.value;

describe('An answer is read against the options that were shown', () => {
  const understood: [string, ShownOption[], unknown][] = [
    ['Puhelimessa', kinds, 'kind-1'],
    ['  puhelimessa! ', kinds, 'kind-1'],
    ['PUHELIMESSA 👍', kinds, 'kind-1'],
    ['2', kinds, 'kind-1'],
    ['2.', kinds, 'kind-1'],
    ['toinen', kinds, 'kind-1'],
    ['andra', kinds, 'kind-1'],
    ['second', kinds, 'kind-1'],
    ['viimeinen', kinds, 'kind-3'],
    ['kylalla', kinds, 'kind-3'],
    ['puhelimesa', kinds, 'kind-1'],
    ['puhelin', kinds, undefined],
    ['puhel', kinds, 'kind-1'],
    ['5', kinds, undefined],
    ['0', kinds, undefined],
    ['', kinds, undefined],
    ['😀', kinds, undefined],
    ['kyllä', yesNo, true],
    ['ja', yesNo, true],
    ['yes', yesNo, true],
    ['ei', yesNo, false],
    ['nej tack', yesNo, false],
    ['en tiedä', yesNo, 'unknown'],
    ['skip', yesNo, null],
    ['maanantai 10.30', times, '2026-01-12T10:30+02:00'],
    ['måndag kl. 10.30', times, '2026-01-12T10:30+02:00'],
    ['monday at 9', times, '2026-01-12T09:00+02:00'],
    ['tiistaina', times, '2026-01-13T10:30+02:00'],
    ['13.1.', times, '2026-01-13T10:30+02:00'],
    ['13.1. klo 10.30', times, '2026-01-13T10:30+02:00'],
    ['maanantai', times, undefined],
    ['10.30', times, undefined],
    ['9.00', times, '2026-01-12T09:00+02:00'],
    ['7', scale, 7],
    ['10', scale, 10],
    ['0', scale, 0],
    ['11', scale, undefined],
  ];
  for (const [said, shown, value] of understood) {
    it(`“${said}” is ${value === undefined ? 'asked again' : `“${value}”`} among ${shown[0]!.label}, ${shown[1]!.label} …`, () => {
      expect(read(said, shown)).to.equal(value);
    });
  }

  it('takes several at once, and none when one of them is not understood', () => {
    const values = (text: string) => readOptions(text, kinds, t, now)?.map(({ value }) => value);
    expect(values('1, 3 ja 4')).to.deep.equal(['kind-0', 'kind-2', 'kind-3']);
    expect(values('1 2')).to.deep.equal(['kind-0', 'kind-1']);
    expect(values('toimistolla och teamsissa')).to.deep.equal(['kind-0', 'kind-2']);
    expect(values('1, 9')).to.equal(undefined);
    expect(values('toimistolla, kaukana')).to.equal(undefined);
  });

  it('takes no number for the only button but its own', () => {
    const [only] = kinds;
    expect(readOption('1', [only!], t, now)).to.equal(only);
    for (const text of ['2', '0', '11', '-1', '1.5'])
      expect(readOption(text, [only!], t, now), text).to.equal(undefined);
  });

  it('gives only what was shown, whatever is said', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom(kinds, yesNo, times, scale),
        (text, shown) => {
          const option = readOption(text, shown, t, now);
          return option === undefined || shown.includes(option);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('A date is read as people write it', () => {
  const dates: [string, string | undefined][] = [
    ['5.1.2026', '2026-01-05'],
    ['05.01.2026', '2026-01-05'],
    ['5/1/2026', '2026-01-05'],
    ['2026-01-05', '2026-01-05'],
    ['5.1.', '2026-01-05'],
    ['24.12.', '2025-12-24'],
    ['5. tammikuuta 2026', '2026-01-05'],
    ['den 5 januari 2026', '2026-01-05'],
    ['5 January', '2026-01-05'],
    ['eilen', '2026-01-06'],
    ['i dag', '2026-01-07'],
    ['31.2.2026', undefined],
    ['45.1.2026', undefined],
    ['1.1.1890', '1890-01-01'],
    ['9'.repeat(480), undefined],
    ['huomenta', undefined],
  ];
  for (const [said, date] of dates) {
    it(`“${said.slice(0, 30)}” is ${date ?? 'no date'}`, () => expect(readDate(said, t, now, 'past')).to.equal(date));
  }
});

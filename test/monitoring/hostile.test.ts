import { expect } from 'chai';
import fc from 'fast-check';
import { reportCsv } from '../../src/monitoring/csv.ts';
import { reportPage } from '../../src/monitoring/page.ts';
import { makeGate, passLives } from '../../src/monitoring/pass.ts';
import { monitoringReader } from '../../src/monitoring/reader.ts';
import { makeReport } from '../../src/monitoring/report.ts';
import { cityOf } from '../support/cities.ts';
import { texts } from '../support/conversation.ts';
import { key } from '../support/monitored-town.ts';
import { amount, seed, tellRow } from '../support/row.ts';

const odd = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+SUM(A1)',
    '-2',
    '@x',
    '\t=1',
    ' =1',
    '＝1',
    '"',
    '";=1;"',
    '\r\n=1',
    '<script>alert(1)</script>',
    '&amp;',
  ),
  fc.string({ unit: 'grapheme' }),
);

describe('The monitoring page of a city that writes odd things', () => {
  it('shows them as text, and its table has no formula and keeps its lines', () => {
    const kouvola = cityOf('kouvola');
    const whole = { counts: { 'sent/service/odd': 12, 'accepted/service/odd': 9 }, days: {} };
    fc.assert(
      fc.property(odd, odd, (name, source) => {
        const written = [{ date: '2026-06-30', value: -3, source }];
        const localized = { fi: name, sv: name, en: name };
        const target = { id: 'odd', name: localized, unit: 'percent' as const, written };
        const process = [{ id: 'odd', name: localized, days: 2, cost: 5 }];
        const [first, ...rest] = kouvola.services;
        const services = [{ ...first!, id: 'odd', name: localized, process }, ...rest.slice(0, 2)];
        const reader = monitoringReader('fi', texts, { ...kouvola, services, monitoring: { targets: [target] } });
        const report = makeReport({ quarter: '2026-Q2', months: [], whole, today: '2026-11-23' }, reader);
        const csv = reportCsv(report, reader).slice(1);
        expect(csv).not.to.match(/(^|;|\n)"[\s\u00A0]*[=+\-@＝＋－＠]/);
        for (const line of csv.trimEnd().split('\r\n')) expect(line).to.match(/^("([^"]|"")*";){5}"([^"]|"")*"$/);
        const page = reportPage(report, '2026-Q4', '/monitoring/kouvola/x', reader);
        expect(page).not.to.include('<script').and.not.include('alert(1)<');
      }),
      { numRuns: amount(60, 5000), seed },
    );
  });
});

describe('A pass of the monitoring page', () => {
  it('opens for an hour, and nothing else does: no change of it, no other city, no other key', () => {
    let time = Date.parse('2026-11-23T10:00:00Z');
    const gate = makeGate(key, 'kemi', () => time);
    const good = gate.pass();
    let tried = 0;
    const not = (gate: ReturnType<typeof makeGate>, pass: string) => {
      tried++;
      expect(gate.opens(pass), pass).to.equal(false);
    };
    for (let at = 0; at < good.length; at++) {
      for (const sign of 'aZ0-_.=') if (sign !== good[at]) not(gate, good.slice(0, at) + sign + good.slice(at + 1));
      not(gate, good.slice(0, at));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => not(gate, text)),
      {
        numRuns: amount(2000, 100_000),
        seed,
      },
    );
    fc.assert(
      fc.property(fc.string({ minLength: 32 }), (other) =>
        not(
          makeGate(other, 'kemi', () => time),
          good,
        ),
      ),
    );
    not(
      makeGate(key, 'porvoo', () => time),
      good,
    );
    not(
      makeGate(undefined, 'kemi', () => time),
      good,
    );
    expect(gate.opens(good)).to.equal(true);
    time += passLives - 1;
    expect(gate.opens(good)).to.equal(true);
    time += 1;
    not(gate, good);
    tellRow(`Monitoring: ${tried} false passes, 0 opened`);
  });
});

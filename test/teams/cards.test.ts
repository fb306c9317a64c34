import { createRequire } from 'node:module';
import { expect } from 'chai';
import fc from 'fast-check';
import * as intake from '../../src/domain/clients/intake.ts';
import type { Document } from '../../src/domain/documents.ts';
import type { Plan } from '../../src/domain/plans/plan.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { dayCard } from '../../src/teams/cards/day.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { caseCard, elsewhereCard, erasedCard, goneCard } from '../../src/teams/cards/render.ts';
import { caseIn } from '../../src/teams/cases.ts';
import { about, aino, cases, dayOf, linesOf, linnea, monday, porvoo, samira, texts } from '../support/coach-office.ts';
import { offerCards } from '../support/offers.ts';

const AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');
const codesOf = {
  situation: intake.situations,
  ageGroup: intake.ageGroups,
  education: intake.educations,
  topic: intake.intakeTopics,
  helps: intake.strengths,
  hinders: intake.barriers,
  benefits: intake.benefits,
  contactWay: intake.contactWays,
  contactTime: intake.contactTimes,
};
const readers = [aino, linnea, samira].map((id) =>
  readerFor(porvoo.coaches.find((coach) => coach.id === id)!, texts, porvoo, Date.parse(monday)),
);

/** What Microsoft's own parser complains of. */
function complaints(card: Card): string[] {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  const failures = parsed.validateProperties().validationEvents ?? [];
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  // The parser checks `lang` with a stateful pattern, so that it refuses every other one, whatever it is.
  const known = events.filter((message) => !message.includes('for property "lang"'));
  return [...known, ...failures.map(({ message }: { message: string }) => message)];
}

/** A plan in each of its states, with the words wherever somebody writes them. */
function plans(words: string): [string, Document][] {
  const own = { text: words, language: 'sv' };
  const step = { id: 's1', what: 'own', who: 'client', by: '2026-12-01', words: own } as const;
  const service = { id: 's2', what: 'service', who: 'partner', service: words } as const;
  const goals = [{ id: 'g1', what: 'own' as const, words: own, steps: [step, service] }];
  const plan: Plan = {
    ...{ id: 'plan', partition: 'client-1', type: 'plan', schema: 1, coach: aino, language: 'en', name: words, goals },
    ...{ intake: { id: 'intake-1', reference: 'P-INTA-KE' }, version: 1, heard: [], createdAt: monday, handling: {} },
    comments: [{ id: 'c', words: own, at: monday, version: 1 }],
    shown: { version: 1, at: monday, goals },
  };
  const sent = { ...plan, shown: { ...plan.shown, by: aino, told: false } };
  const accepted = { ...sent, version: 2, accepted: { version: 1, at: monday } };
  return [
    ['plan', plan],
    ['plan sent', sent],
    ['plan accepted', accepted],
  ];
}

/** One of every card there is, with the words in every field that a person can fill. */
function everyCard(words: string, who = readers.slice(0, 1)): { name: string; card: Card }[] {
  const by = { by: linnea, at: '2026-11-23T08:00:00.000Z' };
  const slot = { coach: linnea, start: '2026-12-02T12:00:00+02:00', end: '2026-12-02T12:45:00+02:00', place: 'centre' };
  const given = { kind: 'mail' as const, payload: {}, attempts: 9, nextAt: 0, givenUp: monday };
  const withdrawal = { mail: 'withdrawal', service: 'ohjaamo', reference: 'P-ERAS-ED', at: monday };
  const suggestion = {
    ...{ id: 's', partition: 'client-1', type: 'suggestion', schema: 1, reference: 'P-SUGG-ES' },
    ...{ service: 'ohjaamo', coach: aino, needs: [], createdAt: monday, handling: {} },
  };
  const documents: [string, Document, string?][] = [
    ['intake', cases.intake(words)],
    ['intake to the team', cases.intake(words, { routing: { because: { key: 'routing.team' } } })],
    [
      'intake of an own client',
      cases.intake(words, { routing: { coach: aino, because: { key: 'intake.done.yourCoach' } } }),
    ],
    ['intake taken', cases.intake(words, { handling: { taken: by } })],
    ['intake done', cases.intake(words, { handling: { taken: by, done: by } })],
    ['contact', cases.contact(words)],
    ['contact not told', cases.contact(words, { outbox: [{ ...given, id: 'x', kind: 'chat' }] })],
    ['contact to call', cases.contact(words, { here: false })],
    ['intake given', cases.intake(words, { handling: { given: { ...by, to: aino } } })],
    ['intake handed back', cases.intake(words, { handling: { given: by } })],
    ['intake closed', cases.intake(words, { handling: { taken: by, done: { ...by, outcome: 'pension' } } })],
    ...(['waiting', 'missed', 'open', 'ended'] as const).map((state): [string, Document] => {
      const none = { count: 0, place: -1 };
      const handoff = { state, coach: aino, lastAt: 0, lines: { client: none, coach: none } };
      return [`contact ${state}`, cases.contact(words, { handoff, handling: { taken: { ...by, by: aino } } })];
    }),
    ['suggestion', suggestion as Document],
    ['suggestion declined', { ...suggestion, declinedAt: monday } as Document],
    ...[...plans(words), ...offerCards(words)],
    ['referral', cases.referral(words)],
    [
      'referral with words where a code is expected',
      cases.referral('', { lines: [{ field: 'hinders', value: [words, { toString: 1 }] }] }),
    ],
    ['referral withdrawn', cases.referral(words, { state: 'withdrawn' })],
    ['referral accepted', cases.referral(words, { state: 'accepted', handling: { seen: by } })],
    ['referral not delivered', cases.referral(words, { outbox: [{ ...given, id: 'x' }] })],
    [
      'erasure not delivered',
      {
        id: 'e',
        partition: 'erasures',
        type: 'erasure',
        schema: 1,
        outbox: [{ ...given, id: 'x', payload: withdrawal }],
      },
    ],
  ];
  const meetings = [
    cases.appointment(words),
    cases.appointment(words, { kind: 'phone' }),
    cases.appointment(words, { movedFrom: { ...slot, id: 'old' } }),
    cases.appointment(words, { state: 'moved', movedTo: slot }),
    cases.appointment(words, { state: 'cancelled-by-client', handling: { seen: by } }),
    cases.appointment(words, { state: 'cancelled-by-client', client: 'erased' }),
    cases.appointment(words, { state: 'cancelled-by-service' }),
    cases.appointment(words, {
      state: 'cancelled-by-service',
      cancelled: { by: aino, at: monday, reason: 'ill', told: false },
    }),
    cases.appointment(words, { proposed: { by: aino, at: monday, slot } }),
    cases.appointment(words, { proposed: { by: aino, at: monday, slot, kept: monday } }),
    cases.appointment(words, { state: 'no-show', outcome: { by: aino, at: monday } }),
    cases.appointment(words, { state: 'seen' }),
    cases.appointment(words, { state: 'no-show' }),
    cases.appointment(words, { start: '2026-11-20T10:00:00+02:00', end: '2026-11-20T10:45:00+02:00' }),
  ];
  for (const meeting of meetings) documents.push([`meeting ${meeting.state}`, dayOf(meeting), meeting.id]);
  return who.flatMap((reader) => [
    ...documents.map(([name, document, appointment]) => {
      const of = about(document, appointment);
      return { name, card: caseCard(caseIn(document, of)!, of, reader, [slot]).card };
    }),
    { name: 'erased', card: erasedCard('P-ERAS-ED', reader).card },
    { name: 'gone', card: goneCard(reader).card },
    { name: 'elsewhere', card: elsewhereCard(caseIn(cases.intake(words), about(cases.intake('')))!, reader).card },
    { name: 'day', card: dayCard(dayOf(...meetings), '2026-12-01', reader) },
    { name: 'empty day', card: dayCard(undefined, '2026-12-01', reader) },
  ]);
}

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](https://evil.example)',
  '![x](https://evil.example/p.png)',
  '**bold** _it_ # h1\n- list\n1. one',
  '{{DATE(2026-01-01T00:00:00Z,LONG)}} {{TIME(2026-01-01T00:00:00Z)}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the templating of Adaptive Cards looks like this
  '${$root.answers} {{{x}}}',
  '\u202Egnitset\u2066\u0000\u0007\u2028Name: Boss',
  'Boss\r\nPhone: 112\n\nReference: P-0000-00',
  '__proto__',
  'constructor',
  'labels.name',
  '$t(cards.gone)',
  '{{reference}}',
  '😀'.repeat(2_000),
  'x'.repeat(30_000),
];

describe('Cards for coaches', () => {
  it('are valid Adaptive Cards 1.5 to their own parser', () => {
    for (const { name, card } of everyCard('Kokki, **3** vuotta', readers)) {
      expect(complaints(card), name).to.deep.equal([]);
      expect(card).to.include({ type: 'AdaptiveCard', version: '1.5' });
      expect(card.fallbackText, name).not.to.equal('');
    }
  });

  it('interpret nothing that a person wrote, in any field, and stay one line a line', () => {
    const harmless = everyCard('Kokki');
    for (const words of payloads) {
      for (const [i, { name, card }] of everyCard(words).entries()) {
        expect(card.body.length, `${name}: an extra line of ${words.slice(0, 20)}`).to.equal(
          harmless[i]!.card.body.length,
        );
        for (const block of card.body) {
          // Only our own words are in the element that knows markdown.
          if (block.type === 'TextBlock') expect(linesOf(harmless[i]!.card)).to.include(block.text);
          else if (block.type === 'RichTextBlock')
            for (const { text } of block.inlines)
              expect(text).not.to.match(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028]|\{\{/u);
        }
        expect(JSON.stringify(card.actions ?? []), name).to.equal(JSON.stringify(harmless[i]!.card.actions ?? []));
        expect(Buffer.byteLength(JSON.stringify(card)), name).to.be.below(28_000);
      }
    }
  });

  it('are made of anything a person can write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        for (const { card, name } of everyCard(words)) {
          expect(JSON.stringify(card).isWellFormed(), name).to.equal(true);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('show answers in the coach’s language and say in which one the words are', () => {
    const [fi, sv, en] = readers.map((reader) =>
      linesOf(caseCard({ kind: 'intake', of: cases.intake('kokki') }, about(cases.intake('')), reader).card),
    );
    expect(fi).to.include.members([
      'Uusi alkukartoitus',
      'Tapaa viimeistään: 8. joulukuuta 2026',
      'Tilanne: työtön',
      'Työnhaku alkoi: 2. marraskuuta 2026',
      'Äidinkieli: arabia',
      'Kielet: arabia ja englanti',
      'Tulkki: tarvitsee tulkin',
      'Alue: Gammelbacka',
      'Koulutus: ei tiedä',
      'Viimeisin työ: kokki (kirjoitettu ruotsiksi)',
      'Nimi: kokki',
      'Haluaa apua tähän: työn etsiminen',
      'Työnhakua vaikeuttaa: ei halunnut kertoa',
      'Työkyky, oma arvio 0–10: 6',
      'Yhteydenotto: puhelimella',
    ]);
    expect(sv).to.include.members([
      'Ny inledande kartläggning',
      'Situation: arbetslös',
      'Senaste arbete: kokki (skrivet på svenska)',
    ]);
    expect(en).to.include.members(['New intake', 'Mother tongue: Arabic', 'Last job: kokki (written in Swedish)']);
  });

  it('have a word for every code of the intake in every language', () => {
    const reader = readers[0]!;
    for (const [question, codes] of Object.entries(codesOf)) {
      for (const code of codes) {
        const of = cases.intake('x', { answers: { [question]: code } });
        const [line = ''] = linesOf(caseCard({ kind: 'intake', of }, about(of), reader).card).slice(-1);
        expect(line, `${question} ${code}`).to.match(/: ./).and.not.include(`: ${code}`);
      }
    }
  });

  it('show the work ability only with consent', () => {
    const of = cases.intake('x');
    of.answers.workAbilityConsent = false;
    expect(linesOf(caseCard({ kind: 'intake', of }, about(of), readers[0]!).card).join()).not.to.include('Työkyky,');
  });

  it('say who cancelled, and never mix it up', () => {
    const titles = (state: 'cancelled-by-client' | 'cancelled-by-service') =>
      readers.map(
        (reader) =>
          linesOf(
            caseCard(
              { kind: 'appointment', of: cases.appointment('x', { state }) },
              about(dayOf(), 'meeting-1'),
              reader,
            ).card,
          )[0],
      );
    expect(titles('cancelled-by-client')).to.deep.equal([
      'Asiakas perui ajan',
      'Klienten avbokade tiden',
      'The client cancelled the appointment',
    ]);
    expect(titles('cancelled-by-service')).to.deep.equal([
      'Työllisyyspalvelut perui ajan',
      'Sysselsättningstjänsterna avbokade tiden',
      'The employment services cancelled the appointment',
    ]);
  });

  it('tell a moved meeting with its old and new time', () => {
    const movedFrom = {
      id: 'old',
      coach: aino,
      start: '2026-11-30T09:00:00+02:00',
      end: '2026-11-30T09:45:00+02:00',
      place: 'centre',
    };
    const of = cases.appointment('x', { movedFrom });
    const lines = linesOf(caseCard({ kind: 'appointment', of }, about(dayOf(of), of.id), readers[0]!).card);
    expect(lines).to.include.members([
      'Asiakas siirsi ajan',
      'Uusi aika: tiistaina 1.12. klo 10.00–10.45',
      'Aiempi aika: maanantaina 30.11. klo 9.00–9.45',
    ]);
  });

  it('keep what the partner sees out of sight after a withdrawal', () => {
    const of = cases.referral('CANARY', { state: 'withdrawn' });
    expect(linesOf(caseCard({ kind: 'referral', of }, about(of), readers[0]!).card).join()).not.to.include('CANARY');
  });
});

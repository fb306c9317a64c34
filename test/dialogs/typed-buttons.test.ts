import { expect } from 'chai';
import { DateTime } from 'luxon';
import { coachFlows } from '../../dialogs/coach/index.ts';
import { optionsOf } from '../../dialogs/engine/ask.ts';
import type { Flow, Question } from '../../dialogs/engine/flow.ts';
import { type ReadAnswer, readAnswer } from '../../dialogs/engine/read-value.ts';
import { flows } from '../../dialogs/index.ts';
import { commands, createInterrupts } from '../../dialogs/interrupts.ts';
import type { Services } from '../../dialogs/services.ts';
import { monday, porvoo, texts } from '../support/conversation.ts';
import { tellRow } from '../support/row.ts';

const now = DateTime.fromISO(monday, { zone: porvoo.zone });
const command = createInterrupts(texts);
let works = 0;

/** How a person may type what a button says. */
const ways: ((label: string, place: number) => string)[] = [
  (label) => label,
  (label) => label.toUpperCase(),
  (label) => `  ${label.toLowerCase()}. `,
  (label) => label.normalize('NFD'),
  (label) => label.normalize('NFD').replace(/\p{M}/gu, ''),
  (_, place) => String(place),
];

function valueIn(read: ReadAnswer): unknown {
  if (read.is === 'answer') return Array.isArray(read.value) ? read.value[0] : read.value;
  return read.is === 'chosen' ? read.values[0] : read;
}

/** The buttons of a question that stand in the locale; those of the world are walked in every-flow.test.ts. */
async function buttonsOf(flow: Flow, question: Question, language: string) {
  const services = { language, municipality: porvoo, now } as Services;
  const running = { id: flow.id, answers: {}, intent: '' };
  const { options: _, ...fixed } = question;
  return { services, running, shown: await optionsOf(flow, fixed, running, services, texts) };
}

describe('A button', () => {
  for (const language of texts.languages) {
    for (const flow of [...flows, ...coachFlows]) {
      it(`of ${flow.id} works typed as well, in any way of writing it (${language})`, async () => {
        for (const question of flow.questions) {
          const { services, running, shown } = await buttonsOf(flow, question, language);
          // On a scale the number is the answer; in own words a number is a word.
          const isNumbered = !['scale', 'text', 'date'].includes(flow.kinds[question.ask]!.kind);
          for (const [i, { label, value }] of shown.entries()) {
            const where = `${flow.id}.${question.ask}: ${label}`;
            expect(command(label), `${where} is a command`).to.equal(undefined);
            for (const way of isNumbered ? ways : ways.slice(0, -1)) {
              const text = way(label, i + 1);
              const read = readAnswer({ flows, flow, question, text, shown, running, t: texts, services });
              expect(valueIn(read), `${where}, typed as ${text}`).to.equal(value);
            }
            works++;
          }
        }
      });
    }

    it(`of a command works typed as well (${language})`, () => {
      for (const name of commands) {
        for (const way of ways.slice(0, -1)) {
          const label = texts.words(`commands.${name}`, language)[0]!;
          expect(command(way(label, 0))?.command, way(label, 0)).to.equal(name);
        }
        works++;
      }
    });
  }

  after(function () {
    if (this.test?.parent?.tests.some(({ state }) => state !== 'passed')) return;
    tellRow(`A7 ${works} buttons in ${texts.languages.length} languages work typed, in ${ways.length} ways of writing`);
  });
});

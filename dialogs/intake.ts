import { ageBounds, intakeAnswers } from '../src/domain/clients/intake.ts';
import type { IntakeDone } from '../src/domain/clients/path.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow } from './engine/flow.ts';
import { groupText } from './plan-words.ts';
import type { Services } from './services.ts';
import { areaName, copyOfIntake } from './told-answers.ts';

/** The alkukartoitus: where the person stands, what they want, what helps and hinders, and how to reach them. */
export const intake = defineFlow({
  id: 'intake',
  answers: intakeAnswers,
  given: ({ municipality: { asks } }) => ({ asksBenefits: asks.benefits, asksArea: asks.area }),
  questions: [
    // What brings the person here.
    { ask: 'situation', tell: (_, { municipality }) => [privacy(municipality.contact.privacyNotice)] },
    {
      ask: 'searchStart',
      when: { situation: ['unemployed', 'laidOff', 'leaving', 'partTime', 'other'] },
      between: ({ now }) => [now.minus({ years: 30 }).toISODate()!, now.plus({ months: 6 }).toISODate()!],
    },
    { ask: 'topic' },
    { ask: 'wantedWork' },
    // What they bring with them; strengths come before obstacles.
    { ask: 'lastWork' },
    { ask: 'education' },
    { ask: 'helps' },
    { ask: 'hinders' },
    { ask: 'workAbilityConsent' },
    { ask: 'workAbility', when: { workAbilityConsent: true } },
    // Who they are, as far as it decides who can help.
    // Nobody is older; a year of birth is no age.
    { ask: 'ageGroup', bounds: { ...ageBounds, '55plus': [55, 120] } },
    {
      ask: 'area',
      when: { asksArea: true },
      with: (_, { municipality: { areas } }) => {
        const where = areas.some(({ code }) => code !== undefined) ? 'municipality' : 'area';
        return { where: { key: `intake.area.where.${where}` } };
      },
      options: (_, { municipality }) => municipality.areas.map(({ id, name }) => ({ value: id, label: name })),
      show: (area: string, { municipality }) => areaName(area, municipality),
    },
    { ask: 'motherTongue' },
    { ask: 'languages' },
    { ask: 'interpreter', when: { motherTongue: { not: ['fi', 'sv'] } } },
    { ask: 'interpreterLanguage', when: { interpreter: true, motherTongue: ['other', null] } },
    { ask: 'benefits', when: { asksBenefits: true } },
    // How to go on together.
    { ask: 'name' },
    { ask: 'contactWay' },
    { ask: 'phone', when: { contactWay: 'phone' } },
    { ask: 'contactTime', when: { contactWay: 'phone' } },
    { ask: 'email', when: { contactWay: 'email' } },
  ],
  review: true,
  check: ({ corrects }) => (corrects === undefined ? undefined : 'my-course.correction'),
  complete: async (answers, services, intent) => {
    const { corrects } = answers as { corrects?: unknown };
    if (corrects !== undefined) return { say: await putRight(String(corrects), answers, services, intent) };
    // What the flow was given to choose its questions by is no answer and is left out here.
    const done = await services.clients.submitIntake(intakeAnswers.partial().parse(answers), intent);
    return { say: whatNow(done, services), files: [copyOfIntake(done.intake, services.municipality)] };
  },
});

/** Answers of an earlier intake (`corrects`) put right: the same questions, but nobody begins anew. */
async function putRight(corrects: string, answers: object, services: Services, intent: string): Promise<Text[]> {
  const right = intakeAnswers.partial().parse(answers);
  const changed = await services.clients.correctIntake(corrects, right, intent);
  if (changed.length === 0) return [{ key: 'my-course.nothingCorrected' }];
  const names: Text = { list: changed.map((name) => ({ key: `intake.${name}.label` })) };
  return [{ key: 'my-course.corrected', with: { names } }];
}

function privacy(address: string): Text {
  return { key: 'intake.privacy', with: { address } };
}

/** Reference, who, what happens by when, and what this is not. */
function whatNow(
  { intake: { reference, routing, answers, meetBy, plan }, coachName }: IntakeDone,
  { municipality }: Services,
) {
  const who: Text = coachName ? { key: 'intake.done.coach', with: { coach: coachName } } : { key: 'intake.done.team' };
  const { contactWay = 'here', phone = '', email = '' } = answers;
  const say: Text[] = [
    { key: 'intake.done.reference', with: { reference } },
    { lines: [who, routing.because] },
    ...groupText(answers, { municipality }),
    {
      lines: [
        { key: `intake.done.then.${contactWay}`, with: { phone, email } },
        { key: 'intake.done.meeting', with: { by: { at: meetBy, as: 'day' } } },
      ],
    },
  ];
  if (answers.searchStart === 'notYet') say.push({ key: 'intake.done.register' });
  if (plan !== undefined) say.push({ key: 'plan.made' });
  const { phone: ours } = municipality.contact;
  return [...say, { lines: [{ key: 'intake.done.notDecision' }, { key: 'intake.done.copy', with: { phone: ours } }] }];
}

import { z } from 'zod';
import { emailAddress, phoneNumber, words } from '../src/domain/clients/intake.ts';
import { type Need, needsOf } from '../src/domain/directory/match.ts';
import type { SharedField } from '../src/domain/municipalities/pack.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { person } from './free-times.ts';
import { callUs } from './meeting-words.ts';
import { matchText, nameOfService, needText, sentTexts, serviceOf } from './referral-words.ts';
import type { Services } from './services.ts';
import { severalAtOnce } from './services-at-once-words.ts';
import { linesOf, lineText, type Sharing, shareable, short, tickedText, whatIsTold } from './shared-lines.ts';

/** Version of the consent text `referral.consent.text`; a new one whenever its meaning changes. */
export const consentVersion = '2026-01';

/** Needs to choose from when no intake has named them. */
export const needs: Need[] = [
  'findWork',
  'training',
  'changeCareer',
  'languageStudies',
  'workAbility',
  'entrepreneurship',
  'everyday',
  'health',
  'debts',
  'housing',
  'childcare',
  'digital',
];
const servicesShown = 4;

/** What a partner may be told when the intake has not told it; asked of the person. */
export const contactAnswers = { name: words, phone: phoneNumber, email: emailAddress, wish: words };

/** Asks what help is for, unless the intake told it. */
export const needsQuestion = {
  ask: 'needs' as const,
  options: () => needs.map((value) => ({ value, label: { key: `referral.needs.options.${value}` } })),
  show: (chosen: Need[]) => ({ list: chosen.map(needText) }),
};

/** What the newest intake tells: needs, and lines that a partner may see. */
export async function knownFromIntake({ clients }: Services) {
  const newest = (await clients.path()).intakes[0];
  const found = newest ? needsOf(newest.answers) : [];
  return { ...whatIsTold(newest), ...(found.length > 0 && { needs: found }) };
}

/** Finds a service, and gives its contact details or refers the person to it. */
export const referral = defineFlow({
  id: 'referral',
  answers: z.object({
    needs: z.array(z.string()).min(1),
    service: z.string(),
    how: z.string(),
    lines: z.array(z.string()).min(1),
    ...contactAnswers,
    consent: z.enum(['send', 'draft']),
  }),
  given: knownFromIntake,
  questions: [
    needsQuestion,
    {
      ask: 'service',
      dependsOn: ['needs'],
      tell: async (answers, services) => whatFits(answers.needs as Need[], services),
      options: async (answers, services) => {
        const found = await services.referrals.match(answers.needs as Need[], servicesShown);
        const options = found.map(({ service }): Option => ({ value: service.id, label: service.name }));
        const several = severalAtOnce(found, answers.needs as Need[], services);
        return [...options, ...several, ...(options.length === 0 ? [person] : []), otherNeeds];
      },
      show: (service: string, services) => nameOfService(service, services),
    },
    {
      ask: 'how',
      dependsOn: ['service'],
      tell: async (answers, services) => earlier(answers.service!, services),
      with: (answers, services) => ({ service: nameOfService(answers.service!, services) }),
      options: (answers, services) => {
        const goes = { flow: 'service', given: { service: answers.service } };
        const details = { value: 'details', label: { key: 'referral.how.options.details' }, goes };
        const refer = { value: 'refer', label: { key: 'referral.how.options.refer' } };
        return shareable(answers as Sharing, services).length > 0 ? [refer, details] : [details];
      },
      show: () => ({ key: 'referral.how.options.refer' }),
    },
    {
      ask: 'lines',
      dependsOn: ['service'],
      with: (answers, services) => ({ provider: serviceOf(answers.service!, services)?.provider ?? '' }),
      options: (answers, services) =>
        shareable(answers as Sharing, services).map((field) => ({
          value: field,
          label: short(lineText(field, answers as Sharing, services)),
        })),
      show: (fields: SharedField[], services, answers) => ({
        list: fields.map((field) => tickedText(field, answers as Sharing, services)),
      }),
    },
    { ask: 'name', when: { lines: ['name'], told: { not: ['name'] } } },
    { ask: 'phone', when: { lines: ['phone'], told: { not: ['phone'] } } },
    { ask: 'email', when: { lines: ['email'], told: { not: ['email'] } } },
    { ask: 'wish', when: { lines: ['wish'] } },
    {
      ask: 'consent',
      dependsOn: ['service', 'lines'],
      tell: (answers, services) => [consentText(answers as Sharing, services)],
    },
  ],
  review: true,
  async complete(answers, services, intent) {
    const sharing = answers as unknown as Sharing;
    const done = await services.referrals.submit(
      {
        service: answers.service,
        lines: linesOf(sharing, services),
        consent: answers.consent === 'send',
        consentVersion,
      },
      intent,
    );
    return { say: sentTexts(done, services) };
  },
});

// No needs but those of the intake are known then; `null` makes the question open.
const otherNeeds: Option = {
  value: 'other',
  label: { key: 'referral.service.other' },
  goes: { flow: 'referral', given: { needs: null } },
};

async function whatFits(wanted: Need[], services: Services): Promise<Text[]> {
  const named: Text = { list: wanted.map(needText) };
  const found = await services.referrals.match(wanted, servicesShown);
  if (found.length === 0) {
    return [
      { key: 'referral.service.none', with: { needs: named } },
      callUs('referral.service.askPerson', services.municipality),
    ];
  }
  return [{ key: 'referral.service.found', with: { needs: named } }, ...found.map(matchText)];
}

/** What the person should know before being referred again, or that the service takes no referrals. */
async function earlier(service: string, services: Services): Promise<Text[]> {
  const record = serviceOf(service, services);
  if (record && !record.referral) return [{ key: 'referral.how.selfOnly' }];
  const { referrals } = await services.clients.path();
  const before = referrals.find((one) => one.service === service && one.state !== 'withdrawn');
  if (!before) return [];
  const on: Text = { at: before.createdAt, as: 'date' };
  if (before.state === 'draft') return [{ key: 'referral.how.hasDraft', with: { on } }];
  const state: Text = { key: `referral.states.${before.state}` };
  return [{ key: 'referral.how.already', with: { on, state } }];
}

function consentText(sharing: Sharing, services: Services): Text {
  const { municipality } = services;
  const service = serviceOf(sharing.service, services);
  const lines = sharing.lines.map((field): Text => {
    return { key: 'referral.consent.line', with: { line: lineText(field as SharedField, sharing, services) } };
  });
  return {
    lines: [
      { key: 'referral.consent.title', with: { provider: service?.provider ?? '', service: service?.name ?? '' } },
      ...lines,
      { key: 'referral.consent.text', with: { notice: municipality.contact.privacyNotice } },
    ],
  };
}

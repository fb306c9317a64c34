import { z } from 'zod';
import type { Match, Need } from '../src/domain/directory/match.ts';
import { type SharedField, sharedFields } from '../src/domain/municipalities/pack.ts';
import { type LeftOut, openReferral, whyLeftOut } from '../src/domain/referrals/together.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { person } from './free-times.ts';
import { callUs } from './meeting-words.ts';
import { contactAnswers, knownFromIntake, needsQuestion } from './referral.ts';
import { matchText, needText } from './referral-words.ts';
import type { Services } from './services.ts';
import { consentText, doneTexts, namesOf, requestsOf } from './services-at-once-words.ts';
import { lineText, type Sharing, shareable, short, tickedText } from './shared-lines.ts';

/** How far the directory is looked through, so that what cannot be opened takes no room of what can. */
const looked = 20;
/** Services to contact oneself that are named as well. */
const selfNamed = 3;

/** Several services from one talk and one consent: what all of them will see is ticked once, each line saying who sees it. */
export const servicesAtOnce = defineFlow({
  id: 'services-at-once',
  answers: z.object({
    needs: z.array(z.string()).min(1),
    services: z.array(z.string()).min(1),
    lines: z.array(z.string()).min(1),
    ...contactAnswers,
    consent: z.enum(['send', 'notNow']),
  }),
  given: knownFromIntake,
  questions: [
    needsQuestion,
    {
      ask: 'services',
      dependsOn: ['needs'],
      tell: async (answers, services) => whatFits(answers.needs as Need[], services),
      options: async (answers, services) => {
        const { open } = await look(answers.needs as Need[], services);
        const options = open.map(({ service }): Option => ({ value: service.id, label: service.name }));
        return [...options, ...(options.length === 0 ? [person] : []), otherNeeds];
      },
      show: (chosen: string[], services) => ({ list: namesOf(chosen, services) }),
    },
    {
      ask: 'lines',
      dependsOn: ['services'],
      with: ({ services: chosen = [] }, services) => ({
        services: { list: namesOf(chosen, services) },
      }),
      options: (answers, services) => {
        const sharing = answers as unknown as Sharing & { services: string[] };
        return sharedFields.flatMap((field): Option[] => {
          const seenBy = sharing.services.filter((service) =>
            shareable({ ...sharing, service }, services).includes(field),
          );
          if (seenBy.length === 0) return [];
          const line = short(lineText(field, sharing, services));
          if (seenBy.length === sharing.services.length) return [{ value: field, label: line }];
          const some = { line, services: { list: namesOf(seenBy, services) } };
          return [{ value: field, label: { key: 'services-at-once.lines.some', with: some } }];
        });
      },
      show: (fields: SharedField[], services, answers) => ({
        list: fields.map((field) => tickedText(field, answers as unknown as Sharing, services)),
      }),
    },
    { ask: 'name', when: { lines: ['name'], told: { not: ['name'] } } },
    { ask: 'phone', when: { lines: ['phone'], told: { not: ['phone'] } } },
    { ask: 'email', when: { lines: ['email'], told: { not: ['email'] } } },
    { ask: 'wish', when: { lines: ['wish'] } },
    {
      ask: 'consent',
      dependsOn: ['services', 'lines', 'name', 'phone', 'email', 'wish'],
      tell: (answers, services) => [consentText(requestsOf(answers, services), answers, services)],
    },
  ],
  review: true,
  async complete(answers, services, intent) {
    if (answers.consent === 'notNow') return { say: [{ key: 'services-at-once.notNow' }] };
    const done = await services.referrals.submitTogether(requestsOf(answers, services), intent);
    return { say: doneTexts(done, services) };
  },
});

// No needs but those of the intake are known then; `null` makes the question open.
const otherNeeds: Option = {
  value: 'other',
  label: { key: 'referral.service.other' },
  goes: { flow: 'services-at-once', given: { needs: null } },
};

/** What fits, by whether it can be opened now. */
interface Looked {
  open: Match[];
  left: { match: Match; why: LeftOut }[];
  /** To be contacted by the person. */
  self: Match[];
}

async function look(wanted: Need[], { referrals, clients, municipality }: Services): Promise<Looked> {
  const found = await referrals.match(wanted, looked);
  const sent = (await clients.path()).referrals;
  const most = municipality.servicesAtOnce ?? 1;
  const referable = found.filter(({ service }) => service.referral);
  const judged = referable.map((match) => ({ match, why: whyLeftOut(match.service, sent) }));
  return {
    open: judged.flatMap(({ match, why }) => (why ? [] : [match])).slice(0, most),
    left: judged.flatMap(({ match, why }) => (why ? [{ match, why }] : [])),
    self: found.filter(({ service }) => !service.referral).slice(0, selfNamed),
  };
}

async function whatFits(wanted: Need[], services: Services): Promise<Text[]> {
  const { open, left, self } = await look(wanted, services);
  const sent = (await services.clients.path()).referrals;
  const named: Text = { list: wanted.map(needText) };
  const leftOut = left.map(({ match: { service }, why }): Text => {
    const since = openReferral(service.id, sent)?.createdAt;
    const on: Text = since === undefined ? '' : { at: since, as: 'date' };
    return { key: `services-at-once.left.${why}`, with: { service: service.name, on } };
  });
  const yourself: Text[] =
    self.length === 0 ? [] : [{ key: 'services-at-once.self', with: { services: namesIn(self) } }];
  if (open.length === 0) {
    const none = { key: 'services-at-once.none', with: { needs: named } };
    return [none, ...leftOut, ...yourself, callUs('referral.service.askPerson', services.municipality)];
  }
  const found = { key: 'services-at-once.found', with: { needs: named } };
  const more = [...leftOut, ...yourself];
  return [found, ...open.map(matchText), ...(more.length > 0 ? [{ lines: more }] : [])];
}

function namesIn(matches: Match[]): Text {
  return { list: matches.map(({ service }) => service.name) };
}

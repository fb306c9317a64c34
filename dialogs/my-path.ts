import { z } from 'zod';
import { endOf } from '../src/domain/clients/end-path.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import type { Text } from '../src/domain/text.ts';
import { courseText, responsibleText, restIn } from './course-words.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { coachName, coming, meetingLine } from './meeting-words.ts';
import { certificateLine } from './my-certificates.ts';
import { courseOption } from './my-course.ts';
import { anotherOffer, isEmployer, offersText, openOffers } from './offer-words.ts';
import { copyOfPath } from './path-copy.ts';
import { again, endedText, whatGoesOn } from './path-ended.ts';
import { asksPlan, planOverview } from './plan-words.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';
import { acceptedPlaces, openSuggestions, suggestedText } from './suggested.ts';
import { tellAnswers } from './told-answers.ts';

/** What the person has here: tells it, and leads to whatever can be done about it. */
export const myPath = defineFlow({
  id: 'my-path',
  answers: z.object({ what: z.string() }),
  questions: [
    {
      ask: 'what',
      tell: async (_, services) => overview(await services.clients.path(), services),
      options: async (_, services) => whatToDo(await services.clients.path(), services),
    },
  ],
  review: false,
  async complete({ what }, services) {
    const path = await services.clients.path();
    const intake = path.intakes[0];
    if (what === 'told' && intake) {
      const sent: Text = { at: intake.submittedAt, as: 'date' };
      return {
        say: [
          { lines: [{ key: 'my-path.told', with: { sent } }, ...tellAnswers(intake.answers, services.municipality)] },
          { key: services.municipality.ownPath ? 'my-course.correctHere' : 'my-path.correct' },
        ],
      };
    }
    return { say: [{ key: 'my-path.copyIsHere' }], files: [copyOfPath(path, services)] };
  },
});

function overview(path: ClientPath, services: Services): Text[] {
  const offers = offersText(path, services);
  // An employer has no path of their own to be told of.
  if (isEmployer(path)) return offers;
  return [
    ...(restIn(path, services) ? [courseText(path, services)] : []),
    ...meetings(path, services),
    ...planOverview(path),
    referralsText(path, services),
    intakeText(path, services),
    ...certificatesText(path, services),
    ...calls(path),
    ...offers,
  ];
}

function meetings(path: ClientPath, services: Services): Text[] {
  const { municipality, now } = services;
  const ours = path.appointments.filter(
    ({ state, start }) => state === 'cancelled-by-service' && Date.parse(start) > now.toMillis(),
  );
  const next = coming(path, services).map((one): Text => meetingLine(one, municipality));
  return [
    next.length > 0 ? { lines: [{ key: 'my-path.meetings' }, ...next] } : { key: 'my-path.noMeetings' },
    ...ours.map(({ start }) => ({ key: 'my-path.weCancelled', with: { when: { at: start, as: 'moment' as const } } })),
  ];
}

function referralsText({ referrals }: ClientPath, services: Services): Text {
  if (referrals.length === 0) return { key: 'my-path.noReferrals' };
  const lines = referrals.map(({ service, state, history }): Text => {
    const since: Text = { at: history.at(-1)!.at, as: 'date' };
    const named = nameOfService(service, services);
    return { key: 'my-path.referral', with: { service: named, state: { key: `referral.states.${state}` }, since } };
  });
  return { lines: [{ key: 'my-path.referrals' }, ...lines] };
}

function intakeText(path: ClientPath, services: Services): Text {
  const { municipality } = services;
  const { client, intakes } = path;
  const intake = intakes[0];
  if (!intake) return { key: 'my-path.noIntake' };
  const { submittedAt, reference, meetBy, routing } = intake;
  const coach = client?.coach ?? routing.coach;
  const told: Text = { key: 'my-path.intake', with: { sent: { at: submittedAt, as: 'date' }, reference } };
  const ended = endedText(path);
  if (ended) return { lines: [told, ended] };
  const own: Text = coach
    ? { key: 'my-path.coach', with: { coach: coachName(coach, municipality) } }
    : { key: 'my-path.team' };
  const isMet = path.appointments.some(
    ({ state, start }) => state === 'seen' && Date.parse(start) >= Date.parse(submittedAt),
  );
  const waits = !isMet && !restIn(path, services);
  return {
    lines: [
      told,
      responsibleText(path, services) ?? own,
      ...(waits ? [{ key: 'my-path.meetBy', with: { by: { at: meetBy, as: 'date' as const } } }] : []),
    ],
  };
}

/** Skills shown in small steps, when there are any. */
function certificatesText({ certificates }: ClientPath, services: Services): Text[] {
  if (certificates.length === 0) return [];
  return [{ lines: [{ key: 'my-path.certificates' }, ...certificates.map((one) => certificateLine(one, services))] }];
}

/** Wishes to talk with a person that nobody has marked as done. */
function calls({ contacts }: ClientPath): Text[] {
  return contacts
    .filter(({ handling }) => !handling.done)
    .map(({ reference, answerBy }) => ({
      key: 'my-path.call',
      with: { reference, by: { at: answerBy, as: 'moment' as const } },
    }));
}

function whatToDo(path: ClientPath, services: Services): Option[] {
  const { client, intakes, referrals, contacts, appointments } = path;
  const next = coming(path, services);
  const plan: Option = {
    value: 'plan',
    label: { key: `my-plan.${asksPlan(path) ? 'answer' : 'look'}` },
    goes: { flow: 'my-plan', given: {} },
  };
  const own: Option[] = [
    ...whatGoesOn(path, services),
    ...(path.plan ? [plan] : []),
    ...[...openSuggestions(path, services), ...acceptedPlaces(path)].map((one): Option => {
      const label = { key: 'suggested.look', with: { service: suggestedText(one, services) } };
      return { value: one.id, label, goes: { flow: 'suggested', given: { suggestion: one.id } } };
    }),
    ...openOffers(path),
  ];
  const isKnown = client?.transferred !== undefined;
  const told = intakes.length + referrals.length + contacts.length + appointments.length + path.offers.length;
  const has = isKnown || told + path.certificates.length > 0;
  const choice = (value: string): Option => ({ value, label: { key: `my-path.what.options.${value}` } });
  const leads = (flow: string): Option => ({ value: flow, label: { key: `my-path.what.to.${flow}` }, goes: { flow } });
  const beginnings = [
    ...(intakes.length > 0 ? [] : [leads('intake')]),
    ...(endOf(path) ? [again] : []),
    ...(next.length > 0 ? [] : [leads('booking')]),
    ...(referrals.length > 0 ? [] : [leads('referral')]),
  ];
  return [
    ...own,
    ...(path.certificates.length > 0 ? [leads('my-certificates')] : []),
    ...courseOption(path, services),
    ...(intakes.length > 0 ? [choice('told')] : []),
    // Deleting is always asked from the start, however far it was asked before.
    ...(has ? [choice('copy'), { ...leads('erase'), goes: { flow: 'erase', given: {} } }] : []),
    ...(isEmployer(path) ? [anotherOffer] : beginnings),
  ];
}

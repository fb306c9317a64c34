import { z } from 'zod';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { openStates } from '../src/domain/referrals/withdraw.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import { coachName, coming, meetingLine } from './meeting-words.ts';
import { copyOfPath } from './path-copy.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';
import { openSuggestions } from './suggested.ts';
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
          { key: 'my-path.correct' },
        ],
      };
    }
    return { say: [{ key: 'my-path.copyIsHere' }], files: [copyOfPath(path, services)] };
  },
});

function overview(path: ClientPath, services: Services): Text[] {
  return [...meetings(path, services), referralsText(path, services), intakeText(path, services), ...calls(path)];
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

function intakeText({ client, intakes }: ClientPath, { municipality }: Services): Text {
  const intake = intakes[0];
  if (!intake) return { key: 'my-path.noIntake' };
  const { submittedAt, reference, meetBy, routing } = intake;
  const coach = client?.coach ?? routing.coach;
  return {
    lines: [
      { key: 'my-path.intake', with: { sent: { at: submittedAt, as: 'date' }, reference } },
      coach ? { key: 'my-path.coach', with: { coach: coachName(coach, municipality) } } : { key: 'my-path.team' },
      { key: 'my-path.meetBy', with: { by: { at: meetBy, as: 'date' } } },
    ],
  };
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
  const own: Option[] = [
    ...next.map(({ id, start }): Option => {
      const label = { key: 'my-path.what.meeting', with: { when: { at: start, as: 'moment' as const } } };
      return { value: id, label, at: start, goes: { flow: 'appointment', given: { appointment: id } } };
    }),
    ...referrals
      .filter(({ state }) => openStates.includes(state))
      .map(({ id, service, state }): Option => {
        const key = state === 'draft' ? 'my-path.what.draft' : 'my-path.what.referral';
        const label = { key, with: { service: nameOfService(service, services) } };
        return { value: id, label, goes: { flow: 'my-referral', given: { referral: id } } };
      }),
    ...openSuggestions(path, services).map(({ id, service }): Option => {
      const label = { key: 'suggested.look', with: { service: nameOfService(service, services) } };
      return { value: id, label, goes: { flow: 'suggested', given: { suggestion: id } } };
    }),
  ];
  const isKnown = client?.transferred !== undefined;
  const has = isKnown || intakes.length + referrals.length + contacts.length + appointments.length > 0;
  const choice = (value: string): Option => ({ value, label: { key: `my-path.what.options.${value}` } });
  const leads = (flow: string): Option => ({ value: flow, label: { key: `my-path.what.to.${flow}` }, goes: { flow } });
  return [
    ...own,
    ...(intakes.length > 0 ? [choice('told')] : []),
    // Deleting is always asked from the start, however far it was asked before.
    ...(has ? [choice('copy'), { ...leads('erase'), goes: { flow: 'erase', given: {} } }] : []),
    ...(intakes.length > 0 ? [] : [leads('intake')]),
    ...(next.length > 0 ? [] : [leads('booking')]),
    ...(referrals.length > 0 ? [] : [leads('referral')]),
  ];
}

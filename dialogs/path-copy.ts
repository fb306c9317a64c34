import { joinText } from '../src/domain/appointments/join-text.ts';
import type { Feedback } from '../src/domain/clients/feedback.ts';
import type { Client, ClientPath } from '../src/domain/clients/path.ts';
import { toldOf } from '../src/domain/referrals/follow.ts';
import type { Text } from '../src/domain/text.ts';
import { correctionsCopy, courseCopy } from './course-copy.ts';
import type { File } from './engine/flow.ts';
import { coachName, meetingFacts } from './meeting-words.ts';
import { certificateLine } from './my-certificates.ts';
import { offerCopy } from './offer-words.ts';
import { endedText } from './path-ended.ts';
import { planCopy } from './plan-words.ts';
import { nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';
import { tellLine } from './shared-lines.ts';
import { suggestedText } from './suggested.ts';
import { tellAnswers } from './told-answers.ts';

/** What the person told and what came of it, as a text file in their language; the talk itself is theirs in the chat. */
export function copyOfPath(path: ClientPath, services: Services): File {
  const { municipality, now } = services;
  const { client, intakes, appointments, referrals, contacts, feedback, suggestions, certificates } = path;
  const ended = endedText(path);
  const on = (at: string): Text => ({ at, as: 'date' });
  const part = (name: string, given: Record<string, Text>, lines: Text[] = []): Text[] => [
    '',
    { key: `my-path.copy.${name}`, with: given },
    ...lines,
  ];
  const lines: Text[] = [
    { key: 'my-path.copy.title', with: { service: municipality.serviceName, on: on(now.toISO()!) } },
    ...(client?.transferred ? ['', ...transfer(client.transferred)] : []),
    ...intakes.flatMap(({ submittedAt, reference, answers, routing, corrections }) =>
      part('intake', { on: on(submittedAt), reference }, [
        ...tellAnswers(answers, municipality),
        ...correctionsCopy(corrections, municipality),
        { key: 'my-path.copy.routing', with: { because: routing.because } },
      ]),
    ),
    ...courseCopy(client, municipality),
    ...planCopy(path, services),
    ...appointments.flatMap((one) =>
      part('meeting', { state: { key: `meeting.states.${one.state}` } }, [
        ...meetingFacts(one, municipality),
        ...(one.name === undefined ? [] : [{ key: 'my-path.copy.name', with: { name: one.name } }]),
        ...(one.phone === undefined ? [] : [{ key: 'my-path.copy.phone', with: { phone: one.phone } }]),
        ...(one.joinUrl === undefined ? [] : [joinText(one.joinUrl)]),
      ]),
    ),
    ...referrals.flatMap(({ service, reference, state, history, createdAt, lines: shared, consent, outcome }) =>
      part('referral', { on: on(createdAt), reference, service: nameOfService(service, services) }, [
        { key: 'my-path.copy.state', with: { state: { key: `referral.states.${state}` } } },
        ...history.flatMap(toldOf),
        ...(outcome ? [answered('outcome.got.label', `outcome.got.options.${outcome.answer}`)] : []),
        ...shared.map(tellLine),
        ...(consent ? [{ key: 'my-path.copy.consent', with: { on: on(consent.at), version: consent.version } }] : []),
      ]),
    ),
    ...contacts.flatMap(({ reference, requestedAt, name, phone, about }) =>
      part('contact', { on: on(requestedAt), reference }, [
        ...(name === undefined ? [] : [{ key: 'my-path.copy.name', with: { name } }]),
        ...(phone === undefined ? [] : [{ key: 'my-path.copy.phone', with: { phone } }]),
        ...(about === undefined ? [] : [{ key: 'my-path.copy.about', with: { about } }]),
      ]),
    ),
    ...suggestions.flatMap((one) => {
      const { createdAt, reference, coach, declinedAt, accepted, over } = one;
      const named = { service: suggestedText(one, services), coach: coachName(coach, municipality) };
      return part('suggestion', { on: on(createdAt), reference, ...named }, [
        ...(declinedAt === undefined ? [] : [{ key: 'my-path.copy.declined', with: { on: on(declinedAt) } }]),
        ...(accepted
          ? [{ key: 'suggested.place.copy', with: { on: on(accepted.at), version: accepted.version } }]
          : []),
        ...(over ? [{ key: 'suggested.place.over.copy', with: { on: on(over.at) } }] : []),
      ]);
    }),
    ...path.offers.flatMap((offer) => ['', ...offerCopy(offer, municipality)]),
    ...(certificates.length > 0
      ? ['', { key: 'my-path.certificates' }, ...certificates.map((one) => certificateLine(one, services))]
      : []),
    ...(ended ? ['', ended] : []),
    ...feedback.flatMap((one) => ['', ...opinion(one)]),
    '',
    { key: 'my-path.copy.notice', with: { notice: municipality.contact.privacyNotice } },
    '',
  ];
  return { name: { key: 'my-path.copy.file' }, contentType: 'text/plain', text: { lines } };
}

function transfer({ at, number, name }: NonNullable<Client['transferred']>): Text[] {
  return [
    { key: 'letter.copy', with: { on: { at, as: 'date' }, number } },
    { key: 'my-path.copy.name', with: { name } },
  ];
}

function opinion({ at, score, helped, words }: Feedback): Text[] {
  const on: Text = { at, as: 'date' };
  return [
    { key: 'feedback.copy', with: { on, score: { key: `feedback.score.options.${score}` } } },
    answered('feedback.helped.label', `engine.options.${helped === 'unknown' ? helped : helped ? 'yes' : 'no'}`),
    ...(words === undefined ? [] : [{ key: 'feedback.copyWords', with: { words } }]),
  ];
}

/** A question and its answer, by their texts. */
function answered(name: string, answer: string): Text {
  return { key: 'engine.review.line', with: { name: { key: name }, answer: { key: answer } } };
}

import type { Match, Need } from '../src/domain/directory/match.ts';
import type { SharedField } from '../src/domain/municipalities/pack.ts';
import type { ReferralRequest } from '../src/domain/referrals/referral.ts';
import type { TogetherDone } from '../src/domain/referrals/together.ts';
import type { Text } from '../src/domain/text.ts';
import type { Option } from './engine/flow.ts';
import { callUs } from './meeting-words.ts';
import { nameOfService, serviceOf } from './referral-words.ts';
import type { Services } from './services.ts';
import { linesOf, lineText, type Sharing } from './shared-lines.ts';

/** Version of the consent text `services-at-once.consent.text`; a new one whenever its meaning changes. */
export const consentVersion = 'together-2026-01';

/** Fewer are no “several”. */
const fewest = 2;

/** The way here from a list of services that were found, where the city opens several at once and there are several. */
export function severalAtOnce(found: Match[], wanted: Need[], { municipality }: Services): Option[] {
  const many = found.filter(({ service }) => service.referral).length >= fewest;
  if (municipality.servicesAtOnce === undefined || !many) return [];
  const goes = { flow: 'services-at-once', given: { needs: wanted }, instead: true } as const;
  return [{ value: 'several', label: { key: 'services-at-once.several' }, goes }];
}

/** Names of services, as they stand in a list. */
export function namesOf(ids: string[], services: Services): Text[] {
  return ids.map((id) => nameOfService(id, services));
}

/** A service with its provider, as a person knows who will see something. */
export function nameAndProvider(id: string, services: Services): Text {
  const provider = serviceOf(id, services)?.provider ?? '';
  return { key: 'referral.service.title', with: { name: nameOfService(id, services), provider } };
}

/** What each service will get of the ticked lines; a service that would see none of them gets nothing. */
export function requestsOf(answers: object, services: Services): ReferralRequest[] {
  const { services: chosen, ...rest } = answers as Sharing & { services: string[] };
  return chosen.flatMap((service) => {
    const lines = linesOf({ ...rest, service }, services);
    return lines.length > 0 ? [{ service, lines, consent: true, consentVersion }] : [];
  });
}

/** What the person agrees to: every service by name, with the very lines that it will see. */
export function consentText(requests: ReferralRequest[], answers: object, services: Services): Text {
  const sharing = answers as Sharing & { services: string[] };
  const nothing = sharing.services.filter((id) => !requests.some(({ service }) => service === id));
  const parts = requests.flatMap(({ service, lines }): Text[] => [
    { key: 'services-at-once.consent.sees', with: { service: nameAndProvider(service, services) } },
    ...lines.map(({ field }) => lineOf(field, sharing, services)),
    '',
  ]);
  return {
    lines: [
      { key: 'services-at-once.consent.title' },
      '',
      ...parts,
      ...nothing.map((id) => ({
        key: 'services-at-once.left.nothing',
        with: { service: nameOfService(id, services) },
      })),
      { key: 'services-at-once.consent.text', with: { notice: services.municipality.contact.privacyNotice } },
    ],
  };
}

function lineOf(field: SharedField, sharing: Sharing, services: Services): Text {
  return { key: 'referral.consent.line', with: { line: lineText(field, sharing, services) } };
}

/** What came of it: each referral with its reference, what was left out and why, and what happens next by when. */
export function doneTexts({ sent, left }: TogetherDone, services: Services): Text[] {
  const { municipality, now } = services;
  const leftOut = left.map(({ service, why }): Text => {
    return { key: `services-at-once.leftNow.${why}`, with: { service: nameOfService(service, services) } };
  });
  if (sent.length === 0) return [...leftOut, callUs('referral.service.askPerson', municipality)];
  const { partnerReminderDays, referralExpiryDays } = municipality.timers;
  const day = (days: number): Text => ({ at: now.plus({ days }).toISO()!, as: 'date' });
  const reachable = sent.some(({ lines }) => lines.some(({ field }) => field === 'phone' || field === 'email'));
  const each = sent.map(({ service, reference, state }): Text => {
    const key = state === 'awaits-order' ? 'ordered' : 'one';
    return { key: `services-at-once.done.${key}`, with: { service: nameAndProvider(service, services), reference } };
  });
  return [
    { lines: [{ key: 'services-at-once.done.sent' }, ...each] },
    ...sent
      .filter(({ state }) => state === 'awaits-order')
      .map(
        ({ service }): Text => ({
          key: 'order.waits.what',
          with: { provider: serviceOf(service, services)?.provider ?? '' },
        }),
      ),
    ...leftOut,
    { key: 'services-at-once.done.notYet', with: { until: day(referralExpiryDays) } },
    ...(reachable ? [] : [{ key: 'services-at-once.done.noContact' }]),
    { key: 'referral.done.next', with: { by: day(partnerReminderDays), phone: municipality.contact.phone } },
  ];
}

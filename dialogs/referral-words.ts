import type { Match, Need } from '../src/domain/directory/match.ts';
import type { Service } from '../src/domain/municipalities/pack.ts';
import type { Referral } from '../src/domain/referrals/referral.ts';
import { orderBy } from '../src/domain/referrals/timers.ts';
import type { Text } from '../src/domain/text.ts';
import type { Services } from './services.ts';

/** A service of the city's directory; undefined when the pack has lost it. */
export function serviceOf(service: string, { municipality }: Pick<Services, 'municipality'>): Service | undefined {
  return municipality.services.find(({ id }) => id === service);
}

/** The name of a service; its id when the pack has lost it. */
export function nameOfService(service: string, services: Pick<Services, 'municipality'>): Text {
  return serviceOf(service, services)?.name ?? service;
}

/** A need as it stands inside a sentence. */
export function needText(need: Need): Text {
  return { key: `directory.needs.${need}` };
}

/** A service that fits, with the reasons: what it is, why it is offered, where and at what price. */
export function matchText({ service, reasons }: Match): Text {
  const { name, provider, summary, place, price } = service;
  return {
    lines: [
      { key: 'referral.service.title', with: { name, provider } },
      summary,
      ...reasons,
      ...moreLanguages(service, reasons),
      { key: 'referral.service.place', with: { place } },
      { key: 'referral.service.price', with: { price } },
    ],
  };
}

/** Languages of the service that the reasons have not told. */
function moreLanguages({ languages }: Service, reasons: Text[]): Text[] {
  const inLanguage = (language: string): Text => ({ key: `directory.inLanguage.${language}` });
  const told = JSON.stringify(reasons);
  const rest = languages.map(inLanguage).filter((text) => !told.includes(JSON.stringify(text)));
  if (rest.length === 0) return [];
  const key = rest.length < languages.length ? 'referral.service.alsoIn' : 'referral.service.languages';
  return [{ key, with: { languages: { list: rest } } }];
}

/** How the person reaches a service themselves, and what happens in it. */
export function contactText({ name, provider, contact, forWhom, process = [] }: Service): Text {
  const { phone, email, web } = contact;
  return {
    lines: [
      { key: 'referral.service.title', with: { name, provider } },
      { key: 'service.forWhom', with: { forWhom } },
      ...(phone ? [{ key: 'service.phone', with: { phone } }] : []),
      ...(email ? [{ key: 'service.email', with: { email } }] : []),
      { key: 'service.web', with: { web } },
      ...(process.length > 0 ? [{ key: 'service.process' }] : []),
      ...process.map(({ name: step, days }, at): Text => {
        return { key: 'service.step', with: { number: at + 1, step, days: dayCount(days) } };
      }),
    ],
  };
}

/** So many days, in words. */
export function dayCount(count: number): Text {
  return { key: 'service.days', with: { count } };
}

/** What came of a confirmed referral: never that the partner knows of it, only what happens next and by when. */
export function sentTexts(referral: Referral, services: Services): Text[] {
  const { reference, state, lines } = referral;
  const { municipality, now } = services;
  const service = serviceOf(referral.service, services);
  const named = { service: service?.name ?? referral.service, provider: service?.provider ?? '', reference };
  if (state === 'draft') return [{ key: 'referral.done.draft', with: named }, { key: 'referral.done.draftNext' }];
  if (state === 'awaits-order') {
    const by = orderBy(referral, municipality);
    return [
      { key: 'order.waits.sent', with: named },
      { key: 'order.waits.what', with: named },
      ...(by === undefined ? [] : [{ key: 'order.waits.by', with: { by: { at: by, as: 'date' as const } } }]),
      { key: 'order.waits.next', with: { phone: municipality.contact.phone } },
    ];
  }
  const { partnerReminderDays, referralExpiryDays } = municipality.timers;
  const day = (days: number): Text => ({ at: now.plus({ days }).toISO()!, as: 'date' });
  const reachable = lines.some(({ field }) => field === 'phone' || field === 'email');
  return [
    { key: 'referral.done.sent', with: named },
    { key: 'referral.done.notYet', with: { until: day(referralExpiryDays) } },
    ...(reachable ? [] : [{ key: 'referral.done.noContact' }]),
    {
      key: 'referral.done.next',
      with: { by: day(partnerReminderDays), phone: municipality.contact.phone },
    },
  ];
}

import type { Appointment } from '../domain/appointments/appointment.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';

/** What the coach's calendar says of a meeting: the least that tells the coach what it is. */
export interface EventWords {
  subject: string;
  body: string;
  /** Empty when nobody goes anywhere. */
  place: string;
}

/**
 * What a coach's calendar says of a meeting, in the coach's language: how, where, and the reference by which the case
 * is found in Polku. It says nothing of the client, since calendars are shared, printed and synchronised.
 */
export function eventWords(
  { kind, reference, place }: Appointment,
  coach: Coach,
  { places }: Municipality,
  t: Translator,
): EventWords {
  const language = t.languages.includes(coach.language) ? coach.language : 'fi';
  const say = (text: Text) => t.say(text, language);
  const named = { kind: { key: `cards.kinds.${kind}` }, reference };
  const there = kind === 'office' || kind === 'village' ? places.find(({ id }) => id === place) : undefined;
  return {
    subject: say({ key: 'outlook.event', with: named }),
    body: say({ key: 'outlook.open', with: { reference } }),
    place: there ? `${say(there.name)}, ${say(there.address)}` : '',
  };
}

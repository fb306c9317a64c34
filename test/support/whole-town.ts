import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { porvoo } from './conversation.ts';

const all = (text: string) => ({ fi: text, sv: text, en: text });

/** A city that has switched on everything a pack can, for tests that want to come to every question. */
export const wholeTown: Municipality = {
  ...porvoo,
  servicesAtOnce: 4,
  organisations: [
    { id: 'city', name: all('Kaupunki') },
    { id: 'office', name: all('Toimisto') },
  ],
  coaches: porvoo.coaches.map((coach, at) => ({ ...coach, organisation: at % 2 === 0 ? 'city' : 'office' })),
  ownPath: { days: { coach: 3, firstMeeting: 10, answer: 10, start: 21, service: 60 } },
  certificates: [{ id: 'hygiene', name: all('Hygieniapassi') }],
  selfPicture: true,
  panel: { about: all('Paneeli kehittää palvelua.') },
};

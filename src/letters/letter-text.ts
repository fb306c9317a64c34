import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { TransferredClient } from './transferred-clients.ts';

/** What every letter of an import is made from. */
export interface LetterParts {
  municipality: Municipality;
  t: Translator;
  /** Where people reach the chat, such as https://chat.city.example. */
  url: string;
  /** Today and the last day of the code, ISO 8601. */
  today: string;
  until: string;
}

/** One page of a letter: its words, and what its QR code says. */
export interface LetterPage {
  language: string;
  sender: string[];
  date: string;
  receiver: string[];
  title: string;
  before: string[];
  howTo: string;
  scan: string;
  type: string;
  code: string;
  after: string[];
  link: string;
}

/** Languages of a client's letter, a page each: Finnish or Swedish; for others Finnish and English. */
export function languagesOfLetter({ language }: Pick<TransferredClient, 'language'>): string[] {
  return language === 'fi' || language === 'sv' ? [language] : ['fi', 'en'];
}

/** Writes a page of the letter in one language. */
export function letterPage(parts: LetterParts, client: TransferredClient, code: string, language: string): LetterPage {
  const { municipality, t, url, today, until } = parts;
  const { contact, serviceName, slug } = municipality;
  const say = (text: Text) => t.say(text, language);
  const line = (key: string, values?: Record<string, Text>) => say({ key: `letter.page.${key}`, with: values });
  const coach = municipality.coaches.find(({ id }) => id === client.coach);
  const chat = `${url}/chat`;
  return {
    language,
    sender: [say(serviceName), ...say(contact.address).split(/, (?=\d{5})/)],
    date: say({ at: today, as: 'date' }),
    receiver: [client.name, ...client.address],
    title: line('title'),
    before: [
      line('moved', { service: serviceName }),
      coach ? line('coach', { coach: coach.name }) : line('someCoach'),
      line('start'),
    ],
    howTo: line('howTo'),
    scan: line('scan'),
    type: line('type', { address: chat.replace(/^https?:\/\//, '') }),
    code,
    after: [
      line('secret', { until: { at: until, as: 'date' } }),
      line('noAccount'),
      line('person', { phone: contact.phone, email: contact.email }),
      line('noDecision'),
      line('privacy', { address: contact.privacyNotice }),
    ],
    // After "#", so that the code is in no log of a server.
    link: `${chat}?municipality=${slug}&lang=${language}#code=${code}`,
  };
}

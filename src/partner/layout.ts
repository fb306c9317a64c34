import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Html, html } from '../web/html.ts';
import { quietLayout } from '../web/quiet-page.ts';

/** Who reads the partner's page, and in which language. */
export interface PartnerReader {
  municipality: Municipality;
  t: Translator;
  language: string;
  say(key: string, values?: Record<string, Text | number>): string;
  tell(text: Text): string;
}

/** Makes the reader of a page; a language that we have no texts for reads Finnish. */
export function partnerReader(wanted: string, t: Translator, municipality: Municipality): PartnerReader {
  const language = t.languages.includes(wanted) ? wanted : 'fi';
  const tell = (text: Text) => t.say(text, language);
  return { municipality, t, language, tell, say: (key, values) => tell({ key, ...(values && { with: values }) }) };
}

/** Address of the page's style sheet. */
export const styleAddress = '/partner-page.css';

/** A whole page of the partner. */
export function partnerLayout(
  { municipality, t, language, say, tell }: PartnerReader,
  title: string,
  body: Html,
): string {
  const languages = municipality.languages.filter((code) => t.languages.includes(code));
  const words = { skip: say('partner.page.skip'), languages: say('partner.page.languages') };
  const service = tell(municipality.serviceName);
  return quietLayout({ language, languages, title, service, style: styleAddress, words }, body);
}

/** How the service is reached by phone and mail. */
export function reachUs({ municipality: { contact } }: PartnerReader, name?: string): Html {
  return person(name, contact);
}

/** A person or an office with phone and mail. */
export function person(name: string | undefined, { phone, email }: { phone: string; email: string }): Html {
  return html`<p>${name !== undefined && html`${name}<br>`}<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a><br>
<a href="mailto:${email}">${email}</a></p>`;
}

import type { Municipality } from '../domain/municipalities/pack.ts';
import type { Text } from '../domain/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { Html, html } from '../web/html.ts';

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

/** A whole page of the partner: it works without script, and nothing of it comes from elsewhere. */
export function partnerLayout(
  { municipality, t, language, say, tell }: PartnerReader,
  title: string,
  body: Html,
): string {
  const service = tell(municipality.serviceName);
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const nameOf = (code: string) =>
    new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? names.of(code) ?? code;
  const languages = municipality.languages.filter((code) => t.languages.includes(code));
  return html`${new Html('<!doctype html>')}
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${service}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styleAddress}">
</head>
<body>
<a class="skip" href="#content">${say('partner.page.skip')}</a>
<header>
<p class="crest">${service}</p>
<nav aria-label="${say('partner.page.languages')}"><ul>${languages.map(
    (code) =>
      html`<li><a href="?lang=${code}" lang="${code}" hreflang="${code}"${code === language && html` aria-current="true"`}>${capital(nameOf(code))}</a></li>`,
  )}</ul></nav>
</header>
<main id="content">
${body}
</main>
</body>
</html>
`.text;
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

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

import type { Municipality } from '../domain/municipalities/pack.ts';
import { Html, html } from './html.ts';
import { hoursIn, type WebTexts } from './texts.ts';

/** In which language a page is read, and what it looks like. */
export interface Reading {
  language: string;
  texts: WebTexts;
  /** Name of the style sheet's file. */
  style: string;
}

/** What every page of a city is written from. */
export interface PageContext extends Reading {
  municipality: Municipality;
  /** Address of a page of this city, with these values in its query. */
  at(path: string, query: Record<string, string>): string;
  /** Other cities are served as well. */
  hasOthers: boolean;
}

/** A text of the pack in the page's language. */
export function inLanguage(text: Record<string, string>, language: string): string {
  return text[language] ?? text.fi!;
}

/** A whole page of a city; its title says which. */
export function layout(context: PageContext, title: string, kind: string, body: Html): string {
  const name = inLanguage(context.municipality.serviceName, context.language);
  return document(context, title === name ? title : `${title} – ${name}`, kind, body);
}

/** A whole page; script is only ever a file of its own, so the strictest content security policy fits. */
export function document({ language, style }: Reading, title: string, kind: string, body: Html): string {
  return html`${new Html('<!doctype html>')}
<html lang="${language}" class="${kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/polku/${style}">
</head>
<body>
${body}
</body>
</html>
`.text;
}

/** Links to the same page in the other languages. */
export function languageLinks(
  label: string,
  languages: readonly string[],
  language: string,
  addressIn: (language: string) => string,
): Html {
  const name = (code: string) => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return html`<nav class="languages" aria-label="${label}"><ul>${languages.map(
    (code) =>
      html`<li><a href="${addressIn(code)}" lang="${code}" hreflang="${code}"${code === language && html` aria-current="true"`}>${capital(name(code))}</a></li>`,
  )}</ul></nav>`;
}

/** How a person is reached: phone, address, hours. */
export function contactLines(context: PageContext): Html {
  const { municipality, language, texts } = context;
  const { phone, email, address, hours } = municipality.contact;
  return html`<dl class="contact">
<dt>${texts.page.phone}</dt><dd><a href="tel:${phone.replaceAll(' ', '')}">${phone}</a></dd>
<dt>${texts.page.hours}</dt><dd>${hoursIn(hours, language, texts).map((line) => html`<span>${line}</span> `)}</dd>
<dt>${texts.page.address}</dt><dd>${inLanguage(address, language)}</dd>
<dt>${texts.page.email}</dt><dd><a href="mailto:${email}">${email}</a></dd>
</dl>`;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'restify';
import { hasCode } from '../errors.ts';
import { root } from '../root.ts';
import { Html, html } from './html.ts';
import { languageLinks } from './layout.ts';

/** What a page behind a secret address is written from; `query` goes with the links to the other languages. */
export interface QuietPage {
  language: string;
  languages: readonly string[];
  title: string;
  /** Who serves the page. */
  service: string;
  /** Address of the style sheet. */
  style: string;
  words: { skip: string; languages: string };
  query?: string;
}

/** A whole page for whoever holds a secret address: it works without script, and nothing of it comes from elsewhere. */
export function quietLayout(page: QuietPage, body: Html): string {
  const { language, languages, title, service, style, words, query = '' } = page;
  return html`${new Html('<!doctype html>')}
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${service}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<p class="crest">${service}</p>
${languageLinks(words.languages, languages, language, (code) => `?lang=${code}${query}`)}
</header>
<main id="content">
${body}
</main>
</body>
</html>
`.text;
}

/** The address is a secret: it is not passed on, kept or found; and the page has no script and stands in no other page. */
export const quiet = {
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

/** Sends a page that nobody keeps. */
export function sendQuiet(response: Response, status: number, page: string): void {
  response.sendRaw(status, page, { 'Content-Type': 'text/html; charset=utf-8', ...quiet });
}

/** Serves the style that these pages share, and after it one's own, a file below `src`. */
export function quietStyle(own: string): (request: Request, response: Response) => Promise<void> {
  const files = ['web/ground.css', 'web/quiet-page.css', own];
  const style = Buffer.concat(files.map((file) => readFileSync(join(root, 'src', file))));
  return async (_request, response) => {
    response.sendRaw(200, style, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'max-age=300' });
  };
}

/** Makes a handler that tells a person, on a page, of too many requests and of a store that does not answer. */
export function tellingTrouble(
  handle: (request: Request, response: Response) => Promise<void>,
  page: (request: Request, trouble: 'busy' | 'down') => string,
) {
  return async (request: Request, response: Response): Promise<void> => {
    try {
      await handle(request, response);
    } catch (error) {
      if (hasCode(error, 'tooMany')) {
        response.setHeader('Retry-After', String(error.details.retryAfter));
        return sendQuiet(response, 429, page(request, 'busy'));
      }
      if (hasCode(error, 'storeUnavailable')) return sendQuiet(response, 503, page(request, 'down'));
      throw error;
    }
  };
}

import type { Municipality } from '../domain/municipalities/pack.ts';
import { html } from './html.ts';
import { document, inLanguage, languageLinks, type Reading } from './layout.ts';

/** What the list of the cities is made from. */
export interface CitiesPage extends Reading {
  /** Languages in which the list can be read. */
  languages: readonly string[];
  municipalities: readonly Municipality[];
  /** The page that is meant, of whichever city. */
  path: string;
  /** The address named a city that is not served here. */
  isUnknown: boolean;
}

/** The list of the cities, where the address of a page leaves open which one is meant. */
export function citiesPage(page: CitiesPage): string {
  const { municipalities, language, languages, texts, path, isUnknown } = page;
  return document(
    page,
    texts.page.citiesTitle,
    'cities',
    html`<header class="top slim">
<h1>${texts.page.citiesTitle}</h1>
${languageLinks(texts.page.languages, languages, language, (code) => `${path}?lang=${code}`)}
</header>
<main class="plain">
<p>${isUnknown ? texts.page.citiesUnknown : texts.page.citiesLead}</p>
<ul class="people">${municipalities.map(
      ({ slug, name, serviceName }) =>
        html`<li><a href="${`${path}?municipality=${slug}&lang=${language}`}"><strong>${inLanguage(name, language)}</strong><span>${inLanguage(serviceName, language)}</span></a></li>`,
    )}</ul>
</main>`,
  );
}

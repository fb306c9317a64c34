import { html } from './html.ts';
import { contactLines, inLanguage, languageLinks, layout, type PageContext } from './layout.ts';

/** A road over hills, which a page may carry without saying anything. */
const scene = html`<svg class="scene" viewBox="0 0 1280 320" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
<circle class="sun" cx="1120" cy="84" r="44"/>
<path class="far" d="M0 262C220 262 420 268 640 226S900 110 1050 158s160 30 230 12v150H0z"/>
<path class="near" d="M0 300c300 0 460-14 680-40s300-74 430-52 130 22 170 18v94H0z"/>
<path class="road" d="M860 330c20-40 190-22 184-62s-112-18-88-56 108-8 122-44"/>
</svg>`;

/** The demo's page of a city, as a city could have it, with the chat in its corner. */
export function cityPage(context: PageContext): string {
  const { municipality, language, texts, at, hasOthers } = context;
  const { page } = texts;
  const name = inLanguage(municipality.serviceName, language);
  const city = inLanguage(municipality.name, language);
  return layout(
    context,
    name,
    'city',
    html`<a class="skip" href="#content">${page.skip}</a>
<header class="top">
<p class="crest"><a href="${at('/', { lang: language })}">${city}</a></p>
${languageLinks(texts.page.languages, municipality.languages, language, (lang) => at('/', { lang }))}
</header>
<main id="content">
<div class="hero">${scene}<div class="words"><h1>${name}</h1><p>${page.lead}</p></div></div>
<div class="columns">
<section><h2>${page.startTitle}</h2><ol><li>${page.start1}</li><li>${page.start2}</li><li>${page.start3}</li></ol></section>
<section><h2>${page.visitTitle}</h2><ul class="places">${municipality.places
      .filter(({ kind }) => kind === 'office')
      .map(
        (place) =>
          html`<li><strong>${inLanguage(place.name, language)}</strong><br>${inLanguage(place.address, language)}<br>${inLanguage(place.access, language)}</li>`,
      )}</ul></section>
<section><h2>${page.contactTitle}</h2>${contactLines(context)}</section>
</div>
</main>
<footer><p>${page.demo}</p>${hasOthers && html`<p><a href="/?lang=${language}">${page.citiesTitle}</a></p>`}<p><a href="${municipality.contact.privacyNotice}">${page.privacy}</a></p></footer>
<script src="/embed.js" data-municipality="${municipality.slug}" data-language="${language}" async></script>`,
  );
}

import { html } from './html.ts';
import { contactLines, inLanguage, languageLinks, layout, type PageContext } from './layout.ts';

/** The demo's page of a city, as a city could have it, with the chat in its corner. */
export function cityPage(context: PageContext): string {
  const { municipality, language, texts } = context;
  const { page } = texts;
  const name = inLanguage(municipality.serviceName, language);
  const city = inLanguage(municipality.name, language);
  return layout(
    context,
    name,
    'city',
    html`<a class="skip" href="#content">${page.skip}</a>
<header class="top">
<p class="crest"><a href="/?lang=${language}">${city}</a></p>
${languageLinks(context, '/')}
</header>
<main id="content">
<div class="hero"><div><h1>${name}</h1><p>${page.lead}</p></div></div>
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
<footer><p>${page.demo}</p><p><a href="${municipality.contact.privacyNotice}">${page.privacy}</a></p></footer>
<script src="/embed.js" data-municipality="${municipality.slug}" data-language="${language}" async></script>`,
  );
}

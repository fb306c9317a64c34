import { html } from './html.ts';
import { contactLines, inLanguage, languageLinks, layout, type PageContext } from './layout.ts';

/** The chat as a page of its own, for a code on a wall; without script it tells how a person is reached. */
export function chatPage(context: PageContext): string {
  const { municipality, language, texts, at, hasOthers } = context;
  return layout(
    context,
    texts.page.chatTitle,
    'own',
    html`<header class="top slim">
<h1>${inLanguage(municipality.name, language)}</h1>${hasOthers && html`<p><a href="/chat?lang=${language}">${texts.page.citiesTitle}</a></p>`}
${languageLinks(texts.page.languages, municipality.languages, language, (lang) => at('/chat', { lang }))}
</header>
<main>
<noscript><div class="plain"><p>${texts.page.noScript}</p>${contactLines(context)}</div></noscript>
<polku-chat own municipality="${municipality.slug}" language="${language}"></polku-chat>
</main>
<script src="/embed.js" data-municipality="${municipality.slug}" data-language="${language}" async></script>`,
  );
}

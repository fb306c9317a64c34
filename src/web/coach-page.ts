import { html } from './html.ts';
import { inLanguage, layout, type PageContext } from './layout.ts';

/** The demo's list of coaches: whose inbox is opened. */
export function coachesPage(context: PageContext): string {
  const { municipality, language, texts, at } = context;
  return layout(
    context,
    texts.page.coachTitle,
    'coaches',
    html`<main class="plain">
<h1>${texts.page.coachTitle}</h1>
<p>${texts.page.coachLead}</p>
<ul class="people">${municipality.coaches.map(
      (coach) =>
        html`<li><a href="${at('/coach', { id: coach.id })}" lang="${coach.language}"><strong>${coach.name}</strong><span>${inLanguage(coach.title, coach.language)}</span></a></li>`,
    )}</ul>
<p>${texts.page.demo}</p>
<p><a href="${at('/', { lang: language })}">${texts.page.home}</a></p>
</main>`,
  );
}

/** The demo's inbox of one coach, with the very cards that Teams would show. */
export function inboxPage(context: PageContext, coachId: string, script: string): string {
  const { municipality, language, texts, at } = context;
  const coach = municipality.coaches.find(({ id }) => id === coachId);
  return layout(
    context,
    texts.page.coachTitle,
    'own',
    html`<header class="top slim">
<h1>${coach?.name}</h1>
<p><a href="${at('/coach', { lang: language })}">${texts.page.coachBack}</a></p>
</header>
<main><polku-inbox coach="${coachId}" municipality="${municipality.slug}" language="${language}"></polku-inbox></main>
<script type="module" src="/polku/${script}"></script>`,
  );
}

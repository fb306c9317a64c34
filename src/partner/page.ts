import type { DateTime } from 'luxon';
import type { Referral } from '../domain/referrals/referral.ts';
import { isWithPartner } from '../domain/referrals/states.ts';
import { timersOf } from '../domain/referrals/timers.ts';
import { tellAnswer, writtenIn } from '../notify/answers.ts';
import { type Html, html } from '../web/html.ts';
import { answerForms, placesForm, type Refused, refusal } from './forms.ts';
import { type PartnerReader, partnerLayout, person, reachUs } from './layout.ts';

/** What the page tells of what was just sent: taken, too late, or places kept; `masked`: an identity code was taken out. */
export interface Said {
  what: 'done' | 'old' | 'places';
  masked?: boolean;
}

/** What a partner's page is made from. */
export interface PartnerPage {
  referral: Referral;
  reader: PartnerReader;
  now: DateTime;
  /** Places left in the service, told by a partner or written in the pack. */
  placesLeft?: number;
  said?: Said;
  refused?: Refused;
}

/** The page of one referral: what the client ticked and nothing else, and what the partner can tell now. */
export function partnerPage({ referral, reader, now, placesLeft, said, refused }: PartnerPage): string {
  const { municipality, say, tell } = reader;
  const { state, history } = referral;
  const service = municipality.services.find(({ id }) => id === referral.service);
  const name = service ? tell(service.name) : referral.service;
  const isOpen = isWithPartner(state);
  const startsOn = history.findLast((step) => step.startsOn !== undefined)?.startsOn;
  const forms = {
    reader,
    state,
    seen: history.length,
    now,
    ...(startsOn && { startsOn }),
    ...(refused && { refused }),
  };
  return partnerLayout(
    reader,
    name,
    html`${said && notice(said, reader)}
${refused && refusal(refused, reader)}
<h1>${name}</h1>
<p class="lead">${say('partner.page.intro', { municipality: municipality.serviceName })}</p>
${facts(referral, reader)}
${isOpen ? clientLines(referral, reader) : html`<p>${say('partner.page.closed')}</p>`}
${
  isOpen &&
  html`<section aria-labelledby="answer"><h2 id="answer">${say(`partner.page.${state === 'accepted' || state === 'started' ? 'later' : 'answer'}`)}</h2>
${answerForms(forms)}</section>`
}
<section aria-labelledby="contact"><h2 id="contact">${say('partner.page.contact')}</h2>${coachOf(referral, reader)}</section>
${placesForm(placesLeft, { reader, ...(refused && { refused }) })}`,
  );
}

function notice({ what, masked }: Said, { say }: PartnerReader): Html {
  return html`<p class="said" role="status">${say(`partner.page.said.${what}`)}${masked && html` ${say('partner.page.masked')}`}</p>`;
}

function facts(referral: Referral, { municipality, say, tell }: PartnerReader): Html {
  const { state, history, reference, order } = referral;
  const last = history.at(-1)!;
  const expires = timersOf(referral, municipality).find(({ what }) => what === 'expire');
  const line = (label: string, text: string) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  const since = { state: { key: `partner.states.${state}` }, date: { at: last.at, as: 'date' } } as const;
  const by = expires && { at: new Date(expires.at).toISOString(), as: 'date' as const };
  return html`<dl>${line(say('partner.page.state'), say('partner.page.since', since))}
${last.startsOn !== undefined && line(say('partner.page.fields.startsOn'), tell({ at: last.startsOn, as: 'date' }))}
${by && line(say('partner.page.answerBy'), tell(by))}
${order && line(say('order.label'), order.reference)}
${line(say('partner.page.reference'), reference)}</dl>`;
}

/** The ticked lines that the service may be told, each in the partner's language; own words keep theirs. */
function clientLines(referral: Referral, reader: PartnerReader): Html {
  const { municipality, say } = reader;
  const { lines, consent, service, language } = referral;
  const fields = municipality.services.find(({ id }) => id === service)?.referral?.fields ?? [];
  const shown = lines.filter(({ field }) => fields.includes(field));
  const told = shown.map(({ field, value, language: wordsIn = language }) => {
    const { label, text, own } = tellAnswer(field, value, reader);
    const words = own ? html`<span lang="${wordsIn}">${text}</span> (${writtenIn(wordsIn, reader)})` : text;
    return html`<div><dt>${label}</dt><dd>${words}</dd></div>`;
  });
  return html`<section aria-labelledby="client"><h2 id="client">${say('partner.page.client')}</h2>
${told.length > 0 ? html`<dl class="client">${told}</dl>` : html`<p>${say('partner.page.nothing')}</p>`}
<p class="hint">${say('partner.page.consent', { date: { at: consent?.at ?? referral.createdAt, as: 'date' } })}</p></section>`;
}

function coachOf({ coach: id }: Referral, reader: PartnerReader): Html {
  const { municipality, tell } = reader;
  const coach = municipality.coaches.find((one) => one.id === id);
  return coach ? person(coach.name, coach) : reachUs(reader, tell(municipality.serviceName));
}

/** The page of a link that opens nothing, the same whatever the reason; `asked`: a new link was asked for. */
export function deadPage(reader: PartnerReader, asked: boolean): string {
  const { municipality, say, tell } = reader;
  const title = say('partner.page.dead.title');
  return partnerLayout(
    reader,
    title,
    html`<h1>${title}</h1>
<p>${say('partner.page.dead.why', { days: municipality.timers.partnerLinkDays })}</p>
${
  asked
    ? html`<p class="said" role="status">${say('partner.page.dead.asked')}</p>`
    : html`<p>${say('partner.page.dead.new')}</p>
<form method="post" action="?lang=${reader.language}"><button name="act" value="renew">${say('partner.page.dead.ask')}</button></form>`
}
<section aria-labelledby="contact"><h2 id="contact">${say('partner.page.contact')}</h2>${reachUs(reader, tell(municipality.serviceName))}</section>`,
  );
}

/** A page that says one thing: too many attempts, or a failure of ours. */
export function plainPage(reader: PartnerReader, key: 'busy' | 'down'): string {
  const { say } = reader;
  const title = say('partner.page.dead.title');
  return partnerLayout(
    reader,
    title,
    html`<h1>${title}</h1><p role="alert">${say(`partner.page.${key}`)}</p>${reachUs(reader)}`,
  );
}

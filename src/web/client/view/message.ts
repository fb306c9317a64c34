import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment } from '../../../bot/activity.ts';
import type { Item } from '../items.ts';
import { linkPieces } from '../links.ts';
import { fill, type Start } from '../words.ts';
import { icons } from './icons.ts';

/** What a message needs to be shown. */
export interface MessageView {
  start: Start;
  known: ReadonlySet<string>;
  own: string;
  retry(id: string): void;
  edit(id: string): void;
  card(item: Item, content: unknown): TemplateResult;
}

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
const downloadable = /^data:text\/(calendar|plain)[;,]/i;

function words({ text, links = [] }: Item, view: MessageView): (string | TemplateResult)[] {
  const known = links.length > 0 ? new Set([...view.known, ...links]) : view.known;
  return linkPieces(text, known, view.own).map((piece) =>
    piece.href
      ? html`<a href=${piece.href} target=${piece.href.startsWith('http') ? '_blank' : nothing} rel="noopener">${piece.text}</a>`
      : piece.text,
  );
}

function file(attachment: Attachment, { words: own }: Start): TemplateResult | typeof nothing {
  const { contentUrl, name = own.fileName } = attachment;
  if (!contentUrl || !downloadable.test(contentUrl)) return nothing;
  return html`<a class="file" href=${contentUrl} download=${name}>${icons.file}<span>${fill(own.file, { name })}</span></a>`;
}

/** So much of the buttons of an answered question is told, in characters. */
const pastLength = 70;

function past(item: Item, { words: own, language }: Start): TemplateResult | typeof nothing {
  if (!item.past.length) return nothing;
  let room = pastLength;
  const told = item.past.filter(({ title, chosen }) => {
    room -= title.length;
    return room > 0 || chosen;
  });
  const list = told.map(
    ({ title, chosen }, index) =>
      html`${index ? ' · ' : ''}${chosen ? html`<strong>${title} <span lang=${language}>(${own.chosen})</span></strong>` : title}`,
  );
  const rest = told.length < item.past.length ? ' …' : '';
  return html`<p class="past" aria-live="off"><span lang=${language}>${own.past}: </span>${list}${rest}</p>`;
}

function trouble(item: Item, view: MessageView): TemplateResult | typeof nothing {
  if (!item.failed) return nothing;
  const { words: own, language } = view.start;
  const why = { tooLarge: own.tooLarge, tooMany: own.tooMany }[item.failed] ?? own.notSent;
  return html`<div class="trouble" lang=${language}>
    <p>${why}</p>
    <button type="button" @click=${() => view.retry(item.key)}>${own.tryAgain}</button>
    <button type="button" @click=${() => view.edit(item.key)}>${own.edit}</button>
  </div>`;
}

/** One message: a person's text is only text; links are made in the service's own texts. */
export function message(item: Item, view: MessageView): TemplateResult {
  const { words: own, language } = view.start;
  const cards = item.attachments.filter(({ contentType }) => contentType === adaptiveCard);
  return html`<div
    class="message ${item.mine ? 'mine' : 'bot'} ${item.sending ? 'sending' : ''}"
    id="m-${item.key}"
    lang=${item.language ?? language}
  >
    <span class="speaker" lang=${language}>${item.mine ? own.you : own.bot}: </span>
    ${item.text ? html`<p class="text" dir="auto">${item.mine ? item.text : words(item, view)}</p>` : nothing}
    ${cards.map(({ content }) => view.card(item, content))} ${item.attachments.map((one) => file(one, view.start))}
    ${past(item, view.start)} ${trouble(item, view)}
  </div>`;
}

import type { Button, Input } from './buttons.ts';

/** A piece of text that no renderer interprets: the only element that may hold what a person wrote. */
export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  isSubtle?: true;
  color?: 'Attention' | 'Good';
}

/** The elements our cards are made of. */
export type Block =
  | { type: 'RichTextBlock'; inlines: TextRun[]; spacing?: 'Small' | 'Medium'; separator?: true }
  | { type: 'TextBlock'; text: string; style: 'heading'; weight: 'Bolder'; size: 'Medium'; wrap: true }
  | { type: 'ActionSet'; actions: Button[] }
  /** A picture of ours as a data address; `altText` says all that it shows. */
  | { type: 'Image'; url: string; altText: string; width: string }
  | { type: 'ColumnSet'; columns: { type: 'Column'; width: 'stretch'; items: Block[] }[]; spacing: 'Medium' }
  | Input;

/** An Adaptive Card 1.5. */
export interface Card {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  lang: string;
  fallbackText: string;
  body: Block[];
  actions?: Button[];
}

/** Words of a person in a card are cut here; a card for Teams stays under 28 kB. */
const mostCharacters = 1_500;
const longestInList = 60;
// Control characters and those that turn the direction of text, with which one line could pass for another.
const unsafe = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** A text on one line, without what a renderer or a reader could take for something else. */
export function plain(text: string): string {
  // Two opening braces begin a date function of Adaptive Cards.
  const line = text
    .replace(unsafe, ' ')
    .replace(/\{(?=\{)/g, '{ ')
    .trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…`.toWellFormed() : line;
}

/** Words of a person in a list, where many lines share the card. */
export function brief(text: string, longest = longestInList): string {
  return text.length > longest ? `${text.slice(0, longest)}…`.toWellFormed() : text;
}

/** The title of a card, of our own words only: a TextBlock interprets markdown. */
export function heading(text: string): Block {
  return { type: 'TextBlock', text, style: 'heading', weight: 'Bolder', size: 'Medium', wrap: true };
}

/** A sentence of ours. */
export function sentence(text: string, look: Pick<TextRun, 'isSubtle' | 'color' | 'weight'> = {}): Block {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: plain(text), ...look }], spacing: 'Small' };
}

/** A line such as "Place: Main office", with a remark after it. */
export function line(label: string, text: string, remark?: string): Block {
  const inlines: TextRun[] = [
    { type: 'TextRun', text: `${label}: `, weight: 'Bolder' },
    { type: 'TextRun', text: plain(text) || '–' },
  ];
  if (remark !== undefined) inlines.push({ type: 'TextRun', text: ` (${plain(remark)})`, isSubtle: true });
  return { type: 'RichTextBlock', inlines, spacing: 'Small' };
}

/** A heading inside a card. */
export function part(text: string): Block {
  return {
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, weight: 'Bolder' }],
    spacing: 'Medium',
    separator: true,
  };
}

/** Puts a card together; `title` is read by those who cannot show cards. */
export function card(language: string, title: string, body: Block[], actions: Button[] = []): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: language,
    fallbackText: title,
    body: [heading(title), ...body],
    ...(actions.length > 0 && { actions }),
  };
}

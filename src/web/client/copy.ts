import type { Activity } from '../../bot/activity.ts';
import { type Item, itemsOf } from './items.ts';
import type { Log } from './log.ts';
import { fill, type Start } from './words.ts';

const look = `body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1b2a33;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}dt{font-weight:600;margin-top:.75rem}dd{margin:0}
article{border-top:1px solid #c9d4d2;padding:.5rem 0}article p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.who{font-weight:600}time{color:#51626c;font-weight:400}`;

/** What the person answered last to each question, in the order asked. */
export function answersOf(activities: readonly Activity[]): { question: string; answer: string; language?: string }[] {
  const answers = new Map<string, { question: string; answer: string; language?: string }>();
  let asked: Activity | undefined;
  for (const activity of activities) {
    if (activity.type !== 'message') continue;
    if (activity.from.role !== 'user') {
      if (activity.channelData?.question) asked = activity;
      continue;
    }
    const { flow, question } = asked?.channelData ?? {};
    if (question && question !== 'review' && activity.text && asked?.text) {
      answers.set(`${flow} ${question}`, { question: asked.text, answer: activity.text, language: asked.locale });
    }
    asked = undefined;
  }
  return [...answers.values()];
}

function add(parent: Element, name: string, text?: string, language?: string): HTMLElement {
  const child = parent.ownerDocument.createElement(name);
  if (text !== undefined) child.textContent = text;
  if (language) child.lang = language;
  parent.append(child);
  return child;
}

function tellItem(body: Element, item: Item, start: Start, when: Intl.DateTimeFormat): void {
  const article = add(body, 'article');
  const who = add(article, 'p', item.mine ? start.words.you : start.words.bot);
  who.className = 'who';
  if (item.at) {
    who.append(' ');
    add(who, 'time', when.format(new Date(item.at))).setAttribute('datetime', item.at);
  }
  if (item.text) add(article, 'p', item.text, item.language);
  for (const { name } of item.attachments) if (name) add(article, 'p', name);
}

/** Writes the conversation and the answers into an empty document; every text goes in as text. */
export function writeCopy(page: Document, log: Log, start: Start, now: Date): void {
  const { words, language } = start;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  page.documentElement.lang = language;
  page.documentElement.dir = start.direction;
  page.title = `${words.copyTitle}: ${start.name}`;
  const body = page.body;
  add(body, 'h1', page.title);
  add(body, 'p', fill(words.copyMade, { time: when.format(now) }));
  const answers = answersOf(log.activities);
  if (answers.length) {
    add(body, 'h2', words.copyAnswers);
    const list = add(body, 'dl');
    for (const { question, answer, language: of } of answers) {
      add(list, 'dt', question, of);
      add(list, 'dd', answer);
    }
  }
  add(body, 'h2', words.copyTitle);
  for (const item of itemsOf(log)) tellItem(body, item, start, when);
}

function saveCopy(log: Log, start: Start, now: Date): void {
  const page = document.implementation.createHTMLDocument();
  const meta = page.createElement('meta');
  meta.setAttribute('charset', 'utf-8');
  page.head.append(meta);
  writeCopy(page, log, start, now);
  // Not as an element: the city's content security policy would have its say on it here.
  const html = page.documentElement.outerHTML.replace('</head>', `<style>${look}</style></head>`);
  const file = new Blob([`<!doctype html>\n${html}`], { type: 'text/html' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${start.words.copyFile}-${now.toISOString().slice(0, 10)}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function printCopy(log: Log, start: Start, now: Date): void {
  const page = window.open('', '_blank');
  if (!page) {
    saveCopy(log, start, now);
    return;
  }
  writeCopy(page.document, log, start, now);
  // A sheet made by script needs no permission from the city's content security policy; a style element would.
  const sheet = new (page as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(look);
  page.document.adoptedStyleSheets = [sheet];
  page.print();
}

/** The person's own copy, as a readable file made in the browser or in a page of its own that is printed. */
export const copyKinds = { save: saveCopy, print: printCopy };

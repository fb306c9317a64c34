import type {} from './api.ts';
import look from './look/launcher.css';

/** Names of this release's files and the launcher's words; put in by the build. */
declare const EMBED: {
  chat: string;
  words: Record<string, { label: string; loading: string; failed: string; news: string }>;
};

type Chat = HTMLElement & { ready: Promise<void>; closing?: () => void };

const script = (document.currentScript ?? document.querySelector('script[src*="/embed.js"]')) as HTMLScriptElement;
const { municipality = '', language, label, placement, color, onColor, launcher, theme, prepare } = script.dataset;
const at = new URL('polku/', script.src).href;
const tag = (language ?? (document.documentElement.lang || navigator.language)).slice(0, 2).toLowerCase();
const spoken = EMBED.words[tag] ? tag : Object.keys(EMBED.words)[0]!;
const words = EMBED.words[spoken]!;
const openName = `polku:${municipality}:open`;
let tries = 0;
let loaded: Promise<unknown> | undefined;

/** Loads the chat once; a failed load is asked for under another name, since browsers remember failures. */
function load(): Promise<unknown> {
  loaded ??= import(`${at}${EMBED.chat}${tries ? `?${tries}` : ''}`).catch((error) => {
    tries += 1;
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** Asks for a token while the chat is loading, unless there is a conversation to go on with. */
function askEarly(): void {
  try {
    if (localStorage.getItem(`polku:${municipality}:conversation`)) return;
  } catch {
    // Nothing is remembered here, so there is nothing to go on with.
  }
  const body = JSON.stringify({ municipality, language: spoken });
  const asked = fetch(new URL('../api/token', at), { method: 'POST', body, credentials: 'omit' });
  globalThis.polkuToken = asked.catch(() => undefined);
}

function remember(open: boolean): void {
  try {
    sessionStorage.setItem(openName, open ? '1' : '');
  } catch {
    // Not remembered: the next page begins with the launcher closed.
  }
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(openName) === '1';
  } catch {
    return false;
  }
}

function mark(element: Element, attributes: Record<string, string | undefined>): void {
  for (const name in attributes) if (attributes[name]) element.setAttribute(name, attributes[name]);
}

function putLauncher(): void {
  const host = document.createElement('polku-launcher');
  const name = label ?? words.label;
  mark(host, { role: 'region', 'aria-label': name, lang: spoken, placement });
  if (color) host.style.setProperty('--polku-color', color);
  if (onColor) host.style.setProperty('--polku-on-color', onColor);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  const told = document.createElement('p');
  const dialog = document.createElement('dialog');
  let chat: Chat | undefined;
  const say = (text = '') => {
    told.textContent = text;
  };
  button.textContent = name;
  mark(button, { type: 'button', 'aria-haspopup': 'dialog' });
  mark(told, { role: 'status' });
  mark(dialog, { 'aria-label': name });

  function close(): void {
    dialog.close();
    button.hidden = false;
    button.focus();
    remember(false);
  }

  async function open(byPerson: boolean): Promise<void> {
    say(words.loading);
    if (!chat) askEarly();
    try {
      await load();
      if (!chat) {
        chat = document.createElement('polku-chat') as Chat;
        mark(chat, { municipality, theme, language: spoken });
        chat.closing = close;
        chat.addEventListener('news', () => dialog.open || say(words.news));
        dialog.append(chat);
      }
      await chat.ready;
    } catch {
      return say(words.failed);
    }
    say();
    const isSmall = matchMedia('(max-width: 35em), (max-height: 30em)').matches;
    // The attribute rather than `show()`, which would take the keyboard from a page that has just been opened.
    if (isSmall && byPerson && !dialog.open) dialog.showModal();
    else if (!isSmall) dialog.open = true;
    button.hidden = dialog.open;
    if (byPerson) chat.focus();
    remember(dialog.open);
  }

  const ready = () => void load().catch(() => undefined);
  for (const hint of ['pointerenter', 'focus', 'touchstart']) {
    button.addEventListener(hint, ready, { once: true, passive: true });
  }
  if (prepare === 'idle') (window.requestIdleCallback ?? setTimeout)(ready);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  button.addEventListener('click', () => void open(true));
  root.append(button, told, dialog);
  document.body.append(host);
  if (wasOpen()) void open(false);
}

function begin(): void {
  if (document.querySelector('polku-launcher')) return;
  if (document.querySelector('polku-chat')) {
    askEarly();
    void load();
  } else if (launcher !== 'none') putLauncher();
}

if (document.body) begin();
else addEventListener('DOMContentLoaded', begin);

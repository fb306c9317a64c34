import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** How a page may be looked at; each sets all it needs. */
export const looks = {
  light: { colorScheme: 'light', forcedColors: 'none', width: 1000, height: 760, text: '' },
  dark: { colorScheme: 'dark', forcedColors: 'none', width: 1000, height: 760, text: '' },
  forced: { colorScheme: 'light', forcedColors: 'active', width: 1000, height: 760, text: '' },
  large: { colorScheme: 'light', forcedColors: 'none', width: 320, height: 640, text: '200%' },
} as const;
export type Look = keyof typeof looks;

/** Makes the page look so. */
export async function wear(page: Page, look: Look): Promise<void> {
  const { colorScheme, forcedColors, width, height, text } = looks[look];
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.setViewportSize({ width, height });
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, text);
}

/** The messages of earlier turns, which were reviewed when they came. */
const earlier = '.log > :nth-last-child(n+9)';

/** What axe finds wrong, and what it could not decide, each told in a line; `whole` reviews earlier messages again. */
export async function review(page: Page, look: Look, whole: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // The colours are then the reader's own, and axe reads those of the sheet.
  if (look === 'forced') axe.disableRules('color-contrast');
  if (!whole) {
    for (const chat of ['polku-launcher', '']) {
      const path = [chat, 'polku-chat', earlier].filter(Boolean);
      if (await page.locator(path.join(' ')).count()) axe.exclude([path] as never);
    }
  }
  const { violations, incomplete } = await axe.analyze();
  const undecided: Found[] = [];
  for (const found of incomplete) {
    for (const node of found.nodes) undecided.push(...(await lookCloser(page, found.id, node.target as Target)));
  }
  return [...violations.flatMap(told('violation')), ...undecided.flatMap(told('undecided'))];
}

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];
type Target = string | (string | string[])[];

function told(kind: string) {
  return ({ id, nodes }: Found) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return `${kind} ${id} at ${JSON.stringify(target)}: ${why}`;
    });
}

/** What is cut by the edge of a scrolling box cannot be decided there: it is moved to the middle and judged again. */
async function lookCloser(page: Page, rule: string, target: Target): Promise<Found[]> {
  const place = page.locator([target].flat(3).join(' ')).first();
  await place.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const again = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .include(target as never)
    .withRules(rule)
    .analyze();
  const isContrast = rule === 'color-contrast' && (await place.evaluate(contrastOf)) >= 4.5;
  return [...again.violations, ...(isContrast ? [] : again.incomplete)];
}

/** Contrast of a text with the nearest opaque ground under it; runs in the page, for what axe cannot decide. */
function contrastOf(element: Element): number {
  const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parentOf = (one: Element) => one.parentElement ?? (one.getRootNode() as ShadowRoot).host ?? null;
  let ground: Element | null = element;
  while (ground && parts(getComputedStyle(ground).backgroundColor)[3] === 0) ground = parentOf(ground);
  const under = light(ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)');
  const text = light(getComputedStyle(element).color);
  return (Math.max(under, text) + 0.05) / (Math.min(under, text) + 0.05);
}

/** Runs in the page, before anything else: notes what each live log adds, as a screen reader would hear it. */
export function listenToLogs(): void {
  const heard: string[] = [];
  (window as unknown as { heard: string[] }).heard = heard;
  const isLive = (element: Element) => !element.closest('[aria-live="off"]');
  /** Texts that are added to a live region, but for what is silenced inside it. */
  const words = (node: Element): string => {
    const copy = node.cloneNode(true) as Element;
    for (const silent of copy.querySelectorAll('[aria-live="off"], [aria-hidden="true"], button')) silent.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    new MutationObserver((changes) => {
      for (const { addedNodes, target } of changes) {
        const region = (target as Element).closest?.('[role="log"]');
        if (!region || !isLive(region) || !isLive(target as Element)) continue;
        for (const node of addedNodes) if (node instanceof Element && isLive(node)) heard.push(words(node));
      }
    }).observe(root, { childList: true, subtree: true });
    return root;
  };
}

/** What was heard so far. */
export function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { heard: string[] }).heard.filter(Boolean));
}

/** Everything in the chat that can be pressed and is smaller than `least` pixels either way, but for links in a sentence. */
export function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((pixels) => {
    const all: Element[] = [];
    const gather = (root: ParentNode): void => {
      for (const one of root.querySelectorAll('*')) {
        if (one.matches('button, a[href], textarea, input, select, [tabindex="0"]')) all.push(one);
        if (one.shadowRoot) gather(one.shadowRoot);
      }
    };
    for (const host of document.querySelectorAll('polku-launcher, polku-chat, polku-inbox')) {
      if (host.shadowRoot) gather(host.shadowRoot);
    }
    return all.flatMap((one) => {
      const { width, height } = one.getBoundingClientRect();
      const inSentence = one.matches('p a');
      if (!one.checkVisibility() || inSentence || (width >= pixels - 0.5 && height >= pixels - 0.5)) return [];
      return [
        `${one.localName} "${one.textContent?.trim().slice(0, 30)}" ${Math.round(width)} × ${Math.round(height)}`,
      ];
    });
  }, least);
}

/** Texts shown in the chat whose nearest `lang` is not the expected one. */
export function wrongLanguages(page: Page, expected: string): Promise<string[]> {
  return page.evaluate((language) => {
    const wrong: string[] = [];
    const langOf = (node: Node | null): string => {
      if (!node) return '';
      if (node instanceof ShadowRoot) return langOf(node.host);
      const own = node instanceof Element ? node.getAttribute('lang') : null;
      return own ?? langOf(node.parentNode);
    };
    const walk = (node: Node): void => {
      const text = node.nodeType === Node.TEXT_NODE ? node.textContent?.trim() : '';
      if (text && /\p{L}/u.test(text) && langOf(node) !== language) wrong.push(`${langOf(node) || 'none'}: ${text}`);
      for (const child of node.childNodes) walk(child);
      if (node instanceof Element && node.shadowRoot && node.localName.startsWith('polku')) walk(node.shadowRoot);
    };
    for (const host of document.querySelectorAll('polku-launcher, polku-chat')) walk(host);
    return wrong;
  }, expected);
}

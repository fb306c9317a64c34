import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { ChatServer } from '../support/chat-server.ts';
import { chromePath, flags } from '../support/chromium.ts';
import { counting } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';
import { quantile } from './figures.ts';

/** Bot Framework Web Chat of this version is fetched when the bench runs; it is no dependency. */
const peer = 'botframework-webchat@4.18.1';
/** A cheap phone on a fair line, as the browser itself can play it: bits a second, milliseconds, times slower. */
const phone = { bits: 9_000_000, latency: 60, cpu: 4 };
const runs = 7;

interface Measured {
  name: string;
  bytes: number;
  requests: number;
  milliseconds: number;
}

/** A page of a city, with files of its own that are served as small as a browser takes them. */
async function citySite(pages: Record<string, string>, script: Buffer): Promise<{ server: Server; url: string }> {
  const small = await promisify(brotliCompress)(script);
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    const isScript = request.url === '/webchat.js';
    response.writeHead(page || isScript ? 200 : 404, {
      'Content-Type': request.url?.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
      ...(isScript && { 'Content-Encoding': 'br' }),
    });
    response.end(isScript ? small : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Runs in the page: notes when the first message of the bot can be read, in milliseconds since the page was asked for. */
function watchForMessage(): void {
  const find = (root: ParentNode): boolean => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot && find(element.shadowRoot)) return true;
      if (element.childElementCount === 0 && element.textContent === 'Hei!' && element.getClientRects().length)
        return true;
    }
    return false;
  };
  const timer = setInterval(() => {
    if (!find(document)) return;
    clearInterval(timer);
    (window as unknown as { readAt: number }).readAt = performance.now();
  }, 10);
}

async function measureOnce(browser: Browser, name: string, url: string, press: boolean): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: phone.latency,
    downloadThroughput: phone.bits / 8,
    uploadThroughput: phone.bits / 8,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: phone.cpu });
  let bytes = 0;
  let requests = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(watchForMessage);
  await page.goto(url);
  let from = 0;
  if (press) {
    const launcher = page.locator('polku-launcher button');
    await launcher.waitFor();
    await page.waitForLoadState('networkidle');
    bytes = 0;
    requests = 0;
    from = await page.evaluate(() => performance.now());
    await launcher.tap();
  }
  await page.waitForFunction(() => 'readAt' in window);
  const readAt = await page.evaluate(() => (window as unknown as { readAt: number }).readAt);
  await context.close();
  return { name, bytes, requests, milliseconds: readAt - from };
}

async function measure(browser: Browser, name: string, url: string, press = false): Promise<Measured> {
  const all: Measured[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measureOnce(browser, name, url, press));
  const middle = (of: (one: Measured) => number) => quantile(all.map(of), 0.5);
  return {
    name,
    bytes: middle(({ bytes }) => bytes),
    requests: middle(({ requests }) => requests),
    milliseconds: middle(({ milliseconds }) => milliseconds),
  };
}

function tell({ name, bytes, requests, milliseconds }: Measured): void {
  const kilobytes = (bytes / 1_000).toFixed(1).padStart(8);
  process.stdout.write(
    `${name.padEnd(42)}${kilobytes} kB ${requests} requests ${milliseconds.toFixed(0).padStart(6)} ms\n`,
  );
}

/** Web Chat's own bundle, fetched with the ordinary client of the registry. */
function fetchPeer(folder: string): Buffer {
  execFileSync('npm', ['pack', peer, '--silent', '--pack-destination', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('tar', ['xzf', join(folder, `${peer.replace('@', '-')}.tgz`), '-C', folder]);
  return readFileSync(join(folder, 'package/dist/webchat.js'));
}

const startPeer = (chat: string) => `
fetch('${chat}/api/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"language":"fi"}' })
  .then((response) => response.json())
  .then(({ token, domain }) => {
    const store = WebChat.createStore({}, ({ dispatch }) => (next) => (action) => {
      if (action.type === 'DIRECT_LINE/CONNECT_FULFILLED') {
        dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'webchat/join', value: { language: 'fi' } } });
      }
      return next(action);
    });
    WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ token, domain }), store, locale: 'fi-FI' }, document.querySelector('div'));
  });`;

const folder = mkdtempSync(join(tmpdir(), 'polku-bench-web-'));
const chat = new ChatServer(new StagedConversations(counting));
const pages: Record<string, string> = {};
const city = await citySite(pages, fetchPeer(folder));
chat.origins = [city.url];
await chat.start();
const page = (body: string) =>
  `<!doctype html><html lang="fi"><meta name="viewport" content="width=device-width"><title>Kaupunki</title>${body}</html>`;
const script = `<script src="${chat.url}/embed.js" data-language="fi" async></script>`;
pages['/launcher'] = page(`<h1>Kaupunki</h1>${script}`);
pages['/element'] = page(`<polku-chat language="fi"></polku-chat>${script}`);
pages['/webchat'] = page(
  '<div style="height: 100vh"></div><script src="/webchat.js"></script><script src="/start.js"></script>',
);
pages['/start.js'] = startPeer(chat.url);

const browser = await chromium.launch({ executablePath: chromePath, args: flags });
try {
  await fetch(`${chat.url}/embed.js`);
  await measureOnce(browser, 'warm', `${city.url}/element`, false);
  const { bits, latency, cpu } = phone;
  process.stdout.write(
    `First message of the bot, ${bits / 1e6} Mbit/s, ${latency} ms, CPU ÷ ${cpu}, median of ${runs}, ${browser.version()}\n`,
  );
  const pressed = await measure(browser, 'Polku, from pressing the launcher', `${city.url}/launcher`, true);
  const element = await measure(browser, 'Polku, from asking for the page', `${city.url}/element`);
  const other = await measure(browser, `${peer}, from asking for the page`, `${city.url}/webchat`);
  for (const one of [pressed, element, other]) tell(one);
  const ratio = (of: (one: Measured) => number) => (of(other) / of(element)).toFixed(1);
  process.stdout.write(
    `Polku is ${ratio(({ bytes }) => bytes)} times lighter and ${ratio(({ milliseconds }) => milliseconds)} times sooner.\n`,
  );
} finally {
  await browser.close();
  await chat.stop();
  city.server.close();
  rmSync(folder, { recursive: true });
}

import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PolkuError } from '../errors.ts';
import { type FoundObject, splitObjects } from '../municipalities/json-objects.ts';
import { ptvPage } from './ptv-service.ts';

/** Something that should be a service, and where it was found. */
export interface RawService {
  value: unknown;
  where: string;
}

const patience = 60_000;
const tries = 3;

/**
 * Reads services from a saved answer of the PTV Open API v11 (a service, a list, a page) or from its address, all pages.
 * Throws `badRequest` when there is nothing to read, with what to do. `pause` is between tries, in milliseconds.
 */
export async function* readPtv(source: string, pause = 2_000): AsyncGenerator<RawService> {
  if (/^https?:\/\//i.test(source)) yield* readPages(source, pause);
  else yield* readFile(source);
}

async function* readFile(file: string): AsyncGenerator<RawService> {
  const splitter = splitObjects('itemList');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) {
      for (const found of splitter.push(piece as Buffer)) yield* servicesIn(found);
    }
    splitter.end();
  } catch (error) {
    if (error instanceof PolkuError) throw new PolkuError(error.code, `${file}: ${error.message}`, {}, error);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new PolkuError('badRequest', `${file} cannot be read (${code}). Give a file or an https address.`, {}, error);
  }
}

/** The object itself, or what it holds when pages were saved in a list. */
function* servicesIn(found: FoundObject): Generator<RawService> {
  const value = parse(found);
  const where = `line ${found.line}`;
  if (!isPage(value)) yield { value, where };
  else for (const one of ptvPage.parse(value).itemList) yield { value: one, where };
}

function parse({ text, line }: FoundObject): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = (error as SyntaxError).message.replace(/, (\.{3})?".*$/s, '').replace(/ in JSON at.*$/s, '');
    throw new PolkuError('badRequest', `The object that begins on line ${line} is not JSON: ${what}.`, {}, error);
  }
}

function isPage(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'itemList' in value;
}

async function* readPages(source: string, pause: number): AsyncGenerator<RawService> {
  let count = 1;
  for (let number = 1; number <= count; number++) {
    const address = new URL(source);
    if (!address.searchParams.has('page')) address.searchParams.set('page', String(number));
    const value = await fetchJson(address, pause);
    const page = isPage(value) ? ptvPage.safeParse(value) : undefined;
    if (page && !page.success) throw new PolkuError('badRequest', `${address} is no page of services.`);
    if (!new URL(source).searchParams.has('page')) count = page?.data.pageCount ?? 1;
    const found = page ? page.data.itemList : [value].flat();
    for (const one of found) yield { value: one, where: `page ${number}` };
  }
}

async function fetchJson(address: URL, pause: number): Promise<unknown> {
  for (let left = tries - 1; ; left--) {
    const told = await ask(address);
    if (typeof told === 'object') return told.json;
    if (left === 0 || /^(40|41)/.test(told)) {
      const repair = 'Try again later, or save the answer to a file and import that.';
      throw new PolkuError('badRequest', `${address} did not give services (${told}). ${repair}`);
    }
    await sleep(pause);
  }
}

/** The JSON of the answer, or why there is none. */
async function ask(address: URL): Promise<{ json: unknown } | string> {
  try {
    const response = await fetch(address, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) return `${response.status}`;
    return { json: await response.json() };
  } catch (error) {
    if (error instanceof SyntaxError) return '400, the answer is no JSON';
    return (error as Error).name === 'TimeoutError' ? 'no answer in a minute' : 'it cannot be reached';
  }
}

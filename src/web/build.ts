import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../root.ts';
import type { Start } from './client/words.ts';
import { type WebFile, webFile } from './files.ts';

/** What differs by city and language: put into the client when it is built. */
export interface Contents {
  /** By municipality and language. */
  starts: Record<string, Record<string, Start>>;
  /** The launcher's words by language. */
  launcher: Record<string, Record<string, string>>;
}

/** The built client. */
export interface WebClient {
  embed: WebFile;
  /** Everything with a hash in its name, by name. */
  files: Map<string, WebFile>;
  /** Names by what they are: `chat`, `inbox`, `card`, `page`. */
  names: Record<string, string>;
}

const javascript = 'text/javascript; charset=utf-8';
const targets = ['chrome100', 'firefox100', 'safari16'];
const here = (path: string) => join(root, 'src/web', path);
let underWay = 0;
const builds = new Map<string, Promise<WebClient>>();

/** Builds the client from its sources; once in a process for the same contents, in a fraction of a second. */
export function buildClient(contents: Contents): Promise<WebClient> {
  const key = JSON.stringify(contents);
  const built = builds.get(key) ?? buildAndLeave(contents);
  builds.set(key, built);
  built.catch(() => builds.delete(key));
  return built;
}

async function buildAndLeave(contents: Contents): Promise<WebClient> {
  underWay += 1;
  try {
    return await build(contents);
  } finally {
    underWay -= 1;
    // Its process is of no more use, and takes memory.
    if (underWay === 0) await import('esbuild').then(({ stop }) => stop());
  }
}

async function build({ starts, launcher }: Contents): Promise<WebClient> {
  // Loaded here: the server starts without it, and is done with it after this.
  const esbuild = await import('esbuild');
  const files = new Map<string, WebFile>();
  const names: Record<string, string> = {};

  function keep(name: string, extension: string, type: string, body: string | Uint8Array): string {
    const hash = createHash('sha256').update(body).digest('base64url').replace(/[-_]/g, '').slice(0, 8);
    const file = webFile(`${name}-${hash}.${extension}`, type, body);
    files.set(file.name, file);
    names[name] = file.name;
    return file.name;
  }

  const sheets: Plugin = {
    name: 'style sheets as small texts',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const sheet = await esbuild.transform(await readFile(path), { loader: 'css', minify: true, target: targets });
        return { contents: sheet.code.trim(), loader: 'text' };
      }),
  };

  async function bundle(entry: string, format: 'esm' | 'iife', define: Record<string, unknown>): Promise<Uint8Array> {
    const { outputFiles } = await esbuild.build({
      entryPoints: [here(`client/${entry}.ts`)],
      bundle: true,
      minify: true,
      write: false,
      format,
      target: targets,
      legalComments: 'none',
      define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
      plugins: [sheets],
    });
    return outputFiles[0]!.contents;
  }

  const start = Object.fromEntries(
    Object.entries(starts).map(([city, byLanguage]) => [
      city,
      Object.fromEntries(
        Object.entries(byLanguage).map(([language, words]) => [
          language,
          keep(`start-${city}-${language}`, 'json', 'application/json; charset=utf-8', JSON.stringify(words)),
        ]),
      ),
    ]),
  );
  const styles = await Promise.all(['ground.css', 'page.css'].map((file) => readFile(here(file), 'utf8')));
  const page = await esbuild.transform(styles.join(''), { loader: 'css', minify: true });
  keep('page', 'css', 'text/css; charset=utf-8', page.code);
  const card = keep('card', 'js', javascript, await bundle('card', 'esm', {}));
  const [chat, inbox] = await Promise.all([
    bundle('polku-chat', 'esm', { FILES: { start, card } }),
    bundle('polku-inbox', 'esm', { FILES: { start, card } }),
  ]);
  keep('chat', 'js', javascript, chat);
  keep('inbox', 'js', javascript, inbox);
  const embed = await bundle('embed', 'iife', { EMBED: { chat: names.chat, words: launcher } });
  return { embed: webFile('embed.js', javascript, embed), files, names };
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import type { Conversation } from './conversation.ts';

/** A talk as a page to read: the bot's words plain, buttons in code marks, the person's words as quotations. */
export function transcriptOf({ lines }: Conversation, title: string): string {
  const told = lines.map((line) => {
    if (line.startsWith('> ')) return `> **${line.slice(2).trim() || '…'}**`;
    if (/^\[.*\]$/.test(line)) return line.replaceAll('] [', '` `').replace(/^\[(.*)\]$/, '`$1`');
    // Two spaces at the end keep a line break.
    return line.replaceAll(/(?<=\S)\n(?=\S)/g, '  \n');
  });
  return `# ${title}\n\n${told.join('\n\n')}\n`;
}

/** Compares the talk with the page that is kept; `UPDATE_TRANSCRIPTS=1` writes the page anew, to be read in the diff. */
export function readsAs(talk: Conversation, file: string, title: string): void {
  const now = transcriptOf(talk, title);
  if (process.env.UPDATE_TRANSCRIPTS) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, now);
  }
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(now, `${file} reads differently: UPDATE_TRANSCRIPTS=1 npx mocha test/transcripts.test.ts`).to.equal(kept);
}

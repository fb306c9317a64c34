import { takeLetterCode } from '../domain/clients/letter-code.ts';
import { maskIdentityCodes } from '../domain/identity-code.ts';
import type { Incoming } from './activity.ts';

/** What came in, made safe to keep: no control or direction characters, no identity code, no endless text. */
export interface Clean {
  type: Incoming['type'];
  name?: string;
  text: string;
  value?: unknown;
  pressed?: { flow?: string; question?: string };
  clientActivityID?: string;
  /** An identity code was taken out. */
  masked: boolean;
  /** Hash of the code of a letter, which was taken out as well. */
  letter?: string;
}

/** Characters of a message that are kept; a flow's longest answer is shorter, so that what is cut is refused anyway. */
const kept = 4000;
// Control characters but line breaks and tabs, direction marks and overrides, zero-width characters but the emoji joiner.
const unsafe =
  /[[\p{Cc}--[\n]]\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gv;

/** At a cut that is nearer than this, half a code might be left that nobody would know for one. */
const cutMargin = 1_000;
/** Characters that are looked at, with what cannot be seen; more would cost a flood nothing and us a lot. */
const readAtMost = kept + cutMargin;

/** Cleans an incoming activity before anything is stored, shown or logged. */
export function clean(incoming: Incoming): Clean {
  const given = incoming.text ?? '';
  const { text, masked } = maskIdentityCodes(given.slice(0, readAtMost).replace(/\r\n?/g, '\n').replace(/\t/g, ' '));
  const visible = text.replace(unsafe, '').trim();
  const { text: safe, letter } = takeLetterCode(visible);
  const { flow, question, clientActivityID } = incoming.channelData ?? {};
  const most = given.length > readAtMost ? Math.min(kept, Math.max(0, safe.length - cutMargin)) : kept;
  return {
    type: incoming.type,
    ...(incoming.name !== undefined && { name: incoming.name }),
    text: safe.length > most ? `${safe.slice(0, most)}…` : safe,
    ...(incoming.value !== undefined && { value: incoming.value }),
    ...(question !== undefined && { pressed: { flow, question } }),
    ...(clientActivityID !== undefined && { clientActivityID }),
    masked,
    ...(letter !== undefined && { letter }),
  };
}

import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import type { Flow } from './flow.ts';
import { fold } from './fold.ts';

/** Of a longer message this much is looked at, in characters. */
const looked = 500;

/**
 * Id of the one flow that a word of the message names, of the menu or not, in any of our languages; "my referral" says more
 * than "referral". Undefined when none is named, or several.
 */
export function readTopic(text: string, flows: Flow[], t: Translator, services: Services): string | undefined {
  const heard = ` ${fold(text.slice(0, looked))} `;
  const named = flows
    .filter(({ offered }) => offered?.(services) ?? true)
    .flatMap(({ id }) =>
      t.languages
        .flatMap((language) => t.words(`${id}.words`, language).map((word) => ` ${fold(word)} `))
        .filter((word) => heard.includes(word))
        .map((word) => ({ id, word })),
    );
  const telling = named.filter(({ word }) => !named.some((other) => other.word !== word && other.word.includes(word)));
  const meant = new Set(telling.map(({ id }) => id));
  return meant.size === 1 ? [...meant][0] : undefined;
}

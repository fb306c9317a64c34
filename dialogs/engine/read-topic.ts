import type { Translator } from '../../src/i18n/translator.ts';
import type { Services } from '../services.ts';
import type { Flow } from './flow.ts';
import { fold } from './fold.ts';
import { foldedWords } from './folded-words.ts';
import { onceFor } from './once-for.ts';

/** Of a longer message this much is looked at, in characters. */
const looked = 500;

/** A word or several that name a flow, with a space at each end. */
interface Name {
  flow: Flow;
  word: string;
}

/** The names of all flows by their first word, for each list of flows and its translator: worked out once. */
const namesOf = onceFor((flows: Flow[]) =>
  onceFor((t: Translator): Map<string, Name[]> => {
    const names = flows.flatMap((flow) =>
      foldedWords(t, `${flow.id}.words`).map((word) => ({ flow, word: ` ${word} ` })),
    );
    return Map.groupBy(names, ({ word }) => word.slice(1, word.indexOf(' ', 1)));
  }),
);

/**
 * Id of the one flow that a word of the message names, of the menu or not, in any of our languages; "my referral" says more
 * than "referral". Undefined when none is named, or several.
 */
export function readTopic(text: string, flows: Flow[], t: Translator, services: Services): string | undefined {
  const said = fold(text.slice(0, looked));
  const heard = ` ${said} `;
  const names = namesOf(flows)(t);
  const found = [...new Set(said.split(' '))]
    .flatMap((first) => names.get(first) ?? [])
    .filter(({ flow, word }) => heard.includes(word) && (flow.offered?.(services) ?? true));
  const telling = found.filter(({ word }) => !found.some((other) => other.word !== word && other.word.includes(word)));
  const meant = new Set(telling.map(({ flow }) => flow.id));
  return meant.size === 1 ? [...meant][0] : undefined;
}

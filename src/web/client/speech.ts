import type { Log } from './log.ts';
import type { Memory } from './memory.ts';
import { pickLanguage, type Start, startIn } from './words.ts';

/** The language that the client speaks: the page's at first, then whichever the conversation is in. */
export interface Speech {
  readonly language: string;
  /** Changes the language when the service last spoke another one. */
  hear(log: Log): void;
  /** Goes back to the language of the page, for a new conversation. */
  reset(): void;
}

/** Begins to speak the first of the wanted languages that there is; `changed` gets the words, all at once. */
export function startSpeech(
  municipality: string | undefined,
  wanted: (string | null | undefined)[],
  tab: Memory,
  changed: (start: Start) => void,
): Speech {
  let language = '';
  function speak(next: string): void {
    if (next === language) return;
    language = next;
    tab.write('language', next);
    void startIn(municipality, next).then((start) => {
      if (next === language) changed(start);
    });
  }
  speak(pickLanguage(municipality, [tab.read('language'), ...wanted]));
  return {
    get language() {
      return language;
    },
    reset() {
      speak(pickLanguage(municipality, wanted));
      tab.write('language', undefined);
    },
    hear({ activities }) {
      const said = activities.findLast(({ from, locale }) => from.role !== 'user' && locale)?.locale;
      if (said) speak(pickLanguage(municipality, [said, language]));
    },
  };
}

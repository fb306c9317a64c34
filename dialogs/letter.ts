import type { Text } from '../src/domain/text.ts';
import type { Dialog } from './engine/dialog.ts';
import { coachName } from './meeting-words.ts';
import type { Services } from './services.ts';

/** Wrong codes in an hour after which none is looked at, in the same words as a wrong one. */
const wrongAtMost = 5;

/**
 * Reads the code of a letter, by its hash, and says what came of it. A wrong code, a used one and one too many all sound
 * alike, so that guessing tells nothing. `language` is that of the letter, for a talk that has none yet.
 */
export async function readLetter(
  dialog: Dialog,
  services: Services,
  letter: string,
): Promise<{ say: Text[]; language?: string }> {
  const { now, municipality } = services;
  const since = now.minus({ hours: 1 }).toMillis();
  const wrong = (dialog.wrongCodes ?? []).filter((at) => Date.parse(at) > since);
  const isOver = wrong.length >= wrongAtMost;
  const answer = isOver ? ({ outcome: 'unknown' } as const) : await services.clients.openLetter(letter);
  switch (answer.outcome) {
    case 'unknown': {
      dialog.wrongCodes = isOver ? wrong : [...wrong, now.toUTC().toISO()!];
      return { say: [{ key: 'letter.unknown', with: { phone: municipality.contact.phone } }] };
    }
    case 'other':
      return { say: [{ key: 'letter.other' }] };
    case 'open':
      return { say: [{ key: 'letter.open' }], language: spoken(answer.language, services) };
    case 'opened': {
      const { coach, language } = answer;
      const known: Text[] = coach ? [{ key: 'letter.coach', with: { coach: coachName(coach, municipality) } }] : [];
      return {
        say: [{ key: 'letter.opened' }, ...known, { key: 'letter.once' }],
        language: spoken(language, services),
      };
    }
  }
}

/** The language of the letter when it is one of the chat's. */
function spoken(language: string, { municipality }: Services): string | undefined {
  return municipality.languages.includes(language) ? language : undefined;
}

import { z } from 'zod';
import type { CoachSettings } from '../../src/domain/coaches/settings.ts';
import type { Text } from '../../src/domain/text.ts';
import { defineFlow } from '../engine/flow.ts';
import { endsOf, hoursOr, hoursText } from './hours.ts';
import { asCoach } from './services.ts';

const none = 'none';
const quietSuggestions = ['16:00-08:00', '15:00-09:00'];

/** What a coach chooses for themselves: the language, hours without messages, the list at eight. */
export const settings = defineFlow({
  id: 'settings',
  answers: z.object({
    what: z.enum(['language', 'quiet', 'digest']),
    language: z.string(),
    quiet: hoursOr([none], true),
    digest: z.boolean(),
  }),
  questions: [
    {
      ask: 'what',
      tell: async (_, services) => {
        const { language, settings: own } = asCoach(services);
        return [asTheyAre(language, await own.read())];
      },
    },
    {
      ask: 'language',
      when: { what: 'language' },
      options: (_, { municipality }) =>
        municipality.languages.map((value) => ({ value, label: { key: `settings.languages.${value}` } })),
    },
    {
      ask: 'quiet',
      when: { what: 'quiet' },
      free: true,
      options: () => [
        ...quietSuggestions.map((value) => ({ value, label: hoursText(value) })),
        { value: none, label: { key: 'settings.quiet.none' } },
      ],
    },
    { ask: 'digest', when: { what: 'digest' } },
  ],
  review: false,
  async complete({ what, language, quiet, digest }, services) {
    const { settings: own } = asCoach(services);
    if (what === 'language') await own.change({ language });
    if (what === 'quiet') await own.change({ quiet: quiet === none ? null : endsOf(quiet) });
    if (what === 'digest') await own.change({ digest });
    return {
      say: [{ key: 'settings.saved' }, asTheyAre(what === 'language' ? language : services.language, await own.read())],
    };
  },
});

function asTheyAre(language: string, { quiet, digest }: Partial<CoachSettings>): Text {
  const hours: Text = quiet ? hoursText(`${quiet.from}-${quiet.to}`) : { key: 'settings.quiet.none' };
  return {
    lines: [
      { key: 'settings.now.language', with: { language: { key: `settings.languages.${language}` } } },
      { key: 'settings.now.quiet', with: { hours } },
      { key: `settings.now.digest.${digest ? 'on' : 'off'}` },
    ],
  };
}

import type { CoachServices } from '../dialogs/coach/services.ts';
import { createCoachTalk } from '../dialogs/coach/talk.ts';
import type { Flow } from '../dialogs/engine/flow.ts';
import { blockedTimes, blockTime, freeTime } from './domain/coaches/block-time.ts';
import { myClients } from './domain/coaches/my-clients.ts';
import { changeSettings, readSettings } from './domain/coaches/settings.ts';
import { suggestService } from './domain/coaches/suggestion.ts';
import { matchServices } from './domain/directory/match.ts';
import { searchServices } from './domain/directory/search.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import type { Translator } from './i18n/translator.ts';
import type { CoachDialogue, CoachSpeaker } from './teams/inbox.ts';

/** Binds the use cases of the domain to one coach, as the flows of the staff know them. */
export function createCoachWorld(
  municipality: Municipality,
  speaker: CoachSpeaker,
  language: string,
  chose: (language: string) => void = () => {},
): CoachServices {
  const { coach, documents, now, fence } = speaker;
  const act = { documents, municipality, coach: coach.id, now };
  return {
    now,
    language,
    municipality,
    coach,
    calendar: {
      async block(time, intent) {
        await fence();
        return blockTime({ ...act, intent }, time);
      },
      blocked: () => blockedTimes(act),
      async free(day, block) {
        await fence();
        await freeTime(act, day, block);
      },
    },
    clients: () => myClients(documents, coach.id, now.toMillis()),
    directory: {
      find(client, search, limit) {
        if ('words' in search) {
          return searchServices(municipality, search.words, limit).map((service) => ({ service, reasons: [] }));
        }
        const answers = client?.path.intakes[0]?.answers ?? {};
        return matchServices(municipality, answers, [search.need], limit, client?.language);
      },
      async suggest(request, intent) {
        await fence();
        return suggestService({ ...act, intent }, request);
      },
    },
    settings: {
      read: () => readSettings(documents, coach.id),
      async change(choices) {
        await fence();
        await changeSettings(documents, municipality, coach.id, choices, now);
        if (choices.language !== undefined) chose(choices.language);
      },
    },
  };
}

/** The staff's dialogue as the inbox takes it. */
export function createCoachDialogue(
  flows: Flow[],
  { municipality, t, newId }: { municipality: Municipality; t: Translator; newId: () => string },
): CoachDialogue {
  const talk = createCoachTalk(flows, t);
  return {
    choices: talk.choices,
    decide(dialog, said, speaker) {
      const world = (language: string, chose: (language: string) => void) =>
        createCoachWorld(municipality, speaker, language, chose);
      return talk.decide(dialog, said, world, speaker.language, newId);
    },
  };
}

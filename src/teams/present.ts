import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Activity } from '../bot/activity.ts';
import type { OutlookView } from '../calendar/outlook-view.ts';
import type { Slot } from '../domain/appointments/appointment.ts';
import { asChosen } from '../domain/coaches/settings.ts';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { createLineReader, lineIn } from '../handoff/lines.ts';
import type { Translator } from '../i18n/translator.ts';
import { freeTimes } from './acts/times.ts';
import { listCard } from './cards/lists.ts';
import { readerFor } from './cards/reader.ts';
import { erasedCard, type RenderedCard, renderCard } from './cards/render.ts';
import type { Case } from './cases.ts';
import { storedCardIn } from './stored-card.ts';

/** What cards are made with. */
export interface CardParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
  /** Shows what is busy in Outlook, for proposing times; absent: our own calendar alone. */
  outlook?: OutlookView;
}

/**
 * Makes what turns a coach's stored messages into what the coach sees: each card is made from its source as it is now, so
 * that personal data is in the source alone. A message is unchanged for whoever is not on the roster.
 */
export function createPresent(parts: CardParts) {
  const { documents, municipality, t, now } = parts;
  return async function present(activities: Activity[], { coach: id }: { coach?: string }): Promise<Activity[]> {
    const coach = municipality.coaches.find((one) => one.id === id);
    if (!coach) return activities;
    const reader = readerFor(await asChosen(documents, coach), t, municipality, now());
    const wordsOf = createLineReader(documents, reader.say);
    const timesFor = timesOnce(parts);
    const made = new Map<string, RenderedCard>();
    const presented: Activity[] = [];
    for (const activity of activities) {
      const line = lineIn(activity);
      if (line) {
        presented.push({ ...activity, text: await wordsOf(line, coach.name), textFormat: 'plain' });
        continue;
      }
      const stored = storedCardIn(activity);
      if (!stored) {
        presented.push(activity);
        continue;
      }
      const key = `${stored.card.id} ${stored.erased !== undefined}`;
      const { card, open } =
        made.get(key) ??
        (stored.erased
          ? erasedCard(stored.erased.reference, reader, stored.erased.what)
          : stored.list
            ? await listCard(documents, stored.list, stored.about.id, reader)
            : await renderCard(documents, stored.about, reader, timesFor));
      made.set(key, { card, open });
      // A long log is worked on in parts, so that others' turns go on meanwhile.
      if (made.size % 20 === 0) await nextTurn();
      presented.push({
        ...activity,
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
        channelData: { ...activity.channelData, card: { id: stored.card.id, open } },
      });
    }
    return presented;
  };
}

/** The same times are good for all meetings of a kind: they are looked for once a reading. */
function timesOnce(parts: CardParts) {
  const found = new Map<string, Promise<Slot[]>>();
  return (one: Case): Promise<Slot[]> => {
    if (one.kind !== 'appointment') return Promise.resolve([]);
    const { coach, topic, kind } = one.of;
    const key = `${coach} ${topic} ${kind}`;
    const times = found.get(key) ?? freeTimes(parts, { coach, topic, kind });
    found.set(key, times);
    return times;
  };
}

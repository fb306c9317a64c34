import { DateTime } from 'luxon';
import type { Ask, Dialog, Reply } from '../../dialogs/engine/dialog.ts';
import { flows } from '../../dialogs/index.ts';
import { createTalk, type Said } from '../../dialogs/talk.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { createWorld } from '../../src/world.ts';
import { monday, texts } from './conversation.ts';
import { wholeTown } from './whole-town.ts';

/** A point of the graph of all flows, as a person stands at it. */
export interface Station {
  dialog: Dialog;
  replies: Reply[];
  /** What was said to come here, for messages of failed checks. */
  way: string[];
}

/** Where a message led: a station, or the point where the world would be changed. */
export type Step = Station | 'confirms';

class Confirms extends Error {}

/** Words that free-text questions take, whichever question it is; dates, numbers and addresses among them. */
export const samples = ['1.9.2026', '040 000 0001', 'mira@posti.example', 'Kukkakauppa', '7'];

/** Walks the flows without changing the world: a confirmation is reached, never made. */
export class FlowWalk {
  readonly #decide = createTalk(flows, texts);
  readonly #now = DateTime.fromISO(monday, { zone: wholeTown.zone });
  readonly #documents: Documents;
  readonly #client: string;

  constructor(documents: Documents, client: string) {
    this.#documents = documents;
    this.#client = client;
  }

  /** The station after a message, or the greeting when there is none before. */
  async say(from: Station | undefined, text: string, language = 'fi'): Promise<Step> {
    return this.#step(from, text, from ? { text } : { text: '', join: { language } });
  }

  /** The station after the service has asked something of itself. */
  async hear(from: Station, ask: Ask): Promise<Step> {
    return this.#step(from, `(${ask.flow})`, { text: '', told: { language: 'fi', say: [], ask } });
  }

  /** The station at which the person finds themselves who opens the page again after so many days. */
  async comesBack(from: Station, days: number): Promise<Step> {
    return this.#step(from, `(${days} days)`, { text: '', join: {} }, this.#now.plus({ days }));
  }

  async #step(from: Station | undefined, text: string, said: Said, now = this.#now): Promise<Step> {
    const fence = async () => {
      throw new Confirms();
    };
    try {
      const decision = await this.#decide(
        from?.dialog ?? {},
        said,
        (spoken) =>
          createWorld(
            { documents: this.#documents, municipality: wholeTown, t: texts },
            { client: this.#client, language: spoken, now, fence },
          ),
        () => 'intent',
      );
      return { dialog: decision.dialog, replies: decision.replies, way: [...(from?.way ?? []), text] };
    } catch (error) {
      if (error instanceof Confirms) return 'confirms';
      throw error;
    }
  }
}

/** The flow and question that are open at a station; `menu` between flows. */
export function openAt({ dialog }: Station): string {
  return dialog.flow ? `${dialog.flow.id}.${dialog.shown?.question}` : 'menu';
}

const deciding = Object.fromEntries(
  flows.map((flow) => [flow.id, new Set(flow.questions.flatMap(({ when }) => Object.keys(when ?? {})))]),
);

/** Stations from which the same questions can follow are one: the open question, and the answers that rules read. */
export function placeOf(station: Station): string {
  const { flow, shown } = station.dialog;
  if (!flow) return 'menu';
  const read = Object.entries(flow.answers).filter(([name]) => deciding[flow.id]!.has(name));
  const chosen = deciding[flow.id]!.has(shown?.question ?? '') ? flow.chosen : Math.min(1, flow.chosen?.length ?? 0);
  return JSON.stringify([flow.id, shown?.question, read.sort(), flow.look ?? null, chosen ?? null]);
}

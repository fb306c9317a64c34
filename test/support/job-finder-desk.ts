import { expect } from 'chai';
import type { Document } from '../../src/domain/documents.ts';
import { type Pressing, press } from '../../src/teams/actions.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { about, buttonsOf, linesOf } from './coach-office.ts';
import { type Conversation, texts } from './conversation.ts';

/** The job finder at the cards of employers and clients, in the same store as a conversation and at the same moment. */
export class JobFinderDesk {
  readonly talk: Conversation;

  constructor(talk: Conversation) {
    this.talk = talk;
  }

  get coach() {
    const { coaches, employers } = this.talk.municipality;
    return coaches.find(({ id }) => id === employers!.jobFinder)!;
  }

  /** The card as the job finder sees it now, in the language of the conversation. */
  async card(of: Document): Promise<Card> {
    return (await renderCard(this.talk.documents, about(of), this.#reader(), async () => [])).card;
  }

  /** What the card says, a line each. */
  async lines(of: Document): Promise<string[]> {
    return linesOf(await this.card(of));
  }

  /** Presses a button of the card as it is now, with what is filled in; resolves with what the job finder is told. */
  async presses(act: Act, of: Document, filled: Record<string, string> = {}): Promise<string> {
    const button = buttonsOf(await this.card(of)).find(({ data }) => data.act === act);
    expect(button, `${act} is not on the card`).not.to.equal(undefined);
    const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${act}-${name}`, value]));
    const { documents, municipality, now } = this.talk;
    const parts = { documents, municipality, t: texts, now: () => now.toMillis() };
    const { say }: Pressing = await press(parts, this.coach, { ...button!.data, ...inputs });
    return say === undefined ? '' : this.#reader().say(say);
  }

  #reader() {
    const { municipality, now, language } = this.talk;
    return readerFor({ ...this.coach, language }, texts, municipality, now.toMillis());
  }
}

import { expect } from 'chai';
import type { CaseRef } from '../../src/domain/notices.ts';
import { type Pressing, press } from '../../src/teams/actions.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { listCard } from '../../src/teams/cards/lists.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import type { ListName } from '../../src/teams/stored-card.ts';
import { buttonsOf, linesOf } from './coach-office.ts';
import { type Conversation, texts } from './conversation.ts';

/** A coach at the cards of a client, in the same store as the client's conversation. */
export class CaseDesk {
  readonly talk: Conversation;
  readonly who: string;

  constructor(talk: Conversation, who: string) {
    this.talk = talk;
    this.who = who;
  }

  /** A document of the client as a case; without an id the client's own. */
  about(id = 'client'): CaseRef {
    return { collection: 'clients', partition: this.talk.client, id };
  }

  async card(about: CaseRef = this.about()): Promise<Card> {
    const { documents } = this.talk;
    return (await renderCard(documents, about, this.reader(), async () => [])).card;
  }

  /** What a card says, in one text. */
  async reads(about: CaseRef = this.about()): Promise<string> {
    return linesOf(await this.card(about)).join('\n');
  }

  /** What a list of the coach says, in one text. */
  async lists(name: ListName): Promise<string> {
    return linesOf((await listCard(this.talk.documents, name, name, this.reader())).card).join('\n');
  }

  /** What the buttons of a card do. */
  async acts(about: CaseRef = this.about()): Promise<string[]> {
    return buttonsOf(await this.card(about)).map(({ data }) => data.act);
  }

  /** Presses a button of the card as it is now, with what is filled in. */
  async presses(act: Act, filled: Record<string, string> = {}, about: CaseRef = this.about()): Promise<string> {
    const found = buttonsOf(await this.card(about)).find(({ data }) => data.act === act);
    expect(found, `${act} is not on the card of ${this.who}`).not.to.equal(undefined);
    return this.sends({ ...found!.data }, filled);
  }

  /** Sends a press, whatever its card was; resolves with what the coach is told. */
  async sends(data: { act: Act | 'show'; about: CaseRef; mark?: string }, filled: Record<string, string> = {}) {
    const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${data.act}-${name}`, value]));
    const { documents, municipality, now } = this.talk;
    const parts = { documents, municipality, t: texts, now: () => now.toMillis() };
    const { coach, say } = this.reader();
    const done: Pressing = await press(parts, coach, { ...data, ...inputs });
    return done.say === undefined ? '' : say(done.say);
  }

  private reader() {
    const { municipality, now } = this.talk;
    const coach = municipality.coaches.find(({ id }) => id === this.who)!;
    return readerFor(coach, texts, municipality, now.toMillis());
  }
}

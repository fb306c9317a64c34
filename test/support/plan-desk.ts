import { expect } from 'chai';
import { type Plan, planRef } from '../../src/domain/plans/plan.ts';
import { type Pressing, press } from '../../src/teams/actions.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { buttonsOf, linesOf } from './coach-office.ts';
import { type Conversation, texts } from './conversation.ts';

/** The coach of a client at the card of the client's plan, in the same store as the client's conversation. */
export class PlanDesk {
  readonly talk: Conversation;
  /** Id of the coach; absent: the plan's own. */
  readonly who: string | undefined;

  constructor(talk: Conversation, who?: string) {
    this.talk = talk;
    this.who = who;
  }

  /** The plan as it is kept. */
  async plan(): Promise<Plan> {
    return (await this.talk.documents.get<Plan>(planRef(this.talk.client)))!.document;
  }

  /** The plan's card as the coach sees it. */
  async card(): Promise<Card> {
    const { documents } = this.talk;
    const { card } = await renderCard(documents, this.about(), await this.reader(), async () => []);
    return card;
  }

  /** What the card says, a line each. */
  async lines(): Promise<string[]> {
    return linesOf(await this.card());
  }

  /** Presses a button of the card as it is now, with what is filled in. */
  async presses(act: Act, filled: Record<string, string> = {}): Promise<Pressing & { words: string }> {
    const button = buttonsOf(await this.card()).find(({ data }) => data.act === act);
    expect(button, `${act} is not on the card`).not.to.equal(undefined);
    return this.sends({ ...button!.data }, filled);
  }

  /** Sends a press, whatever its card was. */
  async sends(data: object, filled: Record<string, string> = {}): Promise<Pressing & { words: string }> {
    const { act } = data as { act: Act };
    const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${act}-${name}`, value]));
    const { coach, say } = await this.reader();
    const done = await press(this.parts(), coach, { about: this.about(), ...data, ...inputs } as never);
    return { ...done, words: done.say === undefined ? '' : say(done.say) };
  }

  about() {
    return planRef(this.talk.client) as { collection: 'clients'; partition: string; id: string };
  }

  private parts() {
    const { documents, municipality, now } = this.talk;
    return { documents, municipality, t: texts, now: () => now.toMillis() };
  }

  private async reader() {
    const { municipality, now } = this.talk;
    const id = this.who ?? (await this.plan()).coach;
    const coach = municipality.coaches.find((one) => one.id === id) ?? municipality.coaches[0]!;
    return readerFor(coach, texts, municipality, now.toMillis());
  }
}

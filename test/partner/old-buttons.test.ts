import { expect } from 'chai';
import { partnerActs } from '../../src/partner/answer-form.ts';
import { texts } from '../support/conversation.ts';
import { type Case, PartnerDesk } from '../support/partner-desk.ts';
import { tellRow } from '../support/row.ts';

/** A button as it was on a page once. */
interface Button {
  act: string;
  seen: string;
}

function buttonsIn(body: string): Button[] {
  const forms = body.match(/<form[\s\S]*?<\/form>/g) ?? [];
  return forms.flatMap((form) => {
    const act = /name="act" value="([^"]+)"/.exec(form)![1]!;
    const seen = /name="seen" value="(\d+)"/.exec(form)?.[1];
    return seen === undefined ? [] : [{ act, seen }];
  });
}

describe('R10 A button of the partner’s page', () => {
  it('pressed again in any later state, in any language, changes nothing and is explained', async function () {
    this.timeout(120_000);
    const desk = await new PartnerDesk().start();
    let presses = 0;
    let address = 0;
    const reached = new Set<string>();
    const from = () => `10.2.${Math.floor(++address / 250)}.${address % 250}`;

    /** Presses everything that was ever shown, after the last answer. */
    async function pressAll(referred: Case, shown: Button[], language: string): Promise<void> {
      const before = await desk.referral(referred);
      const isLive = (await desk.get(referred.path, from())).status === 200;
      for (const button of shown) {
        const answer = await desk.post(`${referred.path}?lang=${language}`, { ...button }, from());
        presses++;
        if (isLive) {
          expect(answer.location, `${button.act} in ${before.state}`).to.include('said=old');
          const { body } = await desk.get(answer.location!, from());
          expect(body).to.include(texts.say({ key: 'partner.page.said.old' }, language));
        } else {
          expect(answer.status).to.equal(404);
          expect(answer.body).to.include(texts.say({ key: 'partner.page.dead.title' }, language));
        }
      }
      expect((await desk.referral(referred)).history, before.state).to.deep.equal(before.history);
    }

    async function walk(ways: string[], language: string): Promise<string[]> {
      const referred = await desk.refer();
      const shown: Button[] = [];
      for (const act of ways) {
        const now = buttonsIn((await desk.get(referred.path, from())).body);
        shown.push(...now);
        const button = now.find((one) => one.act === act);
        expect(button, `${act} after ${ways}`).not.to.equal(undefined);
        await desk.post(referred.path, { ...button }, from());
      }
      reached.add((await desk.referral(referred)).state);
      const next = buttonsIn((await desk.get(referred.path, from())).body);
      await pressAll(referred, shown, language);
      if (next.length > 0) {
        await desk.withdraw(referred);
        reached.add('withdrawn');
        await pressAll(referred, [...shown, ...next], language);
      }
      return next.map(({ act }) => act);
    }

    for (const language of texts.languages) {
      const queue: string[][] = [[]];
      for (let ways = queue.pop(); ways; ways = queue.pop()) {
        const next = await walk(ways, language);
        if (ways.length < 3) queue.push(...next.map((act) => [...ways!, act]));
      }
    }
    for (const act of Object.keys(partnerActs)) expect([...reached]).to.include(act);
    tellRow(`R10 ${presses} presses of old buttons of the partner’s page, 0 wrong effects, each explained`);
    await desk.close();
  });
});

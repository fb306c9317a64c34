import { expect } from 'chai';
import type { Draft } from '../../src/bot/activity.ts';
import { describeInBrowser, openPage } from '../support/browser.ts';
import { ChatPage } from '../support/chat-page.ts';
import { ChatServer } from '../support/chat-server.ts';
import { hasIntake } from '../support/clients.ts';
import { converse, texts } from '../support/conversation.ts';
import { PlanDesk } from '../support/plan-desk.ts';
import { type Look, looks, review, smallTargets, wear } from '../support/review-page.ts';
import { tellRow } from '../support/row.ts';
import { bot } from '../support/stage.ts';
import { StagedConversations } from '../support/staged-conversations.ts';

/** The card of a plan that a client has commented, as its coach gets it. */
async function planCard(): Promise<Draft> {
  const talk = await converse();
  await hasIntake(talk);
  const desk = new PlanDesk(talk);
  await talk.world().plan.comment('Kolme on liikaa', 'comment');
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: await desk.card() }];
  return bot('', { attachments, channelData: { card: { id: 'plan-1', open: true } } });
}

const say = (key: string) => texts.say({ key: `plan.card.${key}` }, 'en');

describeInBrowser('The card of a plan in the inbox', () => {
  const conversations = new StagedConversations(({ name }) => (name === 'webchat/join' ? [bot('Hello!')] : []));
  const server = new ChatServer(conversations);

  before(async () => {
    await server.start();
  });
  after(() => server.stop());

  async function open() {
    const { page, wrong } = await openPage({ viewport: { width: 1100, height: 900 } });
    await page.goto(`${server.url}/coach?id=samira-nahari`);
    await new ChatPage(page).settled();
    await conversations.pushAll([await planCard()]);
    await page.getByRole('heading', { name: say('titles.comment') }).waitFor();
    return { page, wrong };
  }

  it('adds a step with its goal, kind, words, doer and day', async () => {
    const { page, wrong } = await open();
    await page.getByRole('button', { name: say('buttons.addStep'), exact: true }).click();
    await page.getByLabel(say('forms.goal')).selectOption({ index: 1 });
    await page.getByLabel(say('forms.step')).selectOption('own');
    await page.getByLabel(say('forms.stepWords')).fill('Call the nursery');
    await page.getByLabel(say('forms.by')).fill('2026-12-11');
    await page.getByRole('button', { name: say('save.addStep') }).click();
    await expectSent({
      act: 'addStep',
      'addStep-goal': 'g1',
      'addStep-what': 'own',
      'addStep-words': 'Call the nursery',
      'addStep-who': 'client',
      'addStep-by': '2026-12-11',
    });
    expect(wrong).to.deep.equal([]);
    await page.context().close();
  });

  it('is without a fault to axe in every look, with its forms open, and its controls are large enough', async function () {
    this.timeout(60_000);
    const { page, wrong } = await open();
    const faults: string[] = [];
    let reviews = 0;
    for (const look of Object.keys(looks) as Look[]) {
      await wear(page, look);
      // The other two forms hold no other kind of input.
      for (const act of ['addStep', 'changePart']) {
        await page
          .getByRole('button', { name: say(`buttons.${act}`), exact: true })
          .first()
          .click();
        await page.getByRole('button', { name: say(`save.${act}`) }).waitFor();
        faults.push(...(await review(page, look, true)).map((fault) => `${look} ${act}: ${fault}`));
        faults.push(...(await smallTargets(page, 24)).map((target) => `${look} ${act}: ${target} is small`));
        reviews++;
      }
    }
    expect(faults.join('\n')).to.equal('');
    expect(wrong).to.deep.equal([]);
    tellRow(`A1 ${reviews} reviews of the forms of a plan’s card in 4 looks, 0 violations, 0 undecided`);
    await page.context().close();
  });

  async function expectSent(data: object): Promise<void> {
    for (let tries = 0; tries < 50 && conversations.received.every(({ value }) => value === undefined); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(conversations.received.at(-1)?.value).to.include(data);
  }
});

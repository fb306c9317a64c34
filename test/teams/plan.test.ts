import { expect } from 'chai';
import fc from 'fast-check';
import type { Activity } from '../../src/bot/activity.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import { addClient } from '../../src/domain/coaches/my-clients.ts';
import { mostGoals, mostSteps } from '../../src/domain/plans/plan.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import { markOf } from '../../src/teams/acts/offered.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { listCard } from '../../src/teams/cards/lists.ts';
import { readerFor } from '../../src/teams/cards/reader.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { teamsMessage } from '../../src/teams/teams-message.ts';
import { gammelbacka, hasIntake } from '../support/clients.ts';
import { aino, buttonsOf, linnea, samira } from '../support/coach-office.ts';
import { converse, texts } from '../support/conversation.ts';
import { PlanDesk } from '../support/plan-desk.ts';

async function desk(who?: string, answers: object = gammelbacka): Promise<PlanDesk> {
  const talk = await converse();
  await hasIntake(talk, answers);
  return new PlanDesk(talk, who);
}

const actsOn = (card: Card): Act[] =>
  buttonsOf(card).flatMap(({ data }) => (data.act === 'show' ? [] : [data.act as Act]));
/** The inputs of a form of the card. */
function inputsOf(card: Card, act: Act): string[] {
  const forms = card.actions!.flatMap((one) => (one.type === 'Action.ShowCard' ? [one.card] : []));
  const form = forms.find(({ actions }) =>
    actions.some((one) => one.type === 'Action.Submit' && one.data.act === act),
  )!;
  return form.body.flatMap((block) => ('id' in block ? [block.id] : []));
}

describe('The card of a plan', () => {
  it('tells whose it is, each goal and step with who and by when, and that it is no decision', async () => {
    for (const [coach, language] of [[samira, 'en']] as const) {
      const made = await desk(coach);
      const lines = (await made.lines()).join('\n');
      expect(lines)
        .to.include('Mira')
        .and.include(texts.say({ key: 'plan.card.notDecision' }, language));
      expect(lines).to.include(texts.say({ key: 'plan.card.state.draft' }, language));
      expect(lines).to.match(/1\.1: .*the client, by 7 December 2026/);
    }
  });

  it('has at most five buttons in its row, as many as a card may, and “seen” beside what the client wrote', async () => {
    const made = await desk();
    await made.presses('sendPlan');
    await made.talk.world().plan.comment('Xyz', 'comment');
    await made.presses('addGoal', { what: 'digital' });
    const acts = actsOn(await made.card());
    expect(acts).to.deep.equal(['sendPlan', 'addStep', 'changePart', 'addGoal', 'removePart', 'seen']);
    expect((await made.card()).actions).to.have.length(5);
  });

  it('is led to from the intake’s card and from the list of clients', async () => {
    const made = await desk();
    const { intakes, plan } = await made.talk.world().clients.path();
    expect(intakes[0]!.plan).to.equal(plan!.id);
    const back = buttonsOf(await made.card()).find(({ data }) => data.act === 'show')!;
    expect(back.data.about).to.include({ id: intakes[0]!.id, partition: made.talk.client });
    const { documents, municipality, now } = made.talk;
    const coach = municipality.coaches.find(({ id }) => id === samira)!;
    const reader = readerFor(coach, texts, municipality, now.toMillis());
    const { card } = await renderCard(documents, back.data.about, reader, async () => []);
    await addClient(documents, samira, made.talk.client, undefined);
    const list = await listCard(documents, 'clients', '2026-11-23', reader);
    for (const from of [card, list.card]) {
      const leads = buttonsOf(from).map(({ data }) => data.about.id);
      expect(leads).to.include(plan!.id);
    }
  });

  it('takes a goal, a step, another day, a tick and a removal, each by its form', async () => {
    const made = await desk();
    const said = await made.presses('addGoal', { what: 'own', words: 'Ajokortti' });
    expect(said.words).to.include('Samira Nahari');
    const goal = (await made.plan()).goals.at(-1)!;
    expect(goal).to.deep.include({ what: 'own', words: { text: 'Ajokortti', language: 'en' } });
    await made.presses('addStep', { goal: goal.id, what: 'own', words: 'Ajokoulu', who: 'client', by: '2027-01-15' });
    const step = (await made.plan()).goals.at(-1)!.steps[0]!;
    expect(step).to.deep.include({ what: 'own', who: 'client', by: '2027-01-15' });
    await made.presses('changePart', { part: step.id, by: '2027-02-01', who: '', words: '', done: 'false' });
    expect((await made.plan()).goals.at(-1)!.steps[0]).to.deep.equal({ ...step, by: '2027-02-01' });
    await made.presses('changePart', { part: step.id, done: 'true' });
    expect((await made.plan()).goals.at(-1)!.steps[0]!.tick?.by).to.equal('coach');
    await made.presses('removePart', { part: goal.id });
    expect(JSON.stringify((await made.plan()).goals)).not.to.include('Ajo');
    for (const act of ['addGoal', 'addStep', 'changePart', 'removePart'] as const) {
      for (const id of inputsOf(await made.card(), act)) expect(id).to.match(new RegExp(`^${act}-`));
    }
  });

  it('takes a service of the directory, and names who gives it', async () => {
    const made = await desk();
    const goal = (await made.plan()).goals[0]!.id;
    await made.presses('addStep', { goal, what: 'service', service: 'prakticum-vocational', who: 'partner', by: '' });
    expect((await made.lines()).join('\n')).to.include('Prakticum');
  });

  it('says what is missing and changes nothing', async () => {
    const made = await desk();
    const before = await made.plan();
    const goal = before.goals[0]!.id;
    const wrong: [Act, Record<string, string>, string][] = [
      ['addGoal', {}, 'missing.goal'],
      ['addGoal', { what: 'own' }, 'missing.own'],
      ['addGoal', { what: '__proto__' }, 'missing.goal'],
      ['addStep', { what: 'cv', who: 'client' }, 'missing.step'],
      ['addStep', { goal, what: 'own', who: 'client' }, 'missing.own'],
      ['addStep', { goal, what: 'service', service: 'none', who: 'partner' }, 'missing.service'],
      ['addStep', { goal, what: 'cv', who: 'client', by: 'soon' }, 'missing.step'],
      ['addStep', { goal: 'gone', what: 'cv', who: 'client' }, 'refused.gone'],
      ['changePart', { part: goal }, 'refused.nothing'],
      ['removePart', { part: 'gone' }, 'refused.gone'],
    ];
    for (const [act, filled, key] of wrong) {
      expect((await made.presses(act, filled)).words, key).to.equal(texts.say({ key: `plan.${key}` }, 'en'));
    }
    expect(await made.plan()).to.deep.equal(before);
  });

  it('answers the same press the same, and does it once', async () => {
    const made = await desk();
    const button = buttonsOf(await made.card()).find(({ data }) => data.act === 'addGoal')!;
    const first = await made.sends(button.data, { what: 'digital' });
    const after = await made.plan();
    const again = await made.sends(button.data, { what: 'digital' });
    expect(again.words).to.equal(first.words);
    expect(await made.plan()).to.deep.equal(after);
    const other = await made.sends(button.data, { what: 'housing' });
    expect(other.words).to.equal(texts.say({ key: 'coach.act.oldCard' }, 'en'));
    expect(await made.plan()).to.deep.equal(after);
  });

  it('changes once when many press at the same time, and tells the others so', async () => {
    const made = await desk();
    const button = buttonsOf(await made.card()).find(({ data }) => data.act === 'addGoal')!;
    const kinds = ['digital', 'housing', 'money', 'language', 'skills'];
    const said = await Promise.all(kinds.map((what) => made.sends(button.data, { what })));
    const old = texts.say({ key: 'coach.act.oldCard' }, 'en');
    expect(said.filter(({ words }) => words !== old)).to.have.length(1);
    expect((await made.plan()).version).to.equal(2);
  });

  it('belongs to the client’s coach alone, and goes with the client to another', async () => {
    const made = await desk();
    const before = await made.plan();
    for (const stranger of [aino, linnea]) {
      const theirs = new PlanDesk(made.talk, stranger);
      expect((await theirs.lines()).join()).not.to.include('Mira');
      await theirs.sends({ act: 'sendPlan' });
      await theirs.sends({ act: 'addGoal' }, { what: 'digital' });
    }
    expect(await made.plan()).to.deep.equal(before);
    const { intakes } = await made.talk.world().clients.path();
    const about = { collection: 'clients', partition: made.talk.client, id: intakes[0]!.id };
    await made.sends({ act: 'take', about });
    await made.sends({ act: 'give', about }, { to: linnea });
    expect((await made.plan()).coach).to.equal(linnea);
    expect((await new PlanDesk(made.talk, linnea).lines()).join()).to.include('Mira');
    await new PlanDesk(made.talk, samira).sends({ act: 'addGoal' }, { what: 'digital' });
    expect((await made.plan()).version).to.equal(1);
  });

  it('keeps the rights whatever is pressed by whom, and every press is explained', async () => {
    const acts: Act[] = ['seen', 'sendPlan', 'addStep', 'changePart', 'addGoal', 'removePart', 'take', 'done'];
    const press = fc.record({
      who: fc.constantFrom(aino, linnea, samira),
      act: fc.constantFrom(...acts),
      what: fc.constantFrom('own', 'digital', 'cv', 'nonsense'),
      part: fc.constantFrom('g1', 's1-1', 'g-2', 's-3'),
      old: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 12 }), async (presses) => {
        const made = await desk();
        for (const { who, act, what, part, old } of presses) {
          const before = await made.plan();
          const mark = old ? 'an-old-1' : markOf({ kind: 'plan', of: before });
          const filled = { what, part, goal: part, who: 'client', words: 'Xyz', by: '2026-12-24', done: 'true' };
          const { words } = await new PlanDesk(made.talk, who).sends({ act, mark }, filled);
          expect(words.length, act).to.be.greaterThan(15);
          const after = await made.plan();
          if (who !== samira || old) expect(after, `${who} ${act}`).to.deep.equal(before);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is short enough for Teams, however full the plan is and whatever letters it is written in', async () => {
    const made = await desk();
    const words = 'ш😀ع'.repeat(50);
    for (let n = 0; n < mostGoals; n++) await made.presses('addGoal', { what: 'own', words });
    const { goals } = await made.plan();
    for (let n = 0; n < mostSteps; n++) {
      const goal = goals[n % goals.length]!.id;
      await made.presses('addStep', { goal, what: 'own', words, who: 'client', by: '2026-12-24' });
    }
    await made.presses('sendPlan');
    for (let n = 0; n < 5; n++) await made.talk.world().plan.comment('ш😀ع'.repeat(250), `comment-${n}`);
    const plan = await made.plan();
    expect([plan.goals.length, plan.goals.flatMap(({ steps }) => steps).length]).to.deep.equal([mostGoals, mostSteps]);
    const said: Activity = {
      ...{ type: 'message', id: '1', timestamp: '', from: { id: 'polku', role: 'bot' } },
      channelData: { card: { id: '', open: false }, about: made.about() },
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: await made.card() }],
    };
    const bytes = Buffer.byteLength(JSON.stringify(teamsMessage(said, 'user')));
    console.log(`      The card of the fullest plan for Teams: ${bytes} of 28000 bytes`);
    expect(bytes).to.be.lessThan(28_000);
  });

  it('says when the client could not be told, who sees the plan all the same', async () => {
    const talk = await converse();
    const made = new PlanDesk(talk);
    const { documents, municipality, client, now } = talk;
    await submitIntake({ documents, municipality, client, language: 'fi', intent: 'i', now }, gammelbacka);
    const { words } = await made.presses('sendPlan');
    expect(words).to.include('could not be told');
    expect((await made.lines()).join('\n')).to.include(texts.say({ key: 'plan.card.untold' }, 'en'));
    await talk.presses('my-path');
    talk.hears('plan.state.sent');
  });
});

import { expect } from 'chai';
import type { Activity } from '../../../src/bot/activity.ts';
import { itemsOf, openQuestion, progress } from '../../../src/web/client/items.ts';
import { emptyLog, type Log, withPending } from '../../../src/web/client/log.ts';

let count = 0;
function said(role: 'bot' | 'user', text: string, extra: Partial<Activity> = {}): Activity {
  count += 1;
  return { type: 'message', id: `c|${count}`, timestamp: '', from: { id: role, role }, text, ...extra };
}
function asked(text: string, choices: string[], channelData?: Activity['channelData']): Activity {
  const actions = choices.map((title) => ({ type: 'imBack' as const, title, value: title }));
  return said('bot', text, { suggestedActions: { to: [], actions }, channelData });
}
function log(...activities: Activity[]): Log {
  return { ...emptyLog, activities };
}

describe('What the chat shows', () => {
  const question = { flow: 'intake', question: 'situation', step: 3, of: 9 };

  it('leaves the buttons of the open question only, and tells which one was pressed before', () => {
    const shown = log(asked('Where?', ['Office', 'Phone']), said('user', 'Phone'), asked('When?', ['Today', 'Later']));
    expect(openQuestion(shown)?.choices.map(({ title }) => title)).to.deep.equal(['Today', 'Later']);
    const [first, , last] = itemsOf(shown);
    expect(first?.past).to.deep.equal([
      { title: 'Office', chosen: false },
      { title: 'Phone', chosen: true },
    ]);
    expect(last?.past).to.deep.equal([]);
  });

  it('has no open question while an answer is on its way, and has it again when the answer is refused', () => {
    const outgoing = { type: 'message' as const, text: 'Office', channelData: { clientActivityID: 'p' } };
    const waiting = withPending(log(asked('Where?', ['Office'])), outgoing);
    expect(openQuestion(waiting)).to.equal(undefined);
    expect(openQuestion({ ...waiting, pending: [{ outgoing, failed: 'tooMany' }] })?.choices).to.have.length(1);
  });

  it('makes links of addresses that the service gave, and of none that a person wrote', () => {
    const channelData = { links: ['https://meet.example/1'] };
    const [own, theirs] = itemsOf(log(said('bot', 'Join', { channelData }), said('user', 'Join', { channelData })));
    expect(own?.links).to.deep.equal(channelData.links);
    expect(theirs?.links).to.equal(undefined);
  });

  it('keeps the question open when news comes in between', () => {
    const shown = log(asked('Where?', ['Office'], question), said('bot', 'Your coach has read your answers.'));
    expect(openQuestion(shown)?.question).to.equal('situation');
  });

  it('tells how far the person is until the flow is over', () => {
    const open = asked('Where?', ['Office'], question);
    expect(progress(log(open))).to.deep.equal({ step: 3, of: 9 });
    expect(progress(log(open, said('user', 'Office')))).to.deep.equal({ step: 3, of: 9 });
    expect(progress(log(open, said('user', 'Office'), said('bot', 'Done.')))).to.equal(undefined);
    expect(progress(log(asked('Which?', ['This'], { ...question, step: 1, of: 1 })))).to.equal(undefined);
  });

  it('puts a later card in the place of the earlier', () => {
    const card = (content: string, open: boolean) =>
      said('bot', '', {
        attachments: [{ contentType: 'card', content }],
        channelData: { card: { id: 'case-1', open } },
      });
    const items = itemsOf(log(card('new', true), said('bot', 'Hello'), card('taken', false)));
    expect(items.map(({ key }) => key)[0]).to.equal('case-1');
    expect(items).to.have.length(2);
    expect(items[0]?.attachments[0]?.content).to.equal('taken');
    expect(items[0]?.card?.open).to.equal(false);
  });

  it('shows what the person said in one place, on its way and after', () => {
    const outgoing = { type: 'message' as const, text: 'Office', channelData: { clientActivityID: 'p' } };
    const [onItsWay] = itemsOf(withPending(emptyLog, outgoing));
    const [arrived] = itemsOf(log(said('user', 'Office', { channelData: { clientActivityID: 'p' } })));
    expect(arrived?.key).to.equal(onItsWay?.key);
  });
});

import { expect } from 'chai';
import { booked, gammelbacka, hasIntake } from '../../support/clients.ts';
import { type Conversation, converse } from '../../support/conversation.ts';

async function toReview(talk: Conversation): Promise<Conversation> {
  await talk.presses('booking');
  await talk.answers({ topic: 'plan', kind: 'office', slot: '3', interpreter: false, name: null });
  return talk.isAsked('review');
}

describe('The check of answers', () => {
  it('is answered by yes and no as well as by its buttons', async () => {
    for (const [language, yes, no] of [
      ['fi', 'joo', 'ei'],
      ['sv', 'ja', 'nej'],
      ['en', 'yes please', 'no'],
    ] as const) {
      const talk = await toReview(await converse({ language }));
      await talk.says(no);
      await talk.isAsked('change').commands('back');
      await talk.isAsked('review').says(yes);
      talk.hears('booking.done.booked');
      expect(await booked(talk)).to.have.length(1);
    }
  });

  it('asks a consent anew when anything changes that it was given for', async () => {
    const talk = await converse();
    await hasIntake(talk, { ...gammelbacka, hinders: ['none'] });
    await talk.presses('referral');
    await talk.answers({ service: 'job-search-group', how: 'refer', lines: ['name', 'work'], consent: 'send' });
    await talk.isAsked('review').presses('change');
    await talk.presses('needs');
    await talk.answersOne(['training']);
    const first = talk.isAsked('service').dialog.shown!.options[0]!.value;
    await talk.presses(first);
    await talk.isAsked('how').answersOne('refer');
    talk.isAsked('lines');
    expect(talk.dialog.flow?.answers).not.to.have.any.keys('lines', 'consent');
  });
});

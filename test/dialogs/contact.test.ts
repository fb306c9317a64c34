import { expect } from 'chai';
import { mira } from '../support/answers.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';

const saturday = '2026-11-28T12:00';
const requests = async (talk: Conversation) => (await talk.world().clients.path()).contacts;

for (const language of texts.languages) {
  describe(`The way to a person in ${language}`, () => {
    it('tells the phone number and the hours before anything is asked', async () => {
      const talk = await converse({ language });
      await talk.commands('person');
      talk.isAsked('how').hears('contact.phoneAndHours', 'contact.openNow');
      expect(talk.heard)
        .to.include('019 000 0000')
        .and.match(/9[.:]00/);
    });

    it('promises a call by a time at which somebody is at work', async () => {
      const talk = await converse({ language });
      await talk.presses('contact');
      await talk.answers({ how: 'call', phone: '040 000 0002', name: 'Aleksi', about: 'Palkkatuki' });
      talk.isAsked('review').hears('contact.review');
      expect(talk.heard).to.include('0400000002').and.include('Palkkatuki');
      expect(await requests(talk)).to.deep.equal([]);
      await talk.presses('submit');
      talk.hears('contact.done.sent', 'contact.done.call', 'contact.phoneAndHours').isAsked('menu');
      const [request] = await requests(talk);
      expect(request).to.include({ phone: '0400000002', name: 'Aleksi', about: 'Palkkatuki', here: false, language });
      expect(request!.answerBy).to.equal('2026-11-23T14:00:00+02:00');
      expect(talk.heard)
        .to.include(request!.reference)
        .and.match(/14[.:]00/);
    });

    it('lets a person wait in the chat while the service is open, and says what it does not know', async () => {
      const talk = await converse({ language });
      await talk.presses('contact');
      await talk.answers({ how: 'here', name: null, about: null });
      await talk.presses('submit');
      talk.hears('contact.done.here');
      expect(await requests(talk)).to.have.length(1);
      expect((await requests(talk))[0])
        .to.include({ here: true })
        .and.not.have.any.keys('phone', 'name', 'about');
    });

    it('says when the service opens, and asks nobody to wait when it is closed', async () => {
      const talk = await converse({ language, at: saturday });
      await talk.presses('contact');
      talk.isAsked('how').hears('contact.closedNow').hearsNot('contact.openNow', 'contact.how.options.here');
      expect(talk.heard).to.match(/30(\.11| November)/);
      await talk.answers({ how: 'call', phone: '0400000002', name: null, about: null });
      await talk.presses('submit');
      talk.hears('contact.done.call', 'contact.closedNow');
      expect((await requests(talk))[0]!.answerBy).to.equal('2026-11-30T13:00:00+02:00');
    });

    it('asks nothing of a person who calls', async () => {
      const talk = await converse({ language });
      await talk.presses('contact');
      await talk.presses('self');
      talk.isAsked('menu').hears('contact.phoneAndHours');
      expect(await requests(talk)).to.deep.equal([]);
    });
  });
}

describe('The way to a person', () => {
  it('asks for a number again when it cannot be one', async () => {
    const talk = await converse();
    await talk.presses('contact');
    await talk.presses('call');
    for (const wrong of ['en muista', '12', '040', '🙂', '+358 40 000 0001 tai 02']) {
      await talk.says(wrong);
      talk.isAsked('phone').hears('contact.phone.invalid');
    }
    await talk.says('+358 (0)40 000-0001');
    talk.isAsked('name');
    expect(talk.dialog.flow!.answers.phone).to.equal('+358400000001');
  });

  it('does not ask again for what the intake told', async () => {
    const talk = await converse();
    await talk.presses('intake');
    await talk.answers(mira);
    await talk.presses('submit');
    await talk.presses('contact');
    await talk.presses('call');
    await talk.isAsked('phone').presses('0400000001');
    await talk.isAsked('about').says('Tulkki');
    await talk.isAsked('review').presses('submit');
    const [request] = await requests(talk);
    expect(request).to.include({ phone: '0400000001', name: 'Mira', about: 'Tulkki' });
  });

  it('takes another number than the one it knows', async () => {
    const talk = await converse();
    await talk.presses('intake');
    await talk.answers(mira);
    await talk.presses('submit');
    await talk.presses('contact');
    await talk.answers({ how: 'call', phone: '040 000 0003', about: null });
    await talk.presses('submit');
    expect((await requests(talk))[0]).to.include({ phone: '0400000003' });
  });

  it('puts a wrong number right before the request is sent', async () => {
    const talk = await converse();
    await talk.presses('contact');
    await talk.answers({ how: 'call', phone: '040 000 0003', name: null, about: null });
    await talk.isAsked('review').presses('change');
    await talk.presses('phone');
    await talk.says('040 000 0004');
    await talk.isAsked('review').presses('submit');
    expect((await requests(talk)).map(({ phone }) => phone)).to.deep.equal(['0400000004']);
  });

  it('keeps its promise true when the service closes while the person is answering', async () => {
    const talk = await converse({ at: '2026-11-23T14:59' });
    await talk.presses('contact');
    await talk.answers({ how: 'here', name: null });
    talk.now = talk.now.plus({ minutes: 2 });
    await talk.says('Asuminen');
    await talk.presses('submit');
    talk.hears('contact.done.here', 'contact.closedNow').hearsNot('contact.openNow');
    expect((await requests(talk))[0]!.answerBy).to.equal('2026-11-24T13:00:00+02:00');
  });
});

import { expect } from 'chai';
import { consentVersion } from '../../dialogs/referral.ts';
import { gammelbacka, hasIntake } from '../support/clients.ts';
import { type Conversation, converse, texts } from '../support/conversation.ts';

const referrals = async (talk: Conversation) => (await talk.world().clients.path()).referrals;
const service = 'job-search-group';
const ticked = {
  lines: ['name', 'phone', 'wish'],
  name: 'Testi Henkilö',
  phone: '040 000 0003',
  wish: 'Haluan aloittaa',
};

async function toHow(talk: Conversation, needs = ['findWork']): Promise<Conversation> {
  await talk.presses('referral');
  await talk.answers({ needs, service });
  return talk.isAsked('how');
}

async function toReview(talk: Conversation, consent: 'send' | 'draft'): Promise<Conversation> {
  await toHow(talk);
  await talk.answers({ how: 'refer', ...ticked, consent });
  return talk.isAsked('review');
}

for (const language of texts.languages) {
  describe(`Finding a service (${language})`, () => {
    it('tells services with reasons, languages, place and price', async () => {
      const talk = await converse({ language });
      await talk.presses('referral');
      await talk.answers({ needs: ['findWork', 'debts'] });
      talk.isAsked('service').hears('referral.service.found', 'directory.reasons.need', 'directory.reasons.places');
      talk.hears('referral.service.alsoIn', 'referral.service.place', 'referral.service.price');
      expect(talk.dialog.shown!.options.map(({ value }) => value)).to.include(service);
    });

    it('gives contact details at once, and the referral waits half done', async () => {
      const talk = await toHow(await converse({ language }));
      await talk.presses('details');
      talk.isAsked('menu').hears('service.phone', 'service.email', 'service.web', 'service.next', 'menu.goOn');
      expect(await referrals(talk)).to.deep.equal([]);
      await talk.presses('referral');
      talk.isAsked('how').hears('engine.resumed');
    });

    it('sends what was ticked and nothing else, with the consent, and promises nothing on behalf of others', async () => {
      const talk = await toReview(await converse({ language }), 'send');
      talk.hears('referral.review', 'referral.consent.label');
      expect(talk.heard).to.include('Testi Henkilö').and.include('0400000003').and.include('Haluan aloittaa');
      await talk.presses('submit');
      talk
        .hears('referral.done.sent', 'referral.done.notYet', 'referral.done.next')
        .hearsNot('referral.done.noContact');
      const [sent] = await referrals(talk);
      expect(sent).to.include({ service, state: 'sent', language });
      expect(sent!.consent).to.include({ version: consentVersion, language });
      expect(sent!.lines).to.deep.equal([
        { field: 'name', value: 'Testi Henkilö' },
        { field: 'phone', value: '0400000003' },
        { field: 'wish', value: 'Haluan aloittaa', language },
      ]);
      expect(talk.heard).to.include(sent!.reference);
      expect(talk.heard).to.include(texts.say({ at: '2026-12-23', as: 'date' }, language));
    });

    it('keeps a draft that nobody is told of, and sends it later from the path', async () => {
      const talk = await toReview(await converse({ language }), 'draft');
      await talk.presses('submit');
      talk.hears('referral.done.draft', 'referral.done.draftNext').hearsNot('referral.done.sent');
      const [draft] = await referrals(talk);
      expect(draft!.state).to.equal('draft');
      expect(draft).not.to.have.any.keys('consent', 'outbox');
      await talk.presses('my-path');
      await talk.presses(draft!.id);
      await talk.isAsked('do').hears('my-referral.wouldSee').presses('send');
      await talk.isAsked('consent').presses('send');
      await talk.isAsked('review').presses('submit');
      const [sent, ...more] = await referrals(talk);
      expect([sent!.state, sent!.lines, more]).to.deep.equal(['sent', draft!.lines, []]);
    });

    it('withdraws what was sent after a question, and says what follows', async () => {
      const talk = await toReview(await converse({ language }), 'send');
      await talk.presses('submit');
      await talk.presses('my-path');
      await talk.presses((await referrals(talk))[0]!.id);
      await talk.isAsked('do').hears('my-referral.sees').presses('withdraw');
      await talk.isAsked('sure').hears('my-referral.whatFollows').presses(true);
      talk.hears('my-referral.withdrawn');
      expect((await referrals(talk))[0]!.state).to.equal('withdrawn');
    });

    it('leads to a person when nothing fits, never to an empty list', async () => {
      const { municipality } = await converse();
      const talk = await converse({ language, municipality: { ...municipality, services: [] } });
      await talk.presses('referral');
      await talk.answers({ needs: ['findWork'] });
      talk.isAsked('service').hears('referral.service.none', 'referral.service.askPerson');
      await talk.presses('person');
      expect(talk.dialog.flow?.id).to.equal('contact');
    });
  });
}

describe('A referral', () => {
  it('takes the needs and the very values of the intake, and asks only what is missing', async () => {
    const talk = await converse();
    await hasIntake(talk);
    await talk.presses('referral');
    talk.isAsked('service').hears('directory.needs.findWork', 'directory.needs.debts');
    await talk.answers({ service, how: 'refer' });
    talk.isAsked('lines');
    const labels = talk.dialog.shown!.options.map(({ label }) => label).join('\n');
    expect(labels).to.include('Mira').and.include('0400000001').and.include('Kesätyö taimitarhalla');
    await talk.answers({ lines: ['name', 'language', 'work', 'email'], email: 'Mira@Example.org', consent: 'send' });
    await talk.isAsked('review').presses('submit');
    expect((await referrals(talk))[0]!.lines).to.deep.equal([
      { field: 'name', value: 'Mira' },
      { field: 'email', value: 'mira@example.org' },
      { field: 'language', value: ['fi', 'en'] },
      { field: 'work', value: 'Kesätyö taimitarhalla', language: 'fi' },
    ]);
  });

  it('looks for other help than the intake named', async () => {
    const talk = await converse();
    await hasIntake(talk);
    await talk.presses('referral');
    await talk.presses('other');
    talk.isAsked('needs');
    expect(talk.dialog.parked).to.deep.equal([]);
  });

  it('says when the person was referred before, and does not hide it in the list', async () => {
    const talk = await toReview(await converse(), 'send');
    await talk.presses('submit');
    await toHow(talk);
    talk.hears('referral.how.already', 'referral.states.sent');
    await talk.commands('cancel');
    await talk.world().referrals.withdraw((await referrals(talk))[0]!.id, 'w');
    await talk.presses('referral');
    talk.isAsked('how').hearsNot('referral.how.already');
  });

  it('without a phone number or an e-mail says who gets the answer', async () => {
    const talk = await toHow(await converse());
    await talk.answers({ how: 'refer', lines: ['wish'], wish: 'Haluan aloittaa', consent: 'send' });
    await talk.presses('submit');
    talk.hears('referral.done.noContact');
  });

  it('offers no referral where the person makes contact themselves', async () => {
    const talk = await converse();
    const own = talk.municipality.services.find(({ referral }) => !referral)!;
    await talk.presses('referral');
    await talk.answers({ needs: [...new Set(own.needs.filter((need) => need !== 'skills'))].slice(0, 1) });
    await talk.presses(own.id);
    talk.isAsked('how').hears('referral.how.selfOnly');
    expect(talk.dialog.shown!.options.map(({ value }) => value)).to.deep.equal(['details']);
  });

  it('asks the lines and the consent anew when another service is chosen in the review', async () => {
    const talk = await toReview(await converse(), 'send');
    await talk.presses('change');
    await talk.presses('service');
    const other = talk.dialog.shown!.options.find(({ value }) => value !== service)!;
    await talk.presses(other.value);
    await talk.isAsked('how').answersOne('refer');
    await talk.isAsked('lines').answersOne(['wish']);
    await talk.answers({ wish: 'Haluan aloittaa' });
    talk.isAsked('consent');
  });

  it('shows a long wish whole before it is sent, and cuts it only on a button', async () => {
    const talk = await converse();
    const lastWork = `Työ ${'taimitarhalla '.repeat(20)}loppu`.trim();
    await hasIntake(talk, { ...gammelbacka, lastWork });
    await talk.presses('referral');
    await talk.answers({ service, how: 'refer' });
    for (const { label } of talk.dialog.shown!.options) expect(label.length).to.be.below(120);
    await talk.answers({ lines: ['work'] });
    talk.isAsked('consent');
    expect(talk.heard).to.include(lastWork);
  });

  it('can be removed as a draft, and nobody hears of it', async () => {
    const talk = await toReview(await converse(), 'draft');
    await talk.presses('submit');
    await talk.presses('my-path');
    await talk.presses((await referrals(talk))[0]!.id);
    await talk.presses('discard');
    await talk.isAsked('sure').presses(true);
    talk.hears('my-referral.discarded');
    expect((await referrals(talk))[0])
      .to.include({ state: 'withdrawn' })
      .and.not.have.property('outbox');
  });
});

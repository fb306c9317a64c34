import { expect } from 'chai';
import { matchServices } from '../../src/domain/directory/match.ts';
import { withPlacesTold } from '../../src/domain/directory/places.ts';
import { refusalReasons } from '../../src/domain/referrals/referral.ts';
import { texts } from '../support/conversation.ts';
import { PartnerDesk, ticked } from '../support/partner-desk.ts';

describe('The partner’s page', () => {
  let desk: PartnerDesk;
  before(async () => {
    desk = await new PartnerDesk().start();
  });
  after(() => desk.close());

  it('comes as a link of 256 bits that is kept nowhere but in the mail', async () => {
    const { client, path } = await desk.refer();
    const token = path.split('/').at(-1)!;
    expect(Buffer.from(token, 'base64url')).to.have.length(32);
    const kept = JSON.stringify([
      await desk.documents.list('clients', client),
      await desk.documents.list('clients', 'partner-links'),
    ]);
    expect(kept).not.to.include(token);
    expect(desk.log.join('\n')).not.to.include(token);
  });

  it('shows what the client ticked and nothing else, and its words are words', async () => {
    const { client, id, path } = await desk.refer('client-ticks', 'sotek-job-coaching', ticked.slice(0, 1));
    const { body } = await desk.get(path);
    expect(body).to.include('Kanarialintu Testi').and.not.include('0400000042').and.not.include('aloittaa');
    expect(body).not.to.include(client).and.not.include(id);
    const all = await desk.get((await desk.refer()).path);
    expect(all.body).to.include('Haluan &#60;b&#62;aloittaa&#60;/b&#62; heti').and.include('kirjoitettu suomeksi');
  });

  it('is in the partner’s language, and in another one when the partner wants', async () => {
    const { path } = await desk.refer(undefined, 'prakticum-vocational');
    expect((await desk.get(path)).body)
      .to.include('<html lang="sv">')
      .and.include('Klientens uppgifter');
    for (const language of texts.languages) {
      const { body } = await desk.get(`${path}?lang=${language}`);
      expect(body).to.include(`<html lang="${language}">`);
      expect(body).to.include(texts.say({ key: 'partner.page.acts.accepted.title' }, language));
      expect(body).not.to.match(/\{\{|undefined|\[object/);
    }
    const answered = await desk.post(`${path}?lang=en`, { act: 'under-study', seen: '1' });
    expect(answered.location).to.include('lang=en');
  });

  it('shows by GET and changes nothing, however often a scanner of mails opens it', async () => {
    const referred = await desk.refer();
    const before = await desk.referral(referred);
    for (let i = 0; i < 20; i++) expect((await desk.get(referred.path)).status).to.equal(200);
    expect(await desk.referral(referred)).to.deep.equal(before);
  });

  it('passes its address on to nobody, is kept by nobody and runs no script', async () => {
    const { headers, body } = await desk.get((await desk.refer()).path);
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('x-robots-tag')).to.equal('noindex');
    expect(headers.get('content-security-policy')).to.include("frame-ancestors 'none'").and.not.include('script-src');
    expect(body).not.to.match(/<script|https?:\/\/(?!127)/);
    const sheet = await desk.get('/partner-page.css');
    expect(sheet.headers.get('content-type')).to.include('text/css');
  });

  it('takes a place with its first day, and then the start and the end', async () => {
    const referred = await desk.refer();
    const { path } = referred;
    const words = 'Tervetuloa, ota mukaan kynä';
    expect((await desk.post(path, { act: 'accepted', seen: '1', words })).location).to.include('said=done');
    expect((await desk.get(path)).body)
      .to.include('1. joulukuuta 2026')
      .and.include('0400000042');
    await desk.post(path, { act: 'started', seen: '2' });
    await desk.post(path, { act: 'completed', seen: '3' });
    const { state, history } = await desk.referral(referred);
    expect(state).to.equal('completed');
    expect(history.map((step) => `${step.by} ${step.state}`)).to.deep.equal([
      'client sent',
      'partner accepted',
      'partner started',
      'partner completed',
    ]);
    expect(history[1]).to.include({ startsOn: '2026-12-01', words, wordsIn: 'fi' });
    const closed = await desk.get(path);
    expect(closed.status).to.equal(200);
    expect(closed.body).not.to.include('Kanarialintu').and.not.include('0400000042').and.not.include('<details');
    const news = ['accepted', 'started', 'completed'].map((one) => `news.referral.${one}`);
    expect(desk.told.slice(-4)).to.deep.equal([...news, 'ask feedback']);
  });

  it('takes each of the eleven reasons with own words, and not one without the other', async () => {
    expect(refusalReasons).to.have.length(11);
    for (const reason of refusalReasons) {
      const referred = await desk.refer();
      const lackings: Record<string, string>[] = [
        { reason: '' },
        { words: ' ' },
        { reason: 'bored' },
        { words: 'x'.repeat(1001) },
      ];
      for (const lacking of lackings) {
        const refused = await desk.post(referred.path, { act: 'declined', seen: '1', reason, ...lacking });
        expect(refused.status).to.equal(422);
        expect(refused.body).to.include('role="alert"').and.include('aria-invalid="true"').and.include('open>');
      }
      await desk.post(referred.path, { act: 'declined', seen: '1', reason, words: 'Ryhmä alkaa vasta keväällä' });
      expect((await desk.referral(referred)).history.at(-1)).to.include({ state: 'declined', reason, by: 'partner' });
    }
  });

  it('refuses a day that makes no sense and keeps what was filled in', async () => {
    const referred = await desk.refer();
    for (const startsOn of ['', '2026-02-31', '2031-01-01', '2020-01-01', 'huomenna', '1'.repeat(5000)]) {
      const words = 'Tule "ajoissa" </textarea><script>';
      const refused = await desk.post(referred.path, { act: 'accepted', seen: '1', startsOn, words });
      expect(refused.status, startsOn).to.equal(422);
      expect(refused.body)
        .to.include('Tule &#34;ajoissa&#34; &#60;/textarea&#62;&#60;script&#62;')
        .and.not.include('<script>');
    }
    await desk.post(referred.path, { act: 'accepted', seen: '1', startsOn: '5.1.2027' });
    expect((await desk.referral(referred)).history.at(-1)!.startsOn).to.equal('2027-01-05');
  });

  it('takes an identity code out of what the partner writes, and says so', async () => {
    const referred = await desk.refer();
    const words = 'Kutsumme 131052-308T maanantaina';
    const { location } = await desk.post(referred.path, { act: 'needs-client', seen: '1', words });
    expect(JSON.stringify(await desk.referral(referred))).not.to.include('308T');
    expect((await desk.get(location!)).body).to.include(texts.say({ key: 'partner.page.masked' }, 'fi'));
  });

  it('is told of places left and of being full, and the search for services knows it', async () => {
    const { path } = await desk.refer();
    for (const left of ['-1', '1000', 'monta', '']) {
      expect((await desk.post(path, { act: 'places', left })).status, left).to.equal(422);
    }
    await desk.post(path, { act: 'places', left: '2' });
    expect((await desk.get(path)).body).to.include(
      texts.say({ key: 'partner.page.places.left', with: { places: 2 } }, 'fi'),
    );
    await desk.post(path, { act: 'full' });
    const known = (await withPlacesTold(desk.documents, desk.municipality)).services;
    expect(known.find(({ id }) => id === 'job-search-group')!.placesLeft).to.equal(0);
    const [first] = matchServices({ ...desk.municipality, services: known }, {}, ['findWork'], 9);
    expect(first!.service.id, 'who is full comes later').not.to.equal('job-search-group');
    expect((await desk.get(path)).body).to.include(texts.say({ key: 'partner.page.places.full' }, 'fi'));
  });

  it('answers with a plain page, and keeps nothing, when a form is not one', async () => {
    const referred = await desk.refer();
    const before = await desk.referral(referred);
    for (const body of [
      '{"act":"accepted"}',
      'act=accepted&act=declined&seen=1e0',
      'act=constructor',
      'act=__proto__',
    ]) {
      const headers = {
        'Content-Type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
      };
      const response = await fetch(desk.url + referred.path, { method: 'POST', body, headers, redirect: 'manual' });
      expect(response.status, body).to.be.oneOf([303, 400, 422]);
    }
    expect(await desk.referral(referred)).to.deep.equal(before);
  });
});

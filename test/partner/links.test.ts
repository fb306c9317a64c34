import { createHmac, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { hashOf, openLink } from '../../src/domain/referrals/links.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import { type Case, PartnerDesk, type Shown } from '../support/partner-desk.ts';
import { amount, seed, tellRow } from '../support/row.ts';

/** Tokens that look right, made from a seed. */
function* guesses(count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield createHmac('sha256', String(seed)).update(String(i)).digest('base64url');
}

/** What a stranger could learn from an answer. */
function alike({ status, body, headers, location }: Shown): unknown {
  const told = [...headers].filter(([name]) => name !== 'date' && name !== 'location');
  return { status, body, told, location: location?.replace(/\/partner\/[^?]+/, '/partner/TOKEN') };
}

describe('S5 The partner’s link', () => {
  let desk: PartnerDesk;
  let stranger = 0;
  /** Each stranger comes from an address of their own, so that limits do not hide what is asked here. */
  const somewhere = () => `10.1.${Math.floor(++stranger / 200)}.${stranger % 200}`;
  beforeEach(async () => {
    desk = await new PartnerDesk().start();
  });
  afterEach(() => desk.close());

  it('is never guessed, neither from nothing nor from a link that one has', async function () {
    this.timeout(600_000);
    const { path } = await desk.refer();
    const own = path.split('/').at(-1)!;
    const count = amount(20_000, 1_000_000);
    let opened = 0;
    for (const guess of guesses(count)) if (await openLink(desk.documents, guess, desk.clock.time)) opened++;
    const near = [
      own.slice(0, -1),
      `${own}A`,
      own.toLowerCase(),
      ` ${own}`,
      hashOf(own),
      `${own}/`,
      '',
      '.',
      'a'.repeat(4000),
    ];
    for (let i = 0; i < own.length; i++)
      near.push(`${own.slice(0, i)}${own[i] === 'A' ? 'B' : 'A'}${own.slice(i + 1)}`);
    // The last character of 256 bits in base64url has two bits that mean nothing: still another token.
    for (const guess of near) if (await openLink(desk.documents, guess, desk.clock.time)) opened++;
    expect(opened).to.equal(0);
    expect((await openLink(desk.documents, own, desk.clock.time))?.live).to.equal(true);
    tellRow(`S5 ${count + near.length} guesses, ${opened} opened (seed ${seed})`);
  });

  it('is not tried without end from one address, while others go on', async () => {
    const { path } = await desk.refer();
    const answers: number[] = [];
    for (let i = 0; i < 60; i++)
      answers.push((await desk.get(`/partner/${randomBytes(32).toString('base64url')}`)).status);
    expect(answers.filter((status) => status === 404).length).to.be.at.most(30);
    expect(answers.at(-1)).to.equal(429);
    expect((await desk.get(path, '10.0.0.2')).status).to.equal(200);
  });

  it('acts once when the same answer comes a hundred times at once', async () => {
    const referred = await desk.refer();
    const all = await Promise.all(
      Array.from({ length: 100 }, () => desk.post(referred.path, { act: 'accepted', seen: '1' })),
    );
    const said = all.map(({ location }) => new URL(location!, desk.url).searchParams.get('said'));
    expect(said.filter((one) => one === 'done')).to.have.length(1);
    expect(said.filter((one) => one === 'old')).to.have.length(99);
    expect((await desk.referral(referred)).history).to.have.length(2);
    expect(desk.told.filter((one) => one === 'news.referral.accepted')).to.have.length(1);
    tellRow('S5 100 posts at once: 1 acted, 99 were told that it was answered already');
  });

  it('acts once when a hundred different answers come at once', async () => {
    const referred = await desk.refer();
    const acts = ['accepted', 'declined', 'under-study', 'needs-client'];
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => desk.post(referred.path, { act: acts[i % 4]!, seen: '1' })),
    );
    expect((await desk.referral(referred)).history).to.have.length(2);
  });

  it('answers alike whether it is wrong, expired, withdrawn, closed by others or its client was erased', async () => {
    const dead: Record<string, string> = {
      wrong: `/partner/${randomBytes(32).toString('base64url')}`,
      odd: '/partner/x',
    };
    const take = async (name: string, end: (referred: Case) => Promise<unknown>) => {
      const referred = await desk.refer();
      await end(referred);
      dead[name] = referred.path;
    };
    await take('withdrawn', (referred) => desk.withdraw(referred));
    await take('erased', ({ client }) => eraseClient(desk.act(client, 'erase')));
    const pointers = await desk.documents.list('clients', 'partner-links');
    expect(pointers, 'nothing leads to who was erased').to.have.length(1);
    await take('closed by a coach', async ({ client, id }) => {
      await moveReferral(desk.act(client, ''), id, { state: 'declined', by: 'coach', reason: 'other' }, 1);
    });
    const { path: old } = await desk.refer();
    desk.clock.time += 9 * 24 * 3_600_000;
    dead.expired = old;
    for (const request of [
      (path: string) => desk.get(path, somewhere()),
      (path: string) => desk.get(`${path}?lang=sv&said=done`, somewhere()),
      (path: string) => desk.get(`${path}?said=asked`, somewhere()),
      (path: string) => desk.post(path, { act: 'accepted', seen: '1' }, somewhere()),
      (path: string) => desk.post(path, { act: 'full' }, somewhere()),
      (path: string) => desk.post(path, { act: 'renew' }, somewhere()),
    ]) {
      const wrong = alike(await request(dead.wrong!));
      for (const [name, path] of Object.entries(dead)) expect(alike(await request(path)), name).to.deep.equal(wrong);
    }
    tellRow(`S5 ${Object.keys(dead).join(', ')}: the same status, headers and bytes`);
  });

  it('is looked up in the same number of reads whether it is wrong, expired or withdrawn', async () => {
    const { path: withdrawn } = await desk.refer('w');
    await desk.withdraw({
      client: 'w',
      id: (await desk.documents.list('clients', 'w', 'referral'))[0]!.document.id,
      path: '',
    });
    const { path: live } = await desk.refer();
    const reads = async (path: string, later: number) => {
      let count = 0;
      const counting: Documents = {
        ...desk.documents,
        get: ((ref) => {
          count++;
          return desk.documents.get(ref);
        }) as Documents['get'],
      };
      await openLink(counting, path.split('/').at(-1)!, desk.clock.time + later);
      return count;
    };
    expect(await reads('/partner/none', 0)).to.equal(2);
    expect(await reads(withdrawn, 0)).to.equal(2);
    expect(await reads(live, 9 * 24 * 3_600_000)).to.equal(2);
  });

  it('lives eight days; a new one goes to the registered address only, once, when the old one has expired', async () => {
    const referred = await desk.refer();
    const renew = (path: string) => desk.post(path, { act: 'renew' }, somewhere());
    await renew(referred.path);
    expect(desk.letters).to.have.length(1);
    await desk.pass(7);
    expect((await desk.get(referred.path)).status).to.equal(200);
    await desk.pass(1);
    expect((await desk.get(referred.path)).status).to.equal(404);
    await Promise.all(Array.from({ length: 20 }, () => renew(referred.path)));
    expect(desk.letters.map(({ mail, to }) => `${mail} ${to}`)).to.deep.equal([
      'referral tyonhaku@porvoo.example',
      'link tyonhaku@porvoo.example',
    ]);
    expect((await desk.get(desk.lastLink())).status).to.equal(200);
    expect((await desk.get(referred.path)).status, 'the old one stays dead').to.equal(404);
    await desk.pass(9);
    const before = desk.letters.length;
    await desk.withdraw(referred);
    await renew(referred.path);
    expect(desk.letters.length, 'nothing more after a withdrawal').to.equal(before);
  });

  it('is the same one when its mail is written again', async () => {
    const referred = await desk.refer();
    const referral = await desk.referral(referred);
    const again = await Promise.all([1, 2, 3].map(() => desk.linkFor(referral, `${referral.id}-sent`)));
    for (const link of again) expect(new URL(link!.url).pathname).to.equal(referred.path);
    expect((await desk.referral(referred)).links).to.have.length(1);
  });

  it('comes with each reminder, and the whole story ends at 30 days', async () => {
    const referred = await desk.refer();
    await desk.pass(31);
    expect(desk.letters.map(({ mail }) => mail)).to.deep.equal(['referral', 'reminder', 'reminder']);
    expect((await desk.referral(referred)).state).to.equal('expired');
    expect(desk.told).to.deep.equal(['news.referral.expired', 'ask feedback']);
    expect((await desk.get(desk.lastLink())).status).to.equal(404);
  });
});

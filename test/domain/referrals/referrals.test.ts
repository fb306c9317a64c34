import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { ClientAct } from '../../../src/domain/clients/client.ts';
import type { Client } from '../../../src/domain/clients/path.ts';
import type { Documents } from '../../../src/domain/documents.ts';
import type { Municipality } from '../../../src/domain/municipalities/pack.ts';
import type { Referral, ReferralRequest } from '../../../src/domain/referrals/referral.ts';
import { referralRef, submitReferral } from '../../../src/domain/referrals/submit.ts';
import { withdrawReferral } from '../../../src/domain/referrals/withdraw.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { refused } from '../../support/documents.ts';
import { dying } from '../../support/dying-documents.ts';

const now = DateTime.fromISO('2026-01-12T09:00', { zone: 'Europe/Helsinki' });
const municipality = {
  slug: 'testby',
  zone: 'Europe/Helsinki',
  timers: { partnerReminderDays: 10, referralExpiryDays: 30, partnerLinkDays: 8, outcomeDays: 14 },
  retention: { clientDays: 100, calendarDays: 90 },
  services: [
    { id: 'workshop', referral: { email: 'a@example.org', language: 'sv', fields: ['name', 'phone', 'wish'] } },
    { id: 'advice' },
  ],
} as unknown as Municipality;
const lines: ReferralRequest['lines'] = [
  { field: 'name', value: 'Testi Henkilö' },
  { field: 'wish', value: 'Haluan alkaa heti', language: 'fi' },
];

function actOf(documents: Documents, intent = 'i1', client = 'c1'): ClientAct {
  return { documents, municipality, client, language: 'fi', intent, now };
}

const request = (consent: boolean): ReferralRequest => ({ service: 'workshop', lines, consent, consentVersion: '1' });
const kindsOf = ({ outbox = [] }: Referral) =>
  outbox
    .filter(({ kind }) => kind !== 'timer')
    .map(({ kind, payload }) => `${kind} ${payload.mail ?? payload.news ?? payload.what}`);

describe('A referral', () => {
  let documents: Documents;
  beforeEach(() => {
    documents = openSqlite(':memory:', { now: () => now.toMillis() });
  });
  afterEach(() => documents.close());

  async function referrals(): Promise<Referral[]> {
    const read = await documents.list<Referral>('clients', 'c1', 'referral');
    return read.map(({ document }) => document);
  }

  it('tells the partner and the coach in the write that makes it', async () => {
    const sent = await submitReferral(actOf(documents), request(true));
    const read = await documents.get<Referral>(referralRef('c1', sent.id));
    expect(read?.document).to.deep.equal(sent);
    expect(kindsOf(sent)).to.deep.equal(['mail referral', 'coach referral', 'figure sent']);
    expect(sent.consent).to.deep.equal({ version: '1', language: 'fi', at: now.toUTC().toISO() });
    expect(sent.expiresAt).to.equal(now.plus({ days: 100 }).toMillis());
    expect((await documents.due('clients', now.toMillis(), 5)).map(({ document }) => document.id)).to.deep.equal([
      sent.id,
    ]);
  });

  it('never holds a line that the service may not be told', async () => {
    const more = [...lines, { field: 'hinders' as const, value: ['health'] }];
    expect((await submitReferral(actOf(documents), { ...request(true), lines: more })).lines).to.deep.equal(lines);
  });

  it('goes to the coach of the newest intake, or to the one who took the client over', async () => {
    for (const [id, coach, at] of [
      ['a', 'old', '2026-01-01'],
      ['b', 'new', '2026-01-05'],
    ] as const) {
      const intake = { id, partition: 'c1', type: 'intake', schema: 1, routing: { coach }, submittedAt: at };
      await documents.create('clients', intake);
    }
    expect((await submitReferral(actOf(documents), request(true))).coach).to.equal('new');
    const client = (await documents.get<Client>({ collection: 'clients', partition: 'c1', id: 'client' }))!;
    await documents.replace('clients', { ...client.document, coach: 'taker' } as Client, client.version);
    expect((await submitReferral(actOf(documents, 'i2'), request(true))).coach).to.equal('taker');
  });

  it('is one referral however often it is confirmed', async () => {
    const first = await submitReferral(actOf(documents), request(true));
    const again = await Promise.all([1, 2, 3].map(() => submitReferral(actOf(documents), request(true))));
    expect(again).to.deep.equal([first, first, first]);
    expect(await referrals()).to.have.length(1);
  });

  it('as a draft tells nobody, holds no consent, and gives way to what is sent later', async () => {
    const draft = await submitReferral(actOf(documents), request(false));
    expect([draft.state, draft.consent, draft.outbox]).to.deep.equal(['draft', undefined, undefined]);
    const newer = await submitReferral(actOf(documents, 'i2'), request(false));
    expect((await referrals()).map(({ id }) => id)).to.deep.equal([newer.id]);
    const sent = await submitReferral(actOf(documents, 'i3'), request(true));
    expect((await referrals()).map(({ id }) => id)).to.deep.equal([sent.id]);
  });

  it('is sent after all when the person decides so while the first answer was lost', async () => {
    await submitReferral(actOf(documents), request(false));
    const sent = await submitReferral(actOf(documents), request(true));
    expect(sent.history.map(({ state }) => state)).to.deep.equal(['draft', 'sent']);
    expect(kindsOf(sent)).to.deep.equal(['mail referral', 'coach referral', 'figure sent']);
    await submitReferral(actOf(documents), request(false));
    expect((await referrals()).map(({ state }) => state)).to.deep.equal(['sent']);
  });

  it('is refused for a service that takes none, and nothing is kept', async () => {
    await refused(submitReferral(actOf(documents), { ...request(true), service: 'advice' }), 'notFound');
    await refused(submitReferral(actOf(documents), { ...request(true), service: 'nowhere' }), 'notFound');
    expect(await referrals()).to.deep.equal([]);
  });

  it('when withdrawn before the mail was tried is never known to the partner', async () => {
    const { id } = await submitReferral(actOf(documents), request(true));
    const withdrawn = await withdrawReferral(actOf(documents, 'i2'), id);
    expect(withdrawn.state).to.equal('withdrawn');
    const news = kindsOf(withdrawn).filter((kind) => !kind.startsWith('figure'));
    expect(news).to.deep.equal(['coach referral', 'coach referral']);
  });

  it('when withdrawn later tells the partner to stop, once', async () => {
    for (const tried of [0, 1]) {
      const { id } = await submitReferral(actOf(documents, `i${tried}`), request(true));
      const { document, version } = (await documents.get<Referral>(referralRef('c1', id)))!;
      // Sent and gone, or in the hands of a relay at this moment.
      const outbox = tried ? document.outbox!.map((item) => ({ ...item, attempts: 1 })) : [];
      await documents.replace('clients', { ...document, outbox } as Referral, version);
      const withdrawn = await withdrawReferral(actOf(documents, 'w'), id);
      expect(kindsOf(withdrawn).filter((kind) => kind.startsWith('mail'))).to.deep.equal(['mail withdrawal']);
      expect(await withdrawReferral(actOf(documents, 'w2'), id)).to.deep.equal(withdrawn);
    }
  });

  it('cannot be withdrawn by others, nor when it has ended', async () => {
    const { id } = await submitReferral(actOf(documents), request(true));
    await refused(withdrawReferral(actOf(documents, 'w', 'c2'), id), 'notFound');
    await refused(withdrawReferral(actOf(documents, 'w'), 'client'), 'notFound');
    const { document, version } = (await documents.get<Referral>(referralRef('c1', id)))!;
    await documents.replace('clients', { ...document, state: 'declined' } as Referral, version);
    await refused(withdrawReferral(actOf(documents, 'w'), id), 'notFound');
  });

  it('is whole after a death at any call to the store, once it is confirmed again', async () => {
    const calls = dying(documents);
    await submitReferral(actOf(calls.documents, 'count', 'c0'), request(true));
    for (let call = 1; call <= calls.calls(); call++) {
      for (const when of ['before', 'after'] as const) {
        const client = `c-${call}-${when}`;
        await submitReferral(actOf(documents, 'draft', client), request(false));
        const { documents: dead } = dying(documents, { call, when });
        await submitReferral(actOf(dead, 'i', client), request(true)).catch(() => undefined);
        await submitReferral(actOf(documents, 'i', client), request(true));
        const all = await documents.list<Referral>('clients', client, 'referral');
        expect(
          all.map(({ document }) => document.state),
          client,
        ).to.deep.equal(['sent']);
      }
    }
  });

  it('shares nothing without a live consent, whatever is sent, drafted and withdrawn in any order', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('send', 'draft', 'withdraw'), fc.integer({ min: 0, max: 3 })), {
      maxLength: 12,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const client = `p${run++}`;
        for (const [i, [step, which]] of all.entries()) {
          const act = actOf(documents, `${i}`, client);
          const known = await documents.list<Referral>('clients', client, 'referral');
          const chosen = known[which]?.document;
          if (step !== 'withdraw') await submitReferral(act, request(step === 'send'));
          else if (chosen) await withdrawReferral(act, chosen.id);
        }
        for (const { document } of await documents.list<Referral>('clients', client, 'referral')) {
          const shares = kindsOf(document).includes('mail referral');
          expect(shares).to.equal(document.state === 'sent');
          if (shares) expect(document.consent?.version).to.equal('1');
        }
      }),
      { numRuns: 60 },
    );
  });
});

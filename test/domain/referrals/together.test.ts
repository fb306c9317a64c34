import { expect } from 'chai';
import { tellPlaces } from '../../../src/domain/directory/places.ts';
import type { Documents } from '../../../src/domain/documents.ts';
import { moveReferral } from '../../../src/domain/referrals/progress.ts';
import type { Referral, ReferralRequest } from '../../../src/domain/referrals/referral.ts';
import { submitReferral } from '../../../src/domain/referrals/submit.ts';
import { submitTogether } from '../../../src/domain/referrals/together.ts';
import { withdrawReferral } from '../../../src/domain/referrals/withdraw.ts';
import { anAct } from '../../support/acts.ts';
import { cityOf } from '../../support/cities.ts';
import { dying } from '../../support/dying-documents.ts';

const municipality = cityOf('kouvola');
const services = ['eduko-vocational', 'work-ability-support', 'social-guidance'];

const requestFor = (service: string): ReferralRequest => ({
  service,
  lines: [
    { field: 'name', value: 'Oona' },
    { field: 'education', value: 'vocational' },
  ],
  consent: true,
  consentVersion: 't',
});

async function referralsOf(documents: Documents, client: string): Promise<Referral[]> {
  return (await documents.list<Referral>('clients', client, 'referral')).map(({ document }) => document);
}

describe('Several services from one consent', () => {
  it('are a referral each, of one group, with the lines that the service may see, told to its own partner', async () => {
    const act = anAct({ municipality });
    const { sent, left } = await submitTogether(act, services.map(requestFor));
    expect(left).to.deep.equal([]);
    expect(sent.map(({ service }) => service)).to.deep.equal(services);
    expect(new Set(sent.map(({ id }) => id)).size).to.equal(3);
    expect(new Set(sent.map(({ together }) => together)).size).to.equal(1);
    for (const { service, lines, outbox = [] } of sent) {
      const fields = municipality.services.find(({ id }) => id === service)!.referral!.fields;
      expect(
        lines.every(({ field }) => fields.includes(field)),
        service,
      ).to.equal(true);
      expect(outbox.filter(({ kind }) => kind === 'mail').length, service).to.equal(1);
    }
  });

  it('go their own ways: one that is withdrawn or declined changes nothing in the others', async () => {
    const act = anAct({ municipality });
    const { sent } = await submitTogether(act, services.map(requestFor));
    await withdrawReferral(act, sent[0]!.id);
    await moveReferral(act, sent[1]!.id, { state: 'declined', reason: 'other', by: 'partner' }, 1);
    const states = (await referralsOf(act.documents, act.client)).map(({ service, state }) => [service, state]);
    expect(Object.fromEntries(states)).to.deep.equal({
      'eduko-vocational': 'withdrawn',
      'work-ability-support': 'declined',
      'social-guidance': 'sent',
    });
  });

  it('leave out what filled up or was sent meanwhile, also when nobody has looked at a list since', async () => {
    const act = anAct({ municipality });
    await submitReferral({ ...act, intent: 'alone' }, requestFor('social-guidance'));
    await tellPlaces(act, 'work-ability-support', 0);
    const { sent, left } = await submitTogether(act, services.map(requestFor));
    expect(sent.map(({ service }) => service)).to.deep.equal(['eduko-vocational']);
    expect(left).to.deep.equal([
      { service: 'work-ability-support', why: 'full' },
      { service: 'social-guidance', why: 'already' },
    ]);
  });

  it('may be asked for again once an earlier referral has ended', async () => {
    const act = anAct({ municipality });
    const [first] = (await submitTogether(act, [requestFor('social-guidance')])).sent;
    await withdrawReferral(act, first!.id);
    const { sent, left } = await submitTogether({ ...act, intent: 'again' }, [requestFor('social-guidance')]);
    expect({ sent: sent.length, left }).to.deep.equal({ sent: 1, left: [] });
  });

  it('are each there once after a death at any call to the store, whoever fills up meanwhile', async () => {
    const { documents, ...rest } = anAct({ municipality });
    let crashes = 0;
    for (let call = 1, last = false; !last; call++) {
      for (const when of ['before', 'after'] as const) {
        const act = { ...rest, documents, client: `c-${call}-${when}` };
        const death = dying(documents, { call, when });
        await submitTogether({ ...act, documents: death.documents }, services.map(requestFor)).catch(() => undefined);
        last = death.calls() < call;
        const { sent, left } = await submitTogether(act, services.map(requestFor));
        expect(left, act.client).to.deep.equal([]);
        expect(sent.length, act.client).to.equal(3);
        const kept = await referralsOf(documents, act.client);
        expect(
          kept.map(({ service }) => service),
          act.client,
        ).to.have.members(services);
        const mails = kept.flatMap(({ outbox = [] }) => outbox.filter(({ kind }) => kind === 'mail'));
        expect(mails.length, act.client).to.equal(3);
        crashes++;
      }
    }
    console.log(`      R5 (services at once) ${crashes} crashes at every call, 0 lost, 0 doubled`);
  });
});

import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { Documents } from '../../../src/domain/documents.ts';
import { hashOf, issueLink, openLink } from '../../../src/domain/referrals/links.ts';
import { answerAsPartner } from '../../../src/domain/referrals/partner.ts';
import { tellOutcome, tickReferral } from '../../../src/domain/referrals/progress.ts';
import type { Referral } from '../../../src/domain/referrals/referral.ts';
import { referralRef, submitReferral } from '../../../src/domain/referrals/submit.ts';
import { withdrawReferral } from '../../../src/domain/referrals/withdraw.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying, slowly } from '../../support/dying-documents.ts';

const start = DateTime.fromISO('2026-11-23T10:00', { zone: porvoo.zone });
const token = (client: string) => `token-of-${client}`;

function actOf(documents: Documents, client: string, days = 0) {
  const now = start.plus({ days });
  return { documents, municipality: porvoo, client, conversation: 'chat', language: 'fi', intent: 'i', now };
}

/** A referral with a link that is open on that day. */
async function referred(documents: Documents, client: string, days = 0): Promise<string> {
  const lines = [{ field: 'name' as const, value: 'Mira' }];
  const request = { service: 'job-search-group', lines, consent: true, consentVersion: 't' };
  const { id } = await submitReferral(actOf(documents, client), request);
  await issueLink(documents, porvoo, { client, id }, hashOf(token(client)), start.plus({ days }).toMillis());
  return id;
}

const accept = (documents: Documents, client: string, days = 0) =>
  answerAsPartner(actOf(documents, client, days), token(client), { state: 'accepted', seen: 1, language: 'fi' });

/** Everything that happens to a referral, and what must have come of it once it was done again. */
const happenings: Record<
  string,
  {
    before?: typeof accept;
    does: (documents: Documents, client: string, id: string) => Promise<unknown>;
    steps: string[];
    items: string[];
  }
> = {
  'a link is issued': {
    does: (documents, client, id) =>
      issueLink(documents, porvoo, { client, id }, hashOf(`new-${client}`), start.toMillis()),
    steps: ['sent'],
    items: [],
  },
  'the partner answers': {
    does: (documents, client) => accept(documents, client),
    steps: ['sent', 'accepted'],
    items: ['coach', 'chat'],
  },
  'time ends it': {
    does: (documents, client, id) => tickReferral(actOf(documents, client, 31), id),
    steps: ['sent', 'expired'],
    items: ['coach', 'chat'],
  },
  'the client says that they got there': {
    before: accept,
    does: (documents, client, id) => tellOutcome(actOf(documents, client, 15), id, 'yes'),
    steps: ['sent', 'accepted', 'started'],
    items: ['coach', 'chat', 'coach'],
  },
};

describe('R5 (referrals) After a death at any call to the store', () => {
  it('doing it again does it once: each step is in the history once and is told once', async () => {
    const documents = openSqlite(':memory:', { now: () => start.toMillis() });
    let crashes = 0;
    for (const [name, { before, does, steps, items }] of Object.entries(happenings)) {
      for (let call = 1, last = false; !last; call++) {
        for (const when of ['before', 'after'] as const) {
          const client = `${name}-${call}-${when}`.replace(/\W/g, '-');
          const id = await referred(documents, client);
          await before?.(documents, client);
          const death = dying(documents, { call, when });
          await does(death.documents, client, id).catch(() => undefined);
          last = death.calls() < call;
          await does(documents, client, id);
          const { history, outbox = [] } = (await documents.get<Referral>(referralRef(client, id)))!.document;
          expect(
            history.map(({ state }) => state),
            client,
          ).to.deep.equal(steps);
          const told = outbox
            .filter(({ id: item }) => !/-(sent|news|plan)$|timer|figure/.test(item))
            .map(({ kind }) => kind);
          expect(told, client).to.deep.equal(items);
          expect(outbox.filter(({ payload }) => payload.timer === 'referral').length, client).to.be.at.most(1);
          crashes++;
        }
      }
    }
    await documents.close();
    console.log(`      R5 (referrals) ${crashes} crashes at every call, 0 lost steps, 0 told twice`);
  });

  it('a withdrawal that meets an answer always wins, and the link is dead', async () => {
    const documents = openSqlite(':memory:', { now: () => start.toMillis() });
    for (let round = 0; round < 40; round++) {
      const client = `c${round}`;
      const id = await referred(documents, client);
      let turn = round;
      const slow = slowly(documents, () => {
        turn = (turn * 7 + 3) % 11;
        return turn % 5;
      });
      await Promise.all([
        accept(slow, client),
        withdrawReferral(actOf(slow, client), id),
        tickReferral(actOf(slow, client, 31), id).catch(() => undefined),
      ]).catch(() => undefined);
      const { state, outbox = [] } = (await documents.get<Referral>(referralRef(client, id)))!.document;
      if (state === 'expired') continue;
      expect(state).to.equal('withdrawn');
      expect(outbox.filter(({ kind, payload }) => payload.timer === 'referral' || kind === 'chat')).to.deep.equal([]);
      expect((await openLink(documents, token(client), start.toMillis()))?.live).to.equal(false);
    }
    await documents.close();
  });
});

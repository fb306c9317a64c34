import { expect } from 'chai';
import fc from 'fast-check';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import type { SharedField } from '../../src/domain/municipalities/pack.ts';
import { openLink } from '../../src/domain/referrals/links.ts';
import { answerAsPartner } from '../../src/domain/referrals/partner.ts';
import { referralStates } from '../../src/domain/referrals/referral.ts';
import { isWithPartner } from '../../src/domain/referrals/states.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { submitTogether } from '../../src/domain/referrals/together.ts';
import { openStates, withdrawReferral } from '../../src/domain/referrals/withdraw.ts';
import { partnerReader } from '../../src/partner/layout.ts';
import { partnerPage } from '../../src/partner/page.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { PartnerDesk } from '../support/partner-desk.ts';
import { amount, seed, tellRow } from '../support/row.ts';

const canaries = { name: 'NIMIKANARIA', phone: '0409998887', wish: 'TOIVEKANARIA', work: 'TYOKANARIA' } as const;
type Line = keyof typeof canaries;
const lineNames = Object.keys(canaries) as Line[];

/** Services that may be told different things. */
const atOnce = porvoo.services.flatMap(({ id, referral }) => (referral ? [id] : [])).slice(0, 3);

const step = fc.oneof(
  fc.record({ do: fc.constant('send' as const), lines: fc.subarray(lineNames), consent: fc.boolean() }),
  fc.record({ do: fc.constant('together' as const), lines: fc.subarray(lineNames) }),
  fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(3), state: fc.constantFrom(...referralStates) }),
  fc.record({ do: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 12 }) }),
  fc.constant({ do: 'erase' as const }),
);

describe('P5 What a client has allowed', () => {
  it('is all that a partner ever sees, in any order of consents, withdrawals, answers and days', async function () {
    this.timeout(600_000);
    const runs = amount(150, 20_000);
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const desk = new PartnerDesk();
        desk.url = 'https://polku.example';
        const tokens = new Set<string>();
        for (const [i, one] of steps.entries()) {
          const act = desk.act('c', `i${i}`);
          const known = (await desk.documents.list('clients', 'c', 'referral')).map(({ document }) => document.id);
          if (one.do === 'send') {
            const lines = one.lines.map((field) => ({ field: field as SharedField, value: canaries[field] }));
            const request = { service: 'job-search-group', lines, consent: one.consent, consentVersion: 't' };
            await submitReferral(act, request);
          } else if (one.do === 'together') {
            const lines = one.lines.map((field) => ({ field: field as SharedField, value: canaries[field] }));
            const several = atOnce.map((service) => ({ service, lines, consent: true, consentVersion: 't' }));
            await submitTogether(act, several);
          } else if (one.do === 'withdraw' && known[one.which]) {
            const { state } = await desk.referral({ client: 'c', id: known[one.which]! });
            if (openStates.includes(state)) await withdrawReferral(act, known[one.which]!);
          } else if (one.do === 'answer' && [...tokens][one.which]) {
            const answer = { state: one.state, seen: i % 3, language: 'fi', words: 'x' };
            await answerAsPartner(act, [...tokens][one.which]!, answer);
          } else if (one.do === 'pass') await desk.pass(one.days);
          else if (one.do === 'erase') await eraseClient(act);
          await desk.relay.sweep();
          for (const { text } of desk.letters) tokens.add(/\/partner\/(\S+)/.exec(text)![1]!);
          looked += await look(desk, tokens);
        }
        await desk.documents.close();
      }),
      { numRuns: runs, seed },
    );
    tellRow(
      `P5 ${runs} sequences, ${looked} looks at pages and letters, 0 disclosures without live consent (seed ${seed})`,
    );
  });
});

/** Looks at everything that the partner could look at now; resolves with how much that was. */
async function look(desk: PartnerDesk, tokens: Set<string>): Promise<number> {
  const letters = desk.letters.map(({ subject, text }) => subject + text).join('\n');
  for (const line of lineNames) expect(letters).not.to.include(canaries[line]);
  for (const token of tokens) {
    const opened = await openLink(desk.documents, token, desk.clock.time);
    if (!opened?.live) continue;
    const { referral } = opened;
    const now = desk.act('c', '').now;
    const page = partnerPage({ referral, reader: partnerReader('fi', texts, porvoo), now });
    const allowed = new Set(referral.lines.map(({ field }) => field));
    for (const line of lineNames) {
      const may = referral.consent !== undefined && isWithPartner(referral.state) && allowed.has(line);
      expect(page.includes(canaries[line]), `${line} at ${referral.state}`).to.equal(may);
    }
  }
  return tokens.size + desk.letters.length;
}

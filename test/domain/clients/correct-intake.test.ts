import { expect } from 'chai';
import fc from 'fast-check';
import { correctIntake } from '../../../src/domain/clients/correct-intake.ts';
import type { IntakeAnswers } from '../../../src/domain/clients/intake.ts';
import type { Intake } from '../../../src/domain/clients/path.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { anAct } from '../../support/acts.ts';

const told: Partial<IntakeAnswers> = { topic: 'findWork', education: 'basic', name: 'Mira', contactWay: 'here' };

async function submitted() {
  const act = anAct();
  const { intake } = await submitIntake(act, told);
  const ref = { collection: 'clients', partition: act.client, id: intake.id } as const;
  return { act, id: intake.id, kept: async () => (await act.documents.get<Intake>(ref))!.document };
}

describe('An answer that is put right', () => {
  it('takes the place of the old one, which stays in the history, and the coach hears of it once', async () => {
    const { act, id, kept } = await submitted();
    const before = await kept();
    const right = { ...told, education: 'vocational' as const };
    const correction = { ...act, intent: 'c' };
    expect(await correctIntake(correction, id, right)).to.deep.equal(['education']);
    expect(await correctIntake(correction, id, right), 'again').to.deep.equal(['education']);
    const { answers, corrections, outbox = [], ...rest } = await kept();
    expect(answers).to.deep.equal(right);
    expect(corrections!.map(({ was }) => was)).to.deep.equal([{ education: 'basic' }]);
    expect(outbox.filter(({ payload }) => payload.news === 'corrected').length).to.equal(1);
    for (const name of ['reference', 'routing', 'meetBy', 'submittedAt'] as const) {
      expect(rest[name]).to.deep.equal(before[name]);
    }
  });

  it('changes nothing and tells nobody when all is as it was', async () => {
    const { act, id, kept } = await submitted();
    const before = await kept();
    expect(await correctIntake({ ...act, intent: 'c' }, id, { ...told })).to.deep.equal([]);
    expect(await kept()).to.deep.equal(before);
  });

  it('leads back to the first answers, whatever was corrected how often', async () => {
    const answer = fc.record({
      topic: fc.constantFrom('findWork' as const, 'training' as const),
      name: fc.option(fc.constantFrom('Mira', 'Aada')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 6 }), async (all) => {
        const { act, id, kept } = await submitted();
        for (const [n, one] of all.entries()) await correctIntake({ ...act, intent: `c${n}` }, id, { ...told, ...one });
        const { answers, corrections = [] } = await kept();
        const first = corrections.reduceRight((now: object, { was }) => ({ ...now, ...was }), answers);
        expect(first).to.deep.equal(told);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps no health data once the consent for it is taken back', async () => {
    const act = anAct();
    const { intake } = await submitIntake(act, { ...told, workAbilityConsent: true, workAbility: 3 });
    await correctIntake({ ...act, intent: 'c' }, intake.id, { ...told, workAbilityConsent: false });
    const ref = { collection: 'clients', partition: act.client, id: intake.id } as const;
    expect(JSON.stringify((await act.documents.get(ref))!.document)).not.to.include('"workAbility":3');
  });
});

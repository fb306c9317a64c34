import { expect } from 'chai';
import { changeClient, clientRef } from '../../../src/domain/clients/client.ts';
import type { Client, Intake } from '../../../src/domain/clients/path.ts';
import { readPath } from '../../../src/domain/clients/read-path.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { coachNotice } from '../../../src/domain/notices.ts';
import { anAct } from '../../support/acts.ts';
import { dying } from '../../support/dying-documents.ts';

const answers = { situation: 'unemployed', topic: 'findWork', ageGroup: '18to24', contactWay: 'here' } as const;

describe('A submitted intake', () => {
  it('is one intake when it is confirmed many times at once', async () => {
    const act = anAct();
    const done = await Promise.all(Array.from({ length: 20 }, () => submitIntake(act, answers)));
    expect(new Set(done.map(({ intake }) => intake.reference)).size).to.equal(1);
    expect(await act.documents.list('clients', act.client, 'intake')).to.have.length(1);
  });

  it('stays as it was first kept, whatever comes with the same confirmation later', async () => {
    const act = anAct();
    const first = await submitIntake(act, answers);
    const again = await submitIntake({ ...act, now: act.now.plus({ days: 3 }) }, { ...answers, topic: 'everyday' });
    expect(again).to.deep.equal(first);
  });

  it('is another intake under another confirmation, and both are on the path, the newest first', async () => {
    const act = anAct();
    await submitIntake(act, answers);
    await submitIntake(
      { ...act, intent: 'intent-2', now: act.now.plus({ days: 3 }) },
      { ...answers, topic: 'training' },
    );
    const { intakes, client } = await readPath(act.documents, act.client);
    expect(intakes.map((one) => one.answers.topic)).to.deep.equal(['training', 'findWork']);
    expect(client).to.include({ municipality: 'porvoo', language: 'fi' });
  });

  it('tells the coach in the same write, and lives no longer than the pack allows', async () => {
    const act = anAct();
    const { intake, coachName } = await submitIntake(act, answers);
    expect(coachName).to.equal('Aino Lehtivaara');
    expect(intake.outbox!.map(({ kind }) => kind)).to.deep.equal(['coach', 'figure']);
    expect(intake.outbox![0]).to.include({ kind: 'coach', nextAt: intake.dueAt });
    expect(coachNotice.parse(intake.outbox![0]!.payload)).to.deep.equal({ news: 'intake', by: 'client' });
    const days = act.municipality.retention.clientDays;
    expect(intake.expiresAt).to.equal(act.now.plus({ days }).toMillis());
  });

  it('keeps the client as long as their newest intake', async () => {
    const act = anAct();
    await submitIntake(act, answers);
    const later = act.now.plus({ days: 100 });
    const { intake } = await submitIntake({ ...act, intent: 'intent-2', now: later }, answers);
    const client = await act.documents.get<Client>(clientRef(act.client));
    expect(client!.document.expiresAt).to.equal(intake.expiresAt);
  });

  it('stays with the coach who took the client over', async () => {
    const act = anAct();
    await changeClient(act, () => ({ coach: 'samira-nahari' }));
    const { intake, coachName } = await submitIntake(act, answers);
    expect(coachName).to.equal('Samira Nahari');
    expect(intake.routing).to.deep.equal({ coach: 'samira-nahari', because: { key: 'intake.done.yourCoach' } });
  });

  it('is routed anew when the coach who had the client works there no longer', async () => {
    const act = anAct();
    await changeClient(act, () => ({ coach: 'gone-away' }));
    expect((await submitIntake(act, answers)).coachName).to.equal('Aino Lehtivaara');
  });

  it('is kept once, with its client, wherever a crash came first', async () => {
    const counting = dying(anAct().documents);
    await submitIntake(anAct({ documents: counting.documents }), answers);
    for (let call = 1; call <= counting.calls(); call++) {
      for (const when of ['before', 'after'] as const) {
        const act = anAct();
        const crash = dying(act.documents, { call, when });
        const died = await submitIntake({ ...act, documents: crash.documents }, answers).catch((error: Error) => error);
        expect(died).to.be.instanceOf(Error);
        await submitIntake(act, answers);
        const kept = await act.documents.list<Intake>('clients', act.client);
        expect(kept.map(({ document }) => document.type).sort()).to.deep.equal(['client', 'intake', 'plan']);
      }
    }
  });
});

import { expect } from 'chai';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import { askOnce, joinPanel, leavePanel, panelists } from '../../../src/domain/clients/panel.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { anAct } from '../../support/acts.ts';
import { cityOf } from '../../support/cities.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying } from '../../support/dying-documents.ts';
import { MonitoredTown } from '../../support/monitored-town.ts';

const municipality = cityOf('kuopio-askel');

describe('The panel of those who develop the service', () => {
  it('is asked of once, and never of who has said no, joined or left', async () => {
    const act = anAct({ municipality });
    expect(await askOnce({ ...act, intent: 'a' })).to.equal(true);
    expect(await askOnce({ ...act, intent: 'a' }), 'the same confirmation again').to.equal(true);
    expect(await askOnce({ ...act, intent: 'b' })).to.equal(false);
    await leavePanel(act);
    for (const intent of ['a', 'b']) expect(await askOnce({ ...act, intent })).to.equal(false);
    expect(await askOnce(anAct({ municipality: porvoo }))).to.equal(false);
  });

  it('shows its members by the reference of their case, and nothing else of them', async () => {
    const act = anAct({ municipality, client: 'CANARY-client' });
    const { intake } = await submitIntake(act, { name: 'CANARY', topic: 'findWork', contactWay: 'here' });
    expect(await joinPanel(act)).to.equal(intake.reference);
    const [member, ...others] = await panelists(act.documents, municipality);
    expect(others).to.deep.equal([]);
    expect(member!.reference).to.equal(intake.reference);
    expect(JSON.stringify(member)).not.to.include('CANARY');
    expect(member!.expiresAt).to.be.a('number');
  });

  it('is told to the service manager as a count, without references', async () => {
    const town = await new MonitoredTown(municipality).start();
    try {
      const references = new Set<string>();
      for (const client of ['c-1', 'c-2']) {
        references.add(await joinPanel(anAct({ municipality, documents: town.documents, client })));
      }
      const [path] = (await town.pass()).split('?');
      const page = await (await town.get(`${path}?lang=fi`)).text();
      expect(page).to.include('Paneelissa on 2 asiakasta.');
      for (const reference of references) expect(page).not.to.include(reference);
    } finally {
      await town.close();
    }
  });

  it('is left at once, and may be joined again', async () => {
    const act = anAct({ municipality });
    await joinPanel(act);
    await joinPanel(act);
    expect(await panelists(act.documents, municipality)).to.have.length(1);
    await leavePanel(act);
    await leavePanel(act);
    expect(await panelists(act.documents, municipality)).to.deep.equal([]);
    await joinPanel(act);
    expect(await panelists(act.documents, municipality)).to.have.length(1);
  });

  it('forgets who has everything deleted, whenever the process dies', async () => {
    const { documents, ...rest } = anAct({ municipality });
    for (let call = 1, last = false; !last; call++) {
      const act = { ...rest, documents, client: `c-${call}` };
      await joinPanel(act);
      const death = dying(documents, { call, when: 'before' });
      await eraseClient({ ...act, documents: death.documents }).catch(() => undefined);
      last = death.calls() < call;
      await eraseClient(act);
      expect(await panelists(documents, municipality), act.client).to.deep.equal([]);
    }
  });
});

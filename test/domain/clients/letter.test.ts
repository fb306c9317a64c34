import { expect } from 'chai';
import { type ClientAct, changeClient, clientRef } from '../../../src/domain/clients/client.ts';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import { type Letter, openLetter, writeLetter } from '../../../src/domain/clients/letter.ts';
import type { Client } from '../../../src/domain/clients/path.ts';
import { requestContact } from '../../../src/domain/clients/request-contact.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import { anAct } from '../../support/acts.ts';
import { gammelbacka } from '../../support/clients.ts';

const hash = 'a'.repeat(64);
const otherHash = 'b'.repeat(64);
const addressee = { number: '20417', name: 'Mira Mallinen', language: 'sv', coach: 'linnea-strandkulla' };
const fence = async () => {};

async function written(more: Partial<typeof addressee> = {}): Promise<ClientAct> {
  const act = anAct();
  expect(await writeLetter(act, hash, { ...addressee, ...more })).to.equal('new');
  return act;
}

async function clientOf({ documents, client }: ClientAct): Promise<Client | undefined> {
  return (await documents.get<Client>(clientRef(client)))?.document;
}

async function letters({ documents }: ClientAct): Promise<Letter[]> {
  return (await documents.list<Letter>('clients', 'letters')).map(({ document }) => document);
}

describe('A letter to a transferred client', () => {
  it('makes the one who writes its code the transferred client, with their own coach', async () => {
    const act = await written();
    expect(await openLetter(act, hash, fence)).to.deep.equal({
      outcome: 'opened',
      language: 'sv',
      coach: 'linnea-strandkulla',
    });
    const client = await clientOf(act);
    expect(client!.transferred).to.deep.include({ letter: hash, number: '20417', name: 'Mira Mallinen' });
    expect(client!.coach).to.equal('linnea-strandkulla');
    const { intake } = await submitIntake(act, gammelbacka);
    expect(intake.routing.coach, 'and not the one whom the rules would choose').to.equal('linnea-strandkulla');
  });

  it('keeps what the person had told before, and the coach who had taken them', async () => {
    const act = await written();
    await requestContact(act, { phone: '0400000001', here: false });
    await submitIntake(act, gammelbacka);
    await changeClient(act, () => ({ coach: 'samira-nahari' }));
    await openLetter(act, hash, fence);
    const kept = await act.documents.list('clients', act.client);
    expect(kept.map(({ document }) => document.type).sort()).to.deep.equal(['client', 'contact', 'intake', 'plan']);
    expect((await clientOf(act))!.coach).to.equal('samira-nahari');
  });

  it('opens once: for everybody else it is as if it had never been', async () => {
    const act = await written();
    const stranger = { ...act, client: 'client-2' };
    await openLetter(act, hash, fence);
    expect(await openLetter(stranger, hash, fence)).to.deep.equal(await openLetter(stranger, otherHash, fence));
    expect(await clientOf(stranger)).to.equal(undefined);
    expect((await openLetter(act, hash, fence)).outcome, 'for its own client it is open').to.equal('open');
  });

  it('has one winner when many write it at once', async () => {
    const act = await written();
    const clients = Array.from({ length: 20 }, (_, number) => ({ ...act, client: `client-${number}` }));
    const outcomes = await Promise.all(clients.map((one) => openLetter(one, hash, fence)));
    expect(outcomes.filter(({ outcome }) => outcome === 'opened')).to.have.length(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'unknown')).to.have.length(19);
    const transferred = (await Promise.all(clients.map(clientOf))).filter((client) => client?.transferred);
    expect(transferred.map((client) => client!.partition)).to.deep.equal([(await letters(act))[0]!.usedBy]);
  });

  it('is not used up by a client who has another one', async () => {
    const act = await written();
    await writeLetter(act, otherHash, { ...addressee, number: '20418', name: 'Toinen' });
    await openLetter(act, hash, fence);
    for (const any of [otherHash, 'c'.repeat(64)]) {
      expect(await openLetter(act, any, fence)).to.deep.equal({ outcome: 'other' });
    }
    expect((await openLetter({ ...act, client: 'client-2' }, otherHash, fence)).outcome).to.equal('opened');
  });

  it('can be opened by a repeat of the same turn after a crash between its writes', async () => {
    const act = await written();
    const [letter] = await letters(act);
    const { version } = (await act.documents.get({ collection: 'clients', partition: 'letters', id: hash }))!;
    await act.documents.replace(
      'clients',
      { ...letter!, usedBy: act.client, usedAt: '2026-11-23T08:00:00Z' } as Letter,
      version,
    );
    expect((await openLetter(act, hash, fence)).outcome).to.equal('opened');
    expect((await clientOf(act))!.transferred!.number).to.equal('20417');
  });

  it('changes nothing before the fence, and nothing at all for a wrong code', async () => {
    const act = await written();
    const closed = () => Promise.reject(new Error('fence'));
    expect((await openLetter(act, otherHash, closed)).outcome).to.equal('unknown');
    const failed = await openLetter(act, hash, closed).catch((error: Error) => error.message);
    expect(failed).to.equal('fence');
    expect((await letters(act))[0]!.usedBy).to.equal(undefined);
  });

  it('is shut in another city and after its time', async () => {
    const act = await written();
    const kemi = { ...act, municipality: { ...act.municipality, slug: 'kemi' } };
    expect((await openLetter(kemi, hash, fence)).outcome).to.equal('unknown');
    const late = anAct({ now: act.now.plus({ days: act.municipality.retention.clientDays + 1 }) });
    expect((await openLetter(late, hash, fence)).outcome).to.equal('unknown');
  });

  it('takes no coach who is not in the pack any more', async () => {
    const act = await written({ coach: 'someone-who-left' });
    expect(await openLetter(act, hash, fence)).to.deep.equal({ outcome: 'opened', language: 'sv' });
    expect((await clientOf(act))!.coach).to.equal(undefined);
  });

  it('can be written again until it is used, and then stays', async () => {
    const act = await written();
    expect(await writeLetter(act, hash, { ...addressee, name: 'Mira Malli' })).to.equal('again');
    await openLetter(act, hash, fence);
    expect(await writeLetter(act, hash, { ...addressee, name: 'Joku muu' })).to.equal('used');
    expect((await letters(act))[0]!.addressee!.name).to.equal('Mira Malli');
  });

  it('forgets whom it was for when the client has everything deleted, and brings nobody back', async () => {
    const act = await written();
    await openLetter(act, hash, fence);
    await eraseClient(act);
    expect(JSON.stringify(await letters(act))).not.to.match(/Mira|20417|client-1/);
    expect(await writeLetter(act, hash, addressee)).to.equal('closed');
    expect((await openLetter({ ...act, client: 'client-2' }, hash, fence)).outcome).to.equal('unknown');
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CalendarDay } from '../../../src/domain/appointments/appointment.ts';
import { book } from '../../../src/domain/appointments/book.ts';
import { listAppointments } from '../../../src/domain/appointments/client-appointments.ts';
import { findFree } from '../../../src/domain/appointments/find-free.ts';
import { erasedClient } from '../../../src/domain/appointments/forget-client.ts';
import type { ClientAct } from '../../../src/domain/clients/client.ts';
import { eraseClient } from '../../../src/domain/clients/erase.ts';
import type { IntakeAnswers } from '../../../src/domain/clients/intake.ts';
import { requestContact } from '../../../src/domain/clients/request-contact.ts';
import { submitIntake } from '../../../src/domain/clients/submit-intake.ts';
import type { Document, Documents } from '../../../src/domain/documents.ts';
import { coachNotice, mailNotice } from '../../../src/domain/notices.ts';
import { commentPlan } from '../../../src/domain/plans/answer.ts';
import { submitReferral } from '../../../src/domain/referrals/submit.ts';
import { createTimerSender } from '../../../src/outbox/timer-sender.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { anAct, everything } from '../../support/acts.ts';
import { porvoo } from '../../support/conversation.ts';
import { dying } from '../../support/dying-documents.ts';

const slotQuery = { topic: 'firstMeeting', kind: 'phone', limit: 3 } as const;
const service = porvoo.services.find(({ referral }) => referral)!;

/** A life in the service, with the canary in every field that holds something of the person. */
async function live(act: ClientAct, canary: string): Promise<void> {
  const answers: Partial<IntakeAnswers> = {
    situation: 'unemployed',
    topic: 'findWork',
    wantedWork: `${canary} wish`,
    lastWork: `${canary} work`,
    interpreterLanguage: `${canary} tongue`,
    ageGroup: '30to54',
    name: `${canary} name`,
    contactWay: 'email',
    email: `${canary}@example.com`,
  };
  await submitIntake(act, answers);
  await commentPlan({ ...act, intent: 'comment' }, `${canary} comment`);
  await requestContact(act, {
    name: `${canary} name`,
    phone: `${canary} phone`,
    about: `${canary} about`,
    here: false,
  });
  const words = { field: 'wish', value: `${canary} wish`, language: 'fi' } as const;
  await submitReferral(act, { service: service.id, lines: [words], consent: true, consentVersion: 'v1' });
  const [first, , third] = await findFree(act.documents, act.municipality, slotQuery, act.now);
  for (const [intent, slot] of [
    ['first', first],
    ['third', third],
  ] as const) {
    const person = { name: `${canary} name`, phone: `${canary} phone`, interpreter: `${canary} tongue` };
    await book({ ...act, intent }, { topic: 'firstMeeting', kind: 'phone', slot: slot!, ...person });
  }
}

const outboxOf = (documents: Document[]) => documents.flatMap(({ outbox = [] }) => outbox);
const free = async ({ documents, municipality, now }: ClientAct) => findFree(documents, municipality, slotQuery, now);

/** Two clients, one of whom is going to be erased. */
async function twoClients(documents: Documents = anAct().documents) {
  const act = anAct({ documents, client: 'erika' });
  const other = anAct({ documents, client: 'olavi' });
  await live(other, 'kept');
  const before = await free(act);
  await live(act, 'canary');
  return { act, other, before };
}

describe('Erasing a client', () => {
  it('leaves nothing of them, and everything of the others', async () => {
    const { act, other, before } = await twoClients();
    const others = await act.documents.list('clients', other.client);
    const whole = JSON.stringify(await everything(act.documents, ['erika', 'olavi']));
    // The name is in the plan as well, for the coach who has many.
    expect(whole.match(/canary/g)).to.have.length(17);
    await eraseClient({ ...act, intent: 'erase' });
    expect(await act.documents.list('clients', act.client)).to.deep.equal([]);
    expect(await act.documents.list('clients', other.client)).to.deep.equal(others);
    expect(JSON.stringify(await everything(act.documents, ['erika', 'olavi']))).not.to.include('canary');
    expect(await listAppointments(act.documents, act.client)).to.deep.equal([]);
    expect(await listAppointments(act.documents, other.client)).to.have.length(2);
    expect(await free(act)).to.deep.equal(before);
  });

  it('leaves nothing of them in the file of the database either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polku-'));
    const documents = openSqlite(join(folder, 'polku.db'), { now: () => anAct().now.toMillis() });
    const { act } = await twoClients(documents);
    await eraseClient({ ...act, intent: 'erase' });
    await documents.close();
    const left = readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes('canary'));
    rmSync(folder, { recursive: true });
    expect(left).to.deep.equal([]);
  });

  it('tells the coaches of each case that is gone, and the partner to stop', async () => {
    const { act } = await twoClients();
    await eraseClient({ ...act, intent: 'erase' });
    const [erasure, ...more] = await act.documents.list('clients', 'erasures');
    expect(more).to.deep.equal([]);
    const news = outboxOf([erasure!.document]);
    const told = news.filter(({ kind }) => kind === 'coach').map(({ payload }) => coachNotice.parse(payload));
    expect(told.map((one) => one.news)).to.deep.equal(['erased', 'erased', 'erased']);
    expect(new Set(told.map(({ reference }) => reference)).size).to.equal(3);
    // The mail that told the partner had not gone out, so there is nothing to stop.
    expect(news.filter(({ kind }) => kind === 'mail')).to.deep.equal([]);
    expect(erasure!.document).to.include.keys('expiresAt', 'dueAt');
  });

  it('asks a partner who may know to stop', async () => {
    const { act } = await twoClients();
    for (const { document, version } of await act.documents.list('clients', act.client, 'referral')) {
      const outbox = document.outbox!.map((item) => ({ ...item, attempts: 1 }));
      await act.documents.replace('clients', { ...document, outbox }, version);
    }
    await eraseClient({ ...act, intent: 'erase' });
    const [erasure] = await act.documents.list('clients', 'erasures');
    const mails = outboxOf([erasure!.document]).filter(({ kind }) => kind === 'mail');
    expect(mails.map(({ payload }) => mailNotice.parse(payload))).to.have.length(1);
    expect(mails[0]!.payload).to.include({ mail: 'withdrawal', service: service.id });
  });

  it('keeps a meeting that was held, without saying with whom, and cancels only what is to come', async () => {
    const { act } = await twoClients();
    const held = (await listAppointments(act.documents, act.client)).at(-1)!;
    const later = { ...act, now: act.now.plus({ days: 60 }), intent: 'erase' };
    await eraseClient(later);
    const days = (await everything(act.documents, [])).filter(({ type }) => type === 'day') as CalendarDay[];
    const scrubbed = days.flatMap(({ appointments }) => appointments).find(({ id }) => id === held.id)!;
    expect(scrubbed).to.include({ client: erasedClient, state: 'booked' });
    expect(scrubbed).not.to.have.any.keys('name', 'phone', 'interpreter');
  });

  it('is no error when there is nothing, or nothing any more, and tells nobody twice', async () => {
    const { act } = await twoClients();
    await eraseClient({ ...act, client: 'nobody', intent: 'erase' });
    await eraseClient({ ...act, intent: 'erase' });
    const once = await everything(act.documents, ['erika', 'olavi']);
    await eraseClient({ ...act, intent: 'erase' });
    expect(await everything(act.documents, ['erika', 'olavi'])).to.deep.equal(once);
  });

  it('deletes what a write brings back that was still on its way', async () => {
    const { act } = await twoClients();
    const [late] = await act.documents.list('clients', act.client, 'referral');
    await eraseClient({ ...act, intent: 'erase' });
    await act.documents.create('clients', late!.document);
    const [erasure] = await act.documents.list('clients', 'erasures');
    const rings = outboxOf([erasure!.document]).filter(({ kind }) => kind === 'timer');
    const minutes = rings.map(({ nextAt }) => (nextAt - act.now.toMillis()) / 60_000);
    expect(minutes).to.deep.equal([1, 60]);
    const { municipality, documents } = act;
    const send = createTimerSender({ documents, municipality, now: () => act.now.toMillis() });
    const ref = { collection: 'clients', partition: 'erasures', id: erasure!.document.id } as const;
    for (const item of rings) expect(await send({ item, ref, document: erasure!.document })).to.equal('sent');
    expect(await documents.list('clients', act.client)).to.deep.equal([]);
  });

  it('comes to the same end wherever a crash came first', async () => {
    const whole = await twoClients();
    const counting = dying(whole.act.documents);
    await eraseClient({ ...whole.act, documents: counting.documents, intent: 'erase' });
    const end = await everything(whole.act.documents, ['erika', 'olavi']);
    expect(counting.calls()).to.be.greaterThan(15);
    for (let call = 1; call <= counting.calls(); call++) {
      for (const when of ['before', 'after'] as const) {
        const { act } = await twoClients();
        const crash = dying(act.documents, { call, when });
        await eraseClient({ ...act, documents: crash.documents, intent: 'erase' }).catch(() => undefined);
        await eraseClient({ ...act, intent: 'erase' });
        expect(await everything(act.documents, ['erika', 'olavi']), `crash ${when} call ${call}`).to.deep.equal(end);
      }
    }
  });
});

import { expect } from 'chai';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { book } from '../../src/domain/appointments/book.ts';
import type { Intake } from '../../src/domain/clients/path.ts';
import { requestContact } from '../../src/domain/clients/request-contact.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import { commentPlan } from '../../src/domain/plans/answer.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { texts } from '../support/conversation.ts';
import { tellRow } from '../support/row.ts';
import { canary, canaryPhone, WholeLife } from '../support/whole-life.ts';
import { wholeTown } from '../support/whole-town.ts';

const stranger = 'muukalainen';

/** Every text that is found anywhere in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** Somebody else in the same service, with the same coach. */
async function strangerComes(life: WholeLife): Promise<void> {
  const act = { ...life.act('stranger'), client: 'stranger', conversation: 'chat-of-stranger' };
  await submitIntake(act, { name: stranger, wantedWork: `${stranger} work`, contactWay: 'here', topic: 'findWork' });
  await commentPlan(act, `${stranger} comment`);
  await requestContact(act, { name: stranger, phone: '0409990001', about: `${stranger} about`, here: false });
  const [slot] = await life.freeTimes(life.coach, 1);
  await book(act, { topic: 'plan', kind: 'phone', slot: slot!, name: stranger, phone: '0409990001' });
  const { id } = wholeTown.services.find(({ referral }) => referral)!;
  const lines = [{ field: 'wish', value: `${stranger} wish`, language: 'fi' }] as const;
  await submitReferral(act, { service: id, lines: [...lines], consent: true, consentVersion: 'v1' });
}

/** Asks for the copy of everything in the chat, and resolves with its text. */
async function copyOf(life: WholeLife): Promise<string> {
  await life.relay.sweep();
  await life.isAtMenu();
  await life.types(texts.say({ key: 'my-path.menu' }, 'en'));
  const said = await life.chat(life.chatId, {
    type: 'message',
    text: texts.say({ key: 'my-path.what.options.copy' }, 'en'),
  });
  const [file] = said.flatMap(({ attachments = [] }) => attachments);
  return Buffer.from(String(file!.contentUrl).split(',')[1]!, 'base64').toString();
}

describe('P3 The copy of one’s own details', function () {
  this.timeout(60_000);

  it('has everything that anybody wrote of the person, and nothing of others', async () => {
    const life = await new WholeLife().lives();
    await strangerComes(life);
    const copy = await copyOf(life);
    const days = life.store.all<CalendarDay>('calendars').flatMap(({ appointments = [] }) => appointments);
    const own = [
      ...life.store.all('clients').filter(({ partition }) => partition === life.clientId),
      ...days.filter(({ client }) => client === life.clientId),
    ];
    const words = new Set(own.flatMap((one) => textsIn({ ...one, outbox: [] })));
    const written = [...words].filter((one) => one.includes(canary) || one === canaryPhone);
    expect(written.length).to.be.greaterThan(20);
    const missing = written.filter((one) => !copy.includes(one));
    expect(missing, 'words that are not in the copy').to.deep.equal([]);
    const references = own.flatMap((one) => ('reference' in one ? [String(one.reference)] : []));
    expect(references.filter((one) => !copy.includes(one))).to.deep.equal([]);
    const { answers } = await life.own<Intake>('intake');
    const labels = Object.keys(answers).map((ask) => texts.say({ key: `intake.${ask}.label` }, 'en'));
    expect(labels.filter((label) => !copy.includes(label))).to.deep.equal([]);
    const said = ['outcome.got.options.yes', 'feedback.score.options.good', 'feedback.helped.label'];
    expect(said.filter((key) => !copy.includes(texts.say({ key }, 'en')))).to.deep.equal([]);
    expect(copy).not.to.include(stranger);
    expect(copy).not.to.include('0409990001');
    tellRow(
      `P3 ${written.length}/${written.length} texts, ${references.length}/${references.length} references and ` +
        `${labels.length}/${labels.length} answers of one’s own in the copy, 0 of others`,
    );
  });
});

import { expect } from 'chai';
import { DateTime } from 'luxon';
import { book, cancel } from '../../src/domain/appointments/book.ts';
import { findFree } from '../../src/domain/appointments/find-free.ts';
import { changeDocument } from '../../src/domain/change-document.ts';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import { goOnPath, pausePath, stopPath } from '../../src/domain/clients/course.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import { giveFeedback } from '../../src/domain/clients/feedback.ts';
import { requestContact } from '../../src/domain/clients/request-contact.ts';
import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import { readMonth, sumOf } from '../../src/domain/figures/read-figures.ts';
import { closed } from '../../src/domain/offers/close-offer.ts';
import type { Offer } from '../../src/domain/offers/offer.ts';
import { submitOffer } from '../../src/domain/offers/submit-offer.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { withdrawReferral } from '../../src/domain/referrals/withdraw.ts';
import { aino, Office, porvoo } from '../support/coach-office.ts';
import { anOffer } from '../support/offers.ts';

const day = 24 * 3_600_000;

/** The whole service with its coaches, whose figures are looked at. */
class Counted extends Office {
  #intents = 0;

  act(client: string): ClientAct {
    const now = DateTime.fromMillis(this.clock.time, { zone: porvoo.zone });
    const intent = `intent-${this.#intents++}`;
    return { documents: this.documents, municipality: porvoo, client, language: 'fi', intent, now };
  }

  /** Delivers what waits, and reads what was counted in both months of these tests. */
  async figures() {
    await this.relay.sweep();
    return sumOf([
      await readMonth(this.documents, 'porvoo', '2026-11'),
      await readMonth(this.documents, 'porvoo', '2026-12'),
    ]);
  }

  async booksFirst(client: string) {
    const act = this.act(client);
    const query = { topic: 'firstMeeting', kind: 'office', coach: aino, limit: 1 } as const;
    const [slot] = await findFree(this.documents, porvoo, query, act.now);
    return book(act, { topic: 'firstMeeting', kind: 'office', slot: slot! });
  }
}

describe('What happens in the service', () => {
  let office: Counted;
  beforeEach(() => {
    office = new Counted();
  });
  afterEach(async () => {
    await office.relay.stop();
    await office.documents.close();
  });

  it('is counted by the groups of who comes, wherever the intake was confirmed twice', async () => {
    const act = office.act('c1');
    const answers = { ageGroup: '18to24', motherTongue: 'ar', benefits: 'unknown', area: 'gammelbacka' } as const;
    await submitIntake(act, answers);
    await submitIntake(act, answers);
    await submitIntake(office.act('c2'), { ageGroup: '25to29', motherTongue: 'fi' });
    expect((await office.figures()).counts).to.deep.equal({
      intake: 2,
      'intake/age/18to29': 2,
      'intake/tongue/other': 1,
      'intake/tongue/fi': 1,
      'intake/benefits/notTold': 2,
      'intake/situation/notTold': 2,
      'intake/education/notTold': 2,
      'intake/area/gammelbacka': 1,
      'intake/area/notTold': 1,
    });
  });

  it('is counted with how long each step took: until a coach takes the case, until the meeting, until the end', async () => {
    const { intake } = await submitIntake(office.act('c1'), { ageGroup: '55plus', motherTongue: 'sv' });
    const about = { collection: 'clients', partition: 'c1', id: intake.id };
    office.clock.time += 2 * day;
    await office.press(intake.routing.coach!, 'take', about);
    const meeting = await office.booksFirst('c1');
    office.clock.time = Date.parse(meeting.end) + 3_600_000;
    const date = meeting.start.slice(0, 10);
    const at = { collection: 'calendars', partition: aino, id: date, appointment: meeting.id };
    await office.press(aino, 'attended', at);
    await office.press(aino, 'attended', at);
    office.clock.time += 3 * day;
    await office.press(intake.routing.coach!, 'close', about, { 'close-outcome': 'job' });
    const { counts, days } = await office.figures();
    expect(counts).to.include({
      taken: 1,
      booked: 1,
      seen: 1,
      'seen/inTime/true': 1,
      ended: 1,
      'ended/outcome/job': 1,
      'ended/age/55plus': 1,
    });
    const waited = (to: string) => Math.round((Date.parse(`${to}T00:00Z`) - Date.parse('2026-11-23T00:00Z')) / day);
    const [wait, end] = [waited(date), waited(new Date(office.clock.time).toISOString().slice(0, 10))];
    expect(days).to.deep.equal({
      intakeToTaken: { 2: 1 },
      bookingToMeeting: { [wait - 2]: 1 },
      intakeToMeeting: { [wait]: 1 },
      intakeToEnd: { [end]: 1 },
    });
  });

  it('tells who cancelled and who did not come', async () => {
    const first = await office.booksFirst('c1');
    await cancel(office.act('c1'), first.id);
    const second = await office.booksFirst('c2');
    const about = (one: typeof second) => {
      return { collection: 'calendars', partition: aino, id: one.start.slice(0, 10), appointment: one.id };
    };
    await office.press(aino, 'cancel', about(second), { 'cancel-reason': 'ill', 'cancel-free': 'true' });
    const third = await office.booksFirst('c3');
    office.clock.time = Date.parse(third.start) + 60_000;
    await office.press(aino, 'noShow', about(third));
    const { counts } = await office.figures();
    expect(counts).to.include({ booked: 3, cancelledByClient: 1, cancelledByService: 1, noShow: 1 });
    expect(counts).not.to.have.any.keys('seen', 'moved');
  });

  it('counts each referral from its sending to its end, with the reason of a refusal and the days between', async () => {
    const service = porvoo.services.find(({ referral }) => referral)!.id;
    await submitIntake(office.act('c1'), { ageGroup: '30to54' });
    const request = { service, lines: [], consent: true, consentVersion: '1' };
    const step = async (
      id: string,
      state: 'accepted' | 'declined' | 'started' | 'completed',
      seen: number,
      more = {},
    ) => {
      await moveReferral(office.act('c1'), id, { state, by: 'partner', ...more }, seen);
    };
    const one = await submitReferral(office.act('c1'), request);
    const other = await submitReferral(office.act('c1'), request);
    const third = await submitReferral(office.act('c1'), request);
    await submitReferral(office.act('c1'), { ...request, consent: false });
    office.clock.time += 3 * day;
    await step(one.id, 'accepted', 1);
    await step(other.id, 'declined', 1, { reason: 'sessionFull' });
    await withdrawReferral(office.act('c1'), third.id);
    office.clock.time += 4 * day;
    await step(one.id, 'started', 2);
    await office.relay.sweep();
    office.clock.time += 20 * day;
    await step(one.id, 'completed', 3);
    const { counts, days } = await office.figures();
    expect(counts).to.include({ sent: 3, accepted: 1, declined: 1, started: 1, completed: 1, withdrawn: 1 });
    expect(counts).to.include({
      'declined/reason/sessionFull': 1,
      'sent/age/30to54': 3,
      [`sent/service/${service}`]: 3,
    });
    expect(days).to.deep.include({
      sentToAnswer: { 3: 2 },
      acceptedToStarted: { 4: 1 },
      startedToCompleted: { 20: 1 },
    });
    expect(days[`startedToCompleted/${service}`]).to.deep.equal({ 20: 1 });
  });

  it('counts the places that employers tell of, and those that a client got', async () => {
    const offer = await submitOffer(office.act('employer'), anOffer);
    const lost = await submitOffer(office.act('employer'), anOffer);
    const closing = { by: aino, now: office.clock.time };
    for (const [{ id }, outcome] of [
      [offer, 'filledByClient'],
      [lost, 'filledElsewhere'],
    ] as const) {
      await changeDocument<Offer>(office.documents, { collection: 'clients', partition: 'employer', id }, (current) =>
        closed(current!, { ...closing, outcome }, porvoo),
      );
    }
    expect((await office.figures()).counts).to.deep.equal({ offer: 2, filled: 1 });
  });

  it('counts who paused or stopped their path', async () => {
    await submitIntake(office.act('c1'), {});
    const pausing = office.act('c1');
    await pausePath(pausing, undefined);
    await pausePath(pausing, undefined);
    await goOnPath(office.act('c1'));
    await stopPath(office.act('c1'));
    expect((await office.figures()).counts).to.include({ paused: 1, stopped: 1 });
  });

  it('counts what clients say of it, once a meeting, and names no coach', async () => {
    const about = { kind: 'meeting', id: 'm1', of: aino } as const;
    for (const score of ['good', 'bad'] as const) await giveFeedback(office.act('c1'), about, { score, helped: true });
    const { counts } = await office.figures();
    expect(counts).to.deep.equal({ good: 1, 'good/about/meeting': 1, 'good/helped/true': 1 });
  });

  it('stays counted when the client has everything deleted, also what was not counted yet', async () => {
    await submitIntake(office.act('canary'), { ageGroup: 'under18' });
    await requestContact(office.act('canary'), { here: false, phone: '0400000001' });
    await office.booksFirst('canary');
    await eraseClient(office.act('canary'));
    const { counts } = await office.figures();
    expect(counts).to.include({ intake: 1, contact: 1, booked: 1, cancelledByClient: 1 });
    const kept = await office.documents.list('clients', 'figures:porvoo:2026-11');
    expect(JSON.stringify(kept)).not.to.include('canary').and.not.include('0400000001');
  });
});

import { DateTime } from 'luxon';
import type { Dialog } from '../../dialogs/engine/dialog.ts';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import type { CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { book } from '../../src/domain/appointments/book.ts';
import { dayRef } from '../../src/domain/appointments/coach-day.ts';
import { wantEarlier } from '../../src/domain/appointments/waiting.ts';
import { changeDocument } from '../../src/domain/change-document.ts';
import { giveCertificate } from '../../src/domain/clients/certificate.ts';
import { correctIntake } from '../../src/domain/clients/correct-intake.ts';
import { pausePath } from '../../src/domain/clients/course.ts';
import { giveFeedback } from '../../src/domain/clients/feedback.ts';
import { openLetter, writeLetter } from '../../src/domain/clients/letter.ts';
import { joinPanel } from '../../src/domain/clients/panel.ts';
import type { ContactRequest, Intake } from '../../src/domain/clients/path.ts';
import { requestContact } from '../../src/domain/clients/request-contact.ts';
import { suggestService } from '../../src/domain/coaches/suggestion.ts';
import { collections, type Document } from '../../src/domain/documents.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { submitOffer } from '../../src/domain/offers/submit-offer.ts';
import { suggestPlace } from '../../src/domain/offers/suggest-place.ts';
import { commentPlan } from '../../src/domain/plans/answer.ts';
import { issueLink } from '../../src/domain/referrals/links.ts';
import { moveReferral, tellOutcome } from '../../src/domain/referrals/progress.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { aboutMeeting, CoachScene } from './coach-scene.ts';
import { texts } from './conversation.ts';
import { journeys } from './journeys.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { anOffer } from './offers.ts';
import { Person } from './person.ts';
import { endWord } from './talk-scene.ts';
import { wholeTown } from './whole-town.ts';

/** Digits that stand for the person wherever only a phone number fits. */
export const canaryPhone = '0401234509';
/** A word that stands in every field that takes words. */
export const canary = 'kanarialintu';
/** Hashes under which the letter and the partners' links of the life are kept. */
export const lifeHashes = { letter: 'a1'.repeat(32), links: ['b2'.repeat(32), 'c3'.repeat(32)] } as const;

const cancelWord = texts.words('commands.cancel', 'en')[0]!;

/** A city with somebody who has used all there is, and said the canary wherever they or a coach could say something. */
export class WholeLife extends CoachScene {
  readonly store: MemoryDocuments;
  /** Who answers for the client. */
  coach = '';

  constructor() {
    const clock = { now: () => 0 };
    const store = new MemoryDocuments(() => clock.now());
    super(store, wholeTown);
    clock.now = this.clock.now;
    this.store = store;
  }

  /** Lives the whole life. */
  async lives(): Promise<this> {
    await this.opens('en');
    await this.talksWithPerson();
    await this.doesIntake();
    await this.relay.sweep();
    await this.isCoached();
    await this.meets();
    await this.isReferred();
    await this.hasMore();
    await this.breaksOff();
    await this.relay.sweep();
    return this;
  }

  /** A document of the client's by its type. */
  async own<D extends Document>(type: string): Promise<D> {
    return (await this.documents.list<D>('clients', this.clientId, type))[0]!.document;
  }

  /** Every document of the store. */
  all(): Document[] {
    return collections.flatMap((collection) => this.store.all(collection));
  }

  /** Goes a journey in the chat; the canary wherever its table has words. */
  async goesIn(name: string, steps: Record<string, unknown>, left = 0): Promise<void> {
    await this.relay.sweep();
    await this.isAtMenu();
    const person = new Person('mira', (incoming) => this.chat(this.chatId, incoming), 'en', false);
    await person.joins();
    const journey = { ...journeys[name]!, steps: { ...journeys[name]!.steps, ...steps } as never };
    for (let n = 0; ; n++) {
      const next = person.next(journey);
      if (!next || (left > 0 && person.question.question === steps.until)) return;
      if (n > 60) throw new Error(`${name} has no end: ${person.lastWords}`);
      await person.sends({ ...next, channelData: {} });
    }
  }

  /** Whatever is asked waits for another day. */
  async isAtMenu(): Promise<void> {
    const isAsked = () =>
      (this.store.all('conversations').find(({ id }) => id === this.chatId) as unknown as ConversationDocument)
        .dialog as Dialog;
    for (let n = 0; n < 9 && isAsked().flow; n++) await this.types(cancelWord);
  }

  private async talksWithPerson(): Promise<void> {
    await this.types(`${canary} greets`);
    const about = await this.asksForPerson('en', `${canary} name`);
    this.coach = this.parts.municipality.coaches[0]!.id;
    await this.join(this.coach);
    await this.presses(this.coach, 'take', about);
    await this.say(this.coach, `${canary} of the coach`);
    await this.relay.sweep();
    await this.types(`${canary} of the client`);
    await this.relay.sweep();
    await this.types(endWord('en'));
    await this.relay.sweep();
  }

  private async doesIntake(): Promise<void> {
    const { municipality } = this.parts;
    const act = this.act('letter');
    const addressee = { number: `${canary} number`, name: `${canary} name`, language: 'en', coach: this.coach };
    await writeLetter({ documents: this.documents, municipality, now: act.now }, lifeHashes.letter, addressee);
    await openLetter(act, lifeHashes.letter, async () => {});
    const said = ['wantedWork', 'lastWork', 'interpreterLanguage', 'name'].map((ask) => [
      `intake.${ask}`,
      `${canary} ${ask}`,
    ]);
    const address = { 'intake.contactWay': 'email', 'intake.email': `${canary}@posti.example` };
    await this.goesIn('intake', { ...Object.fromEntries(said), ...address });
    const intake = await this.own<Intake>('intake');
    await correctIntake(this.act('correct'), intake.id, { ...intake.answers, lastWork: `${canary} corrected` });
  }

  private async isCoached(): Promise<void> {
    const { coach } = this;
    const intake = await this.own<Intake>('intake');
    const about = this.caseOf(intake.id);
    await this.presses(coach, 'take', about);
    const on = '2026-11-02';
    await this.presses(coach, 'certify', about, {
      what: 'own',
      own: `${canary} passport`,
      from: `${canary} school`,
      on,
    });
    const plan = this.caseOf((await this.own('plan')).id);
    await this.presses(coach, 'addGoal', plan, { words: `${canary} goal` });
    await this.presses(coach, 'sendPlan', plan);
    await commentPlan(this.act('comment'), `${canary} comment`);
    const act = this.coachAct('suggest');
    const service = wholeTown.services.find(({ referral }) => referral)!;
    await suggestService(act, { client: this.clientId, service: service.id, needs: [], words: `${canary} suggests` });
    const employer = { ...this.act('offer-1'), client: 'employer', conversation: 'chat-of-employer' };
    const offer = await submitOffer(employer, anOffer);
    await suggestPlace(act, offer, { client: this.clientId, words: `${canary} place` });
    const named = { listed: 'hygiene' };
    await giveCertificate(act, this.clientId, { name: named, from: `${canary} board`, on }, 'another');
    await this.relay.sweep();
    // In the coach's own chat: a wish that was done, and one that is left in the middle.
    const word = texts.words('coach.words.suggest', 'fi')[0]!;
    for (const text of [word, '1', texts.say({ key: 'referral.needs.options.workAbility' }, 'fi'), '1'])
      await this.say(coach, text);
    await this.say(coach, `${canary} from coach`);
    for (const text of [word, '1', `${canary} need`]) await this.say(coach, text);
    const to = this.parts.municipality.coaches.find(({ id }) => id !== coach)!.id;
    await this.presses(coach, 'handOver', this.caseOf('client'), { to, words: `${canary} hand-over` });
  }

  private async meets(): Promise<void> {
    const [soon, later, last] = await this.freeTimes(this.coach, 3);
    const person = { name: `${canary} name`, phone: canaryPhone, interpreter: `${canary} tongue` };
    const meeting = await book(this.act('meeting-1'), { topic: 'plan', kind: 'phone', slot: soon!, ...person });
    const other = await book(this.act('meeting-2'), { topic: 'plan', kind: 'teams', slot: later!, ...person });
    await this.relay.sweep();
    // What only Outlook, a waiting list and a coach's proposal add.
    await changeDocument<CalendarDay>(this.documents, dayRef(this.coach, other.start.slice(0, 10)), (day) => {
      const proposed = { by: this.coach, at: other.bookedAt, slot: last! };
      const waiting = { since: other.bookedAt, offers: [{ start: soon!.start, at: other.bookedAt }] };
      const joinUrl = `https://meet.example/${canary}`;
      const appointments = day!.appointments.map((one) => {
        return one.id === other.id ? { ...one, proposed, waiting, joinUrl } : one;
      });
      return { ...day!, appointments, blocks: [] };
    });
    await wantEarlier(this.act('wait'), meeting.id, false);
    await this.press(this.coach, 'show', aboutMeeting(meeting));
    const about = { kind: 'meeting', id: meeting.id, of: this.coach } as const;
    const opinion = { score: 'good', helped: true, words: `${canary} opinion` } as const;
    await giveFeedback(this.act('feedback'), about, opinion);
  }

  private async isReferred(): Promise<void> {
    const { municipality, documents } = this.parts;
    const client = this.clientId;
    const services = wholeTown.services.filter(({ referral }) => referral);
    for (const [at, link] of lifeHashes.links.entries()) {
      const service = services[at]!;
      const lines = [
        { field: 'name', value: `${canary} name` },
        { field: 'phone', value: canaryPhone },
        { field: 'wish', value: `${canary} wish`, language: 'en' },
      ] as const;
      const wish = { service: service.id, lines: [...lines], consent: true, consentVersion: 'v1' };
      const { id } = await submitReferral(this.act(service.id), wish);
      await issueLink(documents, municipality, { client, id }, link, this.clock.time);
      const act = { documents, municipality, client, now: this.act('').now };
      const step = { state: 'accepted', by: 'partner', words: `${canary} answers`, wordsIn: 'fi' } as const;
      await moveReferral(act, id, { ...step, startsOn: '2026-11-30' }, 1);
      await tellOutcome(this.act('outcome'), id, 'yes');
      await this.relay.sweep();
    }
  }

  private async hasMore(): Promise<void> {
    const contact = { name: `${canary} caller`, phone: canaryPhone, email: `${canary}@firma.example` };
    const place = { ...anOffer.place, what: `${canary} work`, where: `${canary} street`, company: `${canary} firm` };
    await submitOffer(this.act('own-offer'), { place, contact, consentVersion: 'v1' });
    await requestContact(this.act('call'), {
      name: `${canary} name`,
      phone: canaryPhone,
      about: `${canary} about`,
      here: false,
    });
    await joinPanel(this.act('panel'));
    await pausePath(this.act('pause'), '2027-01-08');
    // News that still waits is a place to look into as well: nothing is swept here.
  }

  /** A flow is left half done: what was said is kept for "Continue". */
  private async breaksOff(): Promise<void> {
    const steps = { 'contact.name': `${canary} half`, 'contact.phone': canaryPhone, until: 'about' };
    await this.goesIn('contact', steps, 1);
    await this.types(cancelWord);
  }

  /** A case of the client's. */
  caseOf(id: string): CaseRef {
    return { collection: 'clients', partition: this.clientId, id };
  }

  /** Something that the client's coach does now. */
  coachAct(intent: string) {
    const { documents, municipality } = this.parts;
    const now = DateTime.fromMillis(this.clock.time, { zone: municipality.zone });
    return { documents, municipality, coach: this.coach, intent, now };
  }

  /** The wish to be called, as it is kept. */
  async call(): Promise<ContactRequest> {
    const all = await this.documents.list<ContactRequest>('clients', this.clientId, 'contact');
    return all.map(({ document }) => document).find(({ here }) => !here)!;
  }
}

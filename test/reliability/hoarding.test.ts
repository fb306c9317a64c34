import { expect } from 'chai';
import { DateTime } from 'luxon';
import { type BookingBrake, makeBookingBrake } from '../../src/channels/directline/booking-brake.ts';
import { appointmentTopics, type CalendarDay } from '../../src/domain/appointments/appointment.ts';
import { findFree, kindsFor } from '../../src/domain/appointments/find-free.ts';
import type { Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { hasCode } from '../../src/errors.ts';
import { processTimers } from '../../src/timers.ts';
import { cityOf, citySlugs } from '../support/cities.ts';
import { monday, porvoo } from '../support/conversation.ts';
import { journeys } from '../support/journeys.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { Person } from '../support/person.ts';
import { amount, tellRow } from '../support/row.ts';
import { startService } from '../support/service-process.ts';

const [hoarder, honest] = ['203.0.113.9', '198.51.100.7'];
const day = 24 * 3_600_000;
/** What one address may book at once in a city of this size. */
const fairShare = 6;

/** A city with the brake, on a clock that a test moves. */
function city() {
  const clock = { time: DateTime.fromISO(monday, { zone: porvoo.zone }).toMillis() };
  const now = () => clock.time;
  const store = new MemoryDocuments(now);
  const brake = makeBookingBrake(now, porvoo.coaches.length);
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const service = startService({ documents: store, now, timers: processTimers, newId, mayBook: brake.check });

  /** Somebody at an address who goes for a time; whether they got one. */
  async function books(name: string, address: string): Promise<{ got: boolean; person: Person }> {
    const line = await service.lineTo(name, 'en');
    const person = new Person(
      name,
      (incoming) => {
        brake.heard(name, address);
        return line(incoming);
      },
      'en',
    );
    await person.joins();
    const journey = journeys.booking!;
    const ends = [...journey.ends, 'errors.tooManyFromHere'];
    for (let next = person.next({ ...journey, ends }); next; next = person.next({ ...journey, ends })) {
      await person.sends(next);
    }
    return { got: person.hasHeard(...journey.ends), person };
  }

  return { clock, store, brake, service, books };
}

function isRefused(brake: BookingBrake, conversation: string, address: string): boolean {
  brake.heard(conversation, address);
  try {
    brake.check(conversation, 'intent');
    return false;
  } catch (error) {
    expect(hasCode(error, 'tooManyFromHere')).to.equal(true);
    return true;
  }
}

/** How many times a city has on offer, whatever they are for. */
async function timesOf(municipality: Municipality, documents: Documents, now: DateTime): Promise<number> {
  const times = new Set<string>();
  for (const topic of appointmentTopics) {
    for (const kind of kindsFor(municipality, topic)) {
      const free = await findFree(documents, municipality, { topic, kind, limit: 10_000 }, now);
      for (const { coach, start } of free) times.add(`${coach} ${start}`);
    }
  }
  return times.size;
}

describe('S9 Hoarding of times', function () {
  this.timeout(1_800_000);

  it('leaves nearly every time to others, who book as ever', async () => {
    const { clock, store, service, books } = city();
    const now = DateTime.fromMillis(clock.time, { zone: porvoo.zone });
    const slots = await timesOf(porvoo, store, now);
    const conversations = amount(250, 10_000);
    let held = 0;
    for (let n = 0; n < conversations; n++) {
      // As fast as one address gets conversations.
      clock.time += 200;
      const { got, person } = await books(`hoarder-${n}`, hoarder!);
      if (got) held++;
      else expect(person.lastWords).to.include(porvoo.contact.phone);
    }
    const kept = store.all<CalendarDay>('calendars').flatMap(({ appointments = [] }) => appointments);
    expect(kept.length).to.equal(held);
    expect(held / slots).to.be.at.most(0.02);
    expect((await books('honest', honest!)).got, 'somebody from another address').to.equal(true);
    expect(service.faults).to.deep.equal([]);
    const share = ((100 * held) / slots).toFixed(1);
    tellRow(`S9 ${conversations} conversations of one address hold ${held} of ${slots} times (${share} %), no captcha`);
  });

  it('is fair to every city that there is: nowhere may one address hold more than 2 % at once', async () => {
    for (const slug of citySlugs) {
      const municipality = cityOf(slug);
      const now = DateTime.fromISO(monday, { zone: municipality.zone });
      const brake = makeBookingBrake(() => now.toMillis(), municipality.coaches.length);
      let held = 0;
      for (let n = 0; n < 50; n++) held += isRefused(brake, `${n}`, hoarder!) ? 0 : 1;
      const times = await timesOf(municipality, new MemoryDocuments(() => now.toMillis()), now);
      expect(held, slug).to.be.within(3, 0.02 * times);
    }
  });

  it('is no matter of a group that books together, nor of a repeat or a move', async () => {
    const { clock, brake } = city();
    const conversations = Array.from({ length: fairShare }, (_, n) => `pupil-${n}`);
    for (const one of conversations) {
      brake.heard(one, hoarder!);
      for (let again = 0; again < 3; again++) brake.check(one, 'intent');
    }
    expect(isRefused(brake, 'late', hoarder!)).to.equal(true);
    clock.time += day / fairShare;
    expect(isRefused(brake, 'late', hoarder!)).to.equal(false);
  });

  it('leaves alone the networks that the city says many share, and no others', () => {
    const brake = makeBookingBrake(() => 0, 5, ['198.51.100.0/24', '2001:db8:7::/48']);
    const refused = (address: string) =>
      Array.from({ length: 50 }, (_, n) => isRefused(brake, `${address}-${n}`, address)).filter(Boolean).length;
    for (const address of ['198.51.100.7', '2001:db8:7:1']) expect(refused(address), address).to.equal(0);
    for (const address of ['198.51.101.7', '2001:db8:8:1']) expect(refused(address), address).to.equal(50 - fairShare);
  });

  it('counts nobody whose address tells nothing: behind a proxy of ours, in an office, on another channel', () => {
    const { brake } = city();
    const inside = ['127.0.0.1', '10.1.2.3', '172.20.0.4', '192.168.1.7', '0:0:0:0', 'fd00:1:2:3', ''];
    for (const address of inside) {
      for (let n = 0; n < 50; n++) {
        brake.heard(`${address}-${n}`, address);
        brake.check(`${address}-${n}`, 'intent');
      }
    }
    for (let n = 0; n < 50; n++) brake.check(`teams-${n}`, 'intent');
    for (const address of ['203.0.113.9', '2001:db8:0:1']) {
      const all = Array.from({ length: 50 }, (_, n) => `${address}-${n}`);
      const refused = all.filter((one) => isRefused(brake, one, address));
      expect(refused.length, address).to.equal(50 - fairShare);
    }
  });
});

import { expect } from 'chai';
import { book, cancel } from '../../../src/domain/appointments/book.ts';
import { listAppointments } from '../../../src/domain/appointments/client-appointments.ts';
import { actOf, emptyStore, inShort, meetingsIn, outcome, times, wish } from '../../support/booking-desk.ts';
import { slowly } from '../../support/dying-documents.ts';
import { seeded } from '../../support/faults.ts';

describe('When many want the same times', () => {
  it('each time is given once, and everybody else hears that it is taken', async function () {
    this.timeout(60_000);
    const [rounds, clients] = [10, 200];
    let given = 0;
    let refusals = 0;
    for (let round = 0; round < rounds; round++) {
      const store = emptyStore();
      const random = seeded(round);
      // The first round goes in lockstep, where each write makes all others try again.
      const documents = slowly(store, () => (round === 0 ? 1 : Math.floor(random() * 4)));
      const attempts = Array.from({ length: clients }, (_, client) =>
        outcome(book(actOf(documents, `c${client}`, 'i'), wish(client % times.length))),
      );
      const outcomes = await Promise.all(attempts);
      const won = outcomes.filter((one) => typeof one !== 'string');
      const lost = outcomes.filter((one) => typeof one === 'string');
      const held = (await meetingsIn(store)).map(inShort).sort();
      expect(held).to.deep.equal(times.map((slot) => inShort({ ...slot, state: 'booked' })).sort());
      expect(won.map(inShort).sort()).to.deep.equal(held);
      expect(new Set(lost)).to.deep.equal(new Set(['slotTaken']));
      given += won.length;
      refusals += lost.length;
    }
    const wanted = rounds * times.length;
    console.log(`R1 (one process) ${given}/${wanted} bookings, 0 double, ${refusals} told that it is taken`);
    expect(given).to.equal(wanted);
  });

  it('one meeting that is moved to two times and cancelled at once has one fate, and no time is held for nothing', async function () {
    this.timeout(60_000);
    const fates = new Map<string, number>();
    for (let seed = 0; seed < 300; seed++) {
      const store = emptyStore();
      const random = seeded(seed);
      const documents = slowly(store, () => Math.floor(random() * 6));
      const { id } = await book(actOf(store, 'eva', 'first'), wish(0));
      const outcomes = await Promise.all([
        outcome(book(actOf(documents, 'eva', 'toMonday'), wish(1, id))),
        outcome(book(actOf(documents, 'eva', 'toTuesday'), wish(10, id))),
        outcome(cancel(actOf(documents, 'eva', 'away'), id)),
      ]);
      const done = outcomes.filter((one) => typeof one !== 'string');
      expect(done, `seed ${seed}`).to.have.length(1);
      expect(outcomes.filter((one) => typeof one === 'string')).to.deep.equal(['notFound', 'notFound']);
      const [fate] = done;
      const listed = (await listAppointments(store, 'eva')).filter((one) => one.id === id || one.state === 'booked');
      expect(listed.map(({ state }) => state).sort()).to.deep.equal(
        fate!.state === 'booked' ? ['booked', 'moved'] : ['cancelled-by-client'],
      );
      const holding = (await meetingsIn(store)).filter(({ state }) => state === 'booked');
      expect(holding).to.deep.equal(fate!.state === 'booked' ? [fate] : []);
      const name = inShort(fate!);
      fates.set(name, (fates.get(name) ?? 0) + 1);
    }
    // The seeds reach more than one end, or nothing was shown.
    expect(fates.size).to.be.greaterThan(1);
  });
});

import { expect } from 'chai';
import type { Appointment } from '../../../src/domain/appointments/appointment.ts';
import { leadTimes } from '../../../src/domain/clients/lead-times.ts';
import type { Client, ClientPath, Intake } from '../../../src/domain/clients/path.ts';
import type { Responsible } from '../../../src/domain/clients/responsible.ts';
import { cityOf } from '../../support/cities.ts';

const town = cityOf('kuopio-askel');
const [giver, receiver] = town.coaches.map(({ id }) => id) as [string, string];
const day = (number: number) => new Date(Date.UTC(2026, 10, number, 8)).toISOString();
const routed: Responsible = { organisation: 'city', coach: giver, since: day(2), because: '' };

function pathOf(handling: Intake['handling'], responsible = [routed], appointments: Partial<Appointment>[] = []) {
  const intake: Partial<Intake> = { submittedAt: day(2), handling };
  const client: Partial<Client> = { responsible };
  return { client, intakes: [intake], appointments, referrals: [] } as unknown as ClientPath;
}

const untilCoach = (path: ClientPath) => leadTimes(path, town).find(({ step }) => step === 'coach')?.until;

describe('The time until a coach has the case', () => {
  it('goes on while the case only waits for the coach to whom the answers lead', () => {
    expect(untilCoach(pathOf({}))).to.equal(undefined);
  });

  it('ends when a coach takes the case, and stays so when the client goes over to another', () => {
    const accepted: Responsible = { ...routed, coach: receiver, since: day(13) };
    expect(untilCoach(pathOf({ taken: { by: giver, at: day(4) } }))).to.equal(day(4));
    expect(untilCoach(pathOf({ taken: { by: receiver, at: day(4) } }, [routed, accepted]))).to.equal(day(4));
    expect(untilCoach(pathOf({ given: { by: giver, at: day(20) } }, [routed, accepted]))).to.equal(day(13));
  });

  it('ends when another coach accepts the client, before the case has followed', () => {
    expect(untilCoach(pathOf({}, [routed, { ...routed, coach: receiver, since: day(3) }]))).to.equal(day(3));
  });

  it('ends when a coach meets the client or closes the case without a word of taking it', () => {
    const met = { state: 'seen', start: day(5), changedAt: day(5) } as const;
    expect(untilCoach(pathOf({}, [routed], [met]))).to.equal(day(5));
    expect(untilCoach(pathOf({ done: { by: giver, at: day(6) } }))).to.equal(day(6));
  });
});

import { expect } from 'chai';
import { barriers, intakeTopics } from '../../src/domain/clients/intake.ts';
import { meetingKinds } from '../../src/domain/municipalities/pack.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';

const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');

describe('The pack of Porvoo', () => {
  it('is frozen to its last list', () => {
    expect(Object.isFrozen(porvoo)).to.equal(true);
    expect(() => (porvoo.coaches[0]!.hours as unknown[]).push({})).to.throw(TypeError);
  });

  it('has all partners among the providers', () => {
    const providers = porvoo.services.map(({ provider }) => provider).join();
    for (const partner of ['Careeria', 'Prakticum', 'Posintra', 'Sotek-säätiö', 'Samaria ry', 'Porvoon kaupunki']) {
      expect(providers).to.include(partner);
    }
    expect(porvoo.services.length).to.be.at.least(14);
  });

  it('has help with every need in Swedish too', () => {
    const swedish = porvoo.services.filter(({ languages }) => languages.includes('sv'));
    const served = new Set(swedish.flatMap(({ needs }) => needs));
    for (const need of [...intakeTopics, ...barriers]) if (need !== 'none') expect(served).to.include(need);
  });

  it('has coaches for every kind of meeting and the commonest languages, each of them for first meetings', () => {
    const offered = (field: 'kinds' | 'languages') =>
      new Set<string>(porvoo.coaches.flatMap((coach) => coach[field] as string[]));
    expect(offered('kinds')).to.include.all.keys(...meetingKinds);
    expect(offered('languages')).to.include.all.keys('fi', 'sv', 'en', 'ru', 'uk', 'ar', 'et', 'ku');
    for (const { topics } of porvoo.coaches) expect(topics).to.include('firstMeeting');
  });

  it('is closed on public holidays and on the days it names itself', () => {
    const closed = ['2026-12-24', '2026-12-28', '2026-12-31', '2027-01-06', '2027-05-06', '2027-05-07', '2027-06-25'];
    for (const date of closed) expect(porvoo.isClosed(date), date).to.equal(true);
    for (const date of ['2026-12-23', '2027-01-04', '2027-05-05', '2027-06-28']) {
      expect(porvoo.isClosed(date), date).to.equal(false);
    }
  });
});

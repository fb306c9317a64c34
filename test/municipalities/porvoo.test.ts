import { expect } from 'chai';
import { appointmentTopics } from '../../src/domain/appointments/appointment.ts';
import { barriers, intakeTopics } from '../../src/domain/clients/intake.ts';
import { meetingKinds } from '../../src/domain/municipalities/pack.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';

const porvoo = loadMunicipality('deploy/municipalities', 'porvoo');

function textsIn(value: unknown): { fi: string; sv: string; en: string }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('fi' in value) return [value as { fi: string; sv: string; en: string }];
  return Object.values(value).flatMap(textsIn);
}

function sentencesOf(text: string): string[][] {
  const sentences = text.split(/(?<=[\p{L}\d)]{2}[.?!])\s+/u);
  return sentences.map((sentence) => sentence.match(/[\p{L}\d][\p{L}\d–:-]*/gu) ?? []);
}

describe('The pack of Porvoo', () => {
  it('is frozen to its last list', () => {
    expect(Object.isFrozen(porvoo)).to.equal(true);
    expect(() => (porvoo.coaches[0]!.hours as unknown[]).push({})).to.throw(TypeError);
  });

  it('has every text in Finnish, Swedish and English', () => {
    const texts = textsIn(porvoo);
    expect(texts.length).to.be.greaterThan(150);
    for (const text of texts) expect(text).to.have.all.keys('fi', 'sv', 'en');
  });

  it('has a service for every need, and all partners among the providers', () => {
    const served = new Set(porvoo.services.flatMap(({ needs }) => needs));
    for (const need of [...intakeTopics, ...barriers]) if (need !== 'none') expect(served).to.include(need);
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

  it('has a coach for every topic, kind of meeting and the commonest languages', () => {
    const offered = (field: 'topics' | 'kinds' | 'languages') =>
      new Set<string>(porvoo.coaches.flatMap((coach) => coach[field] as string[]));
    expect(offered('topics')).to.include.all.keys(...appointmentTopics);
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

  it('sends nothing to a real address, and names no real number', () => {
    const texts = JSON.stringify(porvoo);
    for (const [address] of texts.matchAll(/[\w.-]+@[\w.-]+/g)) expect(address).to.match(/\.example$/);
    for (const [, number] of texts.matchAll(/"phone":"([^"]+)"/g)) expect(number).to.match(/^019 000 \d{4}$/);
  });

  it('is written in plain language: short sentences in Finnish, short words in Swedish', () => {
    const finnish = textsIn(porvoo).flatMap(({ fi }) => sentencesOf(fi));
    for (const words of finnish) expect(words.length, words.join(' ')).to.be.at.most(15);
    const mean = finnish.reduce((sum, words) => sum + words.length, 0) / finnish.length;
    expect(mean).to.be.at.most(9);
    const swedish = porvoo.services.flatMap(({ summary }) => sentencesOf(summary.sv));
    const words = swedish.flat();
    const long = words.filter((word) => word.length > 6).length;
    expect(words.length / swedish.length + (100 * long) / words.length, 'LIX').to.be.at.most(35);
  });
});

import { expect } from 'chai';
import { appointmentTopics } from '../../src/domain/appointments/appointment.ts';
import { barriers, intakeTopics } from '../../src/domain/clients/intake.ts';
import { meetingKinds } from '../../src/domain/municipalities/pack.ts';
import { cityOf, citySlugs } from '../support/cities.ts';
import { lix, sentencesOf, textsIn } from '../support/pack-texts.ts';

const needs = [...intakeTopics, ...barriers].filter((need) => need !== 'none');

describe('The packs of the cities', () => {
  it('are those of the five service models', () => {
    expect(citySlugs).to.include.members(['kemi', 'kouvola', 'kuopio-askel', 'lieksa-juuka', 'porvoo']);
  });

  it('have coaches of their own, so that one process can serve all of them', () => {
    const ids = citySlugs.flatMap((slug) => cityOf(slug).coaches.map(({ id }) => id));
    expect(new Set(ids).size).to.equal(ids.length);
  });
});

for (const slug of citySlugs) {
  const town = cityOf(slug);
  const offered = (field: 'topics' | 'kinds' | 'languages') =>
    new Set<string>(town.coaches.flatMap((coach) => coach[field] as string[]));

  describe(`The pack ${slug}`, () => {
    it('has every text in Finnish, Swedish and English', () => {
      const texts = textsIn(town);
      expect(texts.length).to.be.above(120);
      for (const text of texts) expect(text).to.have.all.keys('fi', 'sv', 'en');
    });

    it('tells each service in three languages that are three texts', () => {
      for (const { id, summary } of town.services) {
        expect(new Set(Object.values(summary)).size, id).to.equal(3);
        const lengths = Object.values(summary).map((text) => sentencesOf(text).length);
        expect(new Set(lengths).size, `${id}: ${lengths}`).to.equal(1);
      }
    });

    it('has ten services or more, one for every need, and some of them take referrals', () => {
      expect(town.services.length).to.be.at.least(10);
      expect(new Set(town.services.flatMap((service) => service.needs))).to.include.all.keys(...needs);
      expect(town.services.filter(({ referral }) => referral).length).to.be.at.least(5);
    });

    it('has help with every need for a person of any age, home and language', () => {
      const rules = town.services.map(({ when, needs: served }) => ({ asks: Object.keys(when), served }));
      const open = rules.filter(({ asks }) => asks.every((name) => name === 'situation' || name === 'benefits'));
      const helped = new Set(open.flatMap(({ served }) => served as string[]));
      // Nobody learns their own mother tongue.
      for (const need of needs) if (need !== 'languageStudies' && need !== 'language') expect(helped).to.include(need);
    });

    it('has a coach for every topic and kind of meeting, in Finnish, Swedish, English and a language of immigrants', () => {
      expect(offered('topics')).to.include.all.keys(...appointmentTopics);
      const villages = town.places.some(({ kind }) => kind === 'village');
      for (const kind of meetingKinds) if (kind !== 'village' || villages) expect(offered('kinds')).to.include(kind);
      expect(offered('languages')).to.include.all.keys('fi', 'sv', 'en', 'ar');
    });

    it('leads to every coach who holds first meetings by some rule', () => {
      const led = new Set(town.routing.flatMap(({ coaches }) => coaches));
      for (const { id, topics } of town.coaches) if (topics.includes('firstMeeting')) expect(led).to.include(id);
    });

    it('tells a coach which group somebody is in without addressing the coach', () => {
      for (const { id, short } of town.targetGroups) {
        expect(short, id).not.to.equal(undefined);
        expect(Object.values(short!).join(' '), id).not.to.match(/\b(olet|sinul|kaipaat|haluat|du|din|you|your)\b/);
      }
    });

    it('names places with the way in, and hours to come without an appointment', () => {
      expect(town.places.flatMap(({ walkIn }) => walkIn).length).to.be.at.least(1);
      for (const { id } of town.places) {
        const used = town.coaches.some(({ hours, exceptions }) =>
          [...hours, ...exceptions.flatMap(({ spans }) => spans)].some(({ place }) => place === id),
        );
        expect(used, `nobody meets at ${id}`).to.equal(true);
      }
    });

    it('sends nothing to a real address, and names no real number', () => {
      const everything = JSON.stringify(town);
      for (const [address] of everything.matchAll(/[\w.-]+@[\w.-]+/g)) expect(address).to.match(/\.example$/);
      for (const [, number] of everything.matchAll(/"phone":"([^"]+)"/g))
        expect(number).to.match(/^\d{2,3} 000 \d{4}$/);
    });

    it('is written in plain language: short sentences in Finnish and English, short words in Swedish', () => {
      const texts = textsIn(town);
      for (const language of ['fi', 'en'] as const) {
        const sentences = texts.flatMap((text) => sentencesOf(text[language]));
        for (const words of sentences) expect(words.length, words.join(' ')).to.be.at.most(language === 'fi' ? 15 : 18);
        if (language === 'en') continue;
        const mean = sentences.reduce((sum, words) => sum + words.length, 0) / sentences.length;
        expect(mean).to.be.at.most(9);
      }
      expect(lix(town.services.map(({ summary }) => summary.sv)), 'LIX').to.be.at.most(35);
    });
  });
}

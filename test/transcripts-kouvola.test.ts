import type { NewStep } from '../src/domain/referrals/follow.ts';
import { moveReferral } from '../src/domain/referrals/progress.ts';
import { silent } from './support/answers.ts';
import { cityOf, converseIn } from './support/cities.ts';
import { type Conversation, type Given, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { readsAs } from './support/transcript.ts';

const town = cityOf('kouvola');

/** Three people who need more than one thing at a time. */
const people: Record<string, { told: Record<string, Given>; wish: string; more: string; welcome: string }> = {
  fi: {
    told: { motherTongue: 'fi', languages: ['fi'], name: 'Oona' },
    wish: 'Haluan ammatin. Jaksan opiskella, kun selkä hoidetaan.',
    more: 'Opo ymmärsi heti',
    welcome: 'Tervetuloa! Aloitamme yhdessä.',
  },
  sv: {
    told: { motherTongue: 'sv', languages: ['sv', 'fi'], name: 'Linn' },
    wish: 'Jag vill ha ett yrke. Jag orkar studera när min rygg får vård.',
    more: 'Handledaren förstod genast',
    welcome: 'Välkommen! Vi börjar tillsammans.',
  },
  en: {
    told: { motherTongue: 'uk', languages: ['uk', 'en'], interpreter: false, name: 'Iryna' },
    wish: 'I want a trade. I can study when my back gets treated.',
    more: 'They understood me at once',
    welcome: 'Welcome! We begin together.',
  },
};

/** A partner answers on the page; the transcript tells it as a note. */
async function partner(talk: Conversation, days: Days, service: string, step: Omit<NewStep, 'by'>): Promise<void> {
  const { documents, client, now, language } = talk;
  const referral = (await talk.world().clients.path()).referrals.find((one) => one.service === service)!;
  const { provider } = town.services.find(({ id }) => id === service)!;
  const state = texts.say({ key: `cards.states.${step.state}` }, language);
  talk.lines.push(`*${texts.say({ at: now.toISO()!, as: 'date' }, language)}, ${provider}: ${state}*`);
  const act = { documents, municipality: town, client, now };
  await moveReferral(act, referral.id, { ...step, wordsIn: language, by: 'partner' }, referral.history.length);
  await days.deliver();
}

describe('Somebody at the one counter of Kouvola', () => {
  for (const [language, { told, wish, more, welcome }] of Object.entries(people)) {
    it(`opens three services at once and says of each how it went, as the transcript reads in ${language}`, async function () {
      this.timeout(30_000);
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await talk.presses('intake');
      await talk.answers({
        ...silent,
        situation: 'unemployed',
        searchStart: '16.11.2026',
        topic: 'training',
        hinders: ['health'],
        ageGroup: '30to54',
        ...told,
      });
      await talk.isAsked('review').presses('submit');
      await talk.presses('referral');
      await talk.isAsked('service').presses('several');
      await talk.answers({ services: ['eduko-vocational', 'work-ability-support', 'te-training'] });
      await talk.answers({ lines: ['name', 'phone', 'wish'], phone: '040 000 0001', wish, consent: 'send' });
      await talk.isAsked('review').presses('submit');
      talk.hears('services-at-once.done.sent');
      await days.pass({ days: 2 });
      await partner(talk, days, 'eduko-vocational', { state: 'accepted', startsOn: '2026-12-01', words: welcome });
      await partner(talk, days, 'work-ability-support', { state: 'under-study' });
      await talk.presses('my-path');
      const { referrals } = await talk.world().clients.path();
      await talk.presses(referrals.find(({ service }) => service === 'te-training')!.id);
      await talk.presses('withdraw');
      await talk.answers({ sure: true });
      await partner(talk, days, 'work-ability-support', { state: 'declined', reason: 'sessionFull' });
      await talk.isAsked('score').presses('fair');
      await talk.answers({ helped: false, more: null });
      await days.pass({ days: 9 });
      await partner(talk, days, 'eduko-vocational', { state: 'started' });
      await days.pass({ days: 40 });
      await talk.isAsked('got').presses(true);
      await partner(talk, days, 'eduko-vocational', { state: 'completed' });
      await talk.isAsked('score').presses('good');
      await talk.answers({ helped: true, more });
      readsAs(talk, `test/transcripts/${language}/city-kouvola.md`, `Kouvola (${language})`);
    });
  }
});

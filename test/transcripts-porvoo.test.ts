import { writeLetter } from '../src/domain/clients/letter.ts';
import { letterCode, letterHash } from '../src/domain/clients/letter-code.ts';
import type { NewStep } from '../src/domain/referrals/follow.ts';
import { moveReferral } from '../src/domain/referrals/progress.ts';
import type { Act } from '../src/teams/acts/offered.ts';
import { coachName } from '../src/teams/cards/reader.ts';
import { silent } from './support/answers.ts';
import { aboutMeeting } from './support/coach-scene.ts';
import { type Conversation, converse, type Given, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { PlanDesk } from './support/plan-desk.ts';
import { readsAs } from './support/transcript.ts';

/** Three people who moved to the city's service, one of each group, and what is said with their coach. */
const people: Record<
  string,
  { told: Record<string, Given>; service: string; words: string; step: string; note: string }
> = {
  fi: {
    told: {
      topic: 'training',
      ageGroup: '18to24',
      motherTongue: 'fi',
      languages: ['fi'],
      benefits: 'labourMarketSubsidy',
      name: 'Aada',
    },
    service: 'careeria-vocational',
    words: 'Pääsen tapaamisiin vain aamupäivällä.',
    step: 'Tapaamiset sovitaan aamupäivään',
    note: 'Tervetuloa! Tule ensin tutustumaan.',
  },
  sv: {
    told: {
      topic: 'training',
      ageGroup: '30to54',
      motherTongue: 'sv',
      languages: ['sv'],
      benefits: 'basicAllowance',
      name: 'Alva',
    },
    service: 'prakticum-vocational',
    words: 'Jag kan komma på möten bara på förmiddagen.',
    step: 'Mötena hålls på förmiddagen',
    note: 'Välkommen! Kom först på besök.',
  },
  en: {
    told: {
      topic: 'languageStudies',
      ageGroup: '30to54',
      motherTongue: 'ar',
      languages: ['ar', 'en'],
      interpreter: true,
      benefits: 'earningsRelated',
      name: 'Samir',
    },
    service: 'careeria-finnish',
    words: 'I can come to meetings only in the morning.',
    step: 'Meetings are held in the morning',
    note: 'Welcome! Come and see us first.',
  },
};

const code = letterCode(Buffer.alloc(32, 7), 'porvoo', '30211');

/** What is not said in the chat stands between the lines, with its day. */
function note(talk: Conversation, what: string): void {
  talk.lines.push(`*${texts.say({ at: talk.now.toISO()!, as: 'date' }, talk.language)}: ${what}*`);
}

async function partner(talk: Conversation, days: Days, step: Omit<NewStep, 'by'>): Promise<void> {
  const { documents, municipality, client, now, language } = talk;
  const [referral] = (await talk.world().clients.path()).referrals;
  note(talk, texts.say({ key: `cards.states.${step.state}` }, language));
  const act = { documents, municipality, client, now };
  await moveReferral(act, referral!.id, { ...step, wordsIn: language, by: 'partner' }, referral!.history.length);
  await days.deliver();
}

/** The coach's card as text. */
async function shows(talk: Conversation, desk: PlanDesk): Promise<void> {
  const { coach } = await desk.plan();
  note(talk, coachName(coach!, talk.municipality));
  talk.lines.push(['```', ...(await desk.lines()), '```'].join('\n'));
}

/** The coach presses a button of the card. */
async function does(talk: Conversation, desk: PlanDesk, act: Act, filled: Record<string, string> = {}): Promise<void> {
  const { coach } = await desk.plan();
  const button = texts.say({ key: `plan.card.buttons.${act}` }, talk.language);
  note(talk, `${coachName(coach!, talk.municipality)}: ${button}`);
  await desk.presses(act, filled);
}

describe('Somebody who moved to the service of Porvoo', () => {
  for (const [language, { told, service, words, step, note: welcome }] of Object.entries(people)) {
    it(`opens the letter, makes a plan with a coach of their own and comes to a partner, as its transcript reads in ${language}`, async function () {
      this.timeout(30_000);
      const talk = await converse({ language });
      const { documents, municipality, now } = talk;
      const days = new Days(talk);
      const desk = new PlanDesk(talk);
      await writeLetter({ documents, municipality, now }, letterHash(code), {
        number: '30211',
        name: String(told.name),
        language,
      });
      await talk.says(code);
      talk.hears('letter.opened');
      await talk.presses('intake');
      await talk.answers({ ...silent, situation: 'unemployed', searchStart: '16.11.2026', ...told });
      await talk.isAsked('review').presses('submit');
      talk.hears('intake.done.coach', 'plan.group', 'plan.made');
      await days.deliver();
      await talk.presses('booking');
      await talk.answers({ topic: 'firstMeeting', kind: 'office' });
      await talk.isAsked('slot').presses(talk.dialog.shown!.options[1]!.value);
      await talk.answers({ interpreter: false, name: null });
      await talk.isAsked('review').presses('submit');
      await days.deliver();
      const [meeting] = (await talk.world().clients.path()).appointments;

      await shows(talk, desk);
      const goal = (await desk.plan()).goals[1]!;
      const offered = goal.steps.find(({ what }) => what === 'service');
      if (offered?.service !== service) {
        if (offered) await does(talk, desk, 'removePart', { part: offered.id });
        const filled = { goal: goal.id, what: 'service', service, who: 'partner', by: '2026-12-21' };
        await does(talk, desk, 'addStep', filled);
      }
      await does(talk, desk, 'sendPlan');
      await days.deliver();
      await talk.isAsked('do').presses('comment');
      await talk.isAsked('comment').says(words);
      await shows(talk, desk);
      const first = (await desk.plan()).goals[0]!.id;
      await does(talk, desk, 'addStep', { goal: first, what: 'own', words: step, who: 'coach', by: '2026-12-01' });
      await does(talk, desk, 'sendPlan');
      await days.deliver();
      await talk.isAsked('do').presses(`accept-${(await desk.plan()).shown.version}`);
      talk.hears('my-plan.accepted');
      await days.deliver();

      while (talk.now.toMillis() < Date.parse(meeting!.end)) await days.pass({ hours: 6 });
      note(talk, texts.say({ key: 'cards.titles.seen' }, language));
      await desk.sends({ act: 'attended', about: aboutMeeting(meeting!) });
      await days.pass({ days: 1 });
      await talk.isAsked('score').presses('good');
      await talk.answers({ helped: true, more: null });
      await talk.presses('my-path');
      await talk.presses('plan');
      await talk.presses(`refer-${service}`);
      await talk.answers({ lines: ['name', 'email'], email: 'mira@posti.example', consent: 'send' });
      await talk.isAsked('review').presses('submit');
      await partner(talk, days, { state: 'accepted', startsOn: '2026-12-14', words: welcome });
      await days.pass({ days: 6 });
      await partner(talk, days, { state: 'completed' });
      await talk.isAsked('score').presses('good');
      await talk.answers({ helped: true, more: null });
      await talk.presses('my-path');
      await talk.presses('plan');
      talk.hears('plan.line.done');
      readsAs(talk, `test/transcripts/${language}/city-porvoo.md`, `Porvoo (${language})`);
    });
  }
});

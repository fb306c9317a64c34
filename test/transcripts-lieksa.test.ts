import type { CaseRef } from '../src/domain/notices.ts';
import type { NewStep } from '../src/domain/referrals/follow.ts';
import { moveReferral } from '../src/domain/referrals/progress.ts';
import { press } from '../src/teams/actions.ts';
import type { Act } from '../src/teams/acts/offered.ts';
import { readerFor } from '../src/teams/cards/reader.ts';
import { renderCard } from '../src/teams/cards/render.ts';
import { silent } from './support/answers.ts';
import { booksIn, cityOf, converseIn, timesShown, toTimesIn } from './support/cities.ts';
import { buttonsOf } from './support/coach-office.ts';
import { type Conversation, type Given, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { wordsOf } from './support/path-scene.ts';
import { readsAs } from './support/transcript.ts';

const town = cityOf('lieksa-juuka');
const ilona = town.coaches.find(({ id }) => id === 'ilona-vaaranpuro')!;

/** What a young person of Lieksa, the partner and the coach write, each in their own language. */
interface Words {
  told: Record<string, Given>;
  age: string;
  wish: string;
  welcome: string;
  goodbye: string;
  giver: string;
}

const young = {
  ...silent,
  situation: 'unemployed',
  searchStart: '16.11.2026',
  topic: 'training',
  education: 'basic',
  helps: ['motivation', 'digital'],
  hinders: ['skills', 'health'],
  workAbilityConsent: true,
  workAbility: 6,
  area: 'lieksa',
  name: 'Aatu',
};

const people: Record<string, Words> = {
  fi: {
    told: { ...young, wantedWork: 'Jotain käsillä tekemistä, ehkä keittiössä', motherTongue: 'fi', languages: ['fi'] },
    age: 'olen 19',
    wish: 'Haluan oppia pienissä paloissa',
    welcome: 'Tervetuloa! Aloitamme keittiöstä.',
    goodbye: 'Hienosti tehty, Aatu. Tule käymään Vauhdittamossa milloin vain!',
    giver: 'Riveria',
  },
  sv: {
    told: { ...young, wantedWork: 'Något med händerna, kanske i ett kök', motherTongue: 'sv', languages: ['sv', 'fi'] },
    age: 'jag är 19 år',
    wish: 'Jag vill lära mig i små bitar',
    welcome: 'Välkommen! Vi börjar i köket.',
    goodbye: 'Bra jobbat, Aatu. Kom gärna förbi på Vauhdittamo när du vill!',
    giver: 'Riveria',
  },
  en: {
    told: {
      ...young,
      wantedWork: 'Something with my hands, maybe in a kitchen',
      motherTongue: 'en',
      languages: ['en', 'fi'],
      interpreter: false,
    },
    age: 'I am 19',
    wish: 'I want to learn in small pieces',
    welcome: 'Welcome! We begin in the kitchen.',
    goodbye: 'Well done, Aatu. Come by at Vauhdittamo at any time!',
    giver: 'Riveria',
  },
};

/** What is not said in the chat stands between the lines, with its day. */
function note(talk: Conversation, what: string): void {
  talk.lines.push(`*${texts.say({ at: talk.now.toISO()!, as: 'date' }, talk.language)}: ${what}*`);
}

/** The coach reads the card of a case, in the client's language for once, and presses a button of it. */
async function coach(talk: Conversation, about: CaseRef, act: Act, filled: Record<string, string> = {}): Promise<void> {
  const { documents, municipality, now, language } = talk;
  const reader = readerFor({ ...ilona, language }, texts, municipality, now.toMillis());
  const { card } = await renderCard(documents, about, reader, async () => []);
  const { title, data } = buttonsOf(card).find((one) => one.data.act === act)!;
  // A picture is told by what stands beside it.
  talk.lines.push(['```', ...new Set(wordsOf(card.body)), '```'].join('\n'));
  note(talk, `${ilona.name}: ${title}`);
  const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${act}-${name}`, value]));
  await press({ documents, municipality, t: texts, now: () => now.toMillis() }, ilona, { ...data, ...inputs });
}

async function partner(talk: Conversation, step: Omit<NewStep, 'by'>): Promise<void> {
  const { documents, municipality, client, now, language } = talk;
  const [referral] = (await talk.world().clients.path()).referrals;
  note(talk, texts.say({ key: `cards.states.${step.state}` }, language));
  const act = { documents, municipality, client, now };
  await moveReferral(act, referral!.id, { ...step, wordsIn: language, by: 'partner' }, referral!.history.length);
}

describe('A path in Lieksa and Juuka reads as its transcript', () => {
  for (const [language, words] of Object.entries(people)) {
    it(`from the intake over the village day and small steps to education in ${language}`, async () => {
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await talk.presses('intake');
      const { ageGroup: _, ...told } = words.told;
      await talk.answers(told);
      await talk.isAsked('ageGroup').says(words.age);
      await talk.isAsked('area').answers(told);
      await talk.isAsked('review').presses('submit');
      const [intake] = (await talk.world().clients.path()).intakes;
      const about = { collection: 'clients', partition: talk.client, id: intake!.id } as const;
      await coach(talk, about, 'take');

      await toTimesIn(talk, 'plan', 'village');
      const meeting = await booksIn(talk, timesShown(talk)[0]!);
      await talk.presses('referral');
      const shared = { lines: ['name', 'wish'], name: 'Aatu', wish: words.wish, consent: 'send' };
      await talk.answers({ service: 'skills-step-by-step', how: 'refer', ...shared });
      await talk.isAsked('review').presses('submit');
      await partner(talk, { state: 'accepted', startsOn: '2026-12-01', words: words.welcome });
      await days.deliver();
      await days.pass({ days: 4 });
      const ref = { collection: 'calendars', partition: meeting.coach, id: meeting.start.slice(0, 10) } as const;
      await coach(talk, { ...ref, appointment: meeting.id }, 'attended');
      await days.pass({ days: 4 });
      await talk.isAsked('score').answers({ score: 'good', helped: true, more: null });

      await coach(talk, about, 'certify', { what: 'hygiene', from: words.giver, on: '2026-11-27' });
      await days.deliver();
      await talk.presses('my-path');
      await talk.presses('my-certificates');
      await talk.answersOne('1');
      await talk.presses('hide');

      await partner(talk, { state: 'started' });
      await days.deliver();
      await coach(talk, about, 'close', { outcome: 'education', words: words.goodbye });
      await days.deliver();
      await talk.isAsked('do').presses('fine');
      await talk.presses('my-path');
      readsAs(talk, `test/transcripts/${language}/city-lieksa-juuka.md`, `Lieksa and Juuka (${language})`);
    });
  }
});

import type { CaseRef } from '../src/domain/notices.ts';
import type { Act } from '../src/teams/acts/offered.ts';
import { silent } from './support/answers.ts';
import { CaseDesk } from './support/case-desk.ts';
import { booksIn, cityOf, converseIn, timesShown, toTimesIn } from './support/cities.ts';
import { aboutMeeting } from './support/coach-scene.ts';
import { type Conversation, type Given, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { readsAs } from './support/transcript.ts';

const town = cityOf('kuopio-askel');
const [city, office] = ['hertta-kallavirta', 'olli-savikangas'];

/** Three people with one case in two organisations. */
const people: Record<string, { told: Record<string, Given>; words: string; day: string }> = {
  fi: {
    told: { motherTongue: 'fi', languages: ['fi'], name: 'Eino' },
    words: 'Etsit nyt koulutusta. Siinä Olli auttaa parhaiten.',
    day: '15.1.2027',
  },
  sv: {
    told: { motherTongue: 'sv', languages: ['sv', 'fi'], name: 'Edla' },
    words: 'Du söker nu utbildning. Där hjälper Olli bäst.',
    day: '15.1.2027',
  },
  en: {
    told: { motherTongue: 'fi', languages: ['fi', 'en'], name: 'Ilona' },
    words: 'You look for training now. Olli helps best with that.',
    day: '15 January 2027',
  },
};

/** What is not said in the chat stands between the lines, with its day. */
function note(talk: Conversation, what: string): void {
  talk.lines.push(`*${texts.say({ at: talk.now.toISO()!, as: 'date' }, talk.language)}: ${what}*`);
}

/** A coach presses a button of a card; without a case it is the client's own. */
async function does(
  talk: Conversation,
  days: Days,
  who: string,
  act: Act,
  { filled = {}, about }: { filled?: Record<string, string>; about?: CaseRef } = {},
) {
  const { name } = town.coaches.find(({ id }) => id === who)!;
  note(talk, `${name}: ${texts.say({ key: `cards.buttons.${act}` }, talk.language)}`);
  await new CaseDesk(talk, who).presses(act, filled, about);
  await days.deliver();
}

async function toCourse(talk: Conversation): Promise<void> {
  await talk.presses('my-path');
  await talk.presses('my-course');
}

describe('Somebody in the joint service ASKEL of Kuopio', () => {
  for (const [language, { told, words, day }] of Object.entries(people)) {
    it(`has one responsible coach at each moment and leads their own path, as the transcript reads in ${language}`, async function () {
      this.timeout(30_000);
      const talk = await converseIn(town, language);
      const days = new Days(talk);
      await talk.presses('intake');
      await talk.answers({
        ...silent,
        situation: 'unemployed',
        searchStart: '16.11.2026',
        topic: 'findWork',
        hinders: ['debts'],
        ageGroup: '30to54',
        benefits: 'labourMarketSubsidy',
        ...told,
      });
      await talk.isAsked('review').presses('submit');
      const [intake] = (await talk.world().clients.path()).intakes;
      await does(talk, days, city!, 'take', {
        about: { collection: 'clients', partition: talk.client, id: intake!.id },
      });
      await toTimesIn(talk, 'firstMeeting', 'office');
      const first = await booksIn(talk, timesShown(talk)[0]!);
      await days.pass({ hours: 6 });
      await does(talk, days, city!, 'attended', { about: aboutMeeting(first) });
      await days.pass({ days: 1 });
      await talk.isAsked('score').presses('good');
      await talk.answers({ helped: true, more: null });
      await talk.isAsked('choice').presses('join');
      await does(talk, days, city!, 'handOver', { filled: { to: office!, words } });
      await does(talk, days, office!, 'acceptClient');
      talk.hears('hand-over.told.now');
      await toCourse(talk);
      await talk.isAsked('do').presses('correct');
      await talk.isAsked('review').presses('change');
      await talk.presses('topic');
      await talk.presses('training');
      await talk.isAsked('review').presses('submit');
      talk.hears('my-course.corrected');
      await toTimesIn(talk, 'plan', 'office');
      await booksIn(talk, timesShown(talk)[0]!);
      await toCourse(talk);
      await talk.presses('pause');
      await talk.isAsked('until').says(day);
      await talk.answers({ meetings: 'cancel' });
      await talk.isAsked('review').presses('submit');
      await days.pass({ days: 10 });
      await toCourse(talk);
      await talk.presses('goOn');
      await talk.isAsked('review').presses('submit');
      await toCourse(talk);
      await talk.presses('stop');
      await talk.isAsked('sure').presses('yes');
      await talk.isAsked('review').presses('submit');
      await talk.presses('my-path');
      readsAs(talk, `test/transcripts/${language}/city-kuopio-askel.md`, `Kuopio (${language})`);
    });
  }
});

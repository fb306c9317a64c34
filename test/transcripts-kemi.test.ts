import type { Document } from '../src/domain/documents.ts';
import { moveReferral } from '../src/domain/referrals/progress.ts';
import { employerLetter } from '../src/notify/employer-letter.ts';
import type { Act } from '../src/teams/acts/offered.ts';
import { silent } from './support/answers.ts';
import { cityOf } from './support/cities.ts';
import { Conversation, converse, type Given, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { JobFinderDesk } from './support/job-finder-desk.ts';
import { readsAs } from './support/transcript.ts';

/** What an employer, a jobseeker and the job finder of Kemi write, each in their own language. */
interface People {
  place: Record<string, Given>;
  told: Record<string, Given>;
  doesWorkPay: string;
  wish: string;
  partner: string;
  suggestion: string;
}

const contact = { consent: 'keep', way: 'both', phone: '016 000 0900', email: 'satu@esimerkki.example' } as const;
const jobseeker = {
  situation: 'unemployed',
  searchStart: '16.11.2026',
  topic: 'findWork',
  hinders: ['transport', 'money'],
  ageGroup: '30to54',
  area: 'hepola',
  benefits: 'basicAllowance',
  name: 'Mira',
};

const people: Record<string, People> = {
  fi: {
    place: {
      kind: 'trial',
      field: 'nature',
      what: 'Taimien istutusta ja kasvihuoneen hoitoa',
      hours: 'partTime',
      languages: ['fi', 'en'],
      begins: 'soon',
      where: 'Hepola',
      company: 'Esimerkkitaimisto',
      ...contact,
      name: 'Satu',
    },
    told: {
      ...jobseeker,
      wantedWork: 'Puutarhatyötä',
      lastWork: 'Kesätyö taimitarhalla',
      motherTongue: 'fi',
      languages: ['fi'],
    },
    doesWorkPay: 'Kannattaako työ?',
    wish: 'Haluan aloittaa pienillä askelilla',
    partner: 'Tervetuloa! Nähdään ovella klo 9.',
    suggestion: 'Sinulla on jo kokemusta taimista.',
  },
  sv: {
    place: {
      kind: 'trial',
      field: 'nature',
      what: 'Att plantera och sköta ett växthus',
      hours: 'partTime',
      languages: ['fi', 'sv'],
      begins: 'soon',
      where: 'Hepola',
      company: 'Exempelplantskolan',
      ...contact,
      name: 'Satu',
    },
    told: {
      ...jobseeker,
      wantedWork: 'Trädgårdsarbete',
      lastWork: 'Sommarjobb på en plantskola',
      motherTongue: 'sv',
      languages: ['sv', 'fi'],
    },
    doesWorkPay: 'Lönar det sig att arbeta?',
    wish: 'Jag vill börja med små steg',
    partner: 'Välkommen! Vi ses vid dörren kl. 9.',
    suggestion: 'Du har redan arbetat med plantor.',
  },
  en: {
    place: {
      kind: 'trial',
      field: 'nature',
      what: 'Planting, and looking after a greenhouse',
      hours: 'partTime',
      languages: ['fi', 'en'],
      begins: 'soon',
      where: 'Hepola',
      company: 'Example Plants',
      ...contact,
      name: 'Satu',
    },
    told: {
      ...jobseeker,
      wantedWork: 'Work in a garden',
      lastWork: 'A summer job with plants',
      motherTongue: 'sv',
      languages: ['sv', 'en'],
    },
    doesWorkPay: 'Does work pay?',
    wish: 'I want to start with small steps',
    partner: 'Welcome! See you at the door at 9:00.',
    suggestion: 'You have worked with plants before.',
  },
};

/** What is not said in the chat stands between the lines, with its day. */
function note(talk: Conversation, what: string): void {
  talk.lines.push(`*${texts.say({ at: talk.now.toISO()!, as: 'date' }, talk.language)}: ${what}*`);
}

/** The job finder reads a card and presses a button of it. */
async function does(desk: JobFinderDesk, of: Document, act: Act, filled: Record<string, string> = {}): Promise<void> {
  const { talk, coach } = desk;
  talk.lines.push(['```', ...(await desk.lines(of)), '```'].join('\n'));
  note(talk, `${coach.name}: ${texts.say({ key: `cards.buttons.${act}` }, talk.language)}`);
  note(talk, await desk.presses(act, of, filled));
}

describe('An employer, a jobseeker and the job finder of Kemi', () => {
  for (const [language, { place, told, doesWorkPay, wish, partner, suggestion }] of Object.entries(people)) {
    it(`find one another, and the city orders a service, as the transcript reads in ${language}`, async () => {
      const municipality = cityOf('kemi');
      const talk = await converse({ municipality, language });
      const { documents } = talk;
      const employer = new Conversation({ municipality, language, client: 'employer', documents });
      const days = new Days(talk, [employer]);
      const desk = new JobFinderDesk(talk);
      const deliver = async () => {
        await days.deliver();
        employer.now = talk.now;
      };

      // The jobseeker: intake with obstacles, "does work pay?", and a service that the city orders.
      await talk.presses('intake');
      await talk.answers({ ...silent, ...told });
      await talk.isAsked('review').presses('submit');
      await talk.says(doesWorkPay);
      await talk.isAsked('who').presses('kela');
      await talk.isAsked('menu').presses('referral');
      await talk.isAsked('service').presses('other');
      await talk.answers({
        needs: ['findWork'],
        service: 'foundation-coaching',
        how: 'refer',
        lines: ['name', 'wish', 'hinders'],
        wish,
        consent: 'send',
      });
      await talk.isAsked('review').presses('submit');
      talk.hears('order.waits.what');
      await deliver();
      const { intakes, referrals } = await talk.world().clients.path();
      await does(desk, intakes[0]!, 'take');
      await does(desk, referrals[0]!, 'order');
      await deliver();
      talk.hears('order.approved');
      await days.pass({ days: 1 });
      note(talk, texts.say({ key: 'cards.states.accepted' }, language));
      const act = { documents, municipality, client: talk.client, now: talk.now };
      const step = {
        state: 'accepted',
        by: 'partner',
        startsOn: '2026-12-01',
        words: partner,
        wordsIn: language,
      } as const;
      await moveReferral(act, referrals[0]!.id, step, 2);
      await deliver();

      // The employer.
      await employer.joins();
      await employer.presses('offer-place');
      await employer.answers(place);
      await employer.isAsked('review').presses('submit');
      employer.hears('offer-place.done.next');
      talk.lines.push('---', ...employer.lines, '---');

      // The job finder finds somebody, who wants it.
      const [offer] = (await employer.world().clients.path()).offers;
      await does(desk, offer!, 'take');
      await does(desk, offer!, 'suggestPlace', { client: talk.client, words: suggestion });
      await deliver();
      talk.hears('suggested.place.what', 'suggested.place.consent');
      await talk.isAsked('do').presses('yes');
      talk.hears('suggested.place.accepted');
      await deliver();
      await does(desk, (await talk.world().clients.path()).suggestions[0]!, 'seen');
      await days.pass({ days: 2 });
      await does(desk, offer!, 'closeOffer', { outcome: 'filledByClient' });
      await deliver();
      const [closed] = (await employer.world().clients.path()).offers;
      const what = { mail: 'employer', what: 'closed', at: closed!.closed!.at } as const;
      const { to, subject, text } = employerLetter(what, closed!, municipality, texts)!;
      note(talk, `${to}: ${subject}`);
      talk.lines.push(['```', text.trim(), '```'].join('\n'));
      readsAs(talk, `test/transcripts/${language}/city-kemi.md`, `Kemi (${language})`);
    });
  }
});

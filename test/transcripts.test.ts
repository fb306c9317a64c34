import { mira } from './support/answers.ts';
import { type Conversation, converse, type Given } from './support/conversation.ts';
import { readsAs } from './support/transcript.ts';

/** What people type, in their own language. */
interface Words {
  wish: string;
  work: string;
  otherWish: string;
  /** A language the service has no button for. */
  tongue: string;
  date: string;
  monthOnly: string;
  badDay: { situation: string; date: string; topic: string; several: string; age: string; phone: string };
}

const spoken: Record<string, Words> = {
  fi: {
    wish: 'Puutarhatyötä lähellä kotia',
    work: 'Kesätyö taimitarhalla',
    otherWish: 'Haluan aloittaa heti',
    tongue: 'tigrinja',
    date: '16.11.2026',
    monthOnly: 'elokuussa 2024',
    badDay: {
      situation: 'olen tyotön',
      date: '32.13.2026',
      topic: 'koulutsu ja opiskelu',
      several: 'tyokokemus, ajokortti ja innostus',
      age: 'olen 34',
      phone: 'en muista ulkoa',
    },
  },
  sv: {
    wish: 'Arbete med växter nära mitt hem',
    work: 'Sommarjobb på en plantskola',
    otherWish: 'Jag vill börja genast',
    tongue: 'tigrinska',
    date: '16.11.2026',
    monthOnly: 'i augusti 2024',
    badDay: {
      situation: 'jag ar arbetslos',
      date: '32.13.2026',
      topic: 'utbildnign och studier',
      several: 'arbetserfarenhet, korkort och motivation',
      age: 'jag är 34 år',
      phone: 'minns inte utantill',
    },
  },
  en: {
    wish: 'Work with plants near my home',
    work: 'A summer job at a plant nursery',
    otherWish: 'I want to start at once',
    tongue: 'Tigrinya',
    date: '16 November 2026',
    monthOnly: 'August 2024',
    badDay: {
      situation: 'i am unemploied',
      date: '32.13.2026',
      topic: 'trainign and studies',
      several: 'work experience, driving licence and motivation',
      age: 'i am 34',
      phone: 'cannot remember it',
    },
  },
};

type Script = (talk: Conversation, words: Words) => Promise<unknown>;

const answersIn = ({ wish, work, tongue, date }: Words): Record<string, Given> => ({
  ...mira,
  searchStart: date,
  wantedWork: wish,
  lastWork: work,
  interpreterLanguage: tongue,
});

const scripts: Record<string, Script> = {
  async intake(talk, words) {
    await talk.presses('intake');
    await talk.answers(answersIn(words));
    await talk.presses('submit');
  },

  async booking(talk) {
    await talk.presses('booking');
    await talk.answers({ topic: 'plan', kind: 'phone', phone: '040 000 0001' });
    await talk.isAsked('slot').presses('day');
    await talk.answersOne('2');
    await talk.answersOne('1');
    await talk.answers({ interpreter: false, name: 'Mira' });
    await talk.isAsked('review').presses('submit');
  },

  async referral(talk, { otherWish }) {
    await talk.presses('referral');
    await talk.answers({
      needs: ['findWork'],
      service: 'job-search-group',
      how: 'refer',
      lines: ['name', 'phone', 'wish'],
    });
    await talk.answers({ name: 'Mira', phone: '040 000 0001', wish: otherWish, consent: 'send' });
    await talk.isAsked('review').presses('submit');
  },

  async 'change-of-mind'(talk, words) {
    await talk.presses('intake');
    const { hinders: _, ...first } = answersIn(words);
    await talk.answers(first);
    await talk.isAsked('hinders').commands('why');
    await talk.commands('back');
    await talk.isAsked('helps').answers({ helps: ['education'] });
    await talk.isAsked('hinders').commands('person');
    await talk.isAsked('how').commands('cancel');
    await talk.isAsked('menu').presses('intake');
    await talk.answers(answersIn(words));
    await talk.isAsked('review').presses('change');
    await talk.presses('contactWay');
    await talk.presses('here');
    await talk.isAsked('review').presses('submit');
  },

  async 'bad-day'(talk, { badDay, monthOnly, ...words }) {
    await talk.says('🙂');
    await talk.presses('intake');
    await talk.says(badDay.situation);
    await talk.isAsked('searchStart').says(badDay.date);
    await talk.says(monthOnly);
    await talk.isAsked('topic').says(badDay.topic);
    await talk.isAsked('wantedWork').says('');
    await talk.says(words.wish);
    await talk.isAsked('lastWork').presses(null);
    await talk.isAsked('education').says('4');
    await talk.isAsked('helps').says(badDay.several);
    await talk.presses('done');
    await talk.answers({ hinders: ['none'], workAbilityConsent: true });
    await talk.isAsked('workAbility').says('11');
    await talk.says('6');
    await talk.isAsked('ageGroup').says(badDay.age);
    await talk.isAsked('area').answers({
      area: 'centre',
      motherTongue: 'fi',
      languages: ['fi'],
      benefits: 'unknown',
    });
    await talk.answers({ name: null, contactWay: 'phone' });
    await talk.isAsked('phone').says(badDay.phone);
    await talk.commands('help');
    await talk.says('+358 40 000-0001');
    await talk.answers({ contactTime: 'any' });
    const submit = talk.isAsked('review').labelOf('submit')!;
    await talk.says(submit);
    await talk.says(submit);
  },
};

describe('A conversation reads as its transcript', () => {
  for (const [language, words] of Object.entries(spoken)) {
    for (const [name, script] of Object.entries(scripts)) {
      it(`${name} in ${language}`, async () => {
        const talk = await converse({ language });
        await script(talk, words);
        readsAs(talk, `test/transcripts/${language}/${name}.md`, `${name} (${language})`);
      });
    }
  }
});

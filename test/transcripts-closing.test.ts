import type { NewStep } from '../src/domain/referrals/follow.ts';
import { moveReferral } from '../src/domain/referrals/progress.ts';
import { type Conversation, converse, texts } from './support/conversation.ts';
import { Days } from './support/days.ts';
import { readsAs } from './support/transcript.ts';

const words: Record<string, { needed: string; welcome: string; more: string }> = {
  fi: { needed: 'Soita meille ja kerro, mikä päivä sopii', welcome: 'Tervetuloa ryhmään', more: 'Ryhmä oli hyvä' },
  sv: {
    needed: 'Ring oss och berätta vilken dag som passar',
    welcome: 'Välkommen till gruppen',
    more: 'Gruppen var bra',
  },
  en: { needed: 'Call us and say which day suits you', welcome: 'Welcome to the group', more: 'The group was good' },
};

/** The partner answers on the page; the transcript tells it as a note. */
async function partner(talk: Conversation, days: Days, step: Omit<NewStep, 'by'>): Promise<void> {
  const { documents, municipality, client, now, language } = talk;
  const [referral] = (await talk.world().clients.path()).referrals;
  const state = texts.say({ key: `cards.states.${step.state}` }, language);
  talk.lines.push(`*${texts.say({ at: now.toISO()!, as: 'date' }, language)}: ${state}*`);
  const act = { documents, municipality, client, now };
  await moveReferral(act, referral!.id, { ...step, wordsIn: language, by: 'partner' }, referral!.history.length);
  await days.deliver();
}

describe('A referral that closes reads as its transcript', () => {
  for (const [language, { needed, welcome, more }] of Object.entries(words)) {
    it(`from the wish to what came of it in ${language}`, async () => {
      const talk = await converse({ language });
      const days = new Days(talk);
      await talk.presses('referral');
      await talk.answers({ needs: ['findWork'], service: 'job-search-group', how: 'refer', lines: ['name', 'phone'] });
      await talk.answers({ name: 'Mira', phone: '040 000 0001', consent: 'send' });
      await talk.isAsked('review').presses('submit');
      await partner(talk, days, { state: 'needs-client', words: needed });
      await days.pass({ days: 2 });
      await partner(talk, days, { state: 'accepted', startsOn: '2026-12-01', words: welcome });
      await talk.presses('my-path');
      await talk.presses((await talk.world().clients.path()).referrals[0]!.id);
      await talk.commands('menu');
      talk.lines.push(`*${texts.say({ at: talk.now.plus({ days: 14 }).toISO()!, as: 'date' }, language)}*`);
      await days.pass({ days: 15 });
      await talk.isAsked('got').presses(true);
      await days.pass({ days: 10 });
      await partner(talk, days, { state: 'completed' });
      await talk.isAsked('score').presses('good');
      await talk.answers({ helped: true, more });
      readsAs(talk, `test/transcripts/${language}/closing.md`, `closing (${language})`);
    });
  }
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { booksIn, converseIn, isReferredIn, tellsIn, timesShown, toTimesIn } from '../support/cities.ts';
import { texts } from '../support/conversation.ts';
import { coachOf, smallTown } from '../support/small-town.ts';

const all = (text: string) => ({ fi: `${text} fi`, sv: `${text} sv`, en: `${text} en` });

/** Writes the four files of a pack, as a city's editor would. */
function writePack(folder: string, { coaches, places, services, isClosed: _, ...municipality }: Municipality): void {
  mkdirSync(folder);
  for (const [name, content] of Object.entries({ municipality, coaches, places, services })) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  }
}

describe('A sixth city', () => {
  let dir: string;
  let town: Municipality;

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'cities-'));
    const coach = coachOf('ada', {
      name: 'Ada Uusikaupunki',
      hours: [
        { days: ['mon', 'tue'], from: '09:00', to: '15:00', place: 'office' },
        { days: ['thu'], from: '10:00', to: '14:00', place: 'village' },
      ],
    });
    const service: Municipality['services'][number] = {
      id: 'workshop',
      name: all('Workshop'),
      provider: 'Town',
      summary: all('A workshop.'),
      needs: ['findWork'],
      when: {},
      forWhom: all('everybody'),
      languages: ['fi', 'sv', 'en'],
      place: all('Town'),
      price: all('Free'),
      contact: { web: 'https://town.example/' },
      referral: { email: 'workshop@town.example', language: 'sv', fields: ['name', 'wish'] },
    };
    writePack(join(dir, 'town'), smallTown([coach], { services: [service] }));
    town = loadMunicipality(dir, 'town');
  });
  after(() => rmSync(dir, { recursive: true }));

  for (const language of texts.languages) {
    it(`is one folder: an intake, a booking and a referral work in it (${language})`, async () => {
      const talk = await converseIn(town, language);
      expect(talk.heard).to.include('Services of Town');
      const { routing } = await tellsIn(talk, { topic: 'findWork', motherTongue: 'fi' });
      expect(routing).to.include({ coach: 'ada', rule: 'all' });
      for (const [kind, place] of [
        ['office', 'office'],
        ['village', 'village'],
      ] as const) {
        await toTimesIn(talk, 'firstMeeting', kind);
        talk.hears('booking.slot.own');
        expect(await booksIn(talk, timesShown(talk)[0]!)).to.include({ coach: 'ada', kind, place });
      }
      const { service, state } = await isReferredIn(talk, 'workshop');
      expect({ service, state }).to.deep.equal({ service: 'workshop', state: 'sent' });
      expect(talk.heard).to.include(`Workshop ${language}`);
    });
  }

  it('needs no change of the product: nothing of the five others is in it', async () => {
    const talk = await converseIn(town, 'en');
    await talk.presses('booking');
    await talk.answers({ topic: 'plan', kind: 'office' });
    expect(new Set(timesShown(talk).map(({ coach }) => coach))).to.deep.equal(new Set(['ada']));
    expect(talk.lines.join()).not.to.match(/Porvoo|Kouvola|Lieksa|Juuka|Kuopio|Kemi/);
  });

  it('is served by the whole service when two settings name it', async () => {
    const settings = {
      MUNICIPALITIES_DIR: dir,
      MUNICIPALITY: 'town',
      DATA_DIR: join(dir, 'data'),
      LOG_LEVEL: 'silent',
    };
    const { conversations, close } = await createApp(readConfig(settings));
    try {
      await conversations.start({ conversationId: 'chat-1', userId: 'dl_1', language: 'en' });
      let heard = '';
      const say = async (text: string) => {
        const { activities } = await conversations.receive('chat-1', { type: 'message', text });
        const said = activities.filter(({ from }) => from.role === 'bot');
        heard = said.map((one) => one.text).join('\n');
        return said.at(-1)?.channelData?.question;
      };
      await conversations.receive('chat-1', { type: 'event', name: 'webchat/join', value: { language: 'en' } });
      await say('Book a time with a coach');
      await say('First meeting');
      expect(await say('At the office')).to.equal('slot');
      expect(heard).to.include('first free times');
      expect(await say('1')).to.equal('interpreter');
      expect(await say('no')).to.equal('name');
      expect(await say('Testi')).to.equal('review');
      await say('Confirm the time');
      expect(heard).to.include('The time is booked.').and.include('Ada Uusikaupunki');
    } finally {
      await close();
    }
  });
});

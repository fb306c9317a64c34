import { expect } from 'chai';
import type { Coach } from '../../../src/domain/municipalities/pack.ts';
import { loadMunicipality } from '../../../src/municipalities/load.ts';
import { CitiesApp } from '../../support/cities-app.ts';
import { victimIn } from '../../support/city-victim.ts';
import { PlayedTeams } from '../../support/played-teams.ts';

const packs = Object.fromEntries(
  ['porvoo', 'kemi'].map((slug) => [slug, loadMunicipality('deploy/municipalities', slug)]),
);

describe('One bot of several cities', function () {
  this.timeout(60_000);
  const bot = new CitiesApp(['porvoo', 'kemi'], { BOT_AUTH: 'none' });
  const teams = new PlayedTeams();
  before(async () => {
    await teams.start();
    await bot.start();
  });
  after(async () => {
    await bot.end();
    await teams.stop();
  });

  it('keep the city of a conversation of Azure’s Direct Line, which its page names once', async () => {
    const says = async (conversation: string, more: object) => {
      const people = { from: { id: 'dl_1' }, recipient: { id: 'polku' }, conversation: { id: conversation } };
      const where = { channelId: 'directline', serviceUrl: `${bot.url}/`, deliveryMode: 'expectReplies', locale: 'fi' };
      return bot.ask('POST', '/api/messages', { body: { ...people, ...where, ...more } });
    };
    const join = (municipality?: string) => ({ type: 'event', name: 'webchat/join', value: { municipality } });
    expect((await says('one', join('kemi'))).text).to.include(packs.kemi!.serviceName.fi);
    expect((await says('two', join())).text).to.include(packs.porvoo!.serviceName.fi);
    for (const [conversation, city] of [
      ['one', 'kemi'],
      ['two', 'porvoo'],
    ] as const) {
      const heard = await says(conversation, {
        type: 'message',
        id: `${conversation}-1`,
        text: 'haluan puhua ihmiselle',
      });
      expect(heard.text).to.include(packs[city]!.contact.phone);
    }
    expect((await says('three', join('kouvola'))).status).to.equal(404);
  });

  let count = 0;
  /** Something that a coach does in Teams; the reply, or what the press is answered with. */
  async function does(coach: Coach, more: object): Promise<string> {
    const who = `aad-${coach.email.replace(/\W/g, '-')}`;
    teams.people.set(`29:${who}`, { aadObjectId: who, userPrincipalName: coach.email });
    const { status, text } = await bot.ask('POST', '/api/messages', {
      body: {
        type: 'message',
        id: `act-${count++}`,
        channelId: 'msteams',
        serviceUrl: teams.url(),
        conversation: { id: `a:${who}`, conversationType: 'personal' },
        from: { id: `29:${who}`, aadObjectId: who },
        recipient: { id: '28:polku' },
        deliveryMode: 'expectReplies',
        ...more,
      },
    });
    expect(status).to.equal(200);
    return text;
  }

  it('meets each coach in Teams in the city that they work for, and nobody else', async () => {
    for (const city of ['kemi', 'porvoo']) {
      for (const coach of packs[city]!.coaches) {
        const hello = await does(coach, { type: 'installationUpdate', action: 'add' });
        expect(hello, hello).to.include(coach.name);
      }
    }
    const stranger = { ...packs.kemi!.coaches[0]!, email: 'nobody@elsewhere.example' };
    const heard = await does(stranger, { text: 'hei' });
    for (const { name } of Object.values(packs).flatMap(({ coaches }) => coaches)) expect(heard).not.to.include(name);
  });

  it('shows a case to no coach of another city, wherever the card came from', async () => {
    const { about, canary, municipality } = await victimIn(bot, 'kemi');
    const press = (coach: Coach, act: string) =>
      does(coach, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: act, data: { act, about } }, trigger: 'manual' },
      });
    for (const act of ['show', 'take', 'close']) {
      for (const coach of packs.porvoo!.coaches) expect(await press(coach, act)).not.to.include(canary);
    }
    const shown = await Promise.all(municipality.coaches.map((coach) => press(coach, 'show')));
    expect(shown.some((one) => one.includes('adaptive'))).to.equal(true);
  });
});

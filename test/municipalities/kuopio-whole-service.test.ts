import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Activity } from '../../src/bot/activity.ts';
import { createService } from '../../src/service.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Act } from '../../src/teams/acts/offered.ts';
import type { Card } from '../../src/teams/cards/blocks.ts';
import { cityOf } from '../support/cities.ts';
import { HandClock } from '../support/clock.ts';
import { buttonsOf, linesOf } from '../support/coach-office.ts';
import { texts } from '../support/conversation.ts';

const town = cityOf('kuopio-askel');
const [giver, receiver] = ['hertta-kallavirta', 'olli-savikangas'] as const;

/** The whole service of Kuopio: a client's chat, and the inboxes of coaches. */
function serviceOfKuopio() {
  const clock = new HandClock('2026-11-23T10:00:00+02:00');
  const nothing = () => {};
  const { conversations, relay } = createService({
    documents: openSqlite(':memory:', { now: clock.now }),
    municipality: town,
    t: texts,
    now: clock.now,
    timers: clock.timers,
    log: { info: nothing, warn: nothing, error: nothing },
    mail: async () => 'sent',
    newId: randomUUID,
    hasInbox: true,
  });
  let heard: Activity[] = [];

  async function receives(id: string, incoming: Parameters<typeof conversations.receive>[1], coach?: string) {
    await conversations.start({ conversationId: id, userId: `dl_${id}`, language: 'fi', ...(coach && { coach }) });
    const { activities } = await conversations.receive(id, incoming);
    heard = activities.filter(({ from }) => from.role === 'bot');
    await relay.sweep();
    return heard;
  }

  return {
    relay,
    says: (text: string) => receives('chat', { type: 'message', text }),
    joins: () => receives('chat', { type: 'event', name: 'webchat/join', value: { language: 'fi' } }),
    question: () => heard.at(-1)?.channelData?.question,
    buttons: () => heard.at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
    /** All that stands in the client's chat. */
    chat: async () => (await conversations.since('chat', 0)).activities.map(({ text }) => text ?? '').join('\n'),
    /** The newest card of a coach with this title, as it reads now. */
    async card(coach: string, title: string): Promise<Card | undefined> {
      const { activities } = await conversations.since(`coach-${coach}`, 0);
      const cards = activities.flatMap(({ attachments = [] }) => attachments.map(({ content }) => content as Card));
      return cards.findLast((card) => linesOf(card)[0] === title);
    },
    async presses(coach: string, card: Card, act: Act | 'show', filled: Record<string, string> = {}, of?: string) {
      const button = buttonsOf(card).find(({ data }) => data.act === act && (!of || data.about.id === of));
      expect(button, `${act} is not on the card`).not.to.equal(undefined);
      const inputs = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${act}-${name}`, value]));
      return receives(`coach-${coach}`, { type: 'message', value: { ...button!.data, ...inputs } }, coach);
    },
  };
}

describe('The whole service of Kuopio', () => {
  it('hands a client over from inbox to inbox, tells the client in the chat, and tells the new coach of a pause', async function () {
    this.timeout(30_000);
    const kuopio = serviceOfKuopio();
    await kuopio.joins();
    await kuopio.says('Tee alkukartoitus');
    for (let asked = kuopio.question(); asked !== 'review'; asked = kuopio.question()) {
      if (asked === 'hinders') {
        await kuopio.says('Velat');
        await kuopio.says('Valmis');
      } else if (asked === 'motherTongue') await kuopio.says('Suomi');
      else
        await kuopio.says(kuopio.buttons().find((label) => /^(En halua|En tiedä|Ei|Palaan|En ole)/.test(label)) ?? '1');
    }
    await kuopio.says('Lähetä vastaukset');

    const intake = (await kuopio.card(giver, 'Uusi alkukartoitus'))!;
    const [path] = await kuopio.presses(giver, intake, 'show', {}, 'client');
    const course = path!.attachments![0]!.content as Card;
    expect(linesOf(course).join('\n')).to.include('Hertta Kallavirta, Kuopion kaupunki');
    await kuopio.presses(giver, course, 'handOver', { to: receiver, words: 'Etsii koulutusta' });
    const offer = (await kuopio.card(receiver, 'Sinua pyydetään ottamaan asiakas'))!;
    expect(linesOf(offer).join('\n')).to.include('Etsii koulutusta');
    await kuopio.presses(receiver, offer, 'acceptClient');
    expect(await kuopio.chat()).to.include('Nyt asioistasi vastaa Olli Savikangas (TE-palvelut)');
    expect(linesOf((await kuopio.card(giver, 'Asia on toisella valmentajalla'))!).join()).to.include('Olli Savikangas');

    await kuopio.says('Oma polku');
    await kuopio.says('Polun kulku, tauko ja korjaukset');
    await kuopio.says('Pidän tauon');
    await kuopio.says('15.1.2027');
    await kuopio.says('Kyllä, tee näin');
    expect(await kuopio.chat()).to.include('Polkusi on nyt tauolla. Se jatkuu 15. tammikuuta 2027.');
    const paused = (await kuopio.card(receiver, 'Asiakas pitää tauon'))!;
    expect(linesOf(paused).join('\n')).to.include('15. tammikuuta 2027');
    await kuopio.relay.stop();
  });
});

import { expect } from 'chai';
import type { ChannelActivity } from '../../src/channels/azure/channel-activity.ts';
import { conversationIdOf } from '../../src/channels/azure/reply.ts';
import { createWhoIs } from '../../src/channels/azure/who-is.ts';
import { hasCode } from '../../src/errors.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { checkRosters, createCoachFinder } from '../../src/teams/find-coach.ts';
import { EchoConversations } from '../support/echo-conversations.ts';
import { MemoryDocuments } from '../support/memory-documents.ts';
import { coachOf, smallTown } from '../support/small-town.ts';

const place = {
  conversation: { id: 'a:1' },
  recipient: { id: '28:polku' },
  serviceUrl: 'https://smba.trafficmanager.net/',
};
const inTeams = (aadObjectId: string, name = aadObjectId): ChannelActivity => {
  return { type: 'message', id: 'x', channelId: 'msteams', from: { id: `29:${name}`, aadObjectId }, ...place };
};

/** Two towns whose coaches may have the same ids; `signIn` is what Teams says of a person. */
function twoTowns(signIn: Record<string, string>) {
  const rosters = [
    smallTown([coachOf('ada', { email: 'ada@east.example' }), coachOf('bo', { aadObjectId: 'aad-bo' })], {
      slug: 'east',
    }),
    smallTown([coachOf('ada', { email: 'ada@west.example' })], { slug: 'west' }),
  ].map((municipality) => ({ municipality, documents: new MemoryDocuments(Date.now) }));
  const asked: string[] = [];
  const find = createCoachFinder({
    rosters,
    now: Date.now,
    async member(_, user) {
      asked.push(user);
      const upn = signIn[user];
      return upn === undefined ? undefined : { upn };
    },
  });
  return { rosters, asked, find };
}

describe('A person in Teams', () => {
  it('is found in the city whose coach they are, and Teams is asked once, whichever city it is', async () => {
    const { find, asked, rosters } = twoTowns({ '29:aad-e': 'Ada@East.example', '29:aad-w': 'ada@west.example' });
    for (let again = 0; again < 3; again++) {
      expect(await find(inTeams('aad-e'))).to.deep.equal({ city: 'east', coach: 'ada' });
      expect(await find(inTeams('aad-w'))).to.deep.equal({ city: 'west', coach: 'ada' });
      expect(await find(inTeams('aad-bo'))).to.deep.equal({ city: 'east', coach: 'bo' });
    }
    expect(asked.sort()).to.deep.equal(['29:aad-e', '29:aad-w']);
    expect(rosters.map(({ documents }) => documents.all('coaches').length)).to.deep.equal([1, 1]);
  });

  it('is nobody when Teams names somebody of no roster, or cannot say', async () => {
    const { find } = twoTowns({ '29:aad-x': 'eve@east.example' });
    for (const person of ['aad-x', 'aad-unknown', 'a b', '']) expect(await find(inTeams(person))).to.equal(undefined);
  });

  it('is refused at the start as a coach of two cities, with what to do', () => {
    const town = (slug: string, otherwise: object) => smallTown([coachOf('ada', otherwise)], { slug });
    const twice: [object, object][] = [
      [{ email: 'ada@area.example' }, { email: 'Ada@area.example' }],
      [{ email: 'ada@area.example' }, { email: 'other@area.example', upn: 'ada@area.example' }],
      [{ aadObjectId: 'aad-1' }, { aadObjectId: 'aad-1' }],
    ];
    for (const [one, other] of twice) {
      let said: unknown;
      try {
        checkRosters([town('east', one), town('west', other)]);
      } catch (error) {
        said = error;
      }
      expect(hasCode(said, 'badPack') && said.message).to.match(/of east and of west: .* Repair: Give them a name/s);
    }
    checkRosters([town('east', {}), town('west', { upn: 'ada@west.example' })]);
  });

  it('has one city in the packs of the product, served together', () => {
    const slugs = ['porvoo', 'kouvola', 'lieksa-juuka', 'kuopio-askel', 'kemi'];
    checkRosters(slugs.map((slug) => loadMunicipality('deploy/municipalities', slug)));
  });
});

describe('A client of Azure’s Direct Line', () => {
  const cities = ['east', 'west'].map((slug) => ({ slug, conversations: new EchoConversations() }));
  const whoIs = createWhoIs(cities, async () => undefined);
  const activity = (id: string, more: Partial<ChannelActivity>): ChannelActivity => {
    return { type: 'message', channelId: 'directline', from: { id: 'dl_1' }, ...place, conversation: { id }, ...more };
  };
  const joins = (id: string, municipality?: unknown) =>
    activity(id, { type: 'event', name: 'webchat/join', value: { language: 'fi', municipality } });
  const cityOf = async (one: ChannelActivity) => (await whoIs(one)).city.slug;

  it('is in the city that the page named when it joined, else in the first', async () => {
    expect(await cityOf(joins('a', 'west'))).to.equal('west');
    expect(await cityOf(joins('b'))).to.equal('east');
    expect(await cityOf(joins('c', 7))).to.equal('east');
    expect(await cityOf(activity('d', {}))).to.equal('east');
  });

  it('stays in the city where the conversation has begun, whatever is named later', async () => {
    await cities[1]!.conversations.start({ conversationId: conversationIdOf(joins('begun')), userId: 'dl_1' });
    expect(await cityOf(activity('begun', {}))).to.equal('west');
    expect(await cityOf(joins('begun', 'east'))).to.equal('west');
    expect(await cityOf(activity('begun', { value: { municipality: 'east' } }))).to.equal('west');
  });

  it('is refused in a city that is not here', async () => {
    const said = await whoIs(joins('e', 'north')).catch((error: unknown) => error);
    expect(hasCode(said, 'notFound')).to.equal(true);
  });

  it('is nobody’s client in Teams', async () => {
    expect((await whoIs(inTeams('aad-x'))).sender).to.deep.equal({ is: 'stranger' });
  });
});

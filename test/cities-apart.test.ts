import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import WebSocket from 'ws';
import { CitiesApp } from './support/cities-app.ts';
import { rowsOf, type Victim, victimIn } from './support/city-victim.ts';
import { amount, seed, tellRow } from './support/row.ts';

/** One try to reach what is one city's with what another gave: its name, and what came of it. */
interface Try {
  what: string;
  owner: Victim;
  /** Statuses that say no; absent: whatever comes tells nothing of the owner's. */
  refused?: number[];
  run(): Promise<{ status: number; text: string }>;
}

describe('S3 Cities of one process', function () {
  this.timeout(120_000);
  const app = new CitiesApp(['porvoo', 'kemi', 'kouvola']);
  let victims: Victim[];
  let rows: Map<string, string>[];
  let tried = 0;

  before(async () => {
    await app.start();
    victims = await Promise.all(app.cities.map((city) => victimIn(app, city)));
    rows = await Promise.all(app.cities.map((city) => rowsOf(app, city)));
  });
  after(() => app.end());

  const conversation = ({ chat }: Victim) => chat.path;

  async function open(path: string): Promise<{ status: number; text: string }> {
    const socket = new WebSocket(app.url.replace('http', 'ws') + path);
    let text = '';
    socket.on('message', (data) => {
      text += String(data);
    });
    const status = await new Promise<number>((resolve, reject) => {
      socket.once('open', () => setTimeout(() => resolve(101), 50));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('error', reject);
    });
    socket.terminate();
    return { status, text };
  }

  /** What somebody tries who has everything of one city but its secret, at the doors of another's people. */
  function triesOf(owner: Victim, thief: Victim, other: { token: string }): Try[] {
    const ask = app.ask.bind(app);
    const at = conversation(owner);
    const message = { type: 'message', text: 'My path' };
    const partner = (token: string) => `/partner/${thief.city}/${token}`;
    const list: [string, number[] | undefined, Try['run']][] = [];
    for (const [kind, token] of [
      ['a chat token', other.token],
      ['a coach’s token', thief.inbox.token],
      ['a stream key', thief.stream],
    ] as const) {
      const no = kind === 'a stream key' ? [401] : [403];
      list.push([`reads with ${kind}`, no, () => ask('GET', `${at}/activities`, { token })]);
      list.push([`speaks with ${kind}`, no, () => ask('POST', `${at}/activities`, { token, body: message })]);
      list.push([`connects with ${kind}`, no, () => ask('GET', `${at}?watermark=0`, { token })]);
      list.push([`uploads with ${kind}`, no, () => ask('POST', `${at}/upload`, { token, body: {} })]);
      const named = `${at}/activities?municipality=${owner.city}`;
      list.push([`names the city with ${kind}`, no, () => ask('GET', named, { token })]);
      list.push([`streams with ${kind}`, [401, 403], () => open(`${at}/stream?t=${token}`)]);
    }
    for (const [kind, resume] of [
      ['a chat token', owner.chat.given.token],
      ['a coach’s token', owner.inbox.token],
      ['a stream key', owner.stream],
    ] as const) {
      const body = { municipality: thief.city, resume };
      list.push([`resumes ${kind} elsewhere`, [401], () => ask('POST', '/api/token', { body })]);
      const path = `${conversation(thief)}/stream?t=${resume}`;
      list.push([`streams elsewhere by ${kind}`, [401, 403], () => open(path)]);
    }
    const coach = { municipality: thief.city, coach: owner.coach };
    const isShared = thief.municipality.coaches.some(({ id }) => id === owner.coach);
    if (!isShared) list.push(['opens an inbox elsewhere', [404], () => ask('POST', '/api/token', { body: coach })]);
    for (const path of [partner(owner.link), `${partner(owner.link)}?municipality=${owner.city}`]) {
      list.push(['opens a partner’s link elsewhere', [404, 429], () => ask('GET', path)]);
      const form = 'act=accepted&seen=1&startsOn=2030-01-01';
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const post = async () => {
        const response = await fetch(app.url + path, { method: 'POST', headers, body: form, redirect: 'manual' });
        return { status: response.status, text: await response.text() };
      };
      list.push(['answers a partner’s link elsewhere', [404, 429], post]);
    }
    list.push(['says the code of a letter elsewhere', undefined, () => says(thief, owner.letter)]);
    for (const act of ['show', 'take', 'close', 'done']) {
      const body = {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data: { act, about: owner.about } } },
      };
      const path = `/v3/directline/conversations/${thief.inbox.conversationId}/activities`;
      const press = () => ask('POST', path, { token: thief.inbox.token, body });
      list.push([`presses “${act}” on a card of another city`, undefined, press]);
      const look = () => ask('GET', path, { token: thief.inbox.token });
      list.push([`reads what came of “${act}”`, [200], look]);
    }
    return list.map(([what, refused, run]) => ({ what, owner, run, ...(refused && { refused }) }));
  }

  async function says(thief: Victim, text: string): Promise<{ status: number; text: string }> {
    const chat = await app.chat(thief.city);
    await chat.say(text);
    return { status: 200, text: await chat.said() };
  }

  async function runs({ what, owner, refused, run }: Try, thief: Victim): Promise<void> {
    const { status, text } = await run();
    const name = `${thief.city} ${what} of ${owner.city}: ${status}`;
    expect(text, name).not.to.include(owner.canary);
    if (refused) expect(refused, name).to.include(status);
    tried++;
  }

  async function unchanged(): Promise<void> {
    const after = await Promise.all(app.cities.map((city) => rowsOf(app, city)));
    for (const [index, kept] of rows.entries()) {
      const own = `coach-${victims[index]!.coach}`;
      for (const [place, row] of kept) {
        // The thief's own inbox has heard their own presses.
        if (!place.includes(` ${own} `)) expect(after[index]!.get(place), place).to.equal(row);
      }
    }
  }

  it('open nothing of each other to anybody who holds everything of one of them', async () => {
    for (const thief of victims) {
      const other = await app.token({ municipality: thief.city });
      for (const owner of victims) {
        if (owner === thief) continue;
        for (const one of triesOf(owner, thief, other)) await runs(one, thief);
      }
    }
    await unchanged();
  });

  it('open nothing of each other to who knows the secret of one of them, whatever their tokens say', async () => {
    const secretOf = ({ city }: Victim) => readFileSync(join(app.dir, city, 'token-secret'));
    const someone = fc.nat({ max: 2 });
    const forgery = fc.record({
      by: someone,
      of: someone,
      says: fc.constantFrom('own', 'owner', 'none', 'both'),
      audience: fc.constantFrom('chat', 'stream'),
      coach: fc.boolean(),
      door: fc.nat({ max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(forgery, async ({ by, of, says: city, audience, coach, door }) => {
        fc.pre(by !== of);
        const [thief, owner] = [victims[by]!, victims[of]!];
        const { conversationId, userId } = coach ? owner.inbox : owner.chat.given;
        // A new id of the conversation would be no theft; this one is the owner's very own.
        const claims = { user: userId, conv: conversationId, origin: '', ...(coach && { coach: owner.coach }) };
        const named = { own: thief.city, owner: owner.city, none: undefined, both: `${thief.city},${owner.city}` }[
          city
        ];
        const token = await new SignJWT({
          ...claims,
          until: Math.floor(Date.now() / 1000) + 1_200,
          ...(named && { city: named }),
        })
          .setProtectedHeader({ alg: 'HS256' })
          .setAudience(audience)
          .setExpirationTime('20m')
          .sign(secretOf(thief));
        const path = `/v3/directline/conversations/${conversationId}`;
        const doors: (() => Promise<{ status: number; text: string }>)[] = [
          () => app.ask('GET', `${path}/activities`, { token }),
          () => app.ask('GET', `${path}?watermark=0`, { token }),
          () => app.ask('POST', `${path}/activities`, { token, body: { type: 'message', text: 'My path' } }),
          () => app.ask('POST', '/api/token', { body: { resume: token, municipality: owner.city } }),
          () => app.ask('POST', '/v3/directline/tokens/refresh', { token }),
          () => open(`${path}/stream?t=${token}`),
        ];
        await runs({ what: `forges (${door}) what`, owner, run: doors[door]! }, thief);
      }),
      { numRuns: amount(300, 5_000), seed },
    );
    await unchanged();
  });

  it('answer a partner’s link of another city as any that is wrong, byte by byte', async () => {
    const [porvoo, kemi] = victims as [Victim, Victim];
    const page = async (token: string) => {
      const { status, text } = await app.ask('GET', `/partner/${porvoo.city}/${token}`);
      return { status, text: text.replaceAll(token, 'TOKEN') };
    };
    expect(await page(kemi.link)).to.deep.equal(await page(randomBytes(32).toString('base64url')));
    expect((await app.ask('GET', `/partner/${kemi.city}/${kemi.link}`)).text).to.include(kemi.canary);
    tellRow(`S3 (cities) ${tried} tries from one city at what is another's: 0 disclosed, 0 changed (seed ${seed})`);
  });
});

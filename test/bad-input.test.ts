import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type App, createApp } from '../src/app.ts';
import type { Activity } from '../src/bot/activity.ts';
import { readConfig } from '../src/config.ts';

/** A made-up identity code of the right shape and check character. */
const identityCode = '131052-308T';

describe('Bad input gets a clear answer, and nothing is lost', () => {
  let folder: string;
  let app: App;
  let id: string;
  let count = 0;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'polku-bad-'));
    app = await createApp(readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }));
    await app.listen();
  });
  after(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    id = `bad-${++count}`;
    await app.conversations.start({ conversationId: id, userId: 'dl_bad', language: 'en' });
    await app.conversations.receive(id, { type: 'event', name: 'webchat/join', value: { language: 'en' } });
  });

  async function say(text: string | undefined, channelData = {}): Promise<Activity[]> {
    const part = await app.conversations.receive(id, { type: 'message', text, channelData });
    return part.activities.filter(({ from }) => from.role === 'bot');
  }
  const open = (said: Activity[]) => said.at(-1)?.channelData?.question;
  const words = (said: Activity[]) => said.map(({ text }) => text).join('\n');
  const log = async () => JSON.stringify((await app.conversations.since(id, 0)).activities);

  async function atChoice(): Promise<void> {
    expect(open(await say('Start the intake'))).to.equal('situation');
  }
  async function atFreeText(): Promise<void> {
    await atChoice();
    await say('I am unemployed');
    await say('I do not know');
    expect(open(await say('Finding a job'))).to.equal('wantedWork');
  }

  const nothingSaid: [string, string | undefined, RegExp][] = [
    ['no text at all', undefined, /empty/],
    ['an empty text', '', /empty/],
    ['spaces', '   \n ', /empty/],
    ['characters that cannot be seen', '\u0000\u202E\u200B\u0007', /empty/],
    ['30 kB', 'x'.repeat(30_000), /too long|did not recognise/],
    ['emoji only', '😀🤷', /did not recognise|in words/],
  ];
  for (const [name, text, answer] of nothingSaid) {
    it(`${name}, at a choice and at a free question`, async () => {
      await atChoice();
      const atButtons = await say(text);
      expect(words(atButtons)).to.match(answer);
      expect(open(atButtons)).to.equal('situation');
      await say('I am unemployed');
      await say('I do not know');
      await say('Finding a job');
      const atWords = await say(text);
      expect(words(atWords)).to.match(answer);
      expect(open(atWords)).to.equal('wantedWork');
      expect(open(await say('Kitchen work'))).to.equal('lastWork');
    });
  }

  it('control and direction characters are taken out, the rest of the words stays', async () => {
    await atFreeText();
    expect(open(await say('kitchen\u202E\u0000\u200B work'))).to.equal('lastWork');
    expect(await log())
      .to.include('kitchen work')
      .and.not.match(/\\u0000|\u202E|\u200B/);
  });

  it('HTML and markdown are words like any other, and stay as they were typed', async () => {
    await atFreeText();
    const hostile = '<img src=x onerror=alert(1)> **bold** [a](https://b.example) {{name}} $t(engine.done)';
    expect(open(await say(hostile))).to.equal('lastWork');
    await say('Back');
    await say(hostile);
    expect(await log()).to.include(JSON.stringify(hostile).slice(1, -1));
  });

  for (const [name, text] of [
    ['a day that does not exist', '31.2.2026'],
    ['a day of 1890', '1.1.1890'],
    ['a day far ahead', '1.1.2999'],
    ['480 digits', '9'.repeat(480)],
  ] as const) {
    it(`${name}, where a date is asked`, async () => {
      await atChoice();
      await say('I am unemployed');
      const said = await say(text);
      expect(open(said)).to.equal('searchStart');
      expect(said.length).to.be.greaterThan(1);
    });
  }

  it('a number that no button has', async () => {
    await atChoice();
    for (const text of ['0', '99', '-1', '1e9']) expect(open(await say(text)), text).to.equal('situation');
  });

  it('a button of an older question, told by the client or recognised by its words', async () => {
    await atFreeText();
    const told = await say('I am temporarily laid off', { flow: 'intake', question: 'situation' });
    expect(words(told)).to.include('earlier question');
    expect(open(told)).to.equal('wantedWork');
    const recognised = await say('Finding a job');
    expect(open(recognised)).to.equal('wantedWork');
  });

  it('two buttons pressed at once: the first counts, the second is explained', async () => {
    await atChoice();
    const [first, second] = await Promise.all([say('I am unemployed'), say('I am temporarily laid off')]);
    expect(open(first!)).to.equal('searchStart');
    expect(open(second!)).to.equal('searchStart');
    expect(words(second!)).to.include('earlier question');
  });

  it('an identity code is masked before it is kept, and the person is told kindly', async () => {
    await atFreeText();
    const said = await say(`I am ${identityCode} and want kitchen work`);
    expect(words(said)).to.match(/removed the personal identity code/);
    expect(open(said)).to.equal('lastWork');
    expect(await log()).not.to.include(identityCode);
    for (const file of readdirSync(folder).filter((name) => name.startsWith('polku.db'))) {
      expect(readFileSync(join(folder, file)).includes(identityCode), file).to.equal(false);
    }
  });
});

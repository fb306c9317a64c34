import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { changeSettings } from '../../src/domain/coaches/settings.ts';
import { type Collection, collections, type Document } from '../../src/domain/documents.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { privacyNotice, registerIn } from '../support/privacy-notice.ts';
import { tellRow } from '../support/row.ts';
import type { WholeLife } from '../support/whole-life.ts';
import { wholeStore } from '../support/whole-store.ts';
import { wholeTown } from '../support/whole-town.ts';

const day = 24 * 3_600_000;
/** The service's own last words (reminders, questions after a referral, a closed offer) come within so many days. */
const ownWords = 75;
const register = new Map(registerIn(privacyNotice('en')).map((line) => [line.name, line.days]));

/** The limit that the privacy notice tells of a type, in days; undefined for what has none. */
function limitOf(name: string): number | undefined {
  const told = register.get(name)!;
  if (told === '–') return undefined;
  const settings: Record<string, number> = { ...wholeTown.retention, ...wholeTown.employers } as never;
  const days = told.split(' + ').map((part) => settings[part] ?? Number(part));
  return days.reduce((sum, one) => sum + one, 0);
}

function everything({ store }: WholeLife): [Collection, Document][] {
  return collections.flatMap((at) => store.all(at).map((one): [Collection, Document] => [at, one]));
}

/** Moment from which the limit of a document counts: a day of a calendar begins later than it is written. */
function countsFrom({ type, id }: Document, now: number): number {
  return type === 'day' ? Math.max(now, Date.parse(id) + day) : now;
}

describe('P4 As time goes by', function () {
  this.timeout(120_000);

  it('every document has a limit, and none beyond what the privacy notice tells', async () => {
    const life = await wholeStore();
    const now = life.clock.time;
    for (const [at, one] of everything(life)) {
      const limit = limitOf(`${at}/${one.type}`);
      const { type, expiresAt } = one;
      if (limit === undefined) continue;
      expect(expiresAt, `${at}/${type} ${one.id} has no limit`).to.be.a('number');
      expect((expiresAt! - countsFrom(one, now)) / day, `${at}/${type}`).to.be.at.most(limit + 1);
    }
  });

  it('what has no limit stands in the notice with its reason, and is about no client', async () => {
    const life = await wholeStore();
    const unlimited = [...register].filter(([, days]) => days === '–').map(([name]) => name);
    expect(unlimited).to.deep.equal(['coaches/teams', 'coaches/settings', 'coaches/city']);
    const kept = everything(life).filter(([, { expiresAt }]) => expiresAt === undefined);
    for (const [at, one] of kept) {
      expect(unlimited).to.include(`${at}/${one.type}`);
      expect(JSON.stringify(one)).not.to.include(life.clientId);
    }
  });

  it('nothing of anybody is left when nobody does anything any more', async () => {
    const life = await wholeStore();
    // In the afternoon, when no coach has quiet hours.
    const began = life.clock.time + 4 * 3_600_000;
    const types = new Set(everything(life).map(([at, { type }]) => `${at}/${type}`));
    // A coach who wants the morning's list hears something every day: their own chat goes on.
    for (const { id } of wholeTown.coaches) {
      await changeSettings(life.documents, wholeTown, id, { digest: false }, life.act('off').now);
    }
    const lasted = new Map<string, number>();
    for (let days = 0; days <= 2_000; days += days < 480 ? 5 : 40) {
      life.clock.time = began + days * day;
      await life.relay.sweep();
      for (const [at, one] of everything(life)) lasted.set(`${at}/${one.type}`, days);
    }
    for (const name of types) {
      const limit = limitOf(name);
      if (limit !== undefined)
        expect(lasted.get(name), `${name} is there after so many days`).to.be.at.most(limit + ownWords);
    }
    expect(everything(life).map(([at, { type }]) => `${at}/${type}`)).to.include('coaches/city');
    const past = everything(life).filter(([at, { type }]) => limitOf(`${at}/${type}`) !== undefined);
    expect(past.map(([, { type }]) => type)).to.deep.equal([]);
  });

  it('what is past its limit is gone from the file of the store', async () => {
    const life = await wholeStore();
    const folder = mkdtempSync(join(tmpdir(), 'polku-'));
    const clock = { time: life.clock.time };
    const documents = openSqlite(join(folder, 'polku.db'), { now: () => clock.time });
    const all = everything(life);
    for (const [at, one] of all) await documents.create(at, one);
    const file = new DatabaseSync(join(folder, 'polku.db'), { readOnly: true });
    const rows = (where = '1') => Number(file.prepare(`SELECT count(*) AS n FROM documents WHERE ${where}`).get()!.n);
    expect(rows()).to.equal(all.length);
    const limits = [...new Set(all.flatMap(([, { expiresAt }]) => expiresAt ?? []))].sort((one, other) => one - other);
    let past = 0;
    for (const limit of limits) {
      clock.time = limit + 120_000;
      await documents.due('clients', clock.time, 1);
      past += rows(`expiresAt <= ${clock.time}`);
    }
    const left = rows();
    file.close();
    await documents.close();
    rmSync(folder, { recursive: true });
    expect(past).to.equal(0);
    expect(left).to.equal(all.filter(([, { expiresAt }]) => expiresAt === undefined).length);
    const types = new Set(all.map(([at, { type }]) => `${at}/${type}`));
    tellRow(
      `P4 ${limits.length} limits of ${all.length} documents passed, ${past} documents past theirs; ` +
        `${types.size} types, ${[...types].filter((name) => limitOf(name) === undefined).length} of them without one, each with its reason`,
    );
  });
});

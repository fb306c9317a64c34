import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { intakeAnswers } from '../../src/domain/clients/intake.ts';
import { collections, type Document } from '../../src/domain/documents.ts';
import { offerContact, offeredPlace } from '../../src/domain/offers/offer.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { noticeLanguages, privacyNotice, registerIn } from '../support/privacy-notice.ts';
import { tellRow } from '../support/row.ts';
import { wholeStore } from '../support/whole-store.ts';

/** What every document carries; the notice tells it once. */
const carried = ['id', 'partition', 'type', 'schema', 'dueAt', 'expiresAt', 'outbox'];
const repair = 'tell what is stored, and no more, in the table of deploy/privacy-notice.{fi,sv,en}.md';
const register = registerIn(privacyNotice('fi'));
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`src/${file}`, 'utf8'));

/** Names of the fields of an interface, those of what it extends as well; looked for in `first` first. */
function fieldsOf(name: string, first = ''): string[] {
  const pattern = new RegExp(`^(?:export )?interface ${name}\\b(?: extends ([\\w, ]+))? {\\n(.*?)^}`, 'ms');
  const found = [first, ...sources].map((source) => source.match(pattern)).find((match) => match !== null);
  if (!found) throw new Error(`No interface ${name} is found in src.`);
  const [, extended = '', body] = found;
  const inherited = extended.split(', ').filter((one) => one !== '' && one !== 'Document');
  const own = [...body!.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field!);
  return [...inherited.flatMap((one) => fieldsOf(one)), ...own].filter((field) => !carried.includes(field));
}

/** Every type of document that the code declares, with the fields of all that go by its name. */
function declared(): Map<string, string[]> {
  const types = new Map<string, string[]>();
  for (const source of sources) {
    for (const [, name, type] of source.matchAll(/interface (\w+) extends Document\b[^{]*{\n\s+type: '([\w-]+)'/g)) {
      types.set(type!, [...(types.get(type!) ?? []), ...fieldsOf(name!, source)]);
    }
    for (const [, type] of source.matchAll(/type: '([\w-]+)',\s+schema: /g)) types.set(type!, types.get(type!) ?? []);
  }
  return types;
}

/** What the notice tells of a type, wherever it is kept. */
function told(type: string): string[] {
  return register.filter(({ name }) => name.endsWith(`/${type}`)).flatMap(({ fields }) => fields);
}

describe('P6 The privacy notice', () => {
  it('tells every type of document that the code declares, and each of its fields', () => {
    const types = declared();
    expect(sorted(register.flatMap(({ name }) => name.split('/')[1] ?? [])), repair).to.deep.equal(
      sorted(types.keys()),
    );
    for (const [type, fields] of types) expect(sorted(told(type)), `${type}: ${repair}`).to.deep.equal(sorted(fields));
  });

  it('tells each field of what is inside, where that is about a person', () => {
    const inside: Record<string, string[]> = {
      'intake.answers': Object.keys(intakeAnswers.shape),
      'offer.place': Object.keys(offeredPlace.shape),
      'offer.contact': Object.keys(offerContact.shape),
      'day.appointments': ['id', ...fieldsOf('Appointment')],
      'letter.addressee': fieldsOf('Addressee'),
      'client.transferred': ['letter', 'number', 'name', 'at'],
    };
    const parts = register.filter(({ name }) => !name.includes('/'));
    expect(sorted(parts.map(({ name }) => name))).to.deep.equal(sorted(Object.keys(inside)));
    for (const { name, fields } of parts) expect(sorted(fields), name).to.deep.equal(sorted(inside[name]!));
  });

  it('tells all that is stored when everything of the service has been used', async function () {
    this.timeout(60_000);
    const { store } = await wholeStore();
    const kept = collections.flatMap((at) =>
      store.all(at).map((one): [string, Document] => [`${at}/${one.type}`, one]),
    );
    expect(sorted(kept.map(([name]) => name))).to.deep.equal(
      sorted(register.filter(({ name }) => name.includes('/')).map(({ name }) => name)),
    );
    let fields = 0;
    for (const [name, one] of kept) {
      const line = register.find((each) => each.name === name)!;
      const own = Object.keys(one).filter((field) => !carried.includes(field));
      fields += own.length;
      expect(line.fields, name).to.include.members(own);
      for (const [field, value] of Object.entries(one)) {
        const part = register.find((each) => each.name === `${one.type}.${field}`);
        const values = [value].flat() as object[];
        if (part) expect(part.fields, part.name).to.include.members(sorted(values.flatMap(Object.keys)));
      }
    }
    const types = register.filter(({ name }) => name.includes('/')).length;
    tellRow(
      `P6 ${types} types of documents, ${kept.length} stored with ${fields} fields: none the notice does not tell`,
    );
  });

  it('tells the same in every language', () => {
    for (const language of noticeLanguages) {
      const own = registerIn(privacyNotice(language));
      const facts = (lines: typeof own) => lines.map(({ told: _, ...fact }) => fact);
      expect(facts(own), language).to.deep.equal(facts(register));
      expect(new Set(own.map((line) => line.told)).size, language).to.equal(own.length);
      const headings = (notice: string) => notice.match(/^#+ /gm);
      expect(headings(privacyNotice(language)), language).to.deep.equal(headings(privacyNotice('fi')));
      for (const field of carried) expect(privacyNotice(language), language).to.include(`\`${field}\``);
    }
  });

  it('names the buttons as they are, and the limits of the packs', () => {
    const keys = ['my-path.menu', 'my-path.what.options.told', 'my-path.what.options.copy', 'my-path.what.to.erase'];
    for (const language of noticeLanguages) {
      const notice = privacyNotice(language);
      for (const key of keys) expect(notice, language).to.include(texts.say({ key }, language));
      const { retention, employers } = porvoo;
      for (const days of [retention.clientDays, retention.calendarDays, employers!.openDays, employers!.keptDays]) {
        expect(notice, language).to.include(`[${days}]`);
      }
    }
  });
});

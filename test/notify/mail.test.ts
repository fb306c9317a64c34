import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Document, OutboxItem } from '../../src/domain/documents.ts';
import { notice } from '../../src/domain/notices.ts';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import { createMailSender } from '../../src/notify/mail.ts';
import { type PartnerMail, partnerLetter, withdrawalLetter } from '../../src/notify/mail-letter.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { cases, monday, porvoo, texts } from '../support/coach-office.ts';

const withReferral = porvoo.services.filter(({ referral }) => referral);

/** The pack with one service that may be told everything, in a language. */
function packFor(language: string) {
  const service = {
    ...withReferral[0]!,
    referral: {
      email: 'partner@example.com',
      language,
      fields: ['name', 'wish', 'education', 'hinders', 'work'] as const,
    },
  };
  return {
    ...porvoo,
    services: [{ ...service, referral: { ...service.referral, fields: [...service.referral.fields] } }],
  };
}

const issued = Date.parse(monday);
const link = { url: 'https://polku.example/partner/abc', issued, until: issued + 8 * 24 * 3_600_000 };

function letter(referral: Referral, language = 'fi', mail: PartnerMail = 'referral'): string {
  return partnerLetter(mail, referral, link, packFor(language), texts)!.text;
}

describe('Mail to a partner', () => {
  let folder: string;
  const documents = openSqlite(':memory:', { now: Date.now });
  after(() => documents.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polku-mail-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const send = (item: OutboxItem, document: Document) =>
    createMailSender({ folder, documents, municipality: packFor('fi'), t: texts, linkFor: async () => link })({
      item,
      document,
      ref: { collection: 'clients', partition: document.partition, id: document.id },
    });
  const files = () => readdirSync(folder);

  it('of somebody who was erased goes out to nobody, though a late write has brought the referral back', async () => {
    const item = notice('mail', 'abc-sent', 0, { mail: 'referral' });
    expect(await send(item, cases.referral('kokki'))).to.equal('refused');
    expect(files()).to.deep.equal([]);
  });

  it('is a file with the link, and a repeat is no second mail', async () => {
    const item = notice('mail', 'abc-sent', 0, { mail: 'referral' });
    const { partition } = cases.referral('kokki');
    await documents.create('clients', { id: 'client', partition, type: 'client', schema: 1 });
    expect(await send(item, cases.referral('kokki'))).to.equal('sent');
    expect(files()).to.deep.equal(['abc-sent.eml']);
    const first = readFileSync(join(folder, 'abc-sent.eml'), 'utf8');
    expect(await send({ ...item, attempts: 7 }, cases.referral('kokki'))).to.equal('sent');
    expect(files()).to.deep.equal(['abc-sent.eml']);
    expect(readFileSync(join(folder, 'abc-sent.eml'), 'utf8')).to.equal(first);
    expect(first)
      .to.include('Message-ID: <abc-sent@porvoo.example>\r\n')
      .and.to.include('\r\nTo: partner@example.com\r\n');
    expect(statSync(join(folder, 'abc-sent.eml')).mode & 0o077, 'others may read it').to.equal(0);
  });

  it('tells in the partner’s language where to answer and by when, and nothing of the client', () => {
    const told = ['fi', 'sv', 'en'].map((language) => letter(cases.referral('kokki'), language));
    expect(told[0]).to.include('toimii 1. joulukuuta 2026 asti').and.include('viimeistään 23. joulukuuta 2026');
    expect(told[1]).to.include('till och med 1 december 2026').and.include('Svara senast 23 december 2026');
    expect(told[2]).to.include('until 1 December 2026').and.include('answer by 23 December 2026');
    for (const text of told) expect(text).to.include(link.url).and.not.include('kokki').and.not.include('client-1');
  });

  it('reminds, asks what came of it and brings a new link, as long as the partner has something to answer', () => {
    for (const mail of ['reminder', 'progress', 'link'] as const) {
      for (const language of texts.languages) {
        const text = letter(cases.referral('kokki', { state: 'accepted' }), language, mail);
        expect(text).to.include(link.url).and.not.include('kokki');
      }
      const closed = cases.referral('x', { state: 'completed' });
      expect(partnerLetter(mail, closed, link, packFor('fi'), texts)).to.equal(undefined);
    }
  });

  it('of no more use goes nowhere, without anybody being troubled', async () => {
    const closed = cases.referral('x', { state: 'completed' });
    expect(await send(notice('mail', 'abc-reminder-1', 0, { mail: 'reminder' }), closed)).to.equal('sent');
    const client = { client: 'gone', language: 'sv', subject: 'x', say: ['y'], at: monday };
    expect(await send(notice('mail', 'abc-mail', 0, { mail: 'client', ...client }), closed)).to.equal('sent');
    expect(files()).to.deep.equal([]);
  });

  it('is not written without a live consent', async () => {
    const item = notice('mail', 'abc', 0, { mail: 'referral' });
    for (const referral of [
      cases.referral('x', { consent: undefined }),
      cases.referral('x', { state: 'draft' }),
      cases.referral('x', { state: 'withdrawn' }),
      cases.referral('x', { service: 'not-there' }),
    ]) {
      expect(await send(item, referral)).to.equal('refused');
    }
    expect(await send(item, cases.intake('x'))).to.equal('refused');
    expect(files()).to.deep.equal([]);
  });

  it('tells of a withdrawal without naming anybody', async () => {
    const mail = {
      mail: 'withdrawal',
      service: packFor('fi').services[0]!.id,
      reference: 'P-REFE-RR',
      at: '2026-11-23T09:00:00Z',
    } as const;
    const erasure = { id: 'e', partition: 'erasures', type: 'erasure', schema: 1 };
    expect(await send(notice('mail', 'abc-withdrawn', 0, mail), erasure)).to.equal('sent');
    expect(withdrawalLetter(mail, packFor('sv'), texts)?.text)
      .to.include('Klienten återtog 23 november 2026 sitt samtycke')
      .and.to.include('P-REFE-RR');
  });

  it('has an address and a language for every service that takes referrals', () => {
    for (const { id } of withReferral) {
      const referral = cases.referral('x', { service: id });
      expect(partnerLetter('referral', referral, link, porvoo, texts), id).not.to.equal(undefined);
    }
  });

  it('to a client goes to the address that they gave, and stays one line a line whatever a partner wrote', async () => {
    await documents.create(
      'clients',
      cases.intake('x', { answers: { contactWay: 'email', email: 'mira@example.org' } }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom('x\r\nBcc: a@b.example\r\n\r\n', 'x\n\nViite: P-0000-00', '\u2028\u202Ex', '.\r\n.\r\n'),
        ),
        async (words) => {
          const subject = { key: 'news.subject', with: { reference: words } };
          const told = { client: 'client-1', language: 'sv', subject, say: [{ lines: ['Rad', words] }], at: monday };
          const item = notice('mail', 'abc-mail', 0, { mail: 'client', ...told });
          expect(await send(item, cases.referral(words))).to.equal('sent');
          const [head = '', body = ''] = readFileSync(join(folder, 'abc-mail.eml'), 'utf8').split('\r\n\r\n', 2);
          expect(head).to.include('To: mira@example.org').and.not.match(/^bcc:/im);
          expect(body).not.to.match(/^bcc:/im);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses what it cannot read and an id that would leave the folder', async () => {
    for (const id of ['../abc', 'a/b', '', 'x'.repeat(300)]) {
      expect(await send({ ...notice('mail', 'x', 0, { mail: 'referral' }), id }, cases.referral('x'))).to.equal(
        'refused',
      );
    }
    expect(
      await send(
        { ...notice('mail', 'x', 0, { mail: 'referral' }), payload: { mail: 'newsletter' } },
        cases.referral('x'),
      ),
    ).to.equal('refused');
    expect(files()).to.deep.equal([]);
  });
});

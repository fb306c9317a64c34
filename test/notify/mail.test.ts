import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Document, OutboxItem } from '../../src/domain/documents.ts';
import { notice } from '../../src/domain/notices.ts';
import type { Referral } from '../../src/domain/referrals/referral.ts';
import { createMailSender } from '../../src/notify/mail.ts';
import { referralLetter, withdrawalLetter } from '../../src/notify/mail-letter.ts';
import { cases, porvoo, texts } from '../support/coach-office.ts';

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

function letter(referral: Referral, language = 'fi'): string {
  return referralLetter(referral, packFor(language), texts)!.text;
}

describe('Mail to a partner', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'polku-mail-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const send = (item: OutboxItem, document: Document) =>
    createMailSender({ folder, municipality: packFor('fi'), t: texts })({
      item,
      document,
      ref: { collection: 'clients', partition: document.partition, id: document.id },
    });
  const files = () => readdirSync(folder);

  it('is a file with the ticked lines, and a repeat is no second mail', async () => {
    const item = notice('mail', 'abc-sent', 0, { mail: 'referral' });
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

  it('shows what was ticked in the partner’s language, and nothing else', () => {
    const [fi, sv, en] = ['fi', 'sv', 'en'].map((language) => letter(cases.referral('kokki'), language));
    expect(fi).to.include(
      'Nimi: kokki\nToive: kokki (kirjoitettu englanniksi)\nKoulutus: ammatillinen tutkinto\nTyönhakua vaikeuttaa: terveys ja raha-asiat\nTyökokemus: kokki (kirjoitettu englanniksi)',
    );
    expect(sv).to.include('Namn: kokki\nÖnskemål: kokki (skrivet på engelska)\nUtbildning: yrkesexamen');
    expect(en).to.include('Name: kokki\nWish: kokki (written in English)').and.to.include('23 November 2026');
    const little = letter(cases.referral('x', { lines: [{ field: 'name', value: 'Kokki' }] }));
    expect(little).to.include('Nimi: Kokki').and.not.include('Koulutus').and.not.include('client-1');
    expect(
      letter(cases.referral('x', { lines: [{ field: 'phone', value: '0501234567' }] })),
      'a line the service may not see',
    ).not.to.include('0501234567');
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
    for (const { id } of withReferral)
      expect(referralLetter(cases.referral('x', { service: id }), porvoo, texts), id).not.to.equal(undefined);
  });

  it('stays one line a line and its headers its own, whatever a person wrote', async () => {
    const lines = letter(cases.referral('kokki')).split('\n').length;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom('x\r\nBcc: a@b.example\r\n\r\n', 'x\n\nViite: P-0000-00', '\u2028\u202Ex', '.\r\n.\r\n'),
        ),
        async (words) => {
          const referral = cases.referral(words);
          expect(letter(referral).split(/\r\n|\p{Zl}|\p{Zp}|\n|\r/u).length).to.equal(lines);
          expect(await send(notice('mail', 'abc', 0, { mail: 'referral' }), referral)).to.equal('sent');
          const [head = ''] = readFileSync(join(folder, 'abc.eml'), 'utf8').split('\r\n\r\n');
          expect(head).not.to.match(/^bcc:/im);
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

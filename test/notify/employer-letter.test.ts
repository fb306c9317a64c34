import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ClientAct } from '../../src/domain/clients/client.ts';
import type { Document } from '../../src/domain/documents.ts';
import { takeBackOffer } from '../../src/domain/offers/close-offer.ts';
import { type Offer, offerOutcomes } from '../../src/domain/offers/offer.ts';
import { submitOffer } from '../../src/domain/offers/submit-offer.ts';
import { employerLetter } from '../../src/notify/employer-letter.ts';
import { createMailSender } from '../../src/notify/mail.ts';
import { anAct } from '../support/acts.ts';
import { porvoo, texts } from '../support/conversation.ts';
import { anOffer } from '../support/offers.ts';

const at = '2026-11-23T08:00:00.000Z';
const letterOf = (what: 'sent' | 'closed', offer: Document) =>
  employerLetter({ mail: 'employer', what, at }, offer, porvoo, texts);
const company = 'Kukkala Oy\r\nBcc: x@example.com\u202E';

async function offered(act: ClientAct = anAct()): Promise<Offer> {
  return submitOffer(act, { ...anOffer, place: { ...anOffer.place, company } });
}

describe('A letter to an employer', () => {
  for (const language of texts.languages) {
    it(`says what came, who gets in touch by when, and until when it is kept, in ${language}`, async () => {
      const letter = letterOf('sent', await offered(anAct({ language })))!;
      const { name, phone } = porvoo.coaches.find(({ id }) => id === porvoo.employers!.jobFinder)!;
      expect(letter.to).to.equal('kukkala@example.com');
      expect(letter.text)
        .to.include(name)
        .and.include(phone)
        .and.include('2026')
        .and.not.match(/\{\{|undefined|offer\./);
      expect(letter.text).to.include(texts.say({ key: 'mail.auto' }, language));
    });

    it(`says what came of the place, in ${language}`, async () => {
      const offer = await offered(anAct({ language }));
      for (const outcome of offerOutcomes) {
        const { text } = letterOf('closed', { ...offer, closed: { outcome, by: 'system', at } } as Offer)!;
        expect(text)
          .to.include(texts.say({ key: `offer.closed.${outcome}` }, language))
          .and.not.match(/\{\{|undefined/);
      }
    });
  }

  it('is not written without an address, about anything but a place, or of an end that has not come', async () => {
    const offer = await offered();
    expect(letterOf('closed', offer)).to.equal(undefined);
    expect(letterOf('sent', { ...offer, contact: { name: 'x' } } as Offer)).to.equal(undefined);
    expect(letterOf('sent', { ...offer, type: 'intake' } as Document)).to.equal(undefined);
  });

  it('is mailed at the submission and at the end, to the address of the offer alone, with no words of the chat in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polku-mail-'));
    try {
      const act = anAct();
      const { documents, municipality } = act;
      const mail = createMailSender({ folder, documents, municipality, t: texts, linkFor: async () => undefined });
      const offer = await offered(act);
      const closed = await takeBackOffer(act, offer.id, 'withdrawn');
      const ref = { collection: 'clients', partition: offer.partition, id: offer.id } as const;
      for (const item of (closed.outbox ?? []).filter(({ kind }) => kind === 'mail')) {
        expect(await mail({ item, ref, document: closed })).to.equal('sent');
      }
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(files).to.have.length(2);
      for (const file of files) {
        expect(file).to.include('To: kukkala@example.com').and.not.include('Bcc').and.not.include('Kukkala Oy');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

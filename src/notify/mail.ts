import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { clientRef } from '../domain/clients/client.ts';
import { emailOf } from '../domain/clients/reach.ts';
import type { Document, Documents, OutboxItem } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { type MailNotice, mailNotice } from '../domain/notices.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import type { Translator } from '../i18n/translator.ts';
import { coachLetter } from './coach-letter.ts';
import { employerLetter } from './employer-letter.ts';
import { entryLetter } from './entry-letter.ts';
import { clientLetter, type Letter, type LetterLink, partnerLetter, withdrawalLetter } from './mail-letter.ts';
import type { Sender } from './sender.ts';

/** What the sender of mails works with. */
export interface MailSenderParts {
  /** Where the `.eml` files go; made when missing. */
  folder: string;
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Makes the partner's link for a mail, the same one for the same mail; undefined when it has no use any more. */
  linkFor(referral: Referral, item: string): Promise<LetterLink | undefined>;
}

/**
 * Makes the sender that writes each mail as a file for the city's mail system to fetch. The file name and the Message-ID
 * come from the item, so that a repeat writes the same mail again and not another one.
 */
export function createMailSender({ folder, documents, municipality, t, linkFor }: MailSenderParts): Sender {
  return async ({ item, document }) => {
    const parsed = mailNotice.safeParse(item.payload);
    // Other characters could leave the folder or break a header.
    if (!parsed.success || !/^[\w-]{1,200}$/.test(item.id)) return 'refused';
    const letter = await write(parsed.data, item, document);
    if (!letter) return isPassing(parsed.data) ? 'sent' : 'refused';
    await keep(folder, `${item.id}.eml`, await compose(letter, item.id));
    return 'sent';
  };

  async function write(mail: MailNotice, { id }: OutboxItem, document: Document): Promise<Letter | undefined> {
    if (mail.mail === 'withdrawal') return withdrawalLetter(mail, municipality, t);
    if (mail.mail === 'coach') return coachLetter(mail, municipality, t);
    if (mail.mail === 'entry') return entryLetter(mail, { documents, municipality, t });
    if (mail.mail === 'client') {
      const to = await emailOf(documents, mail.client);
      return to === undefined ? undefined : clientLetter(mail, to, municipality, t);
    }
    if (mail.mail === 'employer') return employerLetter(mail, document, municipality, t);
    if (document.type !== 'referral') return undefined;
    const referral = document as Referral;
    // What a late write has brought back after its person was erased is for nobody.
    if (!(await documents.get(clientRef(referral.partition)))) return undefined;
    const link = await linkFor(referral, id);
    return link && partnerLetter(mail.mail, referral, link, municipality, t);
  }

  async function compose({ from, to, subject, text, at, calendar }: Letter, id: string): Promise<Buffer> {
    // Loaded with the first mail: it takes longer than all else of a start together.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    const { email } = municipality.contact;
    const sent = await transport.sendMail({
      from: { name: from, address: email },
      to: { name: '', address: to },
      replyTo: email,
      subject,
      text,
      ...(calendar && { icalEvent: { filename: 'polku.ics', ...calendar } }),
      date: new Date(at),
      messageId: `<${id}@${email.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return sent.message as Buffer;
  }
}

/** Whether a mail may have lost its use by the time it goes out: answered meanwhile, or everything was deleted. */
function isPassing({ mail }: MailNotice): boolean {
  return mail !== 'referral' && mail !== 'withdrawal';
}

/** Writes the file whole or not at all, on the disk before it counts as sent; only its owner may read it. */
async function keep(folder: string, name: string, content: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const draft = `${path}.${process.pid}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const place = await open(folder);
    await place.sync().finally(() => place.close());
  } catch {
    // Windows opens no folders; there the file's own sync has to do.
  }
}

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { mailNotice } from '../domain/notices.ts';
import type { Referral } from '../domain/referrals/referral.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Letter, referralLetter, withdrawalLetter } from './mail-letter.ts';
import type { Sender } from './sender.ts';

/** What the sender of mails works with. */
export interface MailSenderParts {
  /** Where the `.eml` files go; made when missing. */
  folder: string;
  municipality: Municipality;
  t: Translator;
}

/**
 * Makes the sender that writes each mail as a file for the city's mail system to fetch. The file name and the Message-ID
 * come from the item, so that a repeat writes the same mail again and not another one.
 */
export function createMailSender({ folder, municipality, t }: MailSenderParts): Sender {
  return async ({ item, document }) => {
    const parsed = mailNotice.safeParse(item.payload);
    // Other characters could leave the folder or break a header.
    if (!parsed.success || !/^[\w-]{1,200}$/.test(item.id)) return 'refused';
    const letter = write(parsed.data);
    if (!letter) return 'refused';
    await keep(folder, `${item.id}.eml`, await compose(letter, item.id));
    return 'sent';

    function write(mail: typeof parsed.data & object): Letter | undefined {
      if (mail.mail === 'withdrawal') return withdrawalLetter(mail, municipality, t);
      return document.type === 'referral' ? referralLetter(document as Referral, municipality, t) : undefined;
    }
  };

  async function compose({ from, to, subject, text, at }: Letter, id: string): Promise<Buffer> {
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
      date: new Date(at),
      messageId: `<${id}@${email.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return sent.message as Buffer;
  }
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

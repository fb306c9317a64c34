import { DateTime } from 'luxon';
import { type Certificate, certificateWords } from '../../domain/clients/certificate.ts';
import { ownCertificate } from '../acts/certify.ts';
import { inputName, longestName } from '../acts/wish.ts';
import { type Block, brief, line, part, plain } from './blocks.ts';
import { choice } from './choice.ts';
import type { CardReader } from './reader.ts';

/** Certificates in a card; the client's path has them all. */
const mostShown = 8;

/** The certificates of a client that coaches may see, a line each. */
export function certificateLines(certificates: Certificate[], { say, municipality }: CardReader): Block[] {
  if (certificates.length === 0) return [];
  const lines = certificates.slice(0, mostShown).map((one) => {
    const { name, from, on } = certificateWords(one, municipality);
    return line(plain(brief(say(name))), `${brief(from)}, ${say(on)}`);
  });
  return [part(say({ key: 'cards.certificates' })), ...lines];
}

/** What is asked of a certificate: which, or in own words, who gave it and when. */
export function certificateForm(act: 'certify', reader: CardReader): Block[] {
  const { say, municipality, now } = reader;
  const { certificates = [], zone } = municipality;
  const listed = certificates.map(({ id, name }) => ({ title: say(name), value: id }));
  const text = (name: string) => say({ key: `cards.forms.certify.${name}` });
  const today = DateTime.fromMillis(now, { zone }).toISODate()!;
  return [
    choice(act, 'what', reader, [...listed, { title: text('other'), value: ownCertificate }]),
    { type: 'Input.Text', id: inputName(act, 'own'), label: text('own'), maxLength: longestName },
    {
      type: 'Input.Text',
      id: inputName(act, 'from'),
      label: text('from'),
      maxLength: longestName,
      isRequired: true,
      errorMessage: text('fromMissing'),
    },
    {
      type: 'Input.Date',
      id: inputName(act, 'on'),
      label: text('on'),
      value: today,
      max: today,
      isRequired: true,
      errorMessage: text('onMissing'),
    },
  ];
}

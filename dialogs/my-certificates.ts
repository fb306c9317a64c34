import { z } from 'zod';
import { type Certificate, certificateWords } from '../src/domain/clients/certificate.ts';
import type { Text } from '../src/domain/text.ts';
import { defineFlow, type Option } from './engine/flow.ts';
import type { Services } from './services.ts';

const back = 'path';

interface Answers {
  which?: string;
  do?: string;
}

/** The certificates on the person's path: see them, hide one from the coaches, show it again, or remove it. */
export const myCertificates = defineFlow({
  id: 'my-certificates',
  answers: z.object({ which: z.string(), do: z.string(), sure: z.boolean() }),
  questions: [
    {
      ask: 'which',
      tell: async (_, services) => [await told(services)],
      options: async (_, services) => {
        const { certificates } = await services.clients.path();
        const each = certificates.map(
          (one): Option => ({ value: one.id, label: { key: label, with: words(one, services) } }),
        );
        return [...each, toPath];
      },
    },
    {
      ask: 'do',
      dependsOn: ['which'],
      tell: async (answers, services) => [lineOf(await find(answers, services), services)],
      options: async (answers, services) => {
        const found = await find(answers, services);
        const own = found ? [found.hiddenAt === undefined ? 'hide' : 'show', 'remove'] : [];
        return [...own.map((value) => ({ value, label: { key: `my-certificates.do.options.${value}` } })), toPath];
      },
    },
    { ask: 'sure', when: { do: 'remove' } },
  ],
  review: false,
  async complete(answers, services, intent) {
    const found = await find(answers, services);
    if (!found) return { say: [{ key: 'my-certificates.gone' }] };
    const { name } = words(found, services);
    const done = (key: string) => ({ say: [{ key: `my-certificates.${key}`, with: { name } }] });
    if (answers.do === 'remove') {
      if (!answers.sure) return done('kept');
      await services.certificates.remove(found.id, intent);
      return done('removed');
    }
    const hides = answers.do === 'hide';
    await services.certificates.hide(found.id, hides, intent);
    return done(hides ? 'hidden' : 'shown');
  },
});

const label = 'my-certificates.which.one';
const toPath: Option = { value: back, label: { key: 'my-certificates.path' }, goes: { flow: 'my-path' } };

async function find({ which }: Answers, { clients }: Services): Promise<Certificate | undefined> {
  return (await clients.path()).certificates.find(({ id }) => id === which);
}

async function told(services: Services): Promise<Text> {
  const { certificates } = await services.clients.path();
  if (certificates.length === 0) return { key: 'my-certificates.none' };
  return { lines: [...certificates.map((one) => lineOf(one, services)), { key: 'my-certificates.about' }] };
}

/** One certificate in words, and whether it is hidden. */
function lineOf(certificate: Certificate | undefined, services: Services): Text {
  if (!certificate) return { key: 'my-certificates.gone' };
  return certificateLine(certificate, services);
}

/** What a certificate is, in one line of the person's path. */
export function certificateLine(certificate: Certificate, services: Pick<Services, 'municipality'>): Text {
  const key = certificate.hiddenAt === undefined ? 'my-certificates.line' : 'my-certificates.hiddenLine';
  return { key, with: words(certificate, services) };
}

function words(certificate: Certificate, { municipality }: Pick<Services, 'municipality'>) {
  return certificateWords(certificate, municipality);
}

import { referenceOf } from '../../domain/made-id.ts';
import { mailNotice } from '../../domain/notices.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { orderBy } from '../../domain/referrals/timers.ts';
import { languageName, tellAnswer, writtenIn } from '../../notify/answers.ts';
import { type ErasureCase, lost } from '../cases.ts';
import { type Block, line, part, sentence } from './blocks.ts';
import type { CardReader } from './reader.ts';

/** The body of a referral: to whom, how far it is, and what the partner sees. */
export function referralBody(referral: Referral, reader: CardReader): { title: string; body: Block[] } {
  const { say, municipality } = reader;
  const service = municipality.services.find(({ id }) => id === referral.service);
  const label = (key: string) => say({ key: `cards.labels.${key}` });
  const isLost = lost(referral, 'mail').length > 0;
  return {
    title: say({ key: `cards.titles.${titleOf(referral, isLost)}` }),
    body: [
      ...(isLost ? [callPartner(referral.service, reader)] : []),
      ...(referral.task
        ? [sentence(say({ key: `partner.card.task.${referral.task}` }), { color: 'Attention' as const })]
        : []),
      line(label('service'), service ? say(service.name) : referral.service),
      ...(service ? [line(label('partner'), service.provider)] : []),
      line(label('state'), say({ key: `cards.states.${referral.state}` })),
      ...progressLines(referral, reader),
      ...orderLines(referral, reader),
      line(label('reference'), referral.reference),
      ...(referral.together === undefined
        ? []
        : [line(say({ key: 'services-at-once.card.together' }), referenceOf(referral.together))]),
      ...(referral.consent ? [line(label('consent'), say({ at: referral.consent.at, as: 'moment' }))] : []),
      line(label('chat'), languageName(referral.language, reader)),
      ...sharedLines(referral, reader),
    ],
  };
}

/** How far the city's order is: what waits and by when, or its reference. */
function orderLines(referral: Referral, { say, municipality }: CardReader): Block[] {
  if (referral.order) return [line(say({ key: 'order.label' }), referral.order.reference)];
  if (referral.state !== 'awaits-order') return [];
  const by = orderBy(referral, municipality);
  return [
    sentence(say({ key: 'order.card.decide' }), { weight: 'Bolder' }),
    ...(by === undefined ? [] : [line(say({ key: 'order.card.by' }), say({ at: by, as: 'date' }))]),
  ];
}

/** What both sides have told of the newest state. */
function progressLines({ history, outcome }: Referral, reader: CardReader): Block[] {
  const { say } = reader;
  const { by, startsOn, reason, words, wordsIn } = history.at(-1) ?? {};
  const label = (key: string) => say({ key: `partner.card.${key}` });
  const wordsLabel = by === 'coach' ? say({ key: 'order.card.words' }) : label('words');
  return [
    ...(startsOn === undefined ? [] : [line(label('startsOn'), say({ at: startsOn, as: 'date' }))]),
    ...(reason === undefined ? [] : [line(label('reason'), say({ key: `reasons.${reason}` }))]),
    ...(words === undefined ? [] : [line(wordsLabel, words, writtenIn(wordsIn ?? 'fi', reader))]),
    ...(outcome ? [line(label('client'), say({ key: `partner.card.outcome.${outcome.answer}` }))] : []),
  ];
}

function titleOf({ state }: Referral, isLost: boolean): string {
  if (isLost) return 'undelivered';
  if (state === 'withdrawn') return 'referralWithdrawn';
  return state === 'sent' || state === 'draft' || state === 'awaits-order' ? 'referral' : 'referralNews';
}

function sharedLines({ lines, state, language }: Referral, reader: CardReader): Block[] {
  const { say } = reader;
  // What waits for an order was shown to nobody yet, but the coach decides by it.
  // A draft was shown to nobody, and after a withdrawal nothing is shared any more.
  if (state === 'withdrawn') return [sentence(say({ key: 'cards.referral.stopped' }))];
  if (state === 'draft' || lines.length === 0) return [];
  return [
    part(say({ key: 'cards.referral.shared' })),
    ...lines.map(({ field, value, language: own = language }) => {
      const told = tellAnswer(field, value, reader);
      return line(told.label, told.text, told.own ? writtenIn(own, reader) : undefined);
    }),
  ];
}

function callPartner(id: string, { say, municipality }: CardReader): Block {
  const service = municipality.services.find((one) => one.id === id);
  const { phone, email, web } = service?.contact ?? {};
  const contact = [service?.provider ?? id, phone, email ?? web].filter((one) => one !== undefined).join(', ');
  return sentence(say({ key: 'cards.referral.undelivered', with: { contact } }), { color: 'Attention' });
}

/** The body of withdrawals that did not reach the partner after the client was erased. */
export function erasureBody(erasure: ErasureCase, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const withdrawals = lost(erasure, 'mail').flatMap(({ payload }) => mailNotice.safeParse(payload).data ?? []);
  const body = withdrawals.flatMap((one) => {
    if (one.mail !== 'withdrawal') return [];
    const reference = line(say({ key: 'cards.labels.reference' }), one.reference);
    return [callPartner(one.service, reader), reference, sentence(say({ key: 'cards.referral.askToStop' }))];
  });
  return { title: say({ key: 'cards.titles.undelivered' }), body };
}

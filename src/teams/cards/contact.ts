import type { ContactRequest } from '../../domain/clients/path.ts';
import { languageName, tellAnswer, writtenIn } from '../../notify/answers.ts';
import { lost } from '../cases.ts';
import { type Block, line, sentence } from './blocks.ts';
import { type CardReader, coachName } from './reader.ts';

/** The body of a wish to talk with a person: how to reach them, and by when. */
export function contactBody(contact: ContactRequest, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const { name, phone, about, here, language } = contact;
  const label = (key: string) => say({ key: `cards.labels.${key}` });
  const answer = (question: string, value: string) => {
    const told = tellAnswer(question, value, reader);
    return line(told.label, told.text);
  };
  return {
    title: say({ key: 'cards.titles.contact' }),
    body: [
      ...(lost(contact, 'chat').length > 0
        ? [sentence(say({ key: 'cards.contact.undelivered' }), { color: 'Attention' })]
        : []),
      line(label('reference'), contact.reference),
      line(label('answerBy'), say({ at: contact.answerBy, as: 'moment' })),
      line(label('sent'), say({ at: contact.requestedAt, as: 'moment' })),
      ...whereTheyAre(contact, reader),
      ...(name === undefined ? [] : [answer('name', name)]),
      ...(phone === undefined ? [] : [answer('phone', phone)]),
      ...(phone === undefined && !here ? [sentence(say({ key: 'cards.contact.noPhone' }))] : []),
      ...(about === undefined ? [] : [line(label('about'), about, writtenIn(language, reader))]),
      line(label('chat'), languageName(language, reader)),
    ],
  };
}

/** Whether the client waits in the chat, talks there with a coach, or did in vain. */
function whereTheyAre({ here, handoff }: ContactRequest, { say, municipality }: CardReader): Block[] {
  const coach = handoff?.coach === undefined ? '' : coachName(handoff.coach, municipality);
  const told = (key: string) => [sentence(say({ key: `cards.contact.${key}`, with: { coach } }), { weight: 'Bolder' })];
  if (handoff?.state === 'open') return told('talking');
  if (handoff?.state === 'ended') return told('talked');
  if (handoff?.state === 'missed') return told('missed');
  return here ? told('here') : [];
}

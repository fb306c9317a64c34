import type { Appointment, Slot } from '../../domain/appointments/appointment.ts';
import { erasedClient } from '../../domain/appointments/forget-client.ts';
import { languageName, tellAnswer } from '../../notify/answers.ts';
import { awaitsOutcome } from '../acts/offered.ts';
import { type Block, line, sentence } from './blocks.ts';
import { type CardReader, coachName } from './reader.ts';

/** The body of a meeting: booked, moved, cancelled by whom, or waiting for its outcome. */
export function appointmentBody(meeting: Appointment, reader: CardReader): { title: string; body: Block[] } {
  const { say } = reader;
  const { state, movedFrom, movedTo, name, phone, interpreter } = meeting;
  const label = (key: string) => say({ key: `cards.labels.${key}` });
  const answer = (question: string, value: string) => {
    const told = tellAnswer(question, value, reader);
    return line(told.label, told.text);
  };
  const isMoved = movedTo !== undefined || movedFrom !== undefined;
  return {
    title: say({ key: `cards.titles.${titleOf(meeting, reader.now)}` }),
    body: [
      line(label(isMoved && state !== 'moved' ? 'newTime' : isMoved ? 'oldTime' : 'when'), timeOf(meeting, reader)),
      ...(movedTo && state === 'moved' ? [line(label('newTime'), withCoach(movedTo, meeting, reader))] : []),
      ...(movedFrom && state !== 'moved' ? [line(label('oldTime'), withCoach(movedFrom, meeting, reader))] : []),
      line(label('topic'), say({ key: `cards.topics.${meeting.topic}` })),
      line(label('kind'), say({ key: `cards.kinds.${meeting.kind}` })),
      ...(meeting.client === erasedClient ? [sentence(say({ key: 'cards.erased' }))] : []),
      ...placeLine(meeting, label('place'), reader),
      ...(name === undefined ? [] : [answer('name', name)]),
      ...(phone === undefined ? [] : [answer('phone', phone)]),
      ...(interpreter === undefined ? [] : [line(label('interpreter'), languageName(interpreter, reader))]),
      line(label('chat'), languageName(meeting.language, reader)),
      line(label('reference'), meeting.reference),
    ],
  };
}

function titleOf(meeting: Appointment, now: number): string {
  if (awaitsOutcome(meeting, now)) return 'outcome';
  if (meeting.state === 'moved') return 'left';
  if (meeting.state !== 'booked') return meeting.state;
  return meeting.movedFrom ? 'moved' : 'booked';
}

/** A span of time in words: the day and both clock times. */
export function timeOf({ start, end }: Pick<Slot, 'start' | 'end'>, { say }: CardReader): string {
  return say({
    key: 'cards.from',
    with: { from: { at: start, as: 'moment' }, to: clock(say({ at: end, as: 'time' })) },
  });
}

/** The clock alone, without the "klo" or "kl." that stands before the first time already. */
function clock(time: string): string {
  return time.replace(/^\D+/, '');
}

function withCoach(slot: Slot, meeting: Appointment, reader: CardReader): string {
  const time = timeOf(slot, reader);
  return slot.coach === meeting.coach ? time : `${time}, ${coachName(slot.coach, reader.municipality)}`;
}

function placeLine({ kind, place }: Appointment, label: string, { say, municipality }: CardReader): Block[] {
  if (kind === 'phone' || kind === 'teams') return [];
  const found = municipality.places.find(({ id }) => id === place);
  return [line(label, found ? say(found.name) : place)];
}

import type { Slot } from '../../domain/appointments/appointment.ts';
import type { Step } from '../../domain/handling.ts';
import type { CaseRef } from '../../domain/notices.ts';
import type { SuitableClient } from '../../domain/offers/suitable-clients.ts';
import type { Text } from '../../domain/text.ts';
import { actsOf, markOf } from '../acts/offered.ts';
import { type Case, handlingOf, lost } from '../cases.ts';
import { type Block, sentence } from './blocks.ts';
import { type Button, button, formButton } from './buttons.ts';
import { courseButton } from './course.ts';
import { formOf } from './forms.ts';
import { planButtons } from './plan-forms.ts';
import { type CardReader, coachName } from './reader.ts';

/** What is shown in green; that somebody did not come or that a meeting was cancelled is told plainly. */
const goodNews = ['taken', 'attended', 'certified', 'done'];

/** What the coaches have done about the case, a sentence each, the oldest first. */
export function handlingLines(found: Case, { say, municipality }: CardReader): Block[] {
  const { given, taken, seen, done, certified } = handlingOf(found);
  const line = (key: string, step: Step | undefined, more: Record<string, Text> = {}): Block[] => {
    if (!step) return [];
    const coach = coachName(step.by, municipality);
    const text = { key: `cards.handled.${key}`, with: { coach, at: { at: step.at, as: 'moment' as const }, ...more } };
    return [sentence(say(text), goodNews.includes(key) ? { color: 'Good' } : {})];
  };
  const to = given?.to === undefined ? undefined : coachName(given.to, municipality);
  const outcome = done?.outcome && { outcome: { key: `cards.outcomes.${done.outcome}` } };
  return [
    ...(to === undefined ? line('returned', given) : line('given', given, { to })),
    ...line('taken', taken),
    ...line('seen', seen),
    ...line('certified', certified),
    ...(found.kind === 'appointment' ? meetingLines(found, line, say) : []),
    ...line(outcome ? 'closed' : 'done', done, outcome),
    ...(done?.told === false || (found.kind === 'intake' && lost(found.of, 'chat').length > 0)
      ? [sentence(say({ key: 'cards.appointment.untold' }), { color: 'Attention' })]
      : []),
  ];
}

function meetingLines(
  { of, untold }: Extract<Case, { kind: 'appointment' }>,
  line: (key: string, step: Step | undefined, more?: Record<string, Text>) => Block[],
  say: CardReader['say'],
): Block[] {
  const { state, outcome, cancelled, proposed } = of;
  const why = cancelled && { reason: { key: `cards.reasons.${cancelled.reason}` } };
  const when = proposed && { when: { at: proposed.slot.start, as: 'moment' as const } };
  return [
    ...(state === 'booked' ? line(proposed?.kept === undefined ? 'proposed' : 'kept', proposed, when) : []),
    ...line('cancelled', cancelled, why),
    ...(untold || (cancelled && !cancelled.told)
      ? [sentence(say({ key: 'cards.appointment.untold' }), { color: 'Attention' })]
      : []),
    ...line(state === 'no-show' ? 'noShow' : 'attended', outcome),
  ];
}

/** The buttons of what this coach can do now; `times` can be proposed for a meeting. */
export function buttons(
  found: Case,
  about: CaseRef,
  reader: CardReader,
  times: Slot[],
  clients: SuitableClient[] = [],
): Button[] {
  const { coach, now, say, municipality } = reader;
  const mark = markOf(found);
  if (found.kind === 'plan')
    return planButtons(found.of, actsOf(found, coach.id, now, municipality), { about, mark }, reader);
  const isShared = found.kind === 'intake' && municipality.organisations !== undefined;
  const acts = actsOf(found, coach.id, now, municipality).flatMap((act) => {
    // Nothing to choose from, nothing to ask.
    if (act === 'propose' && times.length === 0) return [];
    if (act === 'suggestPlace' && clients.length === 0) return [];
    const title = say({ key: `cards.buttons.${act}` });
    const form = formOf(act, reader, times, clients);
    const data = { act, about, mark };
    if (!form) return [button(title, data)];
    return [formButton(title, form, button(say({ key: `cards.forms.${act}.send` }), data))];
  });
  return isShared ? [...acts, courseButton(found.of.partition, reader)] : acts;
}

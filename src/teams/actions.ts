import { z } from 'zod';
import type { CalendarDay, Handling } from '../domain/appointments/appointment.ts';
import { changeDocument } from '../domain/change-document.ts';
import { clientRef } from '../domain/clients/client.ts';
import type { Client } from '../domain/clients/path.ts';
import type { Document, OutboxItem } from '../domain/documents.ts';
import type { Coach } from '../domain/municipalities/pack.ts';
import { type CaseRef, caseRef, notice, telling } from '../domain/notices.ts';
import type { Text } from '../domain/text.ts';
import { coachName } from './cards/reader.ts';
import { type Act, acts, actsOf, type Case, caseIn, coachesOf, handlingOf } from './cases.ts';
import type { CardParts } from './present.ts';

/** What a card's button sends: a wish, of which nothing but the case and the act is believed. */
export const pressed = z.object({ act: z.enum(acts), about: caseRef });
export type Pressed = z.infer<typeof pressed>;

/** What the coach is told of a press, and the case whose card to show as it is now. */
export interface Pressing {
  say: Text;
  about?: CaseRef;
}

const steps = { take: 'taken', seen: 'seen', done: 'done' } as const satisfies Record<Act, keyof Handling>;

function withStep(document: Document, found: Case, handling: Handling): Document {
  if (found.kind !== 'appointment') return { ...document, handling } as Document;
  const day = document as CalendarDay;
  const appointments = day.appointments.map((one) => (one.id === found.of.id ? { ...one, handling } : one));
  return { ...day, appointments } as Document;
}

/**
 * Does what a coach pressed, by compare-and-set on the case: of many who press at once, one wins, and the others are told
 * who. The rights come from the roster and from whom the case concerns, never from the card. What is already done, or no
 * longer makes sense, is explained and changes nothing; pressing again gets the same answer.
 */
export async function press(parts: CardParts, coach: Coach, { act, about }: Pressed): Promise<Pressing> {
  const { documents, municipality, now } = parts;
  let refusal: Text | undefined;
  const after = await changeDocument<Document>(documents, about, (document) => {
    const found = caseIn(document, about);
    refusal = undefined;
    if (!document || !found) refusal = { key: 'coach.act.gone' };
    else if (!coachesOf(found, municipality).includes(coach.id)) refusal = { key: 'coach.act.notYours' };
    if (!document || !found || refusal || !actsOf(found, coach.id, now()).includes(act)) return undefined;
    const at = new Date(now()).toISOString();
    const handling = { ...handlingOf(found), [steps[act]]: { by: coach.id, at } };
    const id = `${found.of.id}-${act}-${Date.parse(at)}`;
    const news = notice('coach', id, now(), { news: 'handled', about, by: coach.id, except: coach.id });
    return telling(withStep(document, found, handling), news, ...newsForClient(found, act, coach, now()));
  });
  const found = caseIn(after, about);
  if (refusal || !found) return { say: refusal ?? { key: 'coach.act.gone' } };
  if (act === 'take' && found.kind === 'intake' && found.of.handling.taken?.by === coach.id) {
    await takeOver(parts, about.partition, coach.id);
  }
  return { say: explain(found, act, coach, parts), about };
}

/** Who waits for a person hears who it is, once, and how they get together. */
function newsForClient(found: Case, act: Act, coach: Coach, at: number): OutboxItem[] {
  if (act !== 'take' || found.kind !== 'contact') return [];
  const { id, conversation, language, here, phone } = found.of;
  if (conversation === undefined) return [];
  const key = here || phone === undefined ? 'contact.taken.here' : 'contact.taken.call';
  const say = [{ key, with: { coach: coach.name, phone: phone ?? coach.phone } }];
  return [notice('chat', `${id}-taken-chat`, at, { conversation, language, say })];
}

/** From now on the coach is the client's own; done again after a crash by pressing again, without harm. */
async function takeOver({ documents }: CardParts, client: string, coach: string): Promise<void> {
  await changeDocument<Client>(documents, clientRef(client), (current) =>
    current && current.coach !== coach ? { ...current, coach } : undefined,
  );
}

/** What is true of the act now: the same words after doing it and when it is pressed again. */
function explain(found: Case, act: Act, coach: Coach, { municipality }: CardParts): Text {
  const { taken, seen, done } = handlingOf(found);
  const by = (step: { by: string; at: string }) => ({
    coach: coachName(step.by, municipality),
    at: { at: step.at, as: 'moment' as const },
  });
  const isOwn = (step: { by: string }) => step.by === coach.id;
  if (act === 'seen' && seen) return { key: `coach.act.${isOwn(seen) ? 'seen' : 'seenByOther'}`, with: by(seen) };
  if (done) return { key: `coach.act.${isOwn(done) ? 'done' : 'doneByOther'}`, with: by(done) };
  if (taken && act !== 'seen') return { key: `coach.act.${isOwn(taken) ? 'took' : 'takenByOther'}`, with: by(taken) };
  const canTake = found.kind === 'intake' || found.kind === 'contact';
  return { key: canTake && act === 'done' ? 'coach.act.takeFirst' : 'coach.act.oldCard' };
}

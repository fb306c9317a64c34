import type { CalendarDay, Slot } from '../domain/appointments/appointment.ts';
import { changeDocument } from '../domain/change-document.ts';
import { clientRef } from '../domain/clients/client.ts';
import { endStatesOf } from '../domain/clients/end-path.ts';
import { end, open } from '../domain/clients/handoff.ts';
import type { Client, ContactRequest } from '../domain/clients/path.ts';
import { type Reach, reachOf } from '../domain/clients/reach.ts';
import { addClient } from '../domain/coaches/my-clients.ts';
import type { Document, OutboxItem } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { type CaseRef, notice, telling } from '../domain/notices.ts';
import { movePlan } from '../domain/plans/keep.ts';
import type { Text } from '../domain/text.ts';
import { certify, isCertificate } from './acts/certify.ts';
import { endWith, type LeftOpen, leftOpen, tellEnd } from './acts/close.ts';
import { counted, type IntakeBefore, intakeBefore } from './acts/counted.ts';
import { explain } from './acts/explain.ts';
import { pressCourse } from './acts/hand-over.ts';
import { handled } from './acts/handle.ts';
import { meetingDone } from './acts/meeting.ts';
import { isOfferAct, pressOffer } from './acts/offer.ts';
import { type Act, actsOf, markOf } from './acts/offered.ts';
import { isOrderAct, pressOrder } from './acts/order.ts';
import { pressPlan } from './acts/plan.ts';
import { freeTimes } from './acts/times.ts';
import { type Pressed, readWish, type Wish } from './acts/wish.ts';
import { type Case, caseIn, coachesOf, handlingOf } from './cases.ts';
import type { CardParts } from './present.ts';

/** What the coach is told of a press, and the case whose card to show as it is now. */
export interface Pressing {
  say?: Text;
  about?: CaseRef;
}

/** What is read before the case is changed, because the change itself looks at nothing else. */
interface Known {
  reach?: Reach;
  slot?: Slot;
  /** The intake that came before the meeting. */
  intake?: IntakeBefore | undefined;
  /** What goes on for a client whose path ends. */
  left?: LeftOpen;
}

/**
 * Does what a coach pressed, by compare-and-set on the case: of many who press at once, one wins, and the others are told
 * who. The rights come from the roster and from whom the case concerns, never from the card. What is already done, what is
 * on an older card, or what no longer makes sense is explained and changes nothing; pressing again gets the same answer.
 */
export async function press(parts: CardParts, coach: Coach, pressed: Pressed): Promise<Pressing> {
  const { documents, municipality, now } = parts;
  const { act, about, mark, ...data } = pressed;
  const seen = caseIn((await documents.get(about))?.document, about);
  if (!seen) return { say: { key: 'coach.act.gone' } };
  const isTheirs = (found: Case) => coachesOf(found, municipality).includes(coach.id);
  if (act === 'show') return isTheirs(seen) ? { about } : { say: { key: 'coach.act.notYours' } };
  if (seen.kind === 'offer' && isOfferAct(act)) return pressOffer(parts, coach, { act, about, mark, data });
  if (seen.kind === 'referral' && isOrderAct(act)) return pressOrder(parts, coach, { act, about, mark, data });
  if (seen.kind === 'course') return pressCourse(parts, coach, { act, about, mark, data });
  if (seen.kind === 'plan') return pressPlan(parts, coach, { act, about, mark, data });
  const wish = readWish(act, data);
  const known = 'act' in wish ? await know(parts, seen, wish) : undefined;
  const isOffered = (found: Case) =>
    actsOf(found, coach.id, now(), municipality).includes(act) && (mark === undefined || mark === markOf(found));
  const refused = 'missing' in wish ? wish.missing : refusalOf(wish, known, coach, municipality, now());
  if ('act' in wish && wish.act === 'certify' && seen.kind === 'intake') {
    if (isTheirs(seen) && isOffered(seen) && !refused) await certify(parts, coach, seen, wish.input);
  }

  let refusal: Text | undefined;
  const after = await changeDocument<Document>(documents, about, (document) => {
    const found = caseIn(document, about);
    refusal = undefined;
    if (!document || !found) refusal = { key: 'coach.act.gone' };
    else if (!isTheirs(found) && !didIt(found, coach.id)) refusal = { key: 'coach.act.notYours' };
    if (!document || !found || refusal || !isTheirs(found)) return undefined;
    if (!isOffered(found)) return undefined;
    refusal = refused;
    if (refusal || 'missing' in wish) return undefined;
    return changed(document, found, wish, { coach, about, known, now: now() });
  });
  const found = caseIn(after, about);
  if (refusal) return { say: refusal, ...(found && isTheirs(found) && { about }) };
  if (!found) return { say: { key: 'coach.act.gone' } };
  await followClient(parts, found, act, about);
  return { say: explain(found, act, coach, municipality), about };

  function changed(
    document: Document,
    found: Case,
    wish: Wish,
    { coach, about, known, now }: { coach: Coach; about: CaseRef; known?: Known; now: number },
  ): Document | undefined {
    const done = applied(document, found, wish, { coach, about, known, now, municipality });
    if (!done) return undefined;
    const told = new Set([found, caseIn(done, about) ?? found].flatMap((one) => coachesOf(one, municipality)));
    const news = wish.act === 'give' ? ('given' as const) : ('handled' as const);
    const id = `${found.of.id}-${act}-${now}`;
    const figures = counted(found, caseIn(done, about), { municipality, now }, known?.intake);
    return telling(
      done,
      ...figures,
      notice('coach', id, now, { news, about, by: coach.id, except: coach.id, coaches: [...told] }),
    );
  }
}

/** Whether the coach had the case before it went to somebody else: they may hear where it is, and no more. */
function didIt(found: Case, coach: string): boolean {
  return handlingOf(found).given?.by === coach;
}

async function know(parts: CardParts, found: Case, wish: Wish): Promise<Known | undefined> {
  if (found.kind === 'intake' && wish.act === 'close') {
    const left = await leftOpen(parts.documents, found.of, parts.now());
    return left && { reach: left.reach, left };
  }
  if (found.kind !== 'appointment') return undefined;
  if (wish.act === 'attended') return { intake: await intakeBefore(parts.documents, found.of) };
  if (wish.act !== 'propose' && wish.act !== 'cancel') return undefined;
  const reach = await reachOf(parts.documents, found.of.client);
  if (wish.act !== 'propose') return { reach };
  const time = Date.parse(wish.input.time);
  const slot = (await freeTimes(parts, found.of)).find(({ start }) => Date.parse(start) === time);
  return { reach, ...(slot && { slot }) };
}

function refusalOf(
  wish: Wish,
  known: Known | undefined,
  coach: Coach,
  municipality: Municipality,
  now: number,
): Text | undefined {
  if (wish.act === 'give' && !municipality.coaches.some(({ id }) => id === wish.input.to && id !== coach.id)) {
    return { key: 'coach.act.missing.give' };
  }
  if (wish.act === 'close' && !endStatesOf(municipality).includes(wish.input.outcome)) {
    return { key: 'coach.act.missing.close' };
  }
  if (wish.act === 'certify' && !isCertificate(wish.input, municipality, now)) {
    return { key: 'coach.act.missing.certify' };
  }
  if (wish.act !== 'propose') return undefined;
  if (known?.reach?.conversation === undefined) return { key: 'coach.act.noChat' };
  return known.slot ? undefined : { key: 'coach.act.timeTaken' };
}

/** The document after an act, with all that the client hears of it. */
function applied(
  document: Document,
  found: Case,
  wish: Wish,
  given: { coach: Coach; about: CaseRef; known?: Known; now: number; municipality: Municipality },
): Document | undefined {
  const { coach, about, known, now } = given;
  const at = new Date(now).toISOString();
  if (found.kind === 'appointment') {
    const day = document as CalendarDay;
    const reach = known?.reach ?? { client: found.of.client, hasEmail: false, language: 'fi', mayAsk: false };
    const done = meetingDone(found.of, wish, { coach, about, reach, slot: known?.slot, now });
    const meeting = done?.meeting ?? { ...found.of, handling: handled(found.of.handling, wish, coach.id, at) };
    const blocks = done?.block ? [...(day.blocks ?? []), done.block] : day.blocks;
    const appointments = day.appointments.map((one) => (one.id === meeting.id ? meeting : one));
    const next: CalendarDay = { ...day, appointments, ...(blocks && { blocks }) };
    return telling(next, ...(done?.items ?? []));
  }
  if (wish.act === 'endTalk') return end(found.of as ContactRequest, 'coach', now);
  const handling = handled(found.of.handling, wish, coach.id, at);
  const next = { ...document, handling } as Document;
  if (found.kind === 'intake' && wish.act === 'close' && known?.left) {
    const told = tellEnd(found.of, wish.input, known.left, given);
    const done = { ...handling.done!, told: told.length > 0 };
    return telling({ ...next, handling: { ...handling, done } } as Document, ...told);
  }
  if (found.kind !== 'contact' || wish.act !== 'take') return next;
  const opened = open(next as ContactRequest, coach.id, now);
  return opened === next ? telling(next, ...whoTook(found.of, coach, now)) : opened;
}

/** Who waits for a person hears who it is, once, and how they get together. */
function whoTook(contact: ContactRequest, coach: Coach, at: number): OutboxItem[] {
  const { id, conversation, language, here, phone } = contact;
  if (conversation === undefined) return [];
  const key = here || phone === undefined ? 'contact.taken.here' : 'contact.taken.call';
  const say = [{ key, with: { coach: coach.name, phone: phone ?? coach.phone } }];
  return [notice('chat', `${id}-taken-${coach.id}-chat`, at, { conversation, language, say })];
}

/** The client goes with the intake; done again after a crash by pressing again, without harm. */
async function followClient({ documents }: CardParts, found: Case, act: Act, { partition }: CaseRef): Promise<void> {
  if (found.kind === 'intake' && act === 'close') return endWith(documents, found.of);
  if (found.kind !== 'intake' || (act !== 'take' && act !== 'give' && act !== 'return')) return;
  const { taken, given } = found.of.handling;
  const coach = taken?.by ?? given?.to;
  if (coach !== undefined) await addClient(documents, coach, partition, found.of.expiresAt);
  await movePlan(documents, partition, coach);
  await changeDocument<Client>(documents, clientRef(partition), (current) => {
    if (!current || current.coach === coach) return undefined;
    const { coach: _, ...free } = current;
    return coach === undefined ? free : { ...free, coach };
  });
}

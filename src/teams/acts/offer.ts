import { DateTime } from 'luxon';
import { changeDocument } from '../../domain/change-document.ts';
import type { Coach } from '../../domain/municipalities/pack.ts';
import { type CaseRef, notice, telling } from '../../domain/notices.ts';
import { closed } from '../../domain/offers/close-offer.ts';
import type { Offer } from '../../domain/offers/offer.ts';
import { suggestPlace, wasSuggested } from '../../domain/offers/suggest-place.ts';
import { suitableClients } from '../../domain/offers/suitable-clients.ts';
import type { Text } from '../../domain/text.ts';
import { PolkuError } from '../../errors.ts';
import type { Pressing } from '../actions.ts';
import { type Case, caseIn, coachesOf } from '../cases.ts';
import type { CardParts } from '../present.ts';
import { explain } from './explain.ts';
import { type Act, actsOf, markOf } from './offered.ts';
import { type Inputs, readWish } from './wish.ts';

/** A button of an employer's place that was pressed, with what was filled in. */
export interface OfferPress {
  act: Act;
  about: CaseRef;
  mark: string | undefined;
  data: Record<string, unknown>;
}

/** Whether a press is one of a place's own; taking, giving and handing back are as with any case. */
export function isOfferAct(act: Act | 'show'): act is 'suggestPlace' | 'closeOffer' {
  return act === 'suggestPlace' || act === 'closeOffer';
}

/**
 * Does what a coach pressed on an employer's place. Only the coach who has taken it can, and a press from an older card is
 * explained and changes nothing. Suggesting it twice to one client tells them once.
 */
export async function pressOffer(parts: CardParts, coach: Coach, press: OfferPress): Promise<Pressing> {
  const { documents, municipality, now } = parts;
  const { act, about, mark, data } = press;
  const found = caseIn((await documents.get(about))?.document, about);
  if (found?.kind !== 'offer') return { say: { key: 'coach.act.gone' } };
  if (!coachesOf(found, municipality).includes(coach.id)) return { say: { key: 'coach.act.notYours' } };
  const isOffered = (one: Case) =>
    actsOf(one, coach.id, now(), municipality).includes(act) && (mark === undefined || mark === markOf(one));
  if (!isOffered(found)) return { say: explain(found, act, coach, municipality), about };
  const wish = readWish(act, data);
  if ('missing' in wish) return { say: wish.missing, about };
  if (wish.act === 'suggestPlace') return { say: await tellClient(parts, coach, found.of, wish.input), about };
  if (wish.act !== 'closeOffer') return { say: { key: 'coach.act.unreadable' } };
  const { outcome } = wish.input;
  const after = await changeDocument<Offer>(documents, about, (offer) => {
    const one = caseIn(offer, about);
    if (!offer || one?.kind !== 'offer' || !isOffered(one)) return undefined;
    const at = new Date(now()).toISOString();
    const next = closed(offer, { outcome, by: coach.id, now: now() }, municipality);
    const handling = { ...offer.handling, done: { by: coach.id, at } };
    const coaches = coachesOf(one, municipality);
    const news = { news: 'handled', about, by: coach.id, except: coach.id, coaches } as const;
    return telling({ ...next, handling }, notice('coach', `${offer.id}-closeOffer`, now(), news));
  });
  const one = caseIn(after, about);
  return one ? { say: explain(one, act, coach, municipality), about } : { say: { key: 'coach.act.gone' } };
}

async function tellClient(
  { documents, municipality, now }: CardParts,
  coach: Coach,
  offer: Offer,
  { client, words }: Inputs['suggestPlace'],
): Promise<Text> {
  const told: Text = { key: 'coach.act.placeSuggested' };
  if (await wasSuggested(documents, client, coach.id, offer)) return told;
  // The list is looked at again: a card shows nobody but the coach's own clients, and neither may a press name others.
  const mine = await suitableClients(documents, coach.id, offer, now());
  if (!mine.some(({ id }) => id === client)) return { key: 'coach.act.missing.suggestPlace' };
  const moment = DateTime.fromMillis(now(), { zone: municipality.zone });
  try {
    const act = { documents, municipality, coach: coach.id, now: moment };
    await suggestPlace(act, offer, { client, ...(words !== undefined && { words }) });
    return told;
  } catch (error) {
    if (!(error instanceof PolkuError)) throw error;
    if (error.code === 'notReached') return { key: 'coach.act.clientNotReached' };
    if (error.code === 'leftAlone') return { key: 'errors.leftAlone' };
    if (error.code === 'notFound') return { key: 'coach.act.gone' };
    throw error;
  }
}

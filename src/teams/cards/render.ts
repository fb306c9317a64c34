import type { CalendarDay } from '../../domain/appointments/appointment.ts';
import type { Documents } from '../../domain/documents.ts';
import type { CaseRef } from '../../domain/notices.ts';
import { type Case, caseIn, isOpen } from '../cases.ts';
import { appointmentBody } from './appointment.ts';
import { type Card, card, line, sentence } from './blocks.ts';
import { contactBody } from './contact.ts';
import { dayCard } from './day.ts';
import { buttons, handlingLines } from './handling.ts';
import { intakeBody } from './intake.ts';
import type { CardReader } from './reader.ts';
import { erasureBody, referralBody } from './referral.ts';

/** A card as one coach sees it now; `open` when it waits for them. */
export interface RenderedCard {
  card: Card;
  open: boolean;
}

function bodyOf(found: Case, reader: CardReader) {
  switch (found.kind) {
    case 'intake':
      return intakeBody(found.of, reader);
    case 'contact':
      return contactBody(found.of, reader);
    case 'referral':
      return referralBody(found.of, reader);
    case 'appointment':
      return appointmentBody(found.of, reader);
    case 'erasure':
      return erasureBody(found.of, reader);
  }
}

/** The card of a case at hand. */
export function caseCard(found: Case, about: CaseRef, reader: CardReader): RenderedCard {
  const { title, body } = bodyOf(found, reader);
  const all = [...body, ...handlingLines(found, reader)];
  return {
    card: card(reader.language, title, all, buttons(found, about, reader)),
    open: isOpen(found, reader.coach.id, reader.now),
  };
}

/** The card of news about a client who had everything deleted; nothing but the reference is left of them. */
export function erasedCard(reference: string | undefined, { say, language }: CardReader): RenderedCard {
  const named = reference === undefined ? [] : [line(say({ key: 'cards.labels.reference' }), reference)];
  const body = [sentence(say({ key: 'cards.erased' })), ...named];
  return { card: card(language, say({ key: 'cards.titles.gone' }), body), open: false };
}

/** The card in the place of a case that is not there any more. */
export function goneCard({ say, language }: CardReader): RenderedCard {
  return {
    card: card(language, say({ key: 'cards.titles.gone' }), [sentence(say({ key: 'cards.gone' }))]),
    open: false,
  };
}

/**
 * Makes a card from its source as it is now, in the coach's language: a case, or the whole day when a day is named without
 * a meeting. When the source is gone, the card says so. A case that does not concern the coach reads as gone.
 */
export async function renderCard(
  documents: Documents,
  about: CaseRef,
  reader: CardReader,
  concerns: (found: Case) => boolean,
): Promise<RenderedCard> {
  if (about.collection === 'calendars' && about.partition !== reader.coach.id) return goneCard(reader);
  const document = (await documents.get(about))?.document;
  if (about.collection === 'calendars' && about.appointment === undefined) {
    return { card: dayCard(document as CalendarDay | undefined, about.id, reader), open: false };
  }
  const found = caseIn(document, about);
  return found && concerns(found) ? caseCard(found, about, reader) : goneCard(reader);
}

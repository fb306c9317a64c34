import type { CalendarDay, Slot } from '../../domain/appointments/appointment.ts';
import { certificatesShown } from '../../domain/clients/certificate.ts';
import type { Intake } from '../../domain/clients/path.ts';
import { responsibleFor } from '../../domain/clients/responsible.ts';
import type { Documents } from '../../domain/documents.ts';
import type { CaseRef } from '../../domain/notices.ts';
import { type SuitableClient, suitableClients } from '../../domain/offers/suitable-clients.ts';
import { actsOf, isOpen } from '../acts/offered.ts';
import { type Case, caseIn, coachesOf, handlingOf } from '../cases.ts';
import { appointmentBody } from './appointment.ts';
import { type Block, type Card, card, line, sentence } from './blocks.ts';
import { certificateLines } from './certificate.ts';
import { contactBody } from './contact.ts';
import { courseBody } from './course.ts';
import { dayCard } from './day.ts';
import { buttons, handlingLines } from './handling.ts';
import { intakeBody } from './intake.ts';
import { offerBody, suitableLines } from './offer.ts';
import { planBody } from './plan.ts';
import { type CardReader, coachName } from './reader.ts';
import { erasureBody, referralBody } from './referral.ts';
import { suggestedTo, suggestionBody } from './suggestion.ts';

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
    case 'suggestion':
      return suggestionBody(found.of, reader);
    case 'offer':
      return offerBody(found.of, reader);
    case 'course':
      return courseBody(found.of, reader);
    case 'plan':
      return planBody(found.of, reader);
    case 'erasure':
      return erasureBody(found.of, reader);
  }
}

/** The card of a case at hand; `times` can be proposed for a meeting, `more` is known besides the case. */
export function caseCard(
  found: Case,
  about: CaseRef,
  reader: CardReader,
  times: Slot[] = [],
  more: Block[] = [],
  clients: SuitableClient[] = [],
): RenderedCard {
  const { title, body } = bodyOf(found, reader);
  const all = [...body, ...more, ...handlingLines(found, reader)];
  return {
    card: card(reader.language, title, all, buttons(found, about, reader, times, clients)),
    open: isOpen(found, reader.coach.id, reader.now, reader.municipality),
  };
}

/** The card of news about a client who had everything deleted; nothing but the reference is left of them. */
export function erasedCard(reference: string | undefined, { say, language }: CardReader, what?: 'offer'): RenderedCard {
  const named = reference === undefined ? [] : [line(say({ key: 'cards.labels.reference' }), reference)];
  const [title, text] = what ? ['offer.erasedTitle', 'offer.erased'] : ['cards.titles.gone', 'cards.erased'];
  return { card: card(language, say({ key: title! }), [sentence(say({ key: text! })), ...named]), open: false };
}

/** The card in the place of a case that is not there any more. */
export function goneCard({ say, language }: CardReader): RenderedCard {
  return {
    card: card(language, say({ key: 'cards.titles.gone' }), [sentence(say({ key: 'cards.gone' }))]),
    open: false,
  };
}

/** The card in the place of a case that is with another coach now; it says who has it, and nothing of the person. */
export function elsewhereCard(found: Case, { say, language, municipality }: CardReader): RenderedCard {
  const { taken, given } = handlingOf(found);
  const coach = taken?.by ?? given?.to ?? ownerOf(found);
  const who =
    coach === undefined ? [] : [sentence(say({ key: 'cards.with', with: { coach: coachName(coach, municipality) } }))];
  const reference = 'reference' in found.of ? [line(say({ key: 'cards.labels.reference' }), found.of.reference)] : [];
  return { card: card(language, say({ key: 'cards.titles.elsewhere' }), [...who, ...reference]), open: false };
}

function ownerOf(found: Case): string | undefined {
  if (found.kind === 'course') return responsibleFor(found.of)?.coach;
  return found.kind === 'appointment' ? found.of.coach : undefined;
}

/**
 * Makes a card from its source as it is now, in the coach's language: a case, or the whole day when a day is named without
 * a meeting. When the source is gone, the card says so; when it is with another coach, it says with whom. `timesFor` finds
 * the times that can be proposed for a meeting.
 */
export async function renderCard(
  documents: Documents,
  about: CaseRef,
  reader: CardReader,
  timesFor: (found: Case) => Promise<Slot[]>,
): Promise<RenderedCard> {
  if (about.collection === 'calendars' && about.partition !== reader.coach.id) return goneCard(reader);
  const document = (await documents.get(about))?.document;
  if (about.collection === 'calendars' && about.appointment === undefined) {
    return { card: dayCard(document as CalendarDay | undefined, about.id, reader), open: false };
  }
  const found = caseIn(document, about);
  if (!found) return goneCard(reader);
  if (!coachesOf(found, reader.municipality).includes(reader.coach.id)) return elsewhereCard(found, reader);
  const proposes = actsOf(found, reader.coach.id, reader.now, reader.municipality).includes('propose');
  const hasCertificates = found.kind === 'intake' && reader.municipality.certificates !== undefined;
  const certificates = hasCertificates ? await certificatesShown(documents, about.partition) : [];
  if (found.kind === 'offer') return offerCard(documents, found, about, reader);
  if (found.kind === 'suggestion') {
    const intakes = await documents.list<Intake>('clients', about.partition, 'intake');
    return caseCard(
      found,
      about,
      reader,
      [],
      suggestedTo(
        intakes.map(({ document: one }) => one),
        reader,
      ),
    );
  }
  const more = certificateLines(certificates, reader);
  return caseCard(found, about, reader, proposes ? await timesFor(found) : [], more);
}

/** The card of an employer's place; who can suggest it sees which of their own clients it may suit. */
async function offerCard(
  documents: Documents,
  found: Extract<Case, { kind: 'offer' }>,
  about: CaseRef,
  reader: CardReader,
): Promise<RenderedCard> {
  const { coach, now, municipality } = reader;
  const suggests = actsOf(found, coach.id, now, municipality).includes('suggestPlace');
  if (!suggests) return caseCard(found, about, reader);
  const clients = await suitableClients(documents, coach.id, found.of, now);
  return caseCard(found, about, reader, [], suitableLines(clients, found.of, reader), clients);
}

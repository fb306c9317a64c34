import { readdirSync } from 'node:fs';
import type { Slot } from '../../src/domain/appointments/appointment.ts';
import type { MeetingKind, Municipality } from '../../src/domain/municipalities/pack.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { silent } from './answers.ts';
import { type Conversation, converse, type Given } from './conversation.ts';

const packs = 'deploy/municipalities';

/** Every city that has a folder, by its slug. */
export const citySlugs: string[] = readdirSync(packs).sort();

/** The pack of a city as it is deployed. */
export const cityOf = (slug: string): Municipality => loadMunicipality(packs, slug);

/** A conversation with the service of a city, at the menu. */
export async function converseIn(municipality: Municipality, language: string, at?: string): Promise<Conversation> {
  return converse({ municipality, language, ...(at && { at }) });
}

/** Does the intake, telling only what is given here, and resolves with what was kept. */
export async function tellsIn(talk: Conversation, told: Record<string, Given>) {
  await talk.presses('intake');
  await talk.answers({ ...silent, searchStart: 'notYet', ...told });
  await talk.isAsked('review').presses('submit');
  talk.isAsked('menu');
  return (await talk.world().clients.path()).intakes[0]!;
}

/** Comes to the times of a meeting; those with anybody when the person's own coach has some as well. */
export async function toTimesIn(talk: Conversation, topic: string, kind: MeetingKind, anybody = false) {
  await talk.presses('booking');
  await talk.answers({ topic, kind, phone: '040 000 0002' });
  talk.isAsked('slot');
  if (anybody && talk.labelOf('anybody') !== undefined) await talk.presses('anybody');
  return talk;
}

/** The times among the buttons. */
export function timesShown(talk: Conversation): (Slot & { kind: MeetingKind })[] {
  const options = talk.dialog.shown?.options ?? [];
  return options.filter(({ at, look }) => at && !look).map(({ value }) => value as Slot & { kind: MeetingKind });
}

/** Books the time that is among the buttons, and resolves with the appointment. */
export async function booksIn(talk: Conversation, slot: Slot) {
  await talk.presses(talk.dialog.shown!.options.find(({ value }) => value === slot)!.value);
  await talk.answers({ interpreter: false, name: null });
  await talk.isAsked('review').presses('submit');
  talk.hears('booking.done.booked');
  return (await talk.world().clients.path()).appointments[0]!;
}

/** Services that are offered now, by id. */
export function servicesShown(talk: Conversation): string[] {
  const ids = talk.municipality.services.map(({ id }) => id);
  return (talk.dialog.shown?.options ?? []).map(({ value }) => String(value)).filter((id) => ids.includes(id));
}

/** Is referred to a service for the needs (those of the intake when none are given), telling a name and a wish only. */
export async function isReferredIn(talk: Conversation, service: string, needs?: string[]) {
  await talk.presses('referral');
  if (needs && talk.asked === 'service') await talk.presses('other');
  await talk.answers({
    ...(needs && { needs }),
    service,
    how: 'refer',
    lines: ['name', 'wish'],
    name: 'Testi',
    wish: 'Xyz',
    consent: 'send',
  });
  await talk.isAsked('review').presses('submit');
  const referral = (await talk.world().clients.path()).referrals[0]!;
  talk.hears(referral.state === 'awaits-order' ? 'order.waits.sent' : 'referral.done.sent');
  return referral;
}

import { DateTime } from 'luxon';
import type { CalendarDay } from '../../domain/appointments/appointment.ts';
import { dayRef } from '../../domain/appointments/coach-day.ts';
import { shiftDate } from '../../domain/appointments/wall-clock.ts';
import { restOf } from '../../domain/clients/course.ts';
import { type MyClient, myClients } from '../../domain/coaches/my-clients.ts';
import type { Documents } from '../../domain/documents.ts';
import { languageName } from '../../notify/answers.ts';
import type { ListName } from '../stored-card.ts';
import { type Block, brief, card, line, part, sentence } from './blocks.ts';
import { button } from './buttons.ts';
import { dayLines } from './day.ts';
import { panelCard, panelLine } from './panel.ts';
import type { CardReader } from './reader.ts';
import type { RenderedCard } from './render.ts';

/** Clients in a list; a card for Teams stays under 28 kB. */
const clientsShown = 20;
const daysShown = 7;

/** A list of a coach, as it is now; the week begins on the date. */
export async function listCard(
  documents: Documents,
  list: ListName,
  date: string,
  reader: CardReader,
): Promise<RenderedCard> {
  if (list === 'panel') return panelCard(documents, reader);
  const body = list === 'week' ? await week(documents, date, reader) : await clients(documents, reader);
  return { card: card(reader.language, reader.say({ key: `cards.lists.${list}.title` }), body), open: false };
}

async function week(documents: Documents, from: string, reader: CardReader): Promise<Block[]> {
  const { say, coach, municipality } = reader;
  const body: Block[] = [];
  for (let n = 0; n < daysShown; n++) {
    const date = shiftDate(from, n);
    const lines = dayLines((await documents.get<CalendarDay>(dayRef(coach.id, date)))?.document, reader);
    if (lines.length === 0) continue;
    const noon = DateTime.fromISO(`${date}T12:00`, { zone: municipality.zone }).toISO()!;
    body.push(part(say({ at: noon, as: 'day' })), ...lines);
  }
  return body.length > 0 ? body : [sentence(say({ key: 'cards.lists.week.empty' }))];
}

async function clients(documents: Documents, reader: CardReader): Promise<Block[]> {
  const { say, coach, now } = reader;
  const mine = await myClients(documents, coach.id, now);
  const panel = await panelLine(documents, reader);
  if (mine.length === 0) return [sentence(say({ key: 'cards.lists.clients.empty' })), ...panel];
  const rest = mine.length - clientsShown;
  const more = rest > 0 ? [sentence(say({ key: 'cards.lists.clients.more', with: { count: rest } }))] : [];
  return [...mine.slice(0, clientsShown).flatMap((client) => clientBlocks(client, reader)), ...more, ...panel];
}

function clientBlocks({ id, name, reference, language, next, about, path }: MyClient, reader: CardReader): Block[] {
  const { say, now } = reader;
  const rest = path.client && restOf(path.client, now);
  const rests = rest && say({ key: `hand-over.card.rests.${rest.is}` });
  const meeting = next ? say({ at: next.start, as: 'moment' }) : say({ key: 'cards.lists.clients.noMeeting' });
  const facts = [reference, rests, languageName(language, reader), meeting]
    .filter((one) => one !== undefined)
    .join(', ');
  const label = brief(name ?? say({ key: 'cards.lists.clients.nameless' }));
  const show = button(say({ key: 'cards.buttons.show', with: { name: label } }), { act: 'show', about: about! });
  const { plan } = path;
  const isOwn = plan !== undefined && (plan.coach ?? reader.coach.id) === reader.coach.id;
  const ofPlan = { collection: 'clients', partition: id, id: plan?.id ?? '' } as const;
  const showPlan = button(say({ key: 'plan.card.showPlanOf', with: { name: label } }), { act: 'show', about: ofPlan });
  const actions = [...(about ? [show] : []), ...(isOwn ? [showPlan] : [])];
  return [line(label, facts), ...(actions.length > 0 ? [{ type: 'ActionSet' as const, actions }] : [])];
}

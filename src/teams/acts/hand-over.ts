import { changeDocument } from '../../domain/change-document.ts';
import type { Client } from '../../domain/clients/path.ts';
import { type Reach, reachOf, toClient } from '../../domain/clients/reach.ts';
import { accepted, isLeft, kept, offered, organisationName, responsibleFor } from '../../domain/clients/responsible.ts';
import { carryClient } from '../../domain/coaches/carry-client.ts';
import { madeId } from '../../domain/made-id.ts';
import type { Coach, Municipality } from '../../domain/municipalities/pack.ts';
import { type CaseRef, type CoachNotice, notice, telling } from '../../domain/notices.ts';
import type { Text } from '../../domain/text.ts';
import type { Pressing } from '../actions.ts';
import { coachName } from '../cards/reader.ts';
import { caseIn, coachesOf } from '../cases.ts';
import type { CardParts } from '../present.ts';
import { type Act, actsOf, markOf } from './offered.ts';
import { readWish, type Wish } from './wish.ts';

/** Who does it, and what is known besides the client's own document. */
interface Doing {
  coach: Coach;
  municipality: Municipality;
  reach: Reach;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Does what a coach pressed on the card of a client whom organisations share, by compare-and-set on the client's own
 * document: of those who offer, accept, decline and take back at once, one wins. Until the receiver accepts, the giver is
 * responsible. The same press again changes nothing and gets the same answer.
 */
export async function pressCourse(
  { documents, municipality, now }: CardParts,
  coach: Coach,
  { act, about, mark, data }: { act: Act; about: CaseRef; mark: string | undefined; data: Record<string, unknown> },
): Promise<Pressing> {
  const wish = readWish(act, data);
  if ('missing' in wish) return { say: wish.missing, about };
  const doing: Doing = { coach, municipality, reach: await reachOf(documents, about.partition), now: now() };
  let isDone = false;
  let refusal: Text | undefined;
  const after = await changeDocument<Client>(documents, about, (client) => {
    const found = caseIn(client, about);
    isDone = false;
    refusal = undefined;
    if (!client || found?.kind !== 'course') refusal = { key: 'coach.act.gone' };
    else if (!coachesOf(found, municipality).includes(coach.id)) refusal = { key: 'coach.act.notYours' };
    if (!client || found?.kind !== 'course' || refusal) return undefined;
    const isOffered = actsOf(found, coach.id, now(), municipality).includes(act);
    if (!isOffered || (mark !== undefined && mark !== markOf(found))) return undefined;
    const next = done(client, wish, doing);
    if (!next) refusal = { key: 'coach.act.missing.handOver' };
    isDone = next !== undefined;
    return next;
  });
  if (!after || refusal) return { say: refusal ?? { key: 'coach.act.gone' }, ...(after && { about }) };
  if (act === 'acceptClient') await carryClient(documents, about.partition);
  return { say: explained(after, act, isDone, doing), about };
}

/** The client after an act, with what the client and the other coach hear of it; undefined when it cannot be done. */
function done(client: Client, wish: Wish, doing: Doing): Client | undefined {
  const { coach, municipality, now } = doing;
  const at = new Date(now).toISOString();
  const next =
    wish.act === 'handOver'
      ? offered(client, { ...wish.input, by: coach.id, at }, municipality)
      : wish.act === 'acceptClient'
        ? accepted(client, coach.id, municipality, at)
        : kept(client, coach.id);
  if (!next) return undefined;
  const { by, to } = client.handOver ?? next.handOver ?? { by: coach.id, to: coach.id };
  const about = { collection: 'clients', partition: client.partition, id: client.id } as const;
  const news: CoachNotice = { news: 'handOver', about, by: coach.id, except: coach.id, coaches: [by, to] };
  const id = madeId('hand-over', client.partition, wish.act, coach.id, at);
  const told = wish.act === 'acceptClient' ? tellClient(client, next, id, doing) : [];
  return telling(next, notice('coach', id, now, news), ...told);
}

/** The client hears who is responsible now, who was, and that nothing else changes. */
function tellClient(before: Client, after: Client, id: string, { coach, municipality, reach, now }: Doing) {
  const { words } = before.handOver ?? {};
  const { organisation } = responsibleFor(after)!;
  const giver = coachName(responsibleFor(before)!.coach, municipality);
  const changed = {
    key: 'hand-over.told.now',
    with: { coach: coach.name, organisation: organisationName(organisation, municipality) },
  };
  const say: Text[] = [
    { lines: isLeft(before, municipality) ? [changed] : [changed, { key: 'hand-over.told.before', with: { giver } }] },
    ...(words === undefined ? [] : [{ key: 'fromCoach.words', with: { coach: giver, words } }]),
    { key: 'hand-over.told.stays' },
  ];
  return toClient(reach, id, now, { say, mail: { subject: { key: 'hand-over.subject' } } });
}

function explained(client: Client, act: Act, isDone: boolean, { coach, municipality, reach }: Doing): Text {
  const { handOver } = client;
  const own = responsibleFor(client);
  if (act === 'handOver' && handOver?.by === coach.id) {
    const values = { to: coachName(handOver.to, municipality), at: { at: handOver.at, as: 'moment' as const } };
    return { key: 'hand-over.act.offered', with: values };
  }
  if (act === 'acceptClient' && own?.coach === coach.id) {
    const isReached = reach.conversation !== undefined || reach.hasEmail;
    return { key: `hand-over.act.${isReached ? 'accepted' : 'acceptedUntold'}` };
  }
  if (act === 'declineClient' && isDone) {
    return { key: 'hand-over.act.declined', with: { coach: coachName(own?.coach ?? '', municipality) } };
  }
  if (act === 'keepClient' && !handOver && own?.coach === coach.id) return { key: 'hand-over.act.kept' };
  return { key: 'coach.act.oldCard' };
}

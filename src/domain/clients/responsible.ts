import type { Municipality } from '../municipalities/pack.ts';
import type { Text } from '../text.ts';
import type { Client, Routing } from './path.ts';

/** A time in which one coach of one organisation answers for a client; it ends when the next begins. */
export interface Responsible {
  organisation: string;
  coach: string;
  /** ISO 8601. */
  since: string;
  because: Text;
}

/** The client is offered to another coach; until that coach accepts, the giver stays responsible. */
export interface HandOver {
  to: string;
  by: string;
  at: string;
  /** What the giver wants the receiver and the client to know. */
  words?: string;
}

/** Who answers for the client now; undefined before the first intake, and where organisations do not share clients. */
export function responsibleFor({ responsible }: Pick<Client, 'responsible'>): Responsible | undefined {
  return responsible?.at(-1);
}

/** The organisation of a coach; undefined when the pack has none, or has lost the coach. */
export function organisationOf(coach: string, { coaches }: Pick<Municipality, 'coaches'>): string | undefined {
  return coaches.find(({ id }) => id === coach)?.organisation;
}

/** Name of an organisation of the pack; its id when the pack has it no longer. */
export function organisationName(id: string, { organisations = [] }: Municipality): Text {
  return organisations.find((one) => one.id === id)?.name ?? id;
}

/**
 * What a submitted intake changes of who is responsible: the first one names somebody, and a later one only when the
 * responsible coach is with the pack no more. Nothing where organisations do not share clients.
 */
export function withRouting(client: Client, routing: Routing, municipality: Municipality, at: string): Partial<Client> {
  const { coach } = routing;
  if (!municipality.organisations || coach === undefined) return {};
  const current = responsibleFor(client);
  if (current && organisationOf(current.coach, municipality) !== undefined) return {};
  return begun(client, { coach, because: routing.because }, municipality, at);
}

/** The client offered to another coach of the pack; undefined when this coach is not the responsible one, or has offered. */
export function offered(
  client: Client,
  { to, by, at, words }: HandOver,
  municipality: Municipality,
): Client | undefined {
  const isTheirs = responsibleFor(client)?.coach === by;
  if (!isTheirs || client.handOver || to === by || organisationOf(to, municipality) === undefined) return undefined;
  return { ...client, handOver: { to, by, at, ...(words !== undefined && { words }) } };
}

/** Whether the responsible coach is with the pack no more: then any other may take the client. */
export function isLeft(client: Pick<Client, 'responsible'>, municipality: Municipality): boolean {
  const own = responsibleFor(client);
  return own !== undefined && organisationOf(own.coach, municipality) === undefined;
}

/** The client with the receiver, who accepts; undefined when nothing is offered to this coach, and nobody has left. */
export function accepted(client: Client, coach: string, municipality: Municipality, at: string): Client | undefined {
  const { handOver, ...rest } = client;
  const left = isLeft(client, municipality);
  if (handOver?.to !== coach && !left) return undefined;
  const giver = nameOf(responsibleFor(client)?.coach ?? '', municipality);
  const because: Text = { key: left ? 'hand-over.becauseGone' : 'hand-over.because', with: { giver } };
  return { ...rest, ...begun(client, { coach, because }, municipality, at) };
}

/** The client stays with the giver: the receiver declines, or the giver takes it back; undefined when it is neither. */
export function kept(client: Client, coach: string): Client | undefined {
  const { handOver, ...rest } = client;
  return handOver && (handOver.to === coach || handOver.by === coach) ? rest : undefined;
}

function begun(
  client: Client,
  { coach, because }: { coach: string; because: Text },
  municipality: Municipality,
  at: string,
): Pick<Client, 'coach' | 'responsible'> {
  const organisation = organisationOf(coach, municipality);
  if (organisation === undefined) return {};
  return { coach, responsible: [...(client.responsible ?? []), { organisation, coach, since: at, because }] };
}

function nameOf(coach: string, { coaches }: Municipality): string {
  return coaches.find(({ id }) => id === coach)?.name ?? coach;
}

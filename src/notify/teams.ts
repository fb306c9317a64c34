import type { Activity } from '../bot/activity.ts';
import type { ChannelReference, Conversations } from '../bot/conversations.ts';
import type { Connector, SendOutcome } from '../channels/azure/connector.ts';
import { toChannel } from '../channels/azure/reply.ts';
import type { Documents, OutboxItem } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { type TeamsNotice, teamsNotice } from '../domain/notices.ts';
import { hasCode } from '../errors.ts';
import type { Translator } from '../i18n/translator.ts';
import { type CoachLink, changeLink, handedOver, type MailReason } from '../teams/coach-link.ts';
import { copiesOf, keepCopy } from '../teams/sent-cards.ts';
import { storedCardIn } from '../teams/stored-card.ts';
import { type Present, teamsCard, teamsMessage } from '../teams/teams-message.ts';
import { missedText } from './missed.ts';
import type { Outcome, Sender, Throttled } from './sender.ts';
import type { Pace } from './teams-pace.ts';

/** What the sender to Teams works with. */
export interface TeamsSenderParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  conversations: Pick<Conversations, 'since'>;
  connector: Pick<Connector, 'send' | 'update'>;
  present: Present;
  pace: Pace;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What Teams has not taken by then goes by mail, in milliseconds. */
const patience = 30 * 60_000;
/** Tries of which nobody knows the end: one copy is harmless, more would be noise. */
const unsureTries = 2;
/** The outbox gives an item up after a few more. */
const mostTries = 30;

/**
 * Makes the sender of messages to coaches in Teams. `sent` means that Teams said so. What Teams refuses, or is not heard
 * to take, goes by mail; the coach's list and the next message that arrives say so. A message of which nobody can know
 * whether it arrived is sent once more at most.
 */
export function createTeamsSender(parts: TeamsSenderParts): Sender {
  const { documents, municipality, conversations, connector, present, pace, now } = parts;
  /** Tries of an item that surely did nothing; another process does not know them, and gives up earlier. */
  const harmless = new Map<string, number>();

  return async ({ item, document }) => {
    const link = document as CoachLink;
    const parsed = teamsNotice.safeParse(item.payload);
    const coach = municipality.coaches.find(({ id }) => id === link.partition);
    if (!parsed.success || !coach) return 'refused';
    const { reference, unreachable } = link;
    if (!reference || unreachable !== undefined) return elsewhere(coach, item, parsed.data, 'unreachable');
    if (item.attempts - 1 - (harmless.get(item.id) ?? 0) >= unsureTries)
      return elsewhere(coach, item, parsed.data, 'unsure');
    if (item.attempts > mostTries || now() - parsed.data.at > patience)
      return elsewhere(coach, item, parsed.data, 'unreachable');
    const outcome = await deliver(coach, { ...link, reference }, item, parsed.data);
    if (outcome === 'sent' || outcome === 'handedOver') harmless.delete(item.id);
    else if (outcome !== 'ambiguous') harmless.set(item.id, (harmless.get(item.id) ?? 0) + 1);
    return outcome;
  };

  type Reached = CoachLink & { reference: ChannelReference };

  async function deliver(
    coach: Coach,
    link: Reached,
    item: OutboxItem,
    what: TeamsNotice,
  ): Promise<Outcome | Throttled> {
    if (what.place === undefined) return refresh(coach, link, item, what);
    const said = await readPlace(coach, what.place);
    if (!said) return elsewhere(coach, item, what, 'unreachable');
    const until = pace.take(link.reference.conversation, item.id, now());
    if (until > 0) return { until };
    const { reference, missed } = link;
    const lead = missed && {
      text: parts.t.say(missedText(missed), said.locale ?? coach.language),
      warns: true,
    };
    const message = teamsMessage(said, reference.user, lead);
    const outcome = await connector.send(reference, toChannel(message, reference));
    if (outcome.is === 'sent') await remember(coach, said, outcome.id, link);
    return outcomeOf(coach, outcome, link, item, what);
  }

  /** Brings the copies of a card up to date; putting the same card in its place again does no harm. */
  async function refresh(
    coach: Coach,
    link: Reached,
    item: OutboxItem,
    { about, except }: TeamsNotice,
  ): Promise<Outcome | Throttled> {
    if (!about) return 'refused';
    const { reference } = link;
    const ids = (await copiesOf(documents, coach.id, about, reference)).filter((id) => id !== except);
    if (ids.length === 0) return 'sent';
    const content = await teamsCard(present, coach.id, about, { user: reference.user });
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    for (const id of ids) {
      const until = pace.take(reference.conversation, `${item.id} ${id}`, now());
      if (until > 0) return { until };
      const outcome = await connector.update(reference, id, toChannel({ type: 'message', attachments }, reference));
      // A copy that is gone needs no update; each copy asks for its newest form itself when it is looked at.
      if (outcome.is === 'throttled') return throttled(outcome, reference);
      if (outcome.is === 'ambiguous') return 'ambiguous';
    }
    return 'sent';
  }

  async function readPlace({ id }: Coach, place: number): Promise<Activity | undefined> {
    try {
      return (await conversations.since(`coach-${id}`, place)).activities[0];
    } catch (error) {
      // What is gone needs no telling.
      if (hasCode(error, 'notFound')) return undefined;
      throw error;
    }
  }

  /** A card that is there must not come again because our own note of it failed. */
  async function remember(coach: Coach, said: Activity, id: string | undefined, link: Reached): Promise<void> {
    const { missed, reference } = link;
    try {
      if (missed) await changeLink(documents, coach.id, withoutMissed(missed));
      const stored = storedCardIn(said);
      if (stored && id !== undefined) await keepCopy(documents, coach.id, stored.about, { id, reference, now: now() });
    } catch {
      // The copy asks for its newest form itself.
    }
  }

  function outcomeOf(
    coach: Coach,
    outcome: SendOutcome,
    { reference }: Reached,
    item: OutboxItem,
    what: TeamsNotice,
  ): Outcome | Throttled | Promise<Outcome> {
    if (outcome.is === 'sent' || outcome.is === 'ambiguous') return outcome.is;
    if (outcome.is === 'throttled') return throttled(outcome, reference);
    // 404 may be a passing fault of the service, so that the next news tries again; 403 is the person's own wish.
    return elsewhere(coach, item, what, 'unreachable', outcome.status === 403);
  }

  function throttled({ retryAfter }: { retryAfter?: number }, { conversation }: ChannelReference): Outcome | Throttled {
    if (retryAfter === undefined) return 'throttled';
    const until = Math.ceil(now() + retryAfter * 1000);
    pace.pause(conversation, until);
    return { until };
  }

  async function elsewhere(
    { id }: Coach,
    item: OutboxItem,
    what: TeamsNotice,
    why: MailReason,
    blocked = false,
  ): Promise<Outcome> {
    await changeLink(documents, id, (link) => handedOver(link, item, what, { now: now(), why, blocked }));
    return 'handedOver';
  }
}

/** Told now; what was missed meanwhile still waits to be told. */
function withoutMissed(told: NonNullable<CoachLink['missed']>) {
  return (link: CoachLink): CoachLink | undefined => {
    if (!link.missed) return undefined;
    const { missed, ...rest } = link;
    const count = missed.count - told.count;
    return count > 0 ? { ...rest, missed: { ...missed, count } } : rest;
  };
}

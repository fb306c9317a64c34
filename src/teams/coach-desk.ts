import type { Activity, Incoming } from '../bot/activity.ts';
import type { Conversations, Opening } from '../bot/conversations.ts';
import { type CardPress, type InvokeAnswer, withCard, withWords } from '../channels/azure/card-invoke.ts';
import type { ChannelActivity } from '../channels/azure/channel-activity.ts';
import { referenceOf } from '../channels/azure/reply.ts';
import { isServiceUrl } from '../channels/azure/service-url.ts';
import type { DocumentRef, Documents } from '../domain/documents.ts';
import type { Coach, Municipality } from '../domain/municipalities/pack.ts';
import { caseRef } from '../domain/notices.ts';
import { hasCode, PolkuError } from '../errors.ts';
import type { Translator } from '../i18n/translator.ts';
import { arrive, bring, leave, linkRef, teamsReference } from './coach-link.ts';
import { storedCardIn } from './stored-card.ts';
import { type Present, teamsCard, teamsMessage } from './teams-message.ts';

/** What the channel of Teams asks of us about coaches. */
export interface CoachDesk {
  /** Keeps where the coach is. */
  arrived(coach: string, activity: ChannelActivity): Promise<void>;
  /** Forgets where the coach is. */
  left(coach: string): Promise<void>;
  /** What the bot said, as Teams shows it. */
  dress(said: Activity[], user: string): Activity[];
  /** Answers a press on a card. */
  pressed(opening: Opening & { coach: string }, press: CardPress, activity: ChannelActivity): Promise<InvokeAnswer>;
}

/** Parts of the desk. */
export interface DeskParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Epoch milliseconds. */
  now: () => number;
  auth: 'azure' | 'none';
  conversations: Pick<Conversations, 'start' | 'receive'>;
  present: Present;
  wake: (link: DocumentRef) => void;
}

/** Makes the desk at which Teams meets the coaches of the pack. */
export function createCoachDesk(parts: DeskParts): CoachDesk {
  const { documents, municipality, t, auth, conversations, present } = parts;

  function coachOf(id: string): Coach {
    const coach = municipality.coaches.find((one) => one.id === id);
    if (!coach) throw new PolkuError('notFound', 'the coach has left the pack');
    return coach;
  }

  /** Runs the press as a turn of the coach's own conversation, so that a repeat gets the same answer. */
  async function act(opening: Opening, incoming: Incoming): Promise<Activity[]> {
    await conversations.start(opening);
    const { activities } = await conversations.receive(opening.conversationId, incoming);
    return activities.filter(({ from }) => from.role === 'bot');
  }

  async function answer(coach: Coach, said: Activity[], user: string): Promise<InvokeAnswer> {
    const words = said.flatMap((one) => (storedCardIn(one) ? [] : [one.text ?? ''])).filter(Boolean);
    const lead = words.length > 0 ? { text: words.join(' '), warns: false } : undefined;
    const card = said.find((one) => storedCardIn(one) !== undefined);
    const content = card && teamsMessage(card, user, lead).attachments?.[0]?.content;
    if (content) return withCard(content);
    return withWords(lead?.text ?? t.say({ key: 'coach.act.unreadable' }, coach.language));
  }

  return {
    async arrived(coach, activity) {
      const { success, data } = teamsReference.safeParse(referenceOf(activity));
      if (success && isServiceUrl(data.serviceUrl, auth)) await arrive(documents, coach, data);
    },
    left: (coach) => leave(documents, coach),
    dress: (said, user) => said.map((one) => teamsMessage(one, user)),
    async pressed(opening, { data, isRefresh }, activity) {
      const coach = coachOf(opening.coach);
      const user = activity.from.id;
      const about = caseRef.safeParse(data.about).data;
      if (about && (isRefresh || data.act === 'show')) {
        const card = await teamsCard(present, coach.id, about, { user });
        if (card) return withCard(card);
      }
      const { id = '', channelData } = activity;
      const incoming: Incoming = {
        type: 'invoke',
        id,
        name: 'adaptiveCard/action',
        value: { action: { data } },
        ...(channelData && { channelData }),
      };
      try {
        const answered = await answer(coach, await act(opening, incoming), user);
        if (about) {
          const except = activity.replyToId;
          const copies = { name: `${id}-copies`, at: parts.now(), about, ...(except && { except }) };
          await bring(documents, coach.id, true, copies);
          parts.wake(linkRef(coach.id));
        }
        return answered;
      } catch (error) {
        if (hasCode(error, 'storeUnavailable')) return withWords(t.say({ key: 'staff.notNow' }, coach.language));
        throw error;
      }
    },
  };
}

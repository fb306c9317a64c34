import type { Activity } from '../bot/activity.ts';
import type { CaseRef } from '../domain/notices.ts';
import { type Block, sentence } from './cards/blocks.ts';
import { type StoredCard, storedCardIn } from './stored-card.ts';

/** A card in the form of Teams: any of ours, of which only the parts that change are looked at. */
interface TeamsCard {
  fallbackText: string;
  body: Block[];
  refresh?: { action: object; userIds: string[] };
  [more: string]: unknown;
}

/** Words of ours above a card: what came of a press, which may be good news, or a warning. */
export interface Lead {
  text: string;
  warns: boolean;
}

/** Gives stored messages of a coach's log their shape for reading. */
export type Present = (activities: Activity[], of: { coach?: string }) => Promise<Activity[]>;

const cardType = 'application/vnd.microsoft.card.adaptive';

/** Buttons that Teams answers in place instead of those that send a message. */
function inPlace(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPlace);
  if (typeof value !== 'object' || value === null) return value;
  const { type, data, ...rest } = value as { type?: unknown; data?: { act?: unknown } };
  const inside = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, inPlace(one)]));
  if (type === 'Action.Submit') return { ...inside, type: 'Action.Execute', verb: String(data?.act ?? 'press'), data };
  return { ...(type !== undefined && { type }), ...inside, ...(data !== undefined && { data }) };
}

/** A card with words of ours under its title, which asks for its newest form whenever `user` looks at it. */
function forTeams(card: TeamsCard, about: CaseRef | undefined, user: string, lead?: Lead): TeamsCard {
  const made = inPlace(card) as TeamsCard;
  const [title, ...rest] = made.body;
  const body = lead === undefined || !title ? made.body : [title, leadLine(lead), ...rest];
  if (!about) return { ...made, body };
  const data = { act: 'show', about };
  const action = { type: 'Action.Execute', title: made.fallbackText, verb: 'show', data };
  return { ...made, body, refresh: { action, userIds: [user] } };
}

function leadLine({ text, warns }: Lead): Block {
  return sentence(text, warns ? { color: 'Attention' } : { weight: 'Bolder' });
}

/** A message of a coach's log, as it reads now, in the form that Teams takes; `lead` is said above it. */
export function teamsMessage(said: Activity, user: string, lead?: Lead): Activity {
  const { channelData, ...plain } = said;
  const stored = storedCardIn(said);
  const card = said.attachments?.find(({ contentType }) => contentType === cardType)?.content as TeamsCard | undefined;
  if (!stored || !card) {
    return lead === undefined ? plain : { ...plain, text: [lead.text, plain.text].filter(Boolean).join('\n\n') };
  }
  // Lists and cards of what is gone have nothing to ask for.
  const isCase = stored.erased === undefined && channelData?.list === undefined;
  const content = forTeams(card, isCase ? stored.about : undefined, user, lead);
  const attachments = [{ contentType: cardType, content }];
  // The summary is what the notification outside the chat says.
  return { ...plain, attachments, summary: content.fallbackText } as Activity;
}

/** The card of a case as the coach sees it now, in the form of Teams. */
export async function teamsCard(
  present: Present,
  coach: string,
  about: CaseRef,
  { user }: { user: string },
): Promise<object | undefined> {
  const channelData: StoredCard = { card: { id: '', open: false }, about };
  const stored: Activity = { type: 'message', id: '', timestamp: '', from: { id: 'polku', role: 'bot' }, channelData };
  const [presented] = await present([stored], { coach });
  return presented && (teamsMessage(presented, user).attachments?.[0]?.content as object | undefined);
}

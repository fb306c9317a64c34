import type { Activity, Attachment } from '../../bot/activity.ts';
import { type Log, pressId } from './log.ts';

/** A button of a question: what it says and what pressing it sends. */
export interface Choice {
  title: string;
  value: string;
}

/** One thing to show in the conversation; `key` stays the same while it is on its way and after. */
export interface Item {
  key: string;
  /** Changes when what stands in this place does. */
  version: string;
  mine: boolean;
  text: string;
  language?: string;
  at?: string;
  attachments: Attachment[];
  /** Buttons of an answered question, in the order they were shown. */
  past: { title: string; chosen: boolean }[];
  card?: { id: string; open: boolean };
  /** Addresses in the text that may be followed. */
  links?: string[];
  /** Why the server did not take it; `sending` while nobody knows yet. */
  failed?: string;
  sending?: boolean;
}

/** The question that waits for an answer; `choices` is empty when it is answered in own words. */
export interface OpenQuestion {
  messageId: string;
  language?: string;
  flow?: string;
  question?: string;
  step?: number;
  of?: number;
  choices: Choice[];
}

function isMine(activity: Activity): boolean {
  return activity.from.role === 'user';
}

function isShown(activity: Activity): boolean {
  return activity.type === 'message' && Boolean(activity.text || activity.attachments?.length);
}

function choicesOf(activity: Activity): Choice[] {
  return (activity.suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value: value ?? title }));
}

function questionOf(activity: Activity): OpenQuestion | undefined {
  const { flow, question, step, of } = activity.channelData ?? {};
  const choices = choicesOf(activity);
  if (!choices.length && !question) return undefined;
  return { messageId: activity.id, language: activity.locale, flow, question, step, of, choices };
}

/** The question that waits for an answer; none while an answer is on its way. */
export function openQuestion(log: Log): OpenQuestion | undefined {
  if (log.pending.some(({ outgoing, failed }) => outgoing.type === 'message' && !failed)) return undefined;
  for (const activity of log.activities.toReversed()) {
    if (activity.type !== 'message') continue;
    if (isMine(activity)) return undefined;
    const question = questionOf(activity);
    if (question) return question;
  }
  return undefined;
}

/** How far the person is in a flow; stays while an answer is on its way, and ends with the flow. */
export function progress(log: Log): { step: number; of: number } | undefined {
  let answered = false;
  for (const activity of log.activities.toReversed()) {
    if (activity.type !== 'message') continue;
    if (isMine(activity)) {
      if (answered) return undefined;
      continue;
    }
    const { step, of, question } = activity.channelData ?? {};
    // Of a single question there is no way to go.
    if (question) return step && of && of > 1 ? { step, of } : undefined;
    answered = true;
  }
  return undefined;
}

function cardOf(activity: Activity): Item['card'] {
  return activity.channelData?.card;
}

function toItem(activity: Activity, past: Item['past']): Item {
  return {
    key: cardOf(activity)?.id ?? pressId(activity) ?? activity.id,
    version: activity.id,
    mine: isMine(activity),
    text: activity.text ?? '',
    language: activity.locale,
    at: activity.timestamp,
    attachments: activity.attachments ?? [],
    past,
    card: cardOf(activity),
    ...(!isMine(activity) && activity.channelData?.links && { links: activity.channelData.links }),
  };
}

/** What to show, in order; a later card of the same id stands in the place of the earlier. */
export function itemsOf(log: Log): Item[] {
  const shown = log.activities.filter(isShown);
  const open = openQuestion(log)?.messageId;
  const items = new Map<string, Item>();
  shown.forEach((activity, index) => {
    const answer = shown.slice(index + 1, index + 6).find(isMine)?.text;
    const past = activity.id === open ? [] : choicesOf(activity);
    const item = toItem(
      activity,
      past.map(({ title, value }) => ({ title, chosen: answer === value || answer === title })),
    );
    items.set(item.key, item);
  });
  for (const { outgoing, failed } of log.pending) {
    if (!outgoing.text) continue;
    const key = outgoing.channelData.clientActivityID;
    items.set(key, {
      key,
      version: key,
      mine: true,
      text: outgoing.text,
      language: outgoing.locale,
      attachments: [],
      past: [],
      failed,
      sending: !failed,
    });
  }
  return [...items.values()];
}

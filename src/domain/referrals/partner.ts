import { maskIdentityCodes } from '../identity-code.ts';
import { type Opened, openLink } from './links.ts';
import { moveReferral, type ReferralAct } from './progress.ts';
import type { ReferralState, RefusalReason } from './referral.ts';
import { nextStates } from './states.ts';

/** What a partner answers on the page of a referral. */
export interface PartnerAnswer {
  state: ReferralState;
  /** Length of the history on the page that was answered: an answer to an older page changes nothing. */
  seen: number;
  startsOn?: string;
  reason?: RefusalReason;
  words?: string;
  /** Language of the page, for the partner's own words. */
  language: string;
}

/** What came of an answer: it moved the referral, somebody was faster or it makes no sense any more, or the link is dead. */
export type Answered = 'done' | 'old' | 'dead';

/** Moves the referral of a live link as the partner answers; many at once move it once. */
export async function answerAsPartner(
  act: Omit<ReferralAct, 'client'>,
  token: string,
  answer: PartnerAnswer,
): Promise<{ what: Answered; opened?: Opened }> {
  const opened = await openLink(act.documents, token, act.now.toMillis());
  if (!opened?.live) return { what: 'dead' };
  const { partition: client, id, state } = opened.referral;
  if (!nextStates(state, 'partner').includes(answer.state)) return { what: 'old', opened };
  const { seen, language, ...told } = answer;
  const words = told.words === undefined ? undefined : maskIdentityCodes(told.words).text;
  const step = { ...told, by: 'partner' as const, ...(words !== undefined && { words, wordsIn: language }) };
  const { moved, referral } = await moveReferral({ ...act, client }, id, step, seen);
  if (!moved && referral.state === 'withdrawn') return { what: 'dead' };
  return { what: moved ? 'done' : 'old', opened: { referral, live: true } };
}

import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import { madeId } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import { correctDraft } from '../plans/keep.ts';
import { type ClientAct, changeClient } from './client.ts';
import type { IntakeAnswers } from './intake.ts';
import type { Intake } from './path.ts';

/** What a client put right in an intake: the answers as they were before, and when (ISO 8601). `null` stood for no answer. */
export interface Correction {
  /** Made from the intent, so that the same correction twice is one. */
  id: string;
  at: string;
  was: Record<string, unknown>;
}

/**
 * Puts answers of a submitted intake right. What they were is kept with it, and the coach hears of it; who is responsible
 * stays. Resolves with the questions whose answers changed. Again is no error. Throws `notFound`.
 */
export async function correctIntake(
  act: ClientAct,
  intake: string,
  answers: Partial<IntakeAnswers>,
): Promise<(keyof IntakeAnswers)[]> {
  const { documents, client, intent, now } = act;
  const id = madeId('correction', client, intent);
  await changeClient(act, () => ({}));
  const ref = { collection: 'clients', partition: client, id: intake } as const;
  const stored = await changeDocument<Intake>(documents, ref, (current) => {
    if (current?.type !== 'intake') throw new PolkuError('notFound', 'the client has no such intake');
    const was = changedOf(current.answers, answers);
    const { corrections = [] } = current;
    if (corrections.some((one) => one.id === id) || Object.keys(was).length === 0) return undefined;
    const correction: Correction = { id, at: now.toUTC().toISO()!, was };
    const next: Intake = { ...current, answers, corrections: [...corrections, correction] };
    return telling(next, notice('coach', `${id}-news`, now.toMillis(), { news: 'corrected', by: 'client' }));
  });
  if (stored?.plan !== undefined) await correctDraft(act, stored);
  const done = stored?.corrections?.find((one) => one.id === id);
  return Object.keys(done?.was ?? {}) as (keyof IntakeAnswers)[];
}

/** The answers that differ, as they were before. */
function changedOf(before: Partial<IntakeAnswers>, after: Partial<IntakeAnswers>): Record<string, unknown> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof IntakeAnswers>;
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  // Health data does not outlive the consent that it was told with.
  const keeps = after.workAbilityConsent === true;
  return Object.fromEntries(
    changed.map((name) => [name, name === 'workAbility' && !keeps ? null : (before[name] ?? null)]),
  );
}

import { PolkuError } from '../../errors.ts';
import { changeDocument } from '../change-document.ts';
import type { ClientAct } from '../clients/client.ts';
import { planHappened } from '../figures/happened.ts';
import { madeId } from '../made-id.ts';
import { notice, telling } from '../notices.ts';
import { mostComments, type Plan, planRef } from './plan.ts';

/**
 * Keeps the client's yes to a version of the plan, and tells the coach. It holds for the version that they saw: when a newer
 * one was sent meanwhile, nothing is changed, and the plan that comes back says so. Again is no error. Throws `notFound`.
 */
export async function acceptPlan(act: ClientAct, version: number): Promise<Plan> {
  return change(act, (plan) => {
    const { shown, accepted, id } = plan;
    if (shown.by === undefined || shown.version !== version || accepted?.version === version) return undefined;
    const news = notice('coach', `${id}-accepted-${version}`, act.now.toMillis(), { news: 'plan', by: 'client' });
    const figure = planHappened(plan, { municipality: act.municipality, now: act.now.toMillis() });
    return telling({ ...plan, accepted: { version, at: act.now.toUTC().toISO()! } }, news, ...figure);
  });
}

/**
 * Keeps what the client wants to say of the plan, in their words, and tells the coach. One intent is one comment; the newest
 * are kept. Throws `notFound`.
 */
export async function commentPlan(act: ClientAct, text: string): Promise<Plan> {
  const id = madeId('comment', act.client, act.intent);
  return change(act, (plan) => {
    if (plan.comments.some((one) => one.id === id)) return undefined;
    const words = { text, language: act.language };
    const comment = { id, words, at: act.now.toUTC().toISO()!, version: plan.shown.version };
    const news = notice('coach', `${id}-comment`, act.now.toMillis(), { news: 'plan', by: 'client' });
    return telling({ ...plan, comments: [...plan.comments, comment].slice(-mostComments) }, news);
  });
}

async function change(act: ClientAct, next: (plan: Plan) => Plan | undefined): Promise<Plan> {
  const { documents, client, municipality, now } = act;
  const expiresAt = now.plus({ days: municipality.retention.clientDays }).toMillis();
  const kept = await changeDocument<Plan>(documents, planRef(client), (plan) => {
    if (plan?.type !== 'plan') throw new PolkuError('notFound', 'the client has no plan');
    const changed = next(plan);
    return changed && { ...changed, expiresAt };
  });
  return kept!;
}

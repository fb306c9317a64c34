import type { Running } from './dialog.ts';
import { type Flow, hasReview, onPath, path, prune, type Question } from './flow.ts';

/** The pseudo-question that is open when all questions of a flow are answered. */
export const reviewId = 'review';

/** Which question is open: a real one, the review, or the choice of what to change. */
export function openQuestion(flow: Flow, running: Running, maybe?: Question[]): { asked: Question[]; open: string } {
  const { asked, open } = path(flow.questions, running.answers, maybe);
  return { asked, open: open?.ask ?? (running.choosing ? 'change' : reviewId) };
}

/** The open question, and about how many there are: of those that are not decided yet, half are thought to come. */
export function openStep(flow: Flow, running: Running): { asked: Question[]; open: string; steps: number } {
  const maybe: Question[] = [];
  const { asked, open } = openQuestion(flow, running, maybe);
  const steps = asked.length + Math.round(maybe.length / 2) + (hasReview(flow, running.answers) ? 1 : 0);
  return { asked, open, steps };
}

/** Goes one answer back; false when there is none, so that the caller leaves the flow. */
export function stepBack(flow: Flow, running: Running): boolean {
  const wasInside = running.look || running.chosen || running.choosing;
  running.look = running.chosen = running.choosing = undefined;
  if (wasInside) return true;
  if (running.changing) {
    running.answers[running.changing.ask] = running.changing.was;
    running.changing = undefined;
    return true;
  }
  const answered = path(flow.questions, running.answers).asked.filter(({ ask }) => running.answers[ask] !== undefined);
  const open = openQuestion(flow, running);
  const before = open.open === reviewId ? answered : answered.slice(0, indexBefore(open.asked, open.open, answered));
  const last = before.at(-1);
  if (!last) return false;
  running.answers = prune(flow, { ...running.answers, [last.ask]: undefined });
  return true;
}

function indexBefore(asked: Question[], open: string, answered: Question[]): number {
  const at = asked.findIndex(({ ask }) => ask === open);
  return answered.filter((one) => asked.indexOf(one) < at).length;
}

/** Takes an answer; what was made from an answer that changed is asked again. */
export function settle(flow: Flow, running: Running, question: Question, value: unknown): void {
  const changed = running.changing?.ask === question.ask && !same(running.changing.was, value);
  running.answers[question.ask] = value;
  if (changed) {
    // What was made from an answer that goes, goes as well: a consent never outlives what it was given for.
    const gone = new Set([question.ask]);
    for (const { ask, dependsOn } of flow.questions) {
      if (!dependsOn?.some((name) => gone.has(name))) continue;
      gone.add(ask);
      delete running.answers[ask];
    }
  }
  // The others were looked at when they were given.
  if (!flow.shape[question.ask]!.safeParse(value).success) delete running.answers[question.ask];
  running.answers = onPath(flow, running.answers);
  running.look = running.chosen = running.changing = undefined;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

import { type CourseStep, restOf } from '../src/domain/clients/course.ts';
import { daysBetween, type LeadTime, leadTimes } from '../src/domain/clients/lead-times.ts';
import type { ClientPath } from '../src/domain/clients/path.ts';
import { organisationName, type Responsible, responsibleFor } from '../src/domain/clients/responsible.ts';
import type { Text } from '../src/domain/text.ts';
import { coachName } from './meeting-words.ts';
import { dayCount, nameOfService } from './referral-words.ts';
import type { Services } from './services.ts';

/** The rest that the person decided on, as it stands now; undefined while the path goes on. */
export function restIn({ client }: ClientPath, { now }: Pick<Services, 'now'>): CourseStep | undefined {
  return client && restOf(client, now.toMillis());
}

/** Who answers for the person now, in a sentence; undefined where that is not kept. */
export function responsibleText({ client }: ClientPath, { municipality }: Services): Text | undefined {
  const own = client && responsibleFor(client);
  if (!own) return undefined;
  const { coach, organisation, since } = own;
  const named = { coach: coachName(coach, municipality), organisation: organisationName(organisation, municipality) };
  return { key: 'my-course.responsible', with: { ...named, since: { at: since, as: 'date' } } };
}

/** Who answers for the person, and who did before. */
export function responsibleTexts(path: ClientPath, services: Services): Text[] {
  const now = responsibleText(path, services);
  const all = path.client?.responsible ?? [];
  const { municipality } = services;
  const before = all.slice(0, -1).map(({ coach, organisation, since }: Responsible, at): Text => {
    const until = all[at + 1]!.since;
    const named = { coach: coachName(coach, municipality), organisation: organisationName(organisation, municipality) };
    return { key: 'my-course.before', with: { ...named, since: date(since), until: date(until) } };
  });
  return now ? [{ lines: [now, ...before.reverse()] }] : [];
}

/** Whether the path goes on, rests, or was stopped, and since when. */
export function courseText(path: ClientPath, services: Services): Text {
  const rest = restIn(path, services);
  if (!rest) return { key: 'my-course.is.on' };
  const { is, at, until } = rest;
  if (until === undefined) return { key: `my-course.is.${is}`, with: { since: date(at) } };
  return { key: 'my-course.is.until', with: { since: date(at), until: date(until) } };
}

/** How long each step usually takes, and how long it has taken the person. */
export function leadTimesText(path: ClientPath, services: Services): Text[] {
  const times = leadTimes(path, services.municipality);
  if (times.length === 0) return [];
  return [{ lines: [{ key: 'my-course.lead.title' }, ...times.map((one) => leadText(one, services))] }];
}

function leadText({ step, service, usual, since, until }: LeadTime, services: Services): Text {
  const name = { key: `my-course.lead.steps.${step}` };
  const named: Text = service
    ? { key: 'my-course.lead.of', with: { service: nameOfService(service, services), step: name } }
    : name;
  const days = daysBetween(since, until ?? services.now.toUTC().toISO()!);
  const taken: Text = days === 0 ? { key: 'my-course.lead.short' } : dayCount(days);
  const values = { step: named, usual: dayCount(usual), days: taken };
  if (until) return { key: 'my-course.lead.over', with: { ...values, until: date(until) } };
  return { key: 'my-course.lead.goes', with: { ...values, since: date(since) } };
}

function date(at: string): Text {
  return { at, as: 'date' };
}

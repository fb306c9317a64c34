import { DateTime } from 'luxon';
import type { IntakeAnswers } from '../clients/intake.ts';
import type { Routing } from '../clients/path.ts';
import { fits } from '../rule.ts';
import { firstMeetingBy } from './opening.ts';
import { type Coach, type Municipality, weekdays } from './pack.ts';

/** Languages to serve the person in, the best first: mother tongue, other languages, language of the chat. */
export function languagesOf(answers: Partial<IntakeAnswers>, chatLanguage?: string): string[] {
  const named = [answers.motherTongue, ...(answers.languages ?? []), chatLanguage];
  return [...new Set(named.filter((language) => language != null && language !== 'other'))] as string[];
}

function worksOn(municipality: Municipality, coach: Coach, date: DateTime): boolean {
  const day = date.toISODate()!;
  if (municipality.isClosed(day)) return false;
  const exception = coach.exceptions.find((one) => one.date === day);
  if (exception) return exception.spans.length > 0;
  return coach.hours.some(({ days }) => days.includes(weekdays[date.weekday - 1]!));
}

function isThereInTime(municipality: Municipality, coach: Coach, today: string): boolean {
  const last = firstMeetingBy(municipality, today);
  for (let date = DateTime.fromISO(today, { zone: 'utc' }); date.toISODate()! <= last; date = date.plus({ days: 1 })) {
    if (worksOn(municipality, coach, date)) return true;
  }
  return false;
}

/**
 * Who is responsible for a client, by the first rule of the pack that fits. Among its coaches those who are away until
 * the first meeting should have been held give way; of the others the one who speaks the client's language best is taken.
 * `today` is a local ISO date. The reason is in words, for the client and the coach alike.
 */
export function route(
  municipality: Municipality,
  answers: Partial<IntakeAnswers>,
  today: string,
  chatLanguage?: string,
): Routing {
  const rule = municipality.routing.find(({ when }) => fits(when, answers));
  if (!rule) return { because: { key: 'routing.team' } };
  const named = rule.coaches.flatMap((id) => municipality.coaches.find((coach) => coach.id === id) ?? []);
  const there = named.filter((coach) => isThereInTime(municipality, coach, today));
  const coaches = there.length > 0 ? there : named;
  for (const language of languagesOf(answers, chatLanguage)) {
    const coach = coaches.find(({ languages }) => languages.includes(language));
    if (!coach) continue;
    const speaks = {
      key: 'routing.speaks',
      with: { coach: coach.name, inLanguage: { key: `directory.inLanguage.${language}` } },
    };
    return { coach: coach.id, rule: rule.id, because: { lines: [rule.because, speaks] } };
  }
  return { coach: coaches[0]?.id, rule: rule.id, because: rule.because };
}

/** Ids of the target groups that the person told to belong to; the service helps others as well. */
export function targetGroupsOf(municipality: Municipality, answers: Partial<IntakeAnswers>): string[] {
  return municipality.targetGroups.filter(({ when }) => fits(when, answers)).map(({ id }) => id);
}

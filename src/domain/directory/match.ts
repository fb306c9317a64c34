import type { barriers, IntakeAnswers, intakeTopics } from '../clients/intake.ts';
import type { Municipality, Service } from '../municipalities/pack.ts';
import { languagesOf } from '../municipalities/routing.ts';
import { fits } from '../rule.ts';
import type { Text } from '../text.ts';

/** What a person needs help with: a topic or a hindrance of the intake. */
export type Need = (typeof intakeTopics)[number] | (typeof barriers)[number];

/** A service that fits, with the reasons in words, the strongest first. */
export interface Match {
  service: Service;
  reasons: Text[];
}

/** A service that helps, with all that decides its place among others. */
interface Candidate {
  service: Service;
  needs: Need[];
  /** Whether everything the service asks is known to fit; undefined when it asks nothing. */
  meant: boolean | undefined;
  /** 0: the mother tongue, 1, 2 …: another language of the person; undefined: none of them. */
  language: number | undefined;
}

/** Needs that the person named in the intake: first what they want help with, then what hinders them. */
export function needsOf(answers: Partial<IntakeAnswers>): Need[] {
  const topic = answers.topic && answers.topic !== 'unknown' ? [answers.topic] : [];
  return [...topic, ...(answers.hinders ?? []).filter((one) => one !== 'none')];
}

/** Parts of the rule whose question has no answer decide nothing; undefined when an answered one does not fit. */
function judge(service: Service, answers: Record<string, unknown>): { meant: boolean | undefined } | undefined {
  const names = Object.keys(service.when);
  const answered = names.filter((name) => answers[name] !== undefined && answers[name] !== null);
  const decided = Object.fromEntries(answered.map((name) => [name, service.when[name]!]));
  if (!fits(decided, answers)) return undefined;
  return { meant: names.length === 0 ? undefined : answered.length === names.length };
}

function rank({ service, needs, meant, language }: Candidate): number[] {
  return [
    language === undefined ? 1 : 0,
    service.placesLeft === 0 ? 1 : 0,
    -needs.length,
    language ?? 0,
    meant === true ? 0 : 1,
  ];
}

function compare(one: number[], other: number[]): number {
  const differs = one.findIndex((value, index) => value !== other[index]);
  return differs < 0 ? 0 : one[differs]! - other[differs]!;
}

/** The first ones, but none of them may take the room of a need that would have no service otherwise. */
function choose(ranked: Candidate[], limit: number): Candidate[] {
  const helped = new Set<Need>();
  const first = ranked.filter(({ needs }) => {
    const helpsAnew = needs.some((need) => !helped.has(need));
    for (const need of needs) helped.add(need);
    return helpsAnew;
  });
  const rest = ranked.filter((candidate) => !first.includes(candidate));
  const chosen = new Set([...first, ...rest].slice(0, limit));
  return ranked.filter((candidate) => chosen.has(candidate));
}

function inLanguage(language: string): Text {
  return { key: `directory.inLanguage.${language}` };
}

function reasonsFor({ service, needs, meant, language }: Candidate, languages: string[], own: boolean): Text[] {
  const names = needs.map((need): Text => ({ key: `directory.needs.${need}` }));
  const reasons: Text[] = [{ key: 'directory.reasons.need', with: { need: { list: names } } }];
  const { forWhom, placesLeft } = service;
  if (meant !== undefined) {
    reasons.push({ key: meant ? 'directory.reasons.meantForYou' : 'directory.reasons.meantFor', with: { forWhom } });
  }
  if (language !== undefined) {
    const key = own && language === 0 ? 'directory.reasons.ownLanguage' : 'directory.reasons.language';
    reasons.push({ key, with: { inLanguage: inLanguage(languages[language]!) } });
  } else if (languages.length > 0) {
    const served: Text = { list: service.languages.map(inLanguage) };
    reasons.push({ key: 'directory.reasons.otherLanguages', with: { inLanguages: served } });
  }
  if (placesLeft === 0) reasons.push({ key: 'directory.reasons.full' });
  else if (placesLeft !== undefined) reasons.push({ key: 'directory.reasons.places', with: { places: placesLeft } });
  return reasons;
}

/**
 * Services of the city's directory that help with the needs, at most `limit`, the best first. A service that is not meant
 * for the person is left out; a question without an answer leaves nothing out. Services in the person's languages come
 * first, then those with free places; as long as the limit allows, every need that has a service gets one.
 */
export function matchServices(
  municipality: Municipality,
  answers: Partial<IntakeAnswers>,
  needs: Need[],
  limit: number,
  chatLanguage?: string,
): Match[] {
  const languages = languagesOf(answers, chatLanguage);
  const candidates: Candidate[] = [];
  for (const service of municipality.services) {
    const served = needs.filter((need) => need !== 'none' && service.needs.includes(need));
    const judged = served.length > 0 ? judge(service, answers) : undefined;
    if (!judged) continue;
    const best = languages.findIndex((one) => service.languages.includes(one));
    const language = best < 0 ? undefined : best;
    candidates.push({ service, needs: served, meant: judged.meant, language });
  }
  candidates.sort((one, other) => compare(rank(one), rank(other)));
  const own = languages.length > 0 && languages[0] === answers.motherTongue;
  return choose(candidates, limit).map((candidate) => ({
    service: candidate.service,
    reasons: reasonsFor(candidate, languages, own),
  }));
}

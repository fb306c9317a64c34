import { IANAZone } from 'luxon';
import type { z } from 'zod';
import { tongues } from '../domain/clients/intake.ts';
import { holidayCountries } from '../domain/municipalities/holidays.ts';
import type { Coach, municipalitySchema, Place, Service, Weekday } from '../domain/municipalities/pack.ts';
import { coachProblems, routingProblems } from './organisation-problems.ts';
import type { PackList, PackObject } from './pack-file.ts';
import { languageName, type Problem, placeOf } from './problem.ts';
import { ruleProblems } from './rule-problems.ts';

/** The four files of a pack as far as each is right by itself. */
export interface PackParts {
  municipality: PackObject<z.infer<typeof municipalitySchema>>;
  coaches: PackList<Coach>;
  places: PackList<Place>;
  services: PackList<Service>;
}

type Found = { path: PropertyKey[]; what: string; repair: string };

const knownLanguages = tongues.filter((tongue) => tongue !== 'other');
const longestClosing = 92;
const day = 86_400_000;

/** What is right in each file but does not fit together, or does not exist in the world. */
export function referenceProblems(slug: string, pack: PackParts): Problem[] {
  const { municipality, coaches, places, services } = pack;
  const inFile = ({ file, raw }: { file: string; raw: unknown }, found: Found[]): Problem[] =>
    found.map(({ path, what, repair }) => ({ file, place: placeOf(path, raw), what, repair }));
  const listed = <T extends { id: string }>(list: PackList<T>, check: (entry: T) => Found[]) =>
    inFile(list, [
      ...repeated(
        list.raw.map((entry) => (entry as { id?: unknown } | null)?.id),
        [],
        'id',
      ),
      ...list.entries.flatMap((entry, index) => (entry ? at([index], check(entry)) : [])),
    ]);
  const languages = municipality.parts.languages ?? [];
  return [
    ...inFile(municipality, ofMunicipality(slug, pack)),
    ...listed(coaches, (coach) => ofCoach(coach, pack)),
    ...listed(places, () => []),
    ...listed(services, (service) => ofService(service, pack)),
    ...[municipality, coaches, places, services].flatMap((part) => inFile(part, untranslated(part.raw, languages, []))),
  ];
}

function at(path: PropertyKey[], found: Found[]): Found[] {
  return found.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

function repeated(values: unknown[], path: PropertyKey[], name: string): Found[] {
  return values.flatMap((value, index) => {
    if (value === undefined || values.indexOf(value) === index) return [];
    const what = `"${name}" ${JSON.stringify(value)} is there twice`;
    return [{ path: [...path, index, name], what, repair: 'give each entry its own' }];
  });
}

function unlisted(value: string, known: Iterable<unknown>, path: PropertyKey[], noun: string): Found[] {
  const all = [...known];
  if (all.includes(value)) return [];
  return [{ path, what: `there is no ${noun} "${value}"`, repair: `use one of ${all.join(', ')}` }];
}

function ofMunicipality(slug: string, { municipality, coaches }: PackParts): Found[] {
  const { parts } = municipality;
  const { areas = [], targetGroups = [], routing = [], languages = [], origins = [], firstMeeting = [] } = parts;
  const found: Found[] = [];
  const rename = `write "${slug}", or rename the folder`;
  if (parts.slug !== undefined && parts.slug !== slug) {
    found.push({ path: ['slug'], what: `"${parts.slug}" is not the name of the folder`, repair: rename });
  }
  if (parts.zone !== undefined && !IANAZone.isValidZone(parts.zone)) {
    const repair = 'write a name of the time zone database, such as Europe/Helsinki';
    found.push({ path: ['zone'], what: `there is no time zone "${parts.zone}"`, repair });
  }
  if (parts.holidays) {
    const { country, closed } = parts.holidays;
    found.push(...unlisted(country, holidayCountries, ['holidays', 'country'], 'country with known holidays'));
    closed.forEach(({ from, to }, index) => {
      const days = (Date.parse(to) - Date.parse(from)) / day + 1;
      if (days > 0 && days <= longestClosing) return;
      const what = days > 0 ? `it is closed for ${days} days` : `it ends (${to}) before it begins (${from})`;
      found.push({ path: ['holidays', 'closed', index], what, repair: `correct the dates: 1–${longestClosing} days` });
    });
  }
  origins.forEach((origin, index) => {
    const right = new URL(origin).origin;
    if (right !== origin)
      found.push({ path: ['origins', index], what: `"${origin}" is no origin`, repair: `write ${right}` });
  });
  languages.forEach((language, index) => {
    found.push(...unlisted(language, knownLanguages, ['languages', index], 'language'));
  });
  const { certificates = [], monitoring = { targets: [] } } = parts;
  for (const [name, list] of Object.entries({
    areas,
    targetGroups,
    routing,
    certificates,
    'monitoring.targets': monitoring.targets,
  })) {
    found.push(
      ...repeated(
        list.map(({ id }) => id),
        name.split('.'),
        'id',
      ),
    );
  }
  found.push(
    ...repeated(
      firstMeeting.map(({ from }) => from),
      ['firstMeeting'],
      'from',
    ),
  );
  const codes = areas.map(({ code }) => code);
  found.push(...repeated(codes, ['areas'], 'code'));
  found.push(...routingProblems(parts));
  const areaIds = parts.areas?.map(({ id }) => id);
  targetGroups.forEach(({ when }, index) => {
    found.push(...at(['targetGroups', index, 'when'], ruleProblems(when, areaIds)));
  });
  if (parts.employers) {
    found.push(...unlisted(parts.employers.jobFinder, coaches.ids, ['employers', 'jobFinder'], 'coach'));
  }
  routing.forEach(({ when, coaches: named }, index) => {
    found.push(...at(['routing', index, 'when'], ruleProblems(when, areaIds)));
    named.forEach((id, position) => {
      found.push(...unlisted(id, coaches.ids, ['routing', index, 'coaches', position], 'coach'));
    });
  });
  return found;
}

function ofCoach(coach: Coach, { municipality, places }: PackParts): Found[] {
  const { hours, exceptions, kinds } = coach;
  const placed = [
    ...hours.map(({ place }, index) => ({ place, path: ['hours', index, 'place'] as PropertyKey[] })),
    ...exceptions.flatMap(({ spans }, index) =>
      spans.map(({ place }, span) => ({ place, path: ['exceptions', index, 'spans', span, 'place'] as PropertyKey[] })),
    ),
  ];
  const found = placed.flatMap(({ place, path }) => unlisted(place, places.ids, path, 'place'));
  found.push(...coachProblems(coach, municipality.parts));
  const { languages } = municipality.parts;
  if (languages) found.push(...unlisted(coach.language, languages, ['language'], 'language of the pack'));
  coach.languages.forEach((language, index) => {
    found.push(...unlisted(language, knownLanguages, ['languages', index], 'language'));
  });
  found.push(
    ...repeated(
      exceptions.map(({ date }) => date),
      ['exceptions'],
      'date',
    ),
  );
  found.push(...overlapping(hours));
  const kindsOfPlaces = placed.map(({ place }) => places.entries.find((entry) => entry?.id === place)?.kind);
  for (const kind of ['office', 'village'] as const) {
    if (!kinds.includes(kind) || kindsOfPlaces.some((one) => one === kind || one === undefined)) continue;
    const repair = `add hours at such a place, or take "${kind}" away`;
    found.push({ path: ['kinds'], what: `meetings of kind "${kind}" have no hours at a place of that kind`, repair });
  }
  return found;
}

function overlapping(hours: { days: Weekday[]; from: string; to: string }[]): Found[] {
  return hours.flatMap((one, index) => {
    const clash = hours.slice(0, index).find((other) => {
      return one.from < other.to && other.from < one.to && one.days.some((weekday) => other.days.includes(weekday));
    });
    if (!clash) return [];
    const what = `${one.from}–${one.to} overlaps with ${clash.from}–${clash.to} on the same day`;
    return [{ path: ['hours', index], what, repair: 'make one end before the other starts' }];
  });
}

function ofService(service: Service, { municipality, places }: PackParts): Found[] {
  const { languages, areas } = municipality.parts;
  const found = at(
    ['when'],
    ruleProblems(
      service.when,
      areas?.map(({ id }) => id),
    ),
  );
  service.languages.forEach((language, index) => {
    found.push(...unlisted(language, knownLanguages, ['languages', index], 'language'));
  });
  found.push(
    ...repeated(
      (service.process ?? []).map(({ id }) => id),
      ['process'],
      'id',
    ),
  );
  if (service.at !== undefined) found.push(...unlisted(service.at, places.ids, ['at'], 'place'));
  if (!service.referral || !languages) return found;
  return [
    ...found,
    ...unlisted(service.referral.language, languages, ['referral', 'language'], 'language of the pack'),
  ];
}

/** The schema asks for Finnish, Swedish and English; a pack that adds a language needs each text in it as well. */
function untranslated(value: unknown, languages: string[], path: PropertyKey[]): Found[] {
  if (value === null || typeof value !== 'object') return [];
  if ('fi' in value && 'sv' in value && 'en' in value) {
    return languages
      .filter((language) => !(language in value) && /^[a-z]{2,3}$/.test(language))
      .map((language) => ({
        path: [...path, language],
        what: `the ${languageName(language)} text is missing`,
        repair: `write "${language}": "…" with the text in ${languageName(language)}`,
      }));
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    untranslated(inner, languages, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

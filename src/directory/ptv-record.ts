import { needsOfClasses } from '../domain/directory/service-classes.ts';
import { type PtvRecord, ptvRecord } from '../municipalities/ptv-snapshot.ts';
import type { PtvService } from './ptv-service.ts';

type InLanguage = PtvService['serviceNames'][number];

const languageOrder = ['fi', 'sv', 'en'];
// Control characters and marks of direction; line breaks stay.
const unsafe = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unsafe, (sign) => (sign === '\n' ? sign : ''))
    .trim();
}

function byLanguage<T>(entries: [string, T][]): Record<string, T> {
  const rank = (language: string) =>
    (languageOrder.indexOf(language) + 1 || languageOrder.length + 1).toString() + language;
  return Object.fromEntries(entries.sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1)));
}

/** Texts of the first of the types that has one, language by language; undefined when there is none at all. */
function textsOf(items: InLanguage[], ...types: (string | undefined)[]): Record<string, string> | undefined {
  const found = new Map<string, string>();
  for (const type of types) {
    for (const item of items) {
      const value = clean(item.value ?? '');
      if (!item.language || value === '' || found.has(item.language)) continue;
      if (type === undefined || (item.type ?? type) === type) found.set(item.language, value);
    }
  }
  return found.size > 0 ? byLanguage([...found]) : undefined;
}

function wordsOf(items: InLanguage[]): Record<string, string[]> {
  const words = new Map<string, Set<string>>();
  for (const { language, value } of items) {
    if (!language || !value || clean(value) === '') continue;
    words.set(language, (words.get(language) ?? new Set()).add(clean(value)));
  }
  return byLanguage([...words].map(([language, all]) => [language, [...all].sort()]));
}

function codesOf(items: { code?: string | null }[]): string[] {
  return [...new Set(items.flatMap(({ code }) => code?.trim() || []))].sort();
}

/** Who gives the service: the producers, or when none is told the responsible organizations. */
function providerOf({ organizations }: PtvService): string | undefined {
  const names = (isMeant: (role: string) => boolean) =>
    organizations.flatMap(({ organization, roleType }) =>
      isMeant(roleType ?? '') ? clean(organization?.name ?? '') || [] : [],
    );
  const producers = names((role) => role === 'Producer');
  const chosen = producers.length > 0 ? producers : names((role) => role !== 'Producer');
  return chosen.length > 0 ? [...new Set(chosen)].sort().join(', ') : undefined;
}

/** A service location or a phone channel may repeat the number for each language. */
function channelOf({ serviceChannel, contactDetails }: PtvService['serviceChannels'][number]) {
  const { emails = [], phoneNumbers = [], webPages = [] } = contactDetails ?? {};
  const phone = phoneNumbers.find(({ type, number }) => number && type !== 'Fax' && type !== 'Sms');
  const prefix = phone?.isFinnishServiceNumber ? undefined : phone?.prefixNumber?.trim();
  const number = clean(phone?.number ?? '');
  const email = emails.find(({ value }) => value)?.value?.trim();
  const web = webPages.find(({ url }) => url)?.url?.trim();
  return {
    name: clean(serviceChannel?.name ?? ''),
    ...(number && { phone: prefix ? `${prefix} ${number.replace(/^0/, '')}` : number }),
    ...(email && { email }),
    ...(web && { web }),
  };
}

const charges: Record<string, PtvRecord['charge']> = {
  FreeOfCharge: 'free',
  Free: 'free',
  Chargeable: 'charged',
  Charged: 'charged',
};

/** Tells whether the service is given in the whole country. */
export function isNationwide({ areaType }: PtvService): boolean {
  return areaType?.startsWith('Nationwide') || areaType?.startsWith('WholeCountry') || false;
}

/** Codes of the municipalities where the service is given, as far as they are told one by one. */
export function municipalitiesOf({ areas }: PtvService): string[] {
  return codesOf(areas.flatMap((area) => [...area.municipalities, ...(area.type === 'Municipality' ? [area] : [])]));
}

/** Makes the record of the pack of a service of the catalogue; everything in an order that does not change by itself. */
export function toRecord(service: PtvService): PtvRecord {
  const { serviceNames, serviceDescriptions, serviceChargeType, serviceChannels, modified } = service;
  const classes = codesOf(service.serviceClasses);
  const optional = {
    summary: textsOf(serviceDescriptions, 'Summary', 'GD_Summary'),
    description: textsOf(serviceDescriptions, 'Description', 'GD_Description'),
    instructions: textsOf(serviceDescriptions, 'UserInstruction', 'GD_UserInstruction'),
    requirements: textsOf(service.requirements, undefined),
    charge: charges[serviceChargeType ?? ''],
    provider: providerOf(service),
    modified: /^\d{4}-\d{2}-\d{2}/.exec(modified ?? '')?.[0],
  };
  const channels = serviceChannels.map(channelOf).filter((channel) => Object.values(channel).some(Boolean));
  // Parsed, so that the parts come in the order of the schema and what is not told is left out.
  return ptvRecord.parse({
    ptvId: service.id.toLowerCase(),
    name: textsOf(serviceNames, 'Name', 'AlternativeName') ?? {},
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    languages: [...new Set(service.languages.map((one) => one.trim().toLowerCase()))].sort(),
    municipalities: isNationwide(service) ? [] : municipalitiesOf(service),
    classes,
    targetGroups: codesOf(service.targetGroups),
    needs: needsOfClasses(classes),
    keywords: wordsOf(service.keywords),
    channels: channels.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
  });
}

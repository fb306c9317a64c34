import type { Field, OfferedPlace } from './offer.ts';

/**
 * Beginnings and parts of words by which people name work of a field, in Finnish, Swedish and English, without letters of
 * case; with a full stop after it, it is the whole word. They suggest, and decide nothing: a coach reads the person's own words beside them.
 */
const stems: Record<Exclude<Field, 'other'>, readonly string[]> = {
  industry: [
    'tehda',
    'tehtaa',
    'teollis',
    'hitsa',
    'konee',
    'kokoonp',
    'fabrik',
    'industri',
    'svets',
    'montör',
    'factory',
    'weld',
    'machin',
    'assembl',
  ],
  construction: [
    'raken',
    'kirvesm',
    'maala',
    'putki',
    'sähkö',
    'remont',
    'bygg',
    'snick',
    'målar',
    'elektri',
    'rörmok',
    'build',
    'construct',
    'carpent',
    'paint',
    'plumb',
    'electric',
  ],
  transport: [
    'kuljet',
    'kuljett',
    'kuski',
    'varasto',
    'logist',
    'trukki',
    'jakelu',
    'chauff',
    'transport',
    'lager',
    'truck',
    'driver',
    'driving',
    'warehouse',
    'deliver',
  ],
  sales: [
    'myyjä',
    'myynti',
    'myymäl',
    'kaupp',
    'kassa',
    'asiakaspalv',
    'sälj',
    'butik',
    'affär',
    'kundtj',
    'shop',
    'sales',
    'store',
    'cashier',
    'customer',
  ],
  restaurant: [
    'keittiö',
    'kokki',
    'tarjoil',
    'ravintol',
    'kahvil',
    'leipo',
    'kök',
    'kock',
    'servit',
    'restaurang',
    'café',
    'bager',
    'kitchen',
    'cook',
    'waiter',
    'waitress',
    'restaurant',
    'baker',
    'baking',
  ],
  cleaning: [
    'siivo',
    'laitoshuol',
    'kiinteist',
    'talonm',
    'städ',
    'fastighet',
    'gårdskarl',
    'clean',
    'janitor',
    'caretak',
  ],
  care: [
    'hoiva',
    'hoita',
    'hoito',
    'avusta',
    'vanhus',
    'sairaal',
    'vård',
    'skötar',
    'sköters',
    'omsorg',
    'assistent',
    'care.',
    'carer',
    'caring',
    'nurse.',
    'nursing',
    'assist',
  ],
  education: [
    'opett',
    'koulunk',
    'ohjaaj',
    'päiväk',
    'lasten',
    'lärar',
    'skol',
    'daghem',
    'handled',
    'teach',
    'school',
    'kinderg',
    'childcare',
  ],
  office: [
    'toimist',
    'sihteer',
    'kirjanp',
    'palkanl',
    'kontor',
    'sekreter',
    'bokför',
    'office',
    'secretar',
    'account',
    'administ',
  ],
  digital: [
    'ohjelm',
    'koodi',
    'tietote',
    'verkkosi',
    'program',
    'koda',
    'webb',
    'data',
    'softw',
    'coding',
    'develop',
    'comput',
  ],
  nature: [
    'puutarh',
    'kasvi',
    'metsä',
    'maatil',
    'taimi',
    'eläin',
    'trädgård',
    'växt',
    'skog',
    'jordbruk',
    'plant',
    'djur',
    'garden',
    'forest',
    'farm',
    'nurser',
    'animal',
  ],
};
/** Words shorter than this are not compared with one another: many of them are in every text. */
const tellingLength = 6;

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}

/** Whether a person's words about work name the field of a place, or something that its description names as well. */
export function namesWork(told: string, { field, what }: Pick<OfferedPlace, 'field' | 'what'>): boolean {
  const heard = wordsOf(told);
  const ofField = field === 'other' ? [] : stems[field];
  if (heard.some((word) => ofField.some((stem) => isPart(stem, word)))) return true;
  const named = wordsOf(what).filter((word) => word.length >= tellingLength);
  const start = (word: string) => word.slice(0, tellingLength);
  return heard.some((word) => word.length >= tellingLength && named.some((other) => start(other) === start(word)));
}

/** Long stems are found inside compounds as well ("kesätyöpuutarha"); short ones begin a word. */
function isPart(stem: string, word: string): boolean {
  if (stem.endsWith('.')) return word === stem.slice(0, -1);
  return stem.length >= 5 ? word.includes(stem) : word.startsWith(stem);
}

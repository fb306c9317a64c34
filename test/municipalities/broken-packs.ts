/** A file of a pack as it is edited: of any shape. */
export type Json = ReturnType<typeof JSON.parse>;

/** A mistake in one file, and what its message must name. */
export interface Break {
  file: string;
  change: (json: Json) => void;
  place: string;
  what: string;
  repair: string;
}

const town = 'municipality.json';
const index = (list: Json, id: string): number => list.findIndex((entry: Json) => entry.id === id);

/** Mistakes that editors make, by what they are. */
export const breaks: Record<string, Break> = {
  'a text without Swedish': {
    file: 'services.json',
    change: (services) => delete services[index(services, 'debt-advice')].summary.sv,
    place: '[16].summary.sv (id "debt-advice")',
    what: 'the Swedish text is missing',
    repair: 'write "sv": "…" with the text in Swedish',
  },
  'a text that is blank': {
    file: 'places.json',
    change: (places) => {
      places[2].access.fi = '  ';
    },
    place: '[2].access.fi (id "kerkkoo")',
    what: 'the Finnish text is empty',
    repair: 'write "fi"',
  },
  'a language of the city without its texts': {
    file: town,
    change: (city) => city.languages.push('uk'),
    place: 'serviceName.uk',
    what: 'the Ukrainian text is missing',
    repair: 'write "uk": "…" with the text in Ukrainian',
  },
  'a certificate that is listed twice': {
    file: town,
    change: (city) => {
      const name = { fi: 'Passi', sv: 'Pass', en: 'Pass' };
      city.certificates = ['hygiene', 'hygiene'].map((id) => ({ id, name }));
    },
    place: 'certificates[1].id (id "hygiene")',
    what: '"id" "hygiene" is there twice',
    repair: 'give each entry its own',
  },
  'an end of a path that there is not': {
    file: town,
    change: (city) => {
      city.endStates = ['job', 'fame'];
    },
    place: 'endStates[1]',
    what: 'fame',
    repair: 'notNow',
  },
  'another slug than the folder': {
    file: town,
    change: (city) => {
      city.slug = 'borga';
    },
    place: 'slug',
    what: '"borga" is not the name of the folder',
    repair: 'write "porvoo", or rename the folder',
  },
  'a time zone that does not exist': {
    file: town,
    change: (city) => {
      city.zone = 'Europe/Porvoo';
    },
    place: 'zone',
    what: 'there is no time zone "Europe/Porvoo"',
    repair: 'such as Europe/Helsinki',
  },
  'a country whose holidays nobody knows': {
    file: town,
    change: (city) => {
      city.holidays.country = 'fi';
    },
    place: 'holidays.country',
    what: 'there is no country with known holidays "fi"',
    repair: 'use one of FI',
  },
  'a closed time that ends before it begins': {
    file: town,
    change: (city) => {
      city.holidays.closed[0].to = '2026-01-03';
    },
    place: 'holidays.closed[0]',
    what: 'it ends (2026-01-03) before it begins (2026-12-28)',
    repair: 'correct the dates',
  },
  'a closed time of a year': {
    file: town,
    change: (city) => {
      city.holidays.closed[0].to = '2027-12-31';
    },
    place: 'holidays.closed[0]',
    what: 'it is closed for 369 days',
    repair: 'correct the dates: 1–92 days',
  },
  'a rule that gives the client to nobody': {
    file: town,
    change: (city) => {
      city.routing[0].coaches[1] = 'nobody-here';
    },
    place: 'routing[0].coaches[1] (id "work-ability")',
    what: 'there is no coach "nobody-here"',
    repair: 'use one of aino-lehtivaara, linnea-strandkulla',
  },
  'a rule about a question that is not asked': {
    file: town,
    change: (city) => {
      city.routing[1].when = { mothertongue: 'ru' };
    },
    place: 'routing[1].when.mothertongue (id "foreign-language")',
    what: 'the intake has no question "mothertongue"',
    repair: 'motherTongue',
  },
  'a rule about an answer that nobody can give': {
    file: 'services.json',
    change: (services) => {
      services[2].when = { ageGroup: ['18to24', 'under30'] };
    },
    place: '[2].when.ageGroup (id "ohjaamo")',
    what: '"ageGroup" has no answer "under30"',
    repair: 'use one of under18, 18to24, 25to29',
  },
  'a rule about an area that the city does not have': {
    file: town,
    change: (city) => {
      city.targetGroups[0].when = { area: { not: ['atlantis', null] } };
    },
    place: 'targetGroups[0].when.area (id "kela-benefit")',
    what: '"area" has no answer "atlantis"',
    repair: 'use one of centre, gammelbacka',
  },
  'two areas with one id': {
    file: town,
    change: (city) => {
      city.areas[3].id = 'centre';
    },
    place: 'areas[3].id (id "centre")',
    what: '"id" "centre" is there twice',
    repair: 'give each entry its own',
  },
  'a job finder who is no coach': {
    file: town,
    change: (city) => {
      city.employers.jobFinder = 'nobody-here';
    },
    place: 'employers.jobFinder',
    what: 'there is no coach "nobody-here"',
    repair: 'use one of',
  },
  'two coaches with one id': {
    file: 'coaches.json',
    change: (coaches) => coaches.push({ ...coaches[0] }),
    place: '[5].id (id "aino-lehtivaara")',
    what: '"id" "aino-lehtivaara" is there twice',
    repair: 'give each entry its own',
  },
  'a coach who sits nowhere': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[0].hours[1].place = 'town-hall';
    },
    place: '[0].hours[1].place (id "aino-lehtivaara")',
    what: 'there is no place "town-hall"',
    repair: 'use one of centre, gammelbacka, kerkkoo, pellinki',
  },
  'a coach who is in two places at once': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[0].hours[1].days.push('mon');
    },
    place: '[0].hours[1] (id "aino-lehtivaara")',
    what: '12:00–16:00 overlaps with 09:00–15:30',
    repair: 'make one end before the other starts',
  },
  'a coach for village days who visits no village': {
    file: 'coaches.json',
    change: (coaches) => coaches[0].kinds.push('village'),
    place: '[0].kinds (id "aino-lehtivaara")',
    what: 'meetings of kind "village" have no hours at a place of that kind',
    repair: 'take "village" away',
  },
  'a coach who speaks an unknown language': {
    file: 'coaches.json',
    change: (coaches) => coaches[2].languages.push('arabic'),
    place: '[2].languages[4] (id "samira-nahari")',
    what: 'there is no language "arabic"',
    repair: 'use one of fi, sv, en, ru',
  },
  'cards in a language that the city does not have': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[3].language = 'uk';
    },
    place: '[3].language (id "oksana-zorynets")',
    what: 'there is no language of the pack "uk"',
    repair: 'use one of fi, sv, en',
  },
  'hours that end before they start': {
    file: town,
    change: (city) => {
      city.contact.hours[0].to = '08:00';
    },
    place: 'contact.hours[0]',
    what: '"from":"09:00","to":"08:00"',
    repair: 'the end must be after the start',
  },
  'a clock time in the Finnish manner': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[1].breaks[0].from = '11.45';
    },
    place: '[1].breaks[0].from (id "linnea-strandkulla")',
    what: 'it is "11.45"',
    repair: 'write a clock time as 09:30',
  },
  'a name that is spelt wrong': {
    file: 'services.json',
    change: (services) => {
      services[0].placesleft = 3;
    },
    place: '[0] (id "job-search-group")',
    what: 'it has what nothing reads: "placesleft"',
    repair: 'correct the spelling of the name',
  },
  'a need that nobody has': {
    file: 'services.json',
    change: (services) => services[0].needs.push('luck'),
    place: '[0].needs[2] (id "job-search-group")',
    what: 'it is "luck"',
    repair: 'change it: one of findWork, training',
  },
  'a number in quotes': {
    file: town,
    change: (city) => {
      city.limits.cancelHours = '4';
    },
    place: 'limits.cancelHours',
    what: 'it is "4"',
    repair: 'change it: a number without quotes',
  },
  'a slot of five minutes': {
    file: 'coaches.json',
    change: (coaches) => {
      coaches[4].slotMinutes = 5;
    },
    place: '[4].slotMinutes (id "petri-kuusivuo")',
    what: 'it is 5',
    repair: 'write at least 15',
  },
  'a missing part': {
    file: town,
    change: (city) => delete city.retention,
    place: 'retention',
    what: '"retention" is missing',
    repair: 'add "retention": an object',
  },
  'an address that is no address': {
    file: 'services.json',
    change: (services) => {
      services[0].referral.email = 'Työnhaku';
    },
    place: '[0].referral.email (id "job-search-group")',
    what: 'it is "Työnhaku"',
    repair: 'write an e-mail address',
  },
  'an origin with a path': {
    file: town,
    change: (city) => {
      city.origins[0] = 'https://www.porvoo.fi/';
    },
    place: 'origins[0]',
    what: '"https://www.porvoo.fi/" is no origin',
    repair: 'write https://www.porvoo.fi',
  },
  'a date in the Finnish manner': {
    file: town,
    change: (city) => {
      city.firstMeeting[1].from = '1.1.2026';
    },
    place: 'firstMeeting[1].from',
    what: 'it is "1.1.2026"',
    repair: 'write a date as 2026-12-24',
  },
  'no coach at all': {
    file: 'coaches.json',
    change: (coaches) => coaches.splice(0),
    place: '',
    what: 'it is no list with entries',
    repair: 'write [ { … }, { … } ]',
  },
};

import { z } from 'zod';

/** Where the person stands in working life. */
export const situations = ['unemployed', 'laidOff', 'leaving', 'partTime', 'studying', 'employed', 'other'] as const;
/** Age is asked in bands; the bounds follow the rules of the packs and of ESF+. */
export const ageGroups = ['under18', '18to24', '25to29', '30to54', '55plus'] as const;
/** The youngest and the oldest of each age group, in years; both ends are open where nothing is told. */
export const ageBounds: Record<(typeof ageGroups)[number], readonly [number?, number?]> = {
  under18: [undefined, 17],
  '18to24': [18, 24],
  '25to29': [25, 29],
  '30to54': [30, 54],
  '55plus': [55, undefined],
};
/** ISO 639-1, in the order of the commonest mother tongues of jobseekers, and a way out. */
export const tongues = ['fi', 'sv', 'en', 'ru', 'uk', 'et', 'ar', 'so', 'fa', 'ku', 'vi', 'th', 'other'] as const;
/** The highest education that was completed. */
export const educations = ['none', 'basic', 'upperSecondary', 'vocational', 'bachelor', 'master', 'abroad'] as const;
/** What the person wants help with first; services name the same words as needs. */
export const intakeTopics = [
  'findWork',
  'training',
  'changeCareer',
  'workAbility',
  'languageStudies',
  'entrepreneurship',
  'everyday',
] as const;
/** What helps a person towards work; several may hold. */
export const strengths = [
  'experience',
  'education',
  'languages',
  'drivingLicence',
  'digital',
  'network',
  'motivation',
  'none',
] as const;
/** What hinders a person; services name the same words as needs. */
export const barriers = [
  'health',
  'money',
  'transport',
  'childcare',
  'language',
  'digital',
  'skills',
  'housing',
  'debts',
  'none',
] as const;
/** What the person lives on, where the pack asks it. */
export const benefits = ['labourMarketSubsidy', 'basicAllowance', 'earningsRelated', 'none'] as const;
/** How the person wants to hear from the coach; "here" needs no phone and no e-mail. */
export const contactWays = ['here', 'phone', 'email'] as const;
/** When a call suits. */
export const contactTimes = ['morning', 'afternoon', 'any'] as const;

/** "I do not know" is an answer of its own, beside a value and beside `null` ("rather not say"). */
export const unknown = z.literal('unknown');
/** Free words of the person, at most 1,000 characters. */
export const words = z.string().trim().min(1).max(1000);
/** A phone number as people write it; spaces, brackets and hyphens go, and the zero of "+358 (0)40". */
export const phoneNumber = z
  .string()
  .transform((text) => text.replace(/^(\s*\+\d{1,3})\s*\(0\)/, '$1').replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^(\+|00)?[0-9]{6,15}$/));
/** An e-mail address in lower case. */
export const emailAddress = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** Answers of the alkukartoitus by question id; `null` is "rather not say". In the order of asking. */
export const intakeAnswers = z.object({
  situation: z.enum(situations).nullable(),
  searchStart: z.union([z.iso.date(), z.literal('notYet'), unknown]).nullable(),
  topic: z.union([z.enum(intakeTopics), unknown]),
  wantedWork: z.union([unknown, words]).nullable(),
  lastWork: words.nullable(),
  education: z.union([z.enum(educations), unknown]).nullable(),
  helps: z.array(z.enum(strengths)).min(1).nullable(),
  hinders: z.array(z.enum(barriers)).min(1).nullable(),
  workAbilityConsent: z.boolean(),
  workAbility: z.int().min(0).max(10).nullable(),
  ageGroup: z.enum(ageGroups).nullable(),
  area: z.string().nullable(),
  motherTongue: z.enum(tongues).nullable(),
  languages: z.array(z.enum(tongues)).min(1).nullable(),
  interpreter: z.union([z.boolean(), unknown]),
  interpreterLanguage: words.nullable(),
  benefits: z.union([z.enum(benefits), unknown]).nullable(),
  name: words.nullable(),
  contactWay: z.enum(contactWays),
  phone: phoneNumber,
  contactTime: z.enum(contactTimes).nullable(),
  email: emailAddress,
});
export type IntakeAnswers = z.infer<typeof intakeAnswers>;

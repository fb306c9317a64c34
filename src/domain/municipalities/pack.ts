import { z } from 'zod';
import { appointmentTopics } from '../appointments/appointment.ts';
import { barriers, intakeTopics } from '../clients/intake.ts';
import { measures } from '../figures/figure.ts';
import { caseOutcomes } from '../handling.ts';
import { stepKinds } from '../plans/plan.ts';

const words = z.string().trim().min(1);
/** A text in every language of the product. */
export const localized = z.object({ fi: words, sv: words, en: words }).catchall(words);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a clock time as 09:30');
const day = z.iso.date();
/** Days of the week in the order of ISO 8601. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const span = z.object({ from: clock, to: clock }).refine((s) => s.from < s.to, 'the end must be after the start');
const opening = z
  .object({ days: z.array(z.enum(weekdays)).min(1), from: clock, to: clock })
  .refine((s) => s.from < s.to, 'the end must be after the start');
const ruleValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rule = z.record(
  z.string(),
  z.union([ruleValue, z.array(ruleValue), z.object({ not: z.array(ruleValue) }), z.object({ answered: z.boolean() })]),
);
const email = z.email();
const phone = z.string().regex(/^\+?[0-9][0-9 ]{4,18}$/, 'write a phone number with digits and spaces');

/** Meeting kinds that can be booked; walk-in is told, never booked. */
export const meetingKinds = ['office', 'phone', 'teams', 'village'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** Steps of a client's path whose time is told: from the intake, from the referral, and from the place that was given. */
export const leadSteps = ['coach', 'firstMeeting', 'answer', 'start', 'service'] as const;
export type LeadStep = (typeof leadSteps)[number];
const usual = z.int().positive();
const leadDays = { coach: usual, firstMeeting: usual, answer: usual, start: usual, service: usual };

/** A target of the city: what the service counts itself (`measure`), or what the city writes down with date and source. */
const target = z.strictObject({
  id,
  name: localized,
  unit: z.enum(['percent', 'euros', 'days', 'people']),
  /** Absent: it is followed without an aim. */
  aim: z.number().optional(),
  /** Year by which it should be reached. */
  by: z.int().min(2000).max(2100).optional(),
  /** Where it began, by the plan. */
  start: z.number().optional(),
  measure: z.enum(measures).optional(),
  written: z.array(z.strictObject({ date: day, value: z.number(), source: words })).optional(),
});

/** `municipality.json`: who the city is, when it is open, and its rules. */
export const municipalitySchema = z.strictObject({
  slug: id,
  /** Three-digit municipality code of Statistics Finland. */
  code: z.string().regex(/^\d{3}$/, 'write the three digits in quotes, such as "638"'),
  name: localized,
  serviceName: localized,
  zone: z.string(),
  languages: z.array(z.string()).min(1),
  contact: z.strictObject({
    phone,
    email,
    address: localized,
    web: z.url(),
    hours: z.array(opening).min(1),
    privacyNotice: z.url(),
  }),
  /** Public holidays by country (ISO 3166), further closed days and periods. */
  holidays: z.strictObject({
    country: z.string().length(2),
    closed: z.array(z.strictObject({ from: day, to: day, reason: localized })),
  }),
  /** Web origins that may ask for a chat token; the server's own origin always may. */
  origins: z.array(z.url()),
  /**
   * Networks of offices, libraries and schools where many book behind one address (CIDR, such as 198.51.100.0/24); elsewhere
   * one address holds only a small share of the times.
   */
  sharedNetworks: z.array(z.union([z.cidrv4(), z.cidrv6()], 'write a network as 198.51.100.0/24')).optional(),
  /** Optional questions of the intake. */
  asks: z.strictObject({ benefits: z.boolean(), area: z.boolean() }),
  /** Where people live; an area with a `code` is a whole municipality, and then people are asked for theirs. */
  areas: z.array(
    z.strictObject({
      id,
      name: localized,
      code: z
        .string()
        .regex(/^\d{3}$/)
        .optional(),
    }),
  ),
  /** Who the service is for; told in words to the person and the coach, never used to refuse. */
  targetGroups: z.array(
    z.strictObject({
      id,
      /** A clause about the person: "you are under 30". */
      name: localized,
      when: rule,
      /** What belonging to it means, told to the person after the intake; absent: nothing is told. */
      means: localized.optional(),
      /** The group in a word or two, for the coach; absent: the clause. */
      short: localized.optional(),
    }),
  ),
  /** Dated rule: the newest whose `from` has come is in force. */
  firstMeeting: z.array(z.strictObject({ from: day, workingDays: z.int().positive(), source: z.string() })).min(1),
  limits: z.strictObject({
    cancelHours: z.number().nonnegative(),
    moveHours: z.number().nonnegative(),
    /** A time is offered at the earliest this long from now. */
    leadHours: z.number().nonnegative(),
    horizonDays: z.int().positive(),
    /** Bookings one person may hold at a time. */
    openAppointments: z.int().positive(),
    statutoryTopics: z.array(z.enum(appointmentTopics)),
  }),
  timers: z.strictObject({
    reminderHours: z.number().positive(),
    partnerReminderDays: z.number().positive(),
    referralExpiryDays: z.number().positive(),
    partnerLinkDays: z.number().positive(),
    outcomeDays: z.number().positive(),
    /** A contact request is answered within this many opening hours. */
    contactHours: z.number().positive(),
  }),
  retention: z.strictObject({ clientDays: z.int().positive(), calendarDays: z.int().positive() }),
  /** The draft of the employment plan: working days for each kind of step, where they differ from the usual. */
  plan: z.strictObject({ workingDays: z.partialRecord(z.enum(stepKinds), z.int().min(1)) }).optional(),
  /** Certificates that coaches put on a client's path, by name; absent: coaches give none. */
  certificates: z
    .array(z.strictObject({ id, name: localized }))
    .min(1)
    .optional(),
  /** How a client's path may end here, in the order to show; absent: in every way there is. */
  endStates: z.array(z.enum(caseOutcomes)).min(1).optional(),
  /** The coach sees what the client told of themselves as a picture. */
  selfPicture: z.boolean().optional(),
  /** So many services at most can be opened in one talk, with one consent; absent: one at a time. */
  servicesAtOnce: z.int().min(2).max(8).optional(),
  /** Organisations that serve the same clients: somebody of them is responsible for a client at every moment. */
  organisations: z
    .array(z.strictObject({ id, name: localized }))
    .min(2)
    .optional(),
  /** The client can pause, stop and correct their path; each step is told with the days it usually takes. */
  ownPath: z.strictObject({ days: z.strictObject(leadDays) }).optional(),
  /** Clients may join in developing the service; what that means, in words. */
  panel: z.strictObject({ about: localized }).optional(),
  /** Employers can tell of places in the chat; absent: they are not asked. */
  employers: z
    .strictObject({
      /** The coach (job finder) whom each place comes to. */
      jobFinder: id,
      /** The employer is answered within this many working days. */
      answerDays: z.int().positive(),
      /** A place that nobody closes is closed after this many days. */
      openDays: z.int().positive(),
      /** So long after the closing everything told of the place, the contact with it, is deleted. */
      keptDays: z.int().positive(),
    })
    .optional(),
  /** Who tells whether work pays, beside Kela; absent: whoever answers the city's phone. */
  benefitAdvice: z
    .strictObject({
      who: localized,
      phone,
      kela: z.strictObject({ phone: phone.optional(), web: z.url() }),
    })
    .optional(),
  /** What the monitoring page shows beside the figures; absent: the figures alone. */
  monitoring: z.strictObject({ targets: z.array(target) }).optional(),
  /** Read in order; the first whose rule fits decides. Answers of the intake by question id. */
  routing: z.array(z.strictObject({ id, when: rule, coaches: z.array(id).min(1), because: localized })).min(1),
});

/** One coach of `coaches.json`. */
export const coachSchema = z.strictObject({
  id,
  name: words,
  title: localized,
  /** Which of the pack's organisations they work for. */
  organisation: id.optional(),
  email,
  /** Object id of the person in the city's Entra ID; when given, nobody else is this coach in Teams. */
  aadObjectId: z.guid().toLowerCase().optional(),
  /** The name they sign in with, when it is not the e-mail address. */
  upn: email.optional(),
  phone,
  /** The language their cards come in. */
  language: z.string(),
  languages: z.array(z.string()).min(1),
  topics: z.array(z.enum(appointmentTopics)).min(1),
  kinds: z.array(z.enum(meetingKinds)).min(1),
  slotMinutes: z.int().min(15).max(120),
  bufferMinutes: z.int().min(0).max(60),
  /** Where they sit, weekly; `place` names a place of the pack. */
  hours: z.array(opening.and(z.object({ place: id }))).min(1),
  breaks: z.array(span),
  /** Days off or with other hours (`spans` empty: away); a village day names its place. */
  exceptions: z.array(z.strictObject({ date: day, spans: z.array(span.and(z.object({ place: id }))) })),
});

/** One place of `places.json`. */
export const placeSchema = z.strictObject({
  id,
  kind: z.enum(['office', 'village']),
  name: localized,
  address: localized,
  /** How one finds the door and gets in, steps and lifts told. */
  access: localized,
  walkIn: z.array(opening.and(z.object({ note: localized }))),
});

/** What a partner may be told of a client, each line ticked by the client. */
export const sharedFields = ['name', 'phone', 'email', 'language', 'wish', 'education', 'work', 'hinders'] as const;
export type SharedField = (typeof sharedFields)[number];

/** One step of a service as a product that can be counted. */
const processStep = z.strictObject({ id, name: localized, days: z.int().positive(), cost: z.number().nonnegative() });

/** One service of `services.json`, the directory. */
export const serviceSchema = z.strictObject({
  id,
  name: localized,
  provider: words,
  summary: localized,
  needs: z.array(z.enum([...intakeTopics, ...barriers])).min(1),
  /** Answers of the intake that the service is meant for; empty for everybody. */
  when: rule,
  /** In words, for whom. */
  forWhom: localized,
  languages: z.array(z.string()).min(1),
  place: localized,
  /** The place of the pack where it is given, when it is one of them. */
  at: id.optional(),
  /** When the service is open, weekly. */
  hours: z.array(opening).optional(),
  /** What to bring or show. */
  documents: z.array(localized).optional(),
  price: localized,
  contact: z.strictObject({ phone: phone.optional(), email: email.optional(), web: z.url() }),
  /** Absent: the person contacts the service themselves. */
  referral: z
    .strictObject({
      email,
      language: z.string(),
      fields: z.array(z.enum(sharedFields)).min(1),
      /** The city orders the service: a coach decides within so many working days, and only then the partner is told. */
      ordered: z.strictObject({ workingDays: z.int().positive() }).optional(),
    })
    .optional(),
  placesLeft: z.int().nonnegative().optional(),
  /** What happens in it: the days that each step takes, and what one costs the city in euros (a figure, never a price). */
  process: z.array(processStep).min(1).optional(),
  /** Id in the Suomi.fi Service Catalogue (PTV); what `ptv.json` tells of it need not be written here. */
  ptvId: z.guid().toLowerCase().optional(),
});

export type Weekday = (typeof weekdays)[number];
export type Opening = z.infer<typeof opening>;
export type Coach = z.infer<typeof coachSchema>;
export type Place = z.infer<typeof placeSchema>;
export type Service = z.infer<typeof serviceSchema>;

/** All that a city may change: read from its folder, checked, frozen. */
export interface Municipality extends z.infer<typeof municipalitySchema> {
  coaches: Coach[];
  places: Place[];
  services: Service[];
  /** Tells whether the day (ISO date) is a public holiday or closed by the pack. */
  isClosed(date: string): boolean;
}

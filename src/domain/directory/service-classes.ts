import type { Need } from './match.ts';

/**
 * What a service of the Suomi.fi Service Catalogue (PTV) helps with, by its service class. A class that is not here is
 * not about work and what stands in its way.
 */
export const needsOfClass: Record<string, Need[]> = {
  /** Integration of immigrants. */
  'P4.11': ['languageStudies', 'everyday', 'language'],
  /** Rehabilitation. */
  'P5.13': ['workAbility', 'health'],
  /** Apprenticeship training. */
  'P6.7': ['training', 'changeCareer', 'skills'],
  /** Adult education. */
  'P6.10': ['training', 'skills'],
  /** Job search. */
  'P10.1': ['findWork'],
  /** Career guidance. */
  'P10.2': ['changeCareer', 'training'],
  /** Work ability and vocational rehabilitation. */
  'P10.4': ['workAbility', 'health'],
  /** Benefits of the unemployed. */
  'P10.6': ['money'],
  /** Supported employment. */
  'P10.7': ['findWork', 'workAbility', 'skills'],
  /** Peer support. */
  'P10.8': ['everyday'],
  /** Debt advice. */
  'P15.1': ['debts', 'money'],
  /** Language courses. */
  'P22.3': ['languageStudies', 'language'],
  /** Workshops of young people. */
  'P28.3': ['everyday', 'skills', 'findWork'],
  /** Outreach youth work. */
  'P28.4': ['everyday'],
  /** Ohjaamo, the guidance centre of young people. */
  'P28.5': ['findWork', 'training', 'everyday'],
};

/** The needs of all the classes, each once, in the order of the table. */
export function needsOfClasses(classes: readonly string[]): Need[] {
  const known = Object.keys(needsOfClass).filter((code) => classes.includes(code));
  return [...new Set(known.flatMap((code) => needsOfClass[code]!))];
}

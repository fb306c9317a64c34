import type { Given } from './conversation.ts';

/** Answers of an invented person that lead through almost every question of the intake. */
export const mira: Record<string, Given> = {
  situation: 'unemployed',
  searchStart: '16.11.2026',
  topic: 'findWork',
  wantedWork: 'Puutarhatyötä lähellä kotia',
  lastWork: 'Kesätyö taimitarhalla',
  education: 'vocational',
  helps: ['experience', 'drivingLicence'],
  hinders: ['health', 'transport'],
  workAbilityConsent: true,
  workAbility: 7,
  ageGroup: '30to54',
  area: 'gammelbacka',
  motherTongue: 'other',
  languages: ['fi', 'en'],
  interpreter: true,
  interpreterLanguage: 'tigrinja',
  benefits: 'labourMarketSubsidy',
  name: 'Mira',
  contactWay: 'phone',
  phone: '040 000 0001',
  contactTime: 'morning',
};

/** Tells as little as the intake allows. */
export const silent: Record<string, Given> = {
  situation: null,
  topic: 'unknown',
  wantedWork: null,
  lastWork: null,
  education: null,
  helps: null,
  hinders: null,
  workAbilityConsent: false,
  ageGroup: null,
  area: null,
  motherTongue: null,
  languages: null,
  interpreter: 'unknown',
  benefits: null,
  name: null,
  contactWay: 'here',
};

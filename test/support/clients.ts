import type { IntakeAnswers } from '../../src/domain/clients/intake.ts';
import type { Conversation } from './conversation.ts';

/** Answers of an invented person whose coach is Samira Nahari in the pack of Porvoo. */
export const gammelbacka: Partial<IntakeAnswers> = {
  situation: 'unemployed',
  topic: 'findWork',
  hinders: ['debts'],
  education: 'vocational',
  lastWork: 'Kesätyö taimitarhalla',
  ageGroup: '30to54',
  area: 'gammelbacka',
  motherTongue: 'fi',
  languages: ['fi', 'en'],
  name: 'Mira',
  contactWay: 'phone',
  phone: '0400000001',
};

/** Lets the person of the conversation have done the intake before. */
export async function hasIntake(talk: Conversation, answers: Partial<IntakeAnswers> = gammelbacka) {
  return talk.world().clients.submitIntake(answers, 'earlier-intake');
}

/** The appointments that stand, the latest first. */
export async function booked(talk: Conversation) {
  const { appointments } = await talk.world().clients.path();
  return appointments.filter(({ state }) => state === 'booked');
}

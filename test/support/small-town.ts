import type { Coach, Municipality, Place } from '../../src/domain/municipalities/pack.ts';

const all = (text: string) => ({ fi: text, sv: text, en: text });

function place(id: string, kind: Place['kind']): Place {
  return { id, kind, name: all(id), address: all(`${id} 1`), access: all('no steps'), walkIn: [] };
}

/** A coach who works in the office from nine to four on weekdays; a test says what is otherwise. */
export function coachOf(id: string, otherwise: Partial<Coach> = {}): Coach {
  return {
    id,
    name: id,
    title: all('coach'),
    email: `${id}@town.example`,
    phone: '019 000 0000',
    language: 'fi',
    languages: ['fi', 'sv', 'en'],
    topics: ['firstMeeting', 'plan', 'followUp', 'workAbility', 'training', 'other'],
    kinds: ['office', 'phone', 'teams', 'village'],
    slotMinutes: 45,
    bufferMinutes: 15,
    hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '16:00', place: 'office' }],
    breaks: [],
    exceptions: [],
    ...otherwise,
  };
}

/** A small invented municipality with an office and a village, for tests that need one to be simple. */
export function smallTown(coaches: Coach[], otherwise: Partial<Municipality> = {}): Municipality {
  return {
    slug: 'town',
    code: '999',
    name: all('Town'),
    serviceName: all('Services of Town'),
    zone: 'Europe/Helsinki',
    languages: ['fi', 'sv', 'en'],
    contact: {
      phone: '019 000 0000',
      email: 'town@town.example',
      address: all('Street 1'),
      web: 'https://town.example/',
      hours: [{ days: ['mon'], from: '09:00', to: '15:00' }],
      privacyNotice: 'https://town.example/',
    },
    holidays: { country: 'FI', closed: [] },
    origins: [],
    asks: { benefits: false, area: false },
    areas: [],
    targetGroups: [],
    firstMeeting: [{ from: '2026-01-01', workingDays: 10, source: 'act' }],
    limits: {
      cancelHours: 4,
      moveHours: 24,
      leadHours: 2,
      horizonDays: 60,
      openAppointments: 2,
      statutoryTopics: ['firstMeeting'],
    },
    timers: {
      reminderHours: 48,
      partnerReminderDays: 10,
      referralExpiryDays: 30,
      partnerLinkDays: 8,
      outcomeDays: 14,
      contactHours: 8,
    },
    retention: { clientDays: 365, calendarDays: 90 },
    routing: [{ id: 'all', when: {}, coaches: ['ada'], because: all('everybody') }],
    coaches,
    places: [place('office', 'office'), place('annex', 'office'), place('village', 'village')],
    services: [],
    isClosed: () => false,
    ...otherwise,
  };
}

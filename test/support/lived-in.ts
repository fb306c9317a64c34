import type { Ask } from '../../dialogs/engine/dialog.ts';
import type { Appointment, CalendarDay, Slot } from '../../src/domain/appointments/appointment.ts';
import { dayRef } from '../../src/domain/appointments/coach-day.ts';
import { changeDocument } from '../../src/domain/change-document.ts';
import { giveCertificate } from '../../src/domain/clients/certificate.ts';
import { endPath } from '../../src/domain/clients/end-path.ts';
import { suggestService } from '../../src/domain/coaches/suggestion.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { moveReferral } from '../../src/domain/referrals/progress.ts';
import { mira } from './answers.ts';
import { converse } from './conversation.ts';
import { anOffer } from './offers.ts';
import { PlanDesk } from './plan-desk.ts';
import { wholeTown } from './whole-town.ts';

/** A client who has something to see, move, cancel and withdraw, and all that the service asks of itself. */
export async function livedIn(documents: Documents) {
  const talk = await converse({ documents, municipality: wholeTown });
  await talk.presses('intake');
  await talk.answers(mira);
  await talk.presses('submit');
  const { appointments, referrals, offers } = talk.world();
  const [soon, later] = await appointments.free({ topic: 'firstMeeting', kind: 'phone', limit: 3 });
  const wish = { topic: 'firstMeeting', kind: 'phone', slot: later!, phone: '0400000001' } as const;
  const booked = await appointments.book(wish, 'i-1');
  const [match] = (await referrals.match(['findWork', 'health'], 5)).filter(({ service }) => service.referral);
  const sent = await referrals.submit(
    { service: match!.service.id, lines: [], consent: true, consentVersion: 'test' },
    'i-2',
  );
  const act = { documents, municipality: talk.municipality, client: talk.client, now: talk.now };
  await moveReferral(act, sent.id, { state: 'accepted', by: 'partner', startsOn: '2026-11-24' }, 1);
  const second = (await referrals.match(['training'], 5)).filter(({ service }) => service.referral);
  await referrals.submit({ service: second[0]!.service.id, lines: [], consent: false, consentVersion: 'test' }, 'i-3');
  await new PlanDesk(talk).presses('sendPlan');
  await offers.submit(anOffer, 'i-6');
  const coached = { documents, municipality: talk.municipality, coach: booked.coach, now: talk.now };
  const certificate = { name: { listed: 'hygiene' }, from: 'Careeria', on: '2026-11-02' };
  await giveCertificate(coached, talk.client, certificate, 'c-1');
  const asks = [
    { flow: 'my-plan', given: { version: 1 } },
    { flow: 'services-at-once', given: { services: [match!.service.id], lines: ['email'], told: [] } },
    { flow: 'outcome', given: { referral: sent.id } },
    { flow: 'feedback', given: { appointment: booked.id } },
    { flow: 'earlier', given: { appointment: booked.id, slot: soon } },
  ];
  return { asks, hearsFromCoach };

  /** Another time is proposed, a service suggested, nobody came to the chat, and the path is ended. */
  async function hearsFromCoach(): Promise<Ask[]> {
    const { start } = await proposedTime(documents, booked, soon!);
    const coach = { ...coached, intent: 'i-4' };
    const service = second[0]!.service.id;
    const idea = await suggestService(coach, { client: talk.client, service, needs: ['training'] });
    const at = talk.now.toISO()!;
    await endPath(documents, talk.client, { outcome: 'education', by: booked.coach, at });
    const waiting = await talk.world().contact.request({ here: true }, 'i-5');
    return [
      { flow: 'proposed-time', given: { appointment: booked.id, proposed: start } },
      { flow: 'suggested', given: { suggestion: idea.id } },
      { flow: 'call-back', given: { contact: waiting.id } },
      { flow: 'path-ended', given: { ended: at } },
    ];
  }
}

/** The coach has proposed another time for a meeting. */
async function proposedTime(documents: Documents, meeting: Appointment, slot: Slot): Promise<Slot> {
  const ref = dayRef(meeting.coach, meeting.start.slice(0, 10));
  await changeDocument<CalendarDay>(documents, ref, (day) => {
    const proposed = { by: meeting.coach, at: meeting.bookedAt, slot };
    return day && { ...day, appointments: day.appointments.map((one) => ({ ...one, proposed })) };
  });
  return slot;
}

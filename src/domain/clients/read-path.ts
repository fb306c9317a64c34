import { listAppointments } from '../appointments/client-appointments.ts';
import type { Suggestion } from '../coaches/suggestion.ts';
import type { Reading } from '../documents.ts';
import type { Offer } from '../offers/offer.ts';
import type { Plan } from '../plans/plan.ts';
import type { Referral } from '../referrals/referral.ts';
import { type Certificate, newestFirst } from './certificate.ts';
import type { Feedback } from './feedback.ts';
import type { Client, ClientPath, ContactRequest, Intake } from './path.ts';

/** Reads everything that is kept of a client, the newest first. */
export async function readPath(documents: Reading, client: string): Promise<ClientPath> {
  const [kept, appointments] = await Promise.all([
    documents.list('clients', client),
    listAppointments(documents, client),
  ]);
  const of = <D>(type: string) =>
    kept.filter(({ document }) => document.type === type).map((read) => read.document as D);
  const own = of<Client>('client')[0];
  const plan = of<Plan>('plan')[0];
  return {
    ...(own && { client: own }),
    intakes: newest(of<Intake>('intake'), 'submittedAt'),
    appointments,
    referrals: newest(of<Referral>('referral'), 'createdAt'),
    contacts: newest(of<ContactRequest>('contact'), 'requestedAt'),
    feedback: newest(of<Feedback>('feedback'), 'at'),
    suggestions: newest(of<Suggestion>('suggestion'), 'createdAt'),
    offers: newest(of<Offer>('offer'), 'submittedAt'),
    certificates: newestFirst(of<Certificate>('certificate')),
    ...(plan && { plan }),
  };
}

function newest<K extends string, D extends Record<K, string>>(documents: D[], at: K): D[] {
  return documents.sort((one, other) => Date.parse(other[at]) - Date.parse(one[at]));
}

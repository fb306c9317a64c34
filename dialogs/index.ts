import { booking } from './booking.ts';
import { callBack } from './call-back.ts';
import { contact } from './contact.ts';
import { doesWorkPay } from './does-work-pay.ts';
import { earlier } from './earlier.ts';
import type { Flow } from './engine/flow.ts';
import { erase } from './erase.ts';
import { feedback } from './feedback.ts';
import { intake } from './intake.ts';
import { myAppointment } from './my-appointment.ts';
import { myCertificates } from './my-certificates.ts';
import { myCourse } from './my-course.ts';
import { myOffer } from './my-offer.ts';
import { myPath } from './my-path.ts';
import { myPlan } from './my-plan.ts';
import { myReferral } from './my-referral.ts';
import { offerPlace } from './offer-place.ts';
import { outcome } from './outcome.ts';
import { panel } from './panel.ts';
import { pathEnded } from './path-ended.ts';
import { proposedTime } from './proposed-time.ts';
import { referral } from './referral.ts';
import { serviceDetails } from './service-details.ts';
import { servicesAtOnce } from './services-at-once.ts';
import { suggested } from './suggested.ts';

/** The flows, in menu order; those without a text `<flow>.menu` are reached from others. */
export const flows: Flow[] = [
  intake,
  booking,
  referral,
  myPath,
  contact,
  doesWorkPay,
  offerPlace,
  serviceDetails,
  myAppointment,
  myReferral,
  myPlan,
  myCertificates,
  myOffer,
  erase,
  outcome,
  feedback,
  earlier,
  proposedTime,
  callBack,
  suggested,
  pathEnded,
  servicesAtOnce,
  myCourse,
  panel,
];

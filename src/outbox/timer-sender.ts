import { DateTime } from 'luxon';
import { askHowItWent, remindOfMeeting } from '../domain/appointments/remind.ts';
import { offerFreed } from '../domain/appointments/waiting.ts';
import { endPause } from '../domain/clients/course.ts';
import { eraseLate } from '../domain/clients/erase.ts';
import type { Documents } from '../domain/documents.ts';
import type { Municipality } from '../domain/municipalities/pack.ts';
import { timerNotice } from '../domain/notices.ts';
import { expireOffer } from '../domain/offers/close-offer.ts';
import { tellPlaceOver } from '../domain/offers/place-over.ts';
import { tickPlan } from '../domain/plans/tick.ts';
import { askAfterRest, tickReferral } from '../domain/referrals/progress.ts';
import type { Sender } from '../notify/sender.ts';

/** What time works with. */
export interface TimerSenderParts {
  documents: Documents;
  municipality: Municipality;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Makes the sender that lets time do its part: what it brings is decided anew from the document as it is then, so that a
 * timer that rings late, twice or for something that has changed does no harm.
 */
export function createTimerSender({ documents, municipality, now }: TimerSenderParts): Sender {
  return async ({ item, ref }) => {
    const parsed = timerNotice.safeParse(item.payload);
    if (!parsed.success) return 'refused';
    const at = DateTime.fromMillis(now(), { zone: municipality.zone });
    const act = { documents, municipality, now: at };
    const what = parsed.data;
    switch (what.timer) {
      case 'referral':
        await tickReferral({ ...act, client: ref.partition }, ref.id);
        break;
      case 'offer':
        await expireOffer(act, { partition: ref.partition, id: ref.id });
        break;
      case 'plan':
        await tickPlan({ ...act, client: what.client });
        break;
      case 'erased':
        await eraseLate(documents, what.client);
        break;
      case 'pause':
        await endPause(act, ref.partition, what.step);
        break;
      case 'rested':
        await askAfterRest({ ...act, client: ref.partition });
        break;
      case 'reminder':
        await remindOfMeeting(act, ref, what.appointment);
        break;
      case 'feedback':
        await askHowItWent(act, ref, what.appointment);
        break;
      case 'placeOver':
        await tellPlaceOver(act, what);
        break;
      case 'freed':
        await offerFreed(act, { coach: ref.partition, start: what.start, end: what.end, place: what.place });
    }
    return 'sent';
  };
}

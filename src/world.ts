import type { DateTime } from 'luxon';
import { coachName, meetingFacts, placeName, visits, wayThere } from '../dialogs/meeting-words.ts';
import type { Services } from '../dialogs/services.ts';
import type { OutlookView } from './calendar/outlook-view.ts';
import type { Appointment } from './domain/appointments/appointment.ts';
import { book, cancel } from './domain/appointments/book.ts';
import { findFree, freeDays, kindsFor } from './domain/appointments/find-free.ts';
import { keepTime } from './domain/appointments/keep-time.ts';
import { wantEarlier } from './domain/appointments/waiting.ts';
import { askToCall } from './domain/clients/call-back.ts';
import { hideCertificate, removeCertificate } from './domain/clients/certificate.ts';
import { correctIntake } from './domain/clients/correct-intake.ts';
import { beginAgain, goOnPath, pausePath, stopPath } from './domain/clients/course.ts';
import { eraseClient } from './domain/clients/erase.ts';
import { giveFeedback, refuseFeedback } from './domain/clients/feedback.ts';
import { openLetter } from './domain/clients/letter.ts';
import { askOnce, joinPanel, leavePanel } from './domain/clients/panel.ts';
import { readPath } from './domain/clients/read-path.ts';
import { requestContact } from './domain/clients/request-contact.ts';
import { submitIntake } from './domain/clients/submit-intake.ts';
import { acceptSuggestion, declineSuggestion } from './domain/coaches/suggestion.ts';
import { matchServices } from './domain/directory/match.ts';
import { withPlacesTold } from './domain/directory/places.ts';
import type { Documents } from './domain/documents.ts';
import { isOpen, nextOpening } from './domain/municipalities/opening.ts';
import type { Municipality } from './domain/municipalities/pack.ts';
import { takeBackOffer } from './domain/offers/close-offer.ts';
import type { Offer } from './domain/offers/offer.ts';
import { offerRef, submitOffer } from './domain/offers/submit-offer.ts';
import { type OneLook, oneLook } from './domain/one-look.ts';
import { acceptPlan, commentPlan } from './domain/plans/answer.ts';
import { tellOutcome } from './domain/referrals/progress.ts';
import { submitReferral } from './domain/referrals/submit.ts';
import { submitTogether } from './domain/referrals/together.ts';
import { withdrawReferral } from './domain/referrals/withdraw.ts';
import type { Text } from './domain/text.ts';
import type { Translator } from './i18n/translator.ts';
import { calendarFile } from './notify/ics.ts';

/** What the world of a conversation is made of. */
export interface WorldParts {
  documents: Documents;
  municipality: Municipality;
  t: Translator;
  /** Shows what is busy in Outlook, for looking for free times; absent: our own calendar alone. */
  outlook?: OutlookView;
  /** What this turn has read so far, for telling; absent: begun anew. */
  look?: OneLook;
  /** Called before a new appointment of a chat under an intent; throws `tooManyFromHere`. */
  mayBook?: (conversation: string | undefined, intent: string) => void;
}

/** Who speaks, in which language, at which moment; `fence` is called before anything is changed. */
export interface Speaker {
  client: string;
  /** Id of the client's chat, for what is told there later. */
  conversation?: string;
  language: string;
  now: DateTime;
  fence: () => Promise<void>;
}

/** Binds the use cases of the domain to one client, as the flows know them. */
export function createWorld(parts: WorldParts, speaker: Speaker): Services {
  const { documents, municipality, t, look = oneLook(documents), outlook } = parts;
  const times = outlook?.(look) ?? look;
  const { client, conversation, language, now, fence } = speaker;
  const chat = conversation === undefined ? {} : { conversation };
  const actor = { documents, municipality, client, ...chat, language, now };

  /** A change of the world: after the fence, under its intent. */
  async function act<T>(intent: string, change: (act: typeof actor & { intent: string }) => Promise<T>): Promise<T> {
    await fence();
    try {
      return await change({ ...actor, intent });
    } finally {
      look.again();
    }
  }

  /** A change by which the person goes on with their path, though they had stopped it. */
  function walk<T>(intent: string, change: (act: typeof actor & { intent: string }) => Promise<T>): Promise<T> {
    return act(intent, async (by) => {
      const done = await change(by);
      if (municipality.ownPath) await beginAgain(by);
      return done;
    });
  }

  function ics(meeting: Appointment): string {
    const say = (text: Text) => t.say(text, language);
    const { serviceName, contact, zone } = municipality;
    const place = municipality.places.find(({ id }) => id === meeting.place);
    const words = {
      summary: say({
        key: 'calendar.summary',
        with: { coach: coachName(meeting.coach, municipality), service: serviceName },
      }),
      description: say({ lines: [...meetingFacts(meeting, municipality), wayThere(meeting, municipality)] }),
      location:
        place && visits.includes(meeting.kind)
          ? `${say(placeName(place.id, municipality))}, ${say(place.address)}`
          : '',
    };
    return calendarFile(meeting, { zone, words, organizer: { name: say(serviceName), email: contact.email } });
  }

  return {
    now,
    language,
    municipality,
    clients: {
      path: () => readPath(look, client),
      submitIntake: (answers, intent) => walk(intent, (by) => submitIntake(by, answers)),
      correctIntake: (intake, answers, intent) => act(intent, (by) => correctIntake(by, intake, answers)),
      openLetter: (hash) => openLetter(actor, hash, fence).finally(look.again),
      erase: (intent) => act(intent, eraseClient),
    },
    appointments: {
      kinds: (topic) => kindsFor(municipality, topic),
      free: (query) => findFree(times, municipality, query, now),
      days: (query) => freeDays(times, municipality, query, now),
      book: (request, intent) =>
        walk(intent, async (by) => {
          if (request.moves === undefined) parts.mayBook?.(conversation, intent);
          return book(by, request);
        }),
      cancel: (appointment, intent) => act(intent, (by) => cancel(by, appointment)),
      wantEarlier: (appointment, wants, intent) => act(intent, (by) => wantEarlier(by, appointment, wants)),
      ics,
    },
    referrals: {
      async match(needs, limit) {
        const { intakes } = await readPath(look, client);
        const now = await withPlacesTold(look, municipality);
        return matchServices(now, intakes[0]?.answers ?? {}, needs, limit, language);
      },
      submit: (request, intent) => walk(intent, (by) => submitReferral(by, request)),
      submitTogether: (requests, intent) => walk(intent, (by) => submitTogether(by, requests)),
      withdraw: (referral, intent) => act(intent, (by) => withdrawReferral(by, referral)),
      outcome: (referral, answer, intent) => act(intent, (by) => tellOutcome(by, referral, answer)),
    },
    course: {
      pause: (until, intent) => act(intent, (by) => pausePath(by, until)),
      stop: (intent) => act(intent, stopPath),
      goOn: (intent) => act(intent, goOnPath),
    },
    panel: {
      askOnce: (intent) => act(intent, askOnce),
      join: (intent) => act(intent, joinPanel),
      leave: (intent) => act(intent, leavePanel),
    },
    feedback: {
      give: (about, given, intent) => act(intent, (by) => giveFeedback(by, about, given)),
      refuse: (intent) => act(intent, refuseFeedback),
    },
    fromCoach: {
      declineSuggestion: (id, intent) => act(intent, () => declineSuggestion(documents, client, id, now.toMillis())),
      acceptPlace: (id, version, intent) =>
        act(intent, async () => {
          await acceptSuggestion(documents, client, id, { version, language }, now.toMillis());
        }),
      async place({ from: partition, offer: id }) {
        const offer = (await look.get<Offer>(offerRef({ partition, id })))?.document;
        return offer?.type === 'offer' && !offer.closed ? offer.place : undefined;
      },
      keepTime: (appointment, intent) => act(intent, (by) => keepTime(by, appointment)),
    },
    offers: {
      submit: (request, intent) => act(intent, (by) => submitOffer(by, request)),
      takeBack: (offer, outcome, intent) => act(intent, (by) => takeBackOffer(by, offer, outcome)),
    },
    certificates: {
      hide: (id, hides, intent) => act(intent, (by) => hideCertificate(by, id, hides)),
      remove: (id, intent) => act(intent, (by) => removeCertificate(by, id)),
    },
    plan: {
      accept: (version, intent) => act(intent, (by) => acceptPlan(by, version)),
      comment: (words, intent) => act(intent, (by) => commentPlan(by, words)),
    },
    contact: {
      hours: () => ({ open: isOpen(municipality, now), opens: nextOpening(municipality, now) }),
      request: (wish, intent) => act(intent, (by) => requestContact(by, wish)),
      askToCall: (contact, phone, intent) => act(intent, (by) => askToCall(by, contact, phone)),
    },
  };
}

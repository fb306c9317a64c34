import { submitIntake } from '../../src/domain/clients/submit-intake.ts';
import { declineSuggestion, suggestService } from '../../src/domain/coaches/suggestion.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { submitOffer } from '../../src/domain/offers/submit-offer.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { withdrawReferral } from '../../src/domain/referrals/withdraw.ts';
import { cityOf } from './cities.ts';
import { aino, linnea, porvoo, samira } from './coach-office.ts';
import type { CoachScene } from './coach-scene.ts';
import { anOffer } from './offers.ts';
import { lieksa } from './path-scene.ts';
import { planInputs, planStory, type Story } from './plan-story.ts';

/** A story in a city that has what it needs. */
export type TownStory = Story & { town?: Municipality };

/** Every input that a form could send along. */
export const filled = {
  'give-to': samira,
  'close-outcome': 'job',
  'certify-what': 'hygiene',
  'certify-from': 'Careeria',
  'certify-on': '2026-11-20',
  'cancel-reason': 'ill',
  'cancel-free': 'true',
  'propose-time': '2026-12-01T10:00:00+02:00',
  'suggestPlace-client': 'client-1',
  'closeOffer-outcome': 'notFilled',
  'refuseOrder-words': 'No',
  'handOver-to': samira,
  ...planInputs,
};

/** Time goes on until a moment. */
async function pass(scene: CoachScene, until: string): Promise<void> {
  scene.clock.time = Date.parse(until);
  await scene.relay.sweep();
}

/** A city in which a client who tells nothing of themselves concerns every coach. */
export const openTown: Municipality = { ...porvoo, routing: [] };

/** A city whose own two organisations share clients. */
const sharing: Municipality = {
  ...porvoo,
  organisations: cityOf('kuopio-askel').organisations!,
  coaches: porvoo.coaches.map((one) => ({ ...one, organisation: one.id === linnea ? 'te-services' : 'city' })),
};

const referring = porvoo.services.find(({ referral }) => referral)!;

/** A city that orders a service before its partner hears of a client. */
const ordering: Municipality = {
  ...openTown,
  services: porvoo.services.map((one) =>
    one === referring ? { ...one, referral: { ...one.referral!, ordered: { workingDays: 5 } } } : one,
  ),
};

async function refers(scene: CoachScene): Promise<CaseRef> {
  await scene.opens('en');
  const request = { service: referring.id, lines: [], consent: true, consentVersion: 'test' };
  const { partition, id } = await submitReferral(scene.act('referral'), request);
  await scene.relay.sweep();
  return { collection: 'clients', partition, id };
}

async function withdraws(scene: CoachScene): Promise<void> {
  const [read] = await scene.documents.list('clients', scene.clientId, 'referral');
  await withdrawReferral(scene.act('withdraw'), read!.document.id);
}

/** A city whose coaches put certificates on their clients' paths. */
const certifying = { ...openTown, certificates: lieksa.certificates! };

/** Every kind of card, and ways of it through its states. */
export const stories: TownStory[] = [
  {
    name: 'intake',
    async begin(scene) {
      await scene.opens('en');
      const { intake } = await submitIntake(scene.act('intake'), { situation: 'unemployed' });
      await scene.relay.sweep();
      return { collection: 'clients', partition: intake.partition, id: intake.id };
    },
    ways: [
      [
        [aino, 'take'],
        [aino, 'give', { to: linnea }],
        [linnea, 'take'],
        [linnea, 'close', { outcome: 'education' }],
      ],
      [
        [samira, 'take'],
        [samira, 'return'],
        [samira, 'take'],
        [samira, 'return'],
        [linnea, 'take'],
      ],
      [
        [aino, 'take'],
        [aino, 'give', { to: samira }],
        [samira, 'return'],
        [aino, 'take'],
        [aino, 'close', { outcome: 'job' }],
      ],
    ],
  },
  {
    name: 'path',
    town: certifying,
    async begin(scene) {
      await scene.opens('en');
      const { intake } = await submitIntake(scene.act('intake'), { situation: 'unemployed' });
      await scene.relay.sweep();
      return { collection: 'clients', partition: intake.partition, id: intake.id };
    },
    ways: [
      [
        [aino, 'take'],
        [aino, 'certify', { what: 'hygiene', from: 'Careeria', on: '2026-11-20' }],
        [aino, 'certify', { what: 'own', own: 'Kurssi', from: 'Careeria', on: '2026-11-20' }],
        [aino, 'give', { to: linnea }],
        [linnea, 'take'],
        [linnea, 'close', { outcome: 'notNow' }],
      ],
    ],
  },
  {
    name: 'contact',
    begin: (scene) => scene.asksForPerson(),
    ways: [
      [
        [aino, 'take'],
        (scene) => scene.types('Hello'),
        [aino, 'endTalk'],
        [aino, 'return'],
        [linnea, 'take'],
        [linnea, 'done'],
      ],
      [
        (scene) => scene.clock.pass(125_000),
        [samira, 'take'],
        [samira, 'give', { to: aino }],
        [aino, 'take'],
        [aino, 'done'],
      ],
    ],
  },
  planStory,
  {
    name: 'meeting',
    begin: (scene) => scene.books(aino),
    ways: [
      [
        [aino, 'seen'],
        [aino, 'cancel', { reason: 'ill' }],
      ],
      [[aino, 'seen'], (scene) => pass(scene, '2026-11-25T09:00:00+02:00'), [aino, 'noShow'], [aino, 'done']],
      [(scene) => pass(scene, '2026-11-25T09:00:00+02:00'), [aino, 'attended']],
    ],
  },
  {
    name: 'referral',
    begin: (scene) => refers(scene),
    ways: [
      [[aino, 'seen'], (scene) => withdraws(scene)],
      [(scene) => withdraws(scene), [linnea, 'seen']],
      // Nobody has answered: it is a coach's to see to.
      [(scene) => pass(scene, '2027-02-15T09:00:00+02:00'), [samira, 'done']],
    ],
  },
  {
    name: 'order',
    town: ordering,
    begin: (scene) => refers(scene),
    ways: [[[aino, 'order'], (scene) => withdraws(scene)], [[linnea, 'refuseOrder', { words: 'Not now' }]]],
  },
  {
    name: 'suggestion',
    async begin(scene) {
      await scene.opens('en');
      await submitIntake(scene.act('intake'), { situation: 'unemployed' });
      const { documents, municipality, now, intent } = scene.act('suggestion');
      const service = municipality.services[0]!;
      const act = { documents, municipality, now, intent, coach: aino };
      const { id } = await suggestService(act, { client: scene.clientId, service: service.id, needs: [] });
      await scene.relay.sweep();
      return { collection: 'clients', partition: scene.clientId, id };
    },
    ways: [
      [
        async (scene) => {
          const [read] = await scene.documents.list('clients', scene.clientId, 'suggestion');
          await declineSuggestion(scene.documents, scene.clientId, read!.document.id, scene.clock.time);
        },
        [aino, 'seen'],
      ],
    ],
  },
  {
    name: 'offer',
    town: { ...porvoo, employers: { ...cityOf('kemi').employers!, jobFinder: aino } },
    async begin(scene) {
      await scene.opens('en');
      const answers = {
        topic: 'findWork',
        wantedWork: 'Puutarhatyötä',
        ageGroup: '18to24',
        motherTongue: 'fi',
      } as const;
      await submitIntake(scene.act('intake'), answers);
      await scene.relay.sweep();
      const act = { ...scene.act('offer'), client: 'employer-1', conversation: 'chat-employer' };
      const { partition, id } = await submitOffer(act, anOffer);
      await scene.relay.sweep();
      return { collection: 'clients', partition, id };
    },
    ways: [
      [
        [aino, 'take'],
        [aino, 'give', { to: linnea }],
        [linnea, 'return'],
        [samira, 'take'],
        [samira, 'closeOffer', { outcome: 'notFilled' }],
      ],
    ],
  },
  {
    name: 'course',
    town: sharing,
    async begin(scene) {
      await scene.opens('en');
      const { intake } = await submitIntake(scene.act('intake'), {
        situation: 'unemployed',
        ageGroup: '18to24',
        motherTongue: 'fi',
      });
      await scene.relay.sweep();
      return { collection: 'clients', partition: intake.partition, id: 'client' };
    },
    ways: [
      [
        [aino, 'handOver', { to: linnea }],
        [linnea, 'declineClient'],
        [aino, 'handOver', { to: samira }],
        [aino, 'keepClient'],
        [aino, 'handOver', { to: linnea }],
        [linnea, 'acceptClient'],
        [linnea, 'handOver', { to: aino }],
      ],
    ],
  },
  {
    name: 'erasure',
    async begin(scene) {
      await scene.opens('en');
      const payload = { mail: 'withdrawal', service: 'gone', reference: 'P-2345-67', at: '2026-11-23T08:00:00Z' };
      const item = {
        id: 'told',
        kind: 'mail' as const,
        payload,
        attempts: 34,
        nextAt: 0,
        givenUp: '2026-11-23T08:00:00Z',
      };
      const erasure = { id: 'erasure-1', partition: 'erasures', type: 'erasure', schema: 1, outbox: [item] };
      await scene.documents.create('clients', erasure);
      return { collection: 'clients', partition: 'erasures', id: 'erasure-1' };
    },
    ways: [[[linnea, 'done']]],
  },
];

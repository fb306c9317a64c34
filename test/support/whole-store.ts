import type { ChannelReference } from '../../src/bot/conversations.ts';
import { endPath } from '../../src/domain/clients/end-path.ts';
import { eraseClient } from '../../src/domain/clients/erase.ts';
import { refuseFeedback } from '../../src/domain/clients/feedback.ts';
import type { Intake } from '../../src/domain/clients/path.ts';
import { requestContact } from '../../src/domain/clients/request-contact.ts';
import { blockTime } from '../../src/domain/coaches/block-time.ts';
import { changeSettings } from '../../src/domain/coaches/settings.ts';
import { tellPlaces } from '../../src/domain/directory/places.ts';
import { importClients } from '../../src/letters/import-clients.ts';
import { claimStore } from '../../src/storage/owner.ts';
import { arrive } from '../../src/teams/coach-link.ts';
import { createCoachFinder } from '../../src/teams/find-coach.ts';
import { keepCopy } from '../../src/teams/sent-cards.ts';
import { WholeLife } from './whole-life.ts';

/** A store that holds every type of document that the service writes: a whole life, and what the staff and the city add. */
export async function wholeStore(): Promise<WholeLife> {
  const life = await new WholeLife().lives();
  const { documents, clock, coach, coachAct } = life;
  const { municipality } = life.parts;
  const act = life.act('staff');
  await claimStore(documents, municipality.slug);
  const transferred = { line: 2, number: '7', name: 'Testi Siirtynyt', language: 'fi', address: ['Katu 1'] };
  await importClients({ documents, municipality, now: act.now, key: Buffer.alloc(32, 7) }, [transferred]);
  await tellPlaces(act, municipality.services[0]!.id, 3);
  await blockTime(coachAct.call(life, 'block'), {
    from: '08:00',
    to: '09:00',
    firstDay: '2026-12-01',
    lastDay: '2026-12-01',
  });
  await staffInTeams(life);
  const [other] = municipality.coaches.filter(({ id }) => id !== coach);
  const quiet = { from: '09:00', to: '12:00' };
  await changeSettings(documents, municipality, other!.id, { language: 'sv', quiet, digest: true }, act.now);
  await requestContact({ ...act, client: 'another' }, { here: false, phone: '0400000003' });
  await life.relay.sweep();
  await eraseClient({ ...act, client: 'another', intent: 'erase' });
  await refuseFeedback(act);
  await endPath(documents, life.clientId, { outcome: 'education', by: coach, at: act.now.toISO()! });
  const ref = life.caseOf((await life.own<Intake>('intake')).id);
  const reference: ChannelReference = await teamsPlace(coach);
  await keepCopy(documents, coach, ref, { id: 'message-1', reference, now: clock.now() });
  return life;
}

async function teamsPlace(coach: string): Promise<ChannelReference> {
  const serviceUrl = 'https://smba.trafficmanager.net/emea/';
  return { channelId: 'msteams', serviceUrl, conversation: `a:${coach}`, user: `29:${coach}`, bot: '28:polku' };
}

/** One coach is found by their sign-in, and reached in Teams. */
async function staffInTeams({ documents, clock, coach, parts }: WholeLife): Promise<void> {
  const { municipality } = parts;
  const { email } = municipality.coaches.find(({ id }) => id === coach)!;
  const find = createCoachFinder({
    rosters: [{ documents, municipality }],
    member: async () => ({ upn: email }),
    now: clock.now,
  });
  const { serviceUrl, conversation } = await teamsPlace(coach);
  const from = { id: `29:${coach}`, aadObjectId: 'person-1' };
  const recipient = { id: '28:polku' };
  await find({
    type: 'message',
    id: 'x',
    channelId: 'msteams',
    serviceUrl,
    from,
    recipient,
    conversation: { id: conversation },
  });
  await arrive(documents, coach, await teamsPlace(coach));
}

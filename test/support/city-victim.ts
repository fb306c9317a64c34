import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import { writeLetter } from '../../src/domain/clients/letter.ts';
import { letterCode, letterHash } from '../../src/domain/clients/letter-code.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { submitReferral } from '../../src/domain/referrals/submit.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import type { CitiesApp, CityChat, GivenToken } from './cities-app.ts';

/** What somebody of one city holds, all of which opens things there: a chat, an inbox, a partner's link, a letter. */
export interface Victim {
  city: string;
  municipality: Municipality;
  /** A word that stands in everything of theirs. */
  canary: string;
  chat: CityChat;
  /** Key of a stream of the chat, used up by nobody. */
  stream: string;
  coach: string;
  inbox: GivenToken;
  link: string;
  letter: string;
  /** The referral as a card of the coach points at it. */
  about: { collection: 'clients'; partition: string; id: string };
}

/** Lets somebody begin a chat and be referred in a city, and a coach and a partner hear of it. */
export async function victimIn(app: CitiesApp, city: string): Promise<Victim> {
  const municipality = loadMunicipality('deploy/municipalities', city);
  const documents = await app.store(city);
  const canary = `Kanarialintu${municipality.code}`;
  const chat = await app.chat(city);
  await chat.say(`I am ${canary}`);
  const { conversationId: id, token } = chat.given;
  const { document } = (await documents.get<ConversationDocument>({ collection: 'conversations', partition: id, id }))!;
  const now = DateTime.now().setZone(municipality.zone);
  const service = municipality.services.find(({ referral }) => referral?.email && referral.fields.includes('name'))!.id;
  const act = { documents, municipality, client: document.client, conversation: id, language: 'en', now, intent: 'i' };
  const lines = [{ field: 'name' as const, value: canary }];
  const referral = await submitReferral(act, { service, lines, consent: true, consentVersion: 't' });
  const letter = letterCode(new Uint8Array(32).fill(7), city, '1');
  await writeLetter({ documents, municipality, now }, letterHash(letter), {
    number: '1',
    name: canary,
    language: 'en',
  });
  const begun = await app.ask('POST', '/v3/directline/conversations', { token, body: {} });
  const coach = municipality.coaches[0]!.id;
  return {
    city,
    municipality,
    canary,
    chat,
    stream: new URL(String(begun.body.streamUrl)).searchParams.get('t')!,
    coach,
    inbox: await app.token({ municipality: city, coach }),
    link: await linkIn(join(app.dir, city, 'mail'), city),
    letter,
    about: { collection: 'clients', partition: document.client, id: referral.id },
  };
}

/** The token of the partner's link in the first mail that comes. */
async function linkIn(folder: string, city: string): Promise<string> {
  for (;;) {
    const mails = safely(() => readdirSync(folder)).filter((name) => name.endsWith('.eml'));
    for (const mail of mails) {
      const text = readFileSync(join(folder, mail), 'utf8').replaceAll('=\r\n', '');
      const token = new RegExp(`/partner/${city}/([\\w-]{43})`).exec(text)?.[1];
      if (token) return token;
    }
    await pause(50);
  }
}

function safely(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** Every row of a city's store, by its place; taken when nothing is under way in it any more. */
export async function rowsOf(app: CitiesApp, city: string): Promise<Map<string, string>> {
  const database = new DatabaseSync(join(app.dir, city, 'polku.db'), { readOnly: true });
  const look = () =>
    database
      .prepare('SELECT collection, partition, id, version, body FROM documents')
      .all()
      .map((row) => [`${row.collection} ${row.partition} ${row.id}`, `${row.version} ${row.body}`] as const);
  try {
    for (let before = look(); ; ) {
      await pause(400);
      const after = look();
      if (JSON.stringify(after) === JSON.stringify(before)) return new Map(after);
      before = after;
    }
  } finally {
    database.close();
  }
}

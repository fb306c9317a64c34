import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import pino from 'pino';
import type { Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import { chatNotice } from '../../src/domain/notices.ts';
import type { Referral, SharedLine } from '../../src/domain/referrals/referral.ts';
import { referralRef, submitReferral } from '../../src/domain/referrals/submit.ts';
import { withdrawReferral } from '../../src/domain/referrals/withdraw.ts';
import { makeOrigins } from '../../src/http/origins.ts';
import { createServer, type PolkuServer } from '../../src/http/server.ts';
import { type Letter, type PartnerMail, partnerLetter } from '../../src/notify/mail-letter.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { createRelay } from '../../src/outbox/relay.ts';
import { createTimerSender } from '../../src/outbox/timer-sender.ts';
import { createLinkMaker } from '../../src/partner/link-maker.ts';
import { partnerRoutes } from '../../src/partner/routes.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { HandClock } from './clock.ts';
import { porvoo, texts } from './conversation.ts';

const day = 24 * 3_600_000;

/** What every desk's client ticked: each value can be found again wherever it should not be. */
export const ticked: SharedLine[] = [
  { field: 'name', value: 'Kanarialintu Testi' },
  { field: 'phone', value: '0400000042' },
  { field: 'wish', value: 'Haluan <b>aloittaa</b> heti', language: 'fi' },
];

/** A partner with a mailbox and a browser without script, at the real server, store, relay and page; time is moved by hand. */
export class PartnerDesk {
  readonly clock = new HandClock('2026-11-23T10:00:00+02:00');
  readonly documents: Documents = openSqlite(':memory:', { now: this.clock.now });
  readonly municipality: Municipality;
  /** Everything that was mailed to the partner, the newest last. */
  readonly letters: (Letter & { mail: string })[] = [];
  /** What the client was told in the chat, by the keys of the texts, and which flows asked. */
  readonly told: string[] = [];
  readonly log: string[] = [];
  url = '';
  readonly linkFor;
  readonly relay;
  #server?: PolkuServer;
  #sent = 0;

  constructor(municipality: Municipality = porvoo) {
    this.municipality = municipality;
    const { documents } = this;
    const { now, timers } = this.clock;
    const secret = createHash('sha256').update('desk').digest();
    this.linkFor = createLinkMaker({ documents, municipality, secret, base: () => `${this.url}/partner`, now });
    const mail: Sender = async ({ item, document }) => {
      const kind = item.payload.mail as PartnerMail;
      if (document.type !== 'referral' || !['referral', 'reminder', 'progress', 'link'].includes(kind)) return 'sent';
      const link = await this.linkFor(document as Referral, item.id);
      const letter = link && partnerLetter(kind, document as Referral, link, municipality, texts);
      if (letter) this.letters.push({ ...letter, mail: kind });
      return 'sent';
    };
    const chat: Sender = async ({ item }) => {
      const { say, ask } = chatNotice.parse(item.payload);
      this.told.push(
        ...(JSON.stringify(say).match(/news\.referral\.[\w-]+/g) ?? []),
        ...(ask ? [`ask ${ask.flow}`] : []),
      );
      return 'sent';
    };
    const nothing: Sender = async () => 'sent';
    const record = (line: Record<string, unknown>, message: string) =>
      void this.log.push(JSON.stringify({ ...line, message }));
    this.relay = createRelay({
      documents,
      senders: {
        coach: nothing,
        handoff: nothing,
        mail,
        chat,
        timer: createTimerSender({ documents, municipality, now }),
      },
      log: { info: record, warn: record, error: record },
      now,
      timers,
    });
  }

  /** Opens the server on a free port. */
  async start(): Promise<this> {
    const { documents, municipality } = this;
    const { now } = this.clock;
    // Its own short waits pass at once, so that a test need not.
    const timers = { set: (call: () => void) => setImmediate(call), clear: () => {} };
    const committed = () => {};
    this.#server = createServer({
      production: true,
      origins: makeOrigins({ pages: [], host: '127.0.0.1' }),
      log: pino({ level: 'trace' }, { write: (line: string) => void this.log.push(line) }),
      ready: async () => {},
      routes: [partnerRoutes({ documents, municipality, t: texts, now, timers, proxies: 1, committed })],
    });
    const { port } = await this.#server.listen(0, '127.0.0.1');
    this.url = `http://127.0.0.1:${port}`;
    return this;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.relay.stop();
    await this.documents.close();
  }

  act(client: string, intent: string) {
    const { documents, municipality } = this;
    const now = DateTime.fromMillis(this.clock.time, { zone: municipality.zone });
    return { documents, municipality, client, conversation: `chat-${client}`, language: 'fi', intent, now };
  }

  /** A client is referred, and the mail goes out; resolves with the path of the link. */
  async refer(client = `client-${++this.#sent}`, service = 'job-search-group', lines = ticked): Promise<Case> {
    const request = { service, lines, consent: true, consentVersion: 'test' };
    const { id } = await submitReferral(this.act(client, `send-${this.#sent}`), request);
    await this.relay.sweep();
    return { client, id, path: this.lastLink() };
  }

  async withdraw({ client, id }: Case): Promise<void> {
    await withdrawReferral(this.act(client, 'withdraw'), id);
    await this.relay.sweep();
  }

  /** Path of the link in the newest letter. */
  lastLink(): string {
    return new URL(/https?:\/\/\S+/.exec(this.letters.at(-1)!.text)![0]).pathname;
  }

  async referral({ client, id }: Pick<Case, 'client' | 'id'>): Promise<Referral> {
    return (await this.documents.get<Referral>(referralRef(client, id)))!.document;
  }

  /** Days go by; what time brings is done at the end of each. */
  async pass(days: number): Promise<void> {
    for (let left = days; left > 0; left--) {
      this.clock.time += day;
      await this.relay.sweep();
    }
  }

  async get(path: string, address = '10.0.0.1'): Promise<Shown> {
    return shown(await fetch(this.url + path, { redirect: 'manual', headers: { 'X-Forwarded-For': address } }));
  }

  /** Sends a form as a browser does, and what it needs besides is filled in as a person would. */
  async post(path: string, form: Record<string, string>, address = '10.0.0.1'): Promise<Shown> {
    const body = new URLSearchParams({ startsOn: '2026-12-01', words: 'Tervetuloa', reason: 'other', ...form });
    const headers = { 'X-Forwarded-For': address };
    const answer = await shown(await fetch(this.url + path, { method: 'POST', redirect: 'manual', body, headers }));
    await this.relay.sweep();
    return answer;
  }
}

/** A referral on its way, and where its page is. */
export interface Case {
  client: string;
  id: string;
  path: string;
}

/** What a browser got. */
export interface Shown {
  status: number;
  body: string;
  headers: Headers;
  /** Where it was sent on to. */
  location?: string;
}

async function shown(response: Response): Promise<Shown> {
  const location = response.headers.get('location');
  const { status, headers } = response;
  return { status, body: await response.text(), headers, ...(location && { location }) };
}

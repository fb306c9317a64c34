import { randomUUID } from 'node:crypto';
import type { Connector } from '../../src/channels/azure/connector.ts';
import { createConnector } from '../../src/channels/azure/connector.ts';
import { createWhoIs } from '../../src/channels/azure/who-is.ts';
import type { Document } from '../../src/domain/documents.ts';
import type { Coach, Municipality } from '../../src/domain/municipalities/pack.ts';
import { notice, telling } from '../../src/domain/notices.ts';
import type { Outcome } from '../../src/notify/sender.ts';
import { createService } from '../../src/service.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { createCoachDesk } from '../../src/teams/coach-desk.ts';
import { arrive, type CoachLink, linkOf } from '../../src/teams/coach-link.ts';
import { createCoachFinder } from '../../src/teams/find-coach.ts';
import { AzureServer } from './azure-server.ts';
import { HandClock } from './clock.ts';
import { cases, porvoo, texts } from './coach-office.ts';
import { PlayedTeams } from './played-teams.ts';

/** The whole service with Teams at the other end; time goes on only when a test says so. */
export class TeamsOffice {
  readonly clock = new HandClock('2026-11-23T10:00:00+02:00');
  readonly documents = openSqlite(':memory:', { now: this.clock.now });
  readonly teams = new PlayedTeams();
  readonly server = new AzureServer();
  readonly mails: { coach: string; why: string; news?: string; at: number; about?: { partition: string } }[] = [];
  readonly connector: Connector;
  readonly municipality: Municipality;
  readonly service;

  constructor({ coaches = porvoo.coaches, hasInbox = false, timeout = 300 } = {}) {
    this.connector = createConnector({ auth: 'none', timeout });
    this.municipality = { ...porvoo, coaches };
    const silent = { info() {}, warn() {}, error() {} };
    this.service = createService({
      documents: this.documents,
      municipality: this.municipality,
      t: texts,
      log: silent,
      mail: async ({ item }): Promise<Outcome> => {
        this.mails.push({ ...(item.payload as (typeof this.mails)[number]), at: this.clock.time });
        return 'sent';
      },
      now: this.clock.now,
      timers: this.clock.timers,
      newId: randomUUID,
      connector: this.connector,
      hasInbox,
    });
  }

  async start(): Promise<this> {
    await this.teams.start();
    const { conversations, relay, present } = this.service;
    const wake = () => {};
    const desk = createCoachDesk({
      documents: this.documents,
      municipality: this.municipality,
      t: texts,
      now: this.clock.now,
      auth: 'none',
      conversations,
      present,
      wake,
    });
    const { documents, municipality, connector } = this;
    const find = createCoachFinder({
      rosters: [{ documents, municipality }],
      member: connector.member,
      now: this.clock.now,
    });
    const options = { whoIs: createWhoIs([{ slug: municipality.slug, conversations, desk }], find), connector };
    await this.server.start({ auth: 'none' }, options);
    void relay;
    return this;
  }

  async stop(): Promise<void> {
    await this.service.relay.stop();
    await this.server.stop();
    await this.teams.stop();
    await this.documents.close();
  }

  /** An activity of Teams from a coach, or from whoever else is said. */
  activity(of: Coach, more: Record<string, unknown> = {}, base = 'emea'): Record<string, unknown> {
    const id = randomUUID();
    this.teams.people.set(`29:${of.id}`, { aadObjectId: `aad-${of.id}`, userPrincipalName: of.email });
    return {
      type: 'message',
      id,
      channelId: 'msteams',
      serviceUrl: this.teams.url(base),
      conversation: { id: `a:${of.id}`, conversationType: 'personal', tenantId: 'city' },
      from: { id: `29:${of.id}`, aadObjectId: `aad-${of.id}` },
      recipient: { id: '28:polku' },
      locale: `${of.language}-FI`,
      ...more,
    };
  }

  install(of: Coach, base = 'emea') {
    return this.server.post(this.activity(of, { type: 'installationUpdate', action: 'add' }, base));
  }

  press(of: Coach, data: object, more: Record<string, unknown> = {}) {
    const value = { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' };
    return this.server.post(this.activity(of, { type: 'invoke', name: 'adaptiveCard/action', value, ...more }));
  }

  /** Puts a coach into Teams without saying anything. */
  async place(id: string, base = 'emea'): Promise<void> {
    const reference = {
      channelId: 'msteams',
      serviceUrl: this.teams.url(base),
      conversation: `a:${id}`,
      user: `29:${id}`,
      bot: '28:polku',
    };
    await arrive(this.documents, id, reference);
  }

  /** A new intake of a client for this coach, with its news on the way. */
  async intakeFor(coach: string, client: string): Promise<Document> {
    const made = cases.intake('Kim', {
      routing: { ...cases.intake('').routing, coach },
      partition: client,
      id: `intake-${client}`,
    });
    const item = notice('coach', `${client}-intake`, this.clock.time, { news: 'intake' });
    await this.documents.create('clients', telling(made, item));
    return made;
  }

  link(coach: string): Promise<CoachLink | undefined> {
    return linkOf(this.documents, coach);
  }

  /** Goes on second by second until nothing is under way any more; answers the seconds it took. */
  async settle(longest = 7_200): Promise<number> {
    const began = this.clock.time;
    while (this.clock.time - began < longest * 1000) {
      await this.service.relay.sweep();
      const next = await this.#next();
      if (next === undefined) break;
      this.clock.time = Math.max(this.clock.time + 1, next);
    }
    return (this.clock.time - began) / 1000;
  }

  /** When the next thing is due; the store tells the earliest first. */
  async #next(): Promise<number | undefined> {
    const far = Number.MAX_SAFE_INTEGER;
    const due = await Promise.all((['clients', 'coaches'] as const).map((one) => this.documents.due(one, far, 1)));
    const times = due.flat().flatMap(({ document }) => document.dueAt ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}

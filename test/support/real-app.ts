import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.ts';
import type { ConversationDocument } from '../../src/bot/conversation-document.ts';
import { readConfig } from '../../src/config.ts';
import type { Documents } from '../../src/domain/documents.ts';
import { loadMunicipality } from '../../src/municipalities/load.ts';
import { openDocuments } from '../../src/storage/index.ts';

/** The whole service as `npm start` runs it, on a store of its own; it can be stopped and started again. */
export class RealApp {
  url = '';
  documents!: Documents;
  readonly municipality = loadMunicipality('deploy/municipalities', 'porvoo');
  readonly #dir = mkdtempSync(join(tmpdir(), 'polku-web-'));
  #app?: App;
  #port = 0;

  async start(): Promise<this> {
    const config = readConfig({ PORT: String(this.#port), DATA_DIR: this.#dir, LOG_LEVEL: 'silent' });
    this.#app = await createApp(config);
    this.documents ??= await openDocuments(config.store, { dataDir: this.#dir, now: Date.now });
    this.#port = (await this.#app.listen()).port;
    this.url = `http://127.0.0.1:${this.#port}`;
    return this;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
  }

  /** Stops and leaves nothing. */
  async end(): Promise<void> {
    await this.stop();
    await this.documents.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** The conversation as it is kept. */
  async conversation(id: string): Promise<ConversationDocument> {
    const read = await this.documents.get<ConversationDocument>({ collection: 'conversations', partition: id, id });
    return read!.document;
  }
}

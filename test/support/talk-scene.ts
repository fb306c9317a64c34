import type { Activity } from '../../src/bot/activity.ts';
import type { ContactRequest } from '../../src/domain/clients/path.ts';
import type { Documents } from '../../src/domain/documents.ts';
import type { Municipality } from '../../src/domain/municipalities/pack.ts';
import type { CaseRef } from '../../src/domain/notices.ts';
import { Office, texts } from './coach-office.ts';

/** A client's chat and the coaches, on one store: what each of them sees. */
export class TalkScene extends Office {
  readonly chatId = 'talk-1';
  language = 'en';

  constructor(documents?: Documents, municipality?: Municipality) {
    super(undefined, documents, municipality);
  }

  /** The client opens the page and asks for a person who comes to the chat. */
  async asksForPerson(language = 'en', name: string | null = 'Mira'): Promise<CaseRef> {
    this.language = language;
    await this.chat(this.chatId, { type: 'event', name: 'webchat/join', value: { language } });
    await this.types(texts.words('commands.person', language)[0]!);
    await this.types(texts.say({ key: 'contact.how.options.here' }, language));
    await this.types(name ?? texts.say({ key: 'engine.options.skip' }, language));
    await this.types(texts.say({ key: 'engine.options.skip' }, language));
    await this.types(texts.say({ key: 'contact.submit' }, language));
    await this.relay.sweep();
    return this.about();
  }

  /** The client writes; resolves with what the bot answers at once. */
  async types(text: string, id?: string): Promise<string[]> {
    const channelData = id === undefined ? undefined : { clientActivityID: id };
    const said = await this.chat(this.chatId, { type: 'message', text, ...(channelData && { channelData }) });
    return said.map((one) => one.text ?? '');
  }

  /** What the client's page shows. */
  async clientSees(): Promise<string[]> {
    return (await this.clientLog()).map(({ text = '' }) => text);
  }

  async clientLog(): Promise<Activity[]> {
    return (await this.conversations.since(this.chatId, 0)).activities;
  }

  /** What a coach's log shows but for cards, as it reads now. */
  async coachSees(coach: string): Promise<string[]> {
    return (await this.log(coach)).flatMap(({ text }) => (text === undefined ? [] : [text]));
  }

  /** The request as it is kept; undefined when it was deleted. */
  async request(): Promise<ContactRequest | undefined> {
    const found = await this.conversationClient();
    const [read] = await this.documents.list<ContactRequest>('clients', found, 'contact');
    return read?.document;
  }

  private async about(): Promise<CaseRef> {
    const { partition, id } = (await this.request())!;
    return { collection: 'clients', partition, id };
  }

  private async conversationClient(): Promise<string> {
    const ref = { collection: 'conversations', partition: this.chatId, id: this.chatId } as const;
    return ((await this.documents.get(ref))!.document as unknown as { client: string }).client;
  }
}

/** The word that ends a talk. */
export function endWord(language: string): string {
  return texts.words('handoff.end', language)[0]!;
}

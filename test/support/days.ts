import { chatNotice, mailNotice } from '../../src/domain/notices.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { createRelay } from '../../src/outbox/relay.ts';
import { createTimerSender } from '../../src/outbox/timer-sender.ts';
import { processTimers } from '../../src/timers.ts';
import type { Conversation } from './conversation.ts';

const hour = 3_600_000;

/** Lets time go by around a conversation: what it brings is told in it, and mails are kept by what they are. */
export class Days {
  readonly talk: Conversation;
  /** Mails by kind; to a client with their subject. */
  readonly mails: string[] = [];
  /** Flows that asked, and keys of texts that were told, in order. */
  readonly told: string[] = [];
  readonly #relay;

  constructor(talk: Conversation, others: Conversation[] = []) {
    this.talk = talk;
    const all = [talk, ...others];
    const { documents, municipality } = talk;
    const now = () => talk.now.toMillis();
    const chat: Sender = async ({ item }) => {
      const { conversation, say, ask } = chatNotice.parse(item.payload);
      const meant = all.find((one) => one.conversation === conversation);
      if (!meant) return 'refused';
      this.told.push(...(JSON.stringify(say).match(/"key":"[^"]+"/g) ?? []).map((key) => key.slice(7, -1)));
      if (ask) this.told.push(`ask ${ask.flow}`);
      await meant.isTold({ say, ...(ask && { ask }) });
      return 'sent';
    };
    const mail: Sender = async ({ item }) => {
      const letter = mailNotice.parse(item.payload);
      this.mails.push(letter.mail === 'client' ? `client ${JSON.stringify(letter.subject)}` : letter.mail);
      return 'sent';
    };
    const timer = createTimerSender({ documents, municipality, now });
    const silent = () => {};
    const log = { info: silent, warn: silent, error: silent };
    const senders = { coach: async () => 'sent' as const, chat, mail, timer };
    this.#relay = createRelay({ documents, senders, log, now, timers: processTimers });
  }

  /** Delivers what is due now, and what comes of it in other documents. */
  async deliver(): Promise<void> {
    await this.#relay.sweep();
    await this.#relay.sweep();
  }

  /** Hours go by; what each brings is delivered. */
  async pass(
    { days = 0, hours = 0 }: { days?: number; hours?: number },
    all: Conversation[] = [this.talk],
  ): Promise<void> {
    for (let left = days * 24 + hours; left > 0; left--) {
      for (const one of all) one.now = one.now.plus({ milliseconds: hour });
      await this.#relay.sweep();
    }
  }
}

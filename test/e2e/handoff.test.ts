import { expect } from 'chai';
import { DateTime } from 'luxon';
import { requestContact } from '../../src/domain/clients/request-contact.ts';
import { texts } from '../support/conversation.ts';
import { OfficialClient } from '../support/direct-line-client.ts';
import { until } from '../support/direct-line-server.ts';
import { RealApp } from '../support/real-app.ts';

const coach = { id: 'samira-nahari', name: 'Samira Nahari' };

/** A client of Direct Line as a page of the city and as the coaches' page use it, with what it heard of messages. */
interface Side {
  conversation: string;
  hears(part: string): Promise<void>;
  heard(): string[];
  says(text: string): Promise<unknown>;
  sends(activity: object): Promise<unknown>;
  end(): void;
}

async function connect(app: RealApp, wish: object, webSocket: boolean): Promise<Side> {
  const response = await fetch(`${app.url}/api/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
  });
  const { token, conversationId } = (await response.json()) as { token: string; conversationId: string };
  const own = new OfficialClient({ domain: `${app.url}/v3/directline`, token, webSocket });
  const texts = () => own.heard.filter((text) => text !== 'undefined');
  const sends = (activity: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      own.client.postActivity({ from: { id: 'whoever' }, ...activity } as never).subscribe(resolve, reject);
    });
  return {
    conversation: conversationId,
    heard: texts,
    hears: (part) => until(() => texts().some((text) => text.includes(part))),
    says: (text) => own.say(text),
    sends,
    end: () => own.client.end(),
  };
}

describe('A talk with a person over the real server', () => {
  for (const webSocket of [true, false]) {
    it(`runs both ways between two official clients ${webSocket ? 'over WebSocket' : 'by polling'}, and goes on after a restart`, async function () {
      this.timeout(60_000);
      const app = await new RealApp().start();
      const client = await connect(app, { language: 'en' }, webSocket);
      const person = await connect(app, { coach: coach.id, language: 'en' }, webSocket);
      try {
        await client.sends({ type: 'event', name: 'webchat/join', value: { language: 'en' } });
        await client.hears('What would you like to do?');
        await person.sends({ type: 'event', name: 'webchat/join', value: { language: 'en' } });
        await person.hears(coach.name);

        // Asked for as the contact flow does, so that the test does not depend on the opening hours.
        const chat = await app.conversation(client.conversation);
        const request = await requestContact(
          {
            documents: app.documents,
            municipality: app.municipality,
            client: chat.client,
            conversation: client.conversation,
            language: 'en',
            intent: 'wait',
            now: DateTime.now().setZone(app.municipality.zone),
          },
          { name: 'Mira', here: true },
        );
        const about = { collection: 'clients', partition: request.partition, id: request.id };
        await person.sends({ type: 'message', value: { act: 'take', about } });
        await client.hears(`${coach.name} is here now`);
        await person.hears('You are now connected');

        await client.says('Hello, I cannot come on Tuesday');
        await person.hears('Mira: Hello, I cannot come on Tuesday');
        await person.says('That is fine, let us find another day');
        await client.hears(`${coach.name}: That is fine, let us find another day`);

        await app.stop();
        await app.start();
        await client.says('Thank you!');
        await person.hears('Mira: Thank you!');
        await client.says(texts.words('handoff.end', 'en')[0]!);
        await client.hears('You ended the talk');
        await person.hears('The client ended the talk');
        for (const side of [client, person]) {
          const lines = side.heard().filter((text) => /Tuesday|another day|Thank you/.test(text));
          expect(lines).to.have.length(3);
        }
      } finally {
        client.end();
        person.end();
        await app.end();
      }
    });
  }
});

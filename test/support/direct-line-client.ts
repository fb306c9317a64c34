import { createRequire } from 'node:module';
import type { Activity, DirectLine as Client, DirectLineOptions } from 'botframework-directlinejs';
import WebSocket from 'ws';

// The client is made for browsers; in Node it gets `fetch` for its XMLHttpRequest, in the Observable of its own rxjs.
const require = createRequire(createRequire(import.meta.url).resolve('botframework-directlinejs'));
const { Observable } = require('rxjs/Observable');
const { DirectLine } = require('./directLine.js') as { DirectLine: typeof Client };

interface Asked {
  method: string;
  url: string;
  body?: unknown;
  headers: Record<string, string>;
}

function ajax({ method, url, body, headers }: Asked) {
  return new Observable((observer: { next(one: unknown): void; error(one: unknown): void; complete(): void }) => {
    fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
      .then(async (answer) => {
        const response = await answer.json();
        const xhr = { getResponseHeader: (name: string) => answer.headers.get(name) };
        if (!answer.ok) return observer.error({ status: answer.status, response, xhr });
        observer.next({ status: answer.status, response, xhr });
        observer.complete();
      })
      .catch((error: unknown) => observer.error({ status: 0, error, xhr: { getResponseHeader: () => null } }));
  });
}

/** Microsoft's own client of Direct Line, with what it heard and how it is connected. */
export class OfficialClient {
  readonly heard: string[] = [];
  readonly statuses: number[] = [];
  readonly sockets: WebSocket[] = [];
  readonly client: Client;

  constructor(options: DirectLineOptions) {
    const sockets = this.sockets;
    const seams = {
      ajax,
      WebSocket: class extends WebSocket {
        constructor(url: string) {
          super(url);
          sockets.push(this);
        }
      },
      // Its wait before it connects again is 3 s + 12 s × this.
      random: () => -0.249,
    };
    this.client = new DirectLine({ timeout: 2000, pollingInterval: 200, ...options, ...seams } as DirectLineOptions);
    this.client.connectionStatus$.subscribe((status) => this.statuses.push(status));
    this.client.activity$.subscribe(
      (activity) => {
        if (activity.type === 'message') this.heard.push(String(activity.text));
      },
      // Told by the status as well; without a listener it would be thrown where nobody catches.
      () => {},
    );
  }

  /** Sends a message; resolves with its id. */
  say(text: string, clientActivityID?: string): Promise<string> {
    const activity = { type: 'message', text, from: { id: 'whoever' }, channelData: { clientActivityID } } as Activity;
    return new Promise((resolve, reject) => {
      this.client.postActivity(activity).subscribe(resolve, reject);
    });
  }
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One kept-alive connection that costs the measuring process little: one request at a time, answers with a length. */
export class Connection {
  readonly #port: number;
  #socket?: Socket;
  #read: Buffer = Buffer.alloc(0);
  #answer: (text: string) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends JSON; resolves with the body of the answer, and rejects when it is not 200. */
  async post(path: string, body: string): Promise<string> {
    this.#socket ??= await this.#open();
    const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    const answer = new Promise<string>((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
    });
    this.#socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return answer;
  }

  close(): void {
    this.#socket?.destroy();
  }

  async #open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.on('error', (error) => this.#fail(error));
    socket.on('data', (data) => this.#take(data));
    return socket;
  }

  #take(data: Buffer): void {
    this.#read = this.#read.length === 0 ? data : Buffer.concat([this.#read, data]);
    const end = this.#read.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#read.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#read.length < end + 4 + length) return;
    const body = this.#read.toString('utf8', end + 4, end + 4 + length);
    this.#read = this.#read.subarray(end + 4 + length);
    if (head.startsWith('HTTP/1.1 200')) this.#answer(body);
    else this.#fail(new Error(`${head.slice(0, 12)} ${body.slice(0, 200)}`));
  }
}

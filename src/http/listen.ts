import { once } from 'node:events';
import type { Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer,
  type ListenOptions,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { PolkuError } from '../errors.ts';

/** A port that is open. */
export interface OpenPort {
  port: number;
  /** Lets nobody in any more; resolves when all who were in have gone. */
  close(): Promise<void>;
}

const repairs: Record<string, string> = {
  EADDRINUSE: 'Another program uses it: stop that one, or set PORT to another number.',
  EACCES: 'This user may not open it: set PORT to a number over 1023.',
  EADDRNOTAVAIL: 'This machine does not have that address: set HOST to 127.0.0.1 or 0.0.0.0.',
  ENOTFOUND: 'The name of the address is not known: set HOST to 127.0.0.1 or 0.0.0.0.',
};

/**
 * Sockets that listen at the port. Of each, Node lets in one connection a round of its event loop: with one, a chat that
 * was opened among 64 busy ones waited 0.3 s at the door. Only Linux shares a port out fairly.
 */
const doors = process.platform === 'linux' ? 4 : 1;

/** Opens the port; throws `badSetting` with the repair when it cannot be had. Port 0 takes a free one. */
export async function listenOn(http: Server, port: number, host: string): Promise<OpenPort> {
  try {
    // Those who share a port do not hear that it is in use; a free one is nobody's.
    const isTaken = doors > 1 && port !== 0 && (await answers(port, host));
    if (isTaken) throw Object.assign(new Error('in use'), { code: 'EADDRINUSE' });
    const shared = { host, reusePort: doors > 1 };
    await startListening(http, { ...shared, port });
    const open = { ...shared, port: (http.address() as AddressInfo).port };
    // As HTTP servers are made.
    const options = { allowHalfOpen: true, noDelay: true };
    const letIn = (socket: Socket) => http.emit('connection', socket);
    const others = Array.from({ length: doors - 1 }, () => startListening(createServer(options, letIn), open));
    const all = [http, ...(await Promise.all(others))];
    return {
      port: open.port,
      close: async () => {
        await Promise.all(all.map(stopListening));
      },
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const repair = repairs[code] ?? `It could not be opened (${code}). Check PORT and HOST.`;
    throw new PolkuError('badSetting', `Cannot listen on ${host} port ${port}. ${repair}`, {}, error);
  }
}

/** Whether somebody on this machine lets connections in there. */
async function answers(port: number, host: string): Promise<boolean> {
  const socket = connect({ port, host, timeout: 300 });
  socket.on('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'connect');
    // At an address of another machine it is no hindrance; where nobody listens, a caller may meet itself.
    return socket.localAddress === socket.remoteAddress && socket.localPort !== port;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function startListening<S extends NetServer>(server: S, where: ListenOptions): Promise<S> {
  return new Promise((resolve, reject) => {
    // Never taken off: a later one, such as too many open files, would end the process if nobody listened.
    server.on('error', reject);
    server.listen(where, () => resolve(server));
  });
}

function stopListening(server: NetServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

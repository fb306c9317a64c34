import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PolkuError } from '../errors.ts';

const repairs: Record<string, string> = {
  EADDRINUSE: 'Another program uses it: stop that one, or set PORT to another number.',
  EACCES: 'This user may not open it: set PORT to a number over 1023.',
  EADDRNOTAVAIL: 'This machine does not have that address: set HOST to 127.0.0.1 or 0.0.0.0.',
  ENOTFOUND: 'The name of the address is not known: set HOST to 127.0.0.1 or 0.0.0.0.',
};

/** Opens the port; throws `badSetting` with the repair when it cannot be had. Port 0 takes a free one. */
export function listenOn(server: Server, port: number, host: string): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const repair = repairs[error.code ?? ''] ?? `It could not be opened (${error.code}). Check PORT and HOST.`;
      reject(new PolkuError('badSetting', `Cannot listen on ${host} port ${port}. ${repair}`, {}, error));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
}

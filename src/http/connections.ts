import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, so that it can stop. */
export interface Connections {
  /** Ends those that never asked for anything: browsers open some in advance, and Node waits for them without an end. */
  endUnused(): void;
  /** Ends all, WebSockets too. */
  endAll(): void;
}

/** Begins to follow the connections of a server. */
export function followConnections(http: Server): Connections {
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    endUnused() {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
    endAll() {
      for (const socket of open) socket.destroy();
    },
  };
}

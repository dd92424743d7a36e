import { connect, createServer } from 'node:net';

// The kernel may give a port again at once; two servers of one start must not get the same.
const handedOut = new Set<number>();

/**
 * A TCP port free on the loopback at this moment. A preferred port (the one of the last start) is given again
 * when it is still free, so that addresses stay what they were. Whoever binds it must expect that another
 * program took it in between.
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await canListen(preferred)) === preferred) return preferred;
  for (;;) {
    const port = await canListen(0);
    if (port === null) throw new Error('no free port on 127.0.0.1');
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    return port;
  }
}

/** @returns whether nothing listens at this port of the loopback. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) === port;
}

/** Whether something takes connections at this port; throws when not. */
export function accepts(port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

function canListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => {
        resolve(got);
      });
    });
  });
}

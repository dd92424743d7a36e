import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { examine } from '../cli/doctor.ts';
import { openInstallation } from '../cli/open.ts';
import type { Opened } from '../cli/open.ts';
import { threadedReading } from '../client/guard-thread.ts';
import { headsIn } from '../ledger/heads.ts';
import { smtpChannel } from '../notify/smtp.ts';
import { eventLog, openLog } from '../worker/log.ts';
import { Provider, providerSettings } from '../identity/provider.ts';
import { makeApp } from './app.ts';
import { sandboxClock } from './clock.ts';
import type { Desk, Machine } from './desk.ts';
import { proxiesOf } from './proxies.ts';
import { keepTelling, outboundOf } from './telling.ts';

const DRAIN_MS = 15_000;

/** The port and the origin people type: from the environment, else as the start wrote them down, else a free port. */
function placeOf(
  env: NodeJS.ProcessEnv,
  installed: { readonly port?: number | undefined; readonly origin?: string | undefined },
): {
  readonly host: string;
  readonly port: number;
  readonly origin: string | null;
} {
  const said = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const port = Number(said('PEER_HIRE_PORT') ?? installed.port ?? '0');
  return {
    host: said('PEER_HIRE_HOST') ?? '127.0.0.1',
    port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : 0,
    origin: said('PEER_HIRE_ORIGIN') ?? installed.origin ?? null,
  };
}

/** What the administrator of this machine looks after from the console. */
function machineOf(opened: Opened): Machine {
  const { folder, installation } = opened;
  const { page, ...server } = installation.mail;
  return {
    examine: () => examine(opened),
    ...{ heads: headsIn(folder), folder, databaseOurs: installation.databaseOurs },
    ...{ backup: opened.second, erased: opened.erased },
    mail: {
      channel: smtpChannel({ ...server, timeoutMs: 10_000, loopbackOnly: installation.sandbox }),
      ...{ server: `${server.host}:${server.port}`, caught: page !== null },
    },
  };
}

function deskOf(opened: Opened, origin: string, proxies: readonly string[]): Desk {
  const { office, installation } = opened;
  const { org, sandbox } = installation;
  const settings = providerSettings(process.env);
  return {
    ...{ office, origin, proxies, sandbox, store: { org, pool: opened.pool } },
    provider: settings === null ? null : new Provider(settings, `${origin}/api/provider/callback`),
    house: () => opened.house(),
    clock: sandbox ? sandboxClock(() => opened.house()) : null,
    outbound: outboundOf(process.env, sandbox),
    reading: threadedReading(new URL('../guards/thread-main.js', import.meta.url)),
    machine: machineOf(opened),
  };
}

/** A port is known only once something listens, and the check of origins needs it before: a first listener finds one. */
async function freePort(host: string): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Stops taking requests, lets those under way finish, closes. */
function stopOnce(app: FastifyInstance, opened: Opened, endTelling: () => Promise<void>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    app
      .close()
      .then(endTelling)
      .then(() => opened.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
}

/** Serves the faces of the installation in `PEER_HIRE_FOLDER` until it is told to stop. */
async function main(): Promise<void> {
  const folder = process.env['PEER_HIRE_FOLDER'];
  if (folder === undefined) throw new Error('PEER_HIRE_FOLDER is not set; start it with "peer-hire start"');
  const opened = await openInstallation({ home: folder }, process.env);
  const { host, port: wanted, origin: given } = placeOf(process.env, opened.installation);
  const port = wanted === 0 ? await freePort(host) : wanted;
  const origin = given ?? `http://localhost:${port}`;
  const log = eventLog(openLog(process.env['PEER_HIRE_API_LOG'] ?? join(folder, 'api.log')));
  const desk = deskOf(opened, origin, proxiesOf(process.env, origin, host));
  const app = await makeApp(desk, log);
  const endTelling = keepTelling(desk, log);
  const stop = stopOnce(app, opened, endTelling);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  await app.listen({ host, port });
  process.send?.({ ready: true, address: origin });
}

main().catch((error: Error & { code?: string }) => {
  // Name and code only: a message may quote an address or a server's text.
  process.stderr.write(`api ended: ${error.name} ${error.code ?? ''}\n`);
  process.exit(1);
});

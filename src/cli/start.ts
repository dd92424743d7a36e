import { readInstallation } from '../local/installation.ts';
import type { Installation } from '../local/installation.ts';
import { claimOf } from '../local/lock.ts';
import { promises } from '../local/parts.ts';
import { bringUp } from './bring-up.ts';
import type { Running } from './bring-up.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { firstLogin } from './first-login.ts';
import type { FirstLogin } from './first-login.ts';
import { folderOf, within } from './open.ts';
import type { Common } from './open.ts';
import { listenForStop } from './stopper.ts';

/** @returns the mail server that really sends, or null while mails are only caught here. */
export function mailServer({ mail }: Installation): string | null {
  return mail.page === null ? `${mail.host}:${mail.port}` : null;
}

function consoleLines(address: string, first: FirstLogin | null): readonly string[] {
  if (first === null) return [`Console: ${address} (peer-hire account add gives people a login)`];
  const { login, passphrase } = first;
  return [
    `Console: ${address}/setup`,
    `  Nobody is here yet. Sign in as ${login} with ${passphrase}`,
    '  – shown here only, good for three days – and set everything up there, or with the commands below.',
  ];
}

/** Tells where things are. */
export function tellRunning(
  io: Io,
  json: boolean,
  folder: string,
  running: Running,
  first: FirstLogin | null = null,
): void {
  const { installation, parts, worker } = running;
  if (json) {
    const { org, sandbox, temporal, mail, queue } = installation;
    const { databaseOurs, keyFile } = installation;
    const pids = {
      ...{ temporal: parts.temporal.pid, database: parts.database.pid },
      ...{ worker: worker.pid(), api: running.api.pid() },
    };
    const shown = {
      folder,
      org,
      console: running.address,
      sandbox,
      temporal,
      databaseOurs,
      mail,
      queue,
      keyFile,
      pids,
      ...(first === null ? {} : { first }),
    };
    io.out(JSON.stringify({ ready: shown }));
    return;
  }
  const lines = [
    '',
    'peer-hire is ready.',
    ...parts.describe(),
    `Organization: ${installation.org}${installation.sandbox ? ' (sandbox)' : ''}`,
    `Worker: process ${String(worker.pid())}`,
    ...consoleLines(running.address, first),
    `Key file: ${installation.keyFile} – keep a copy of it away from the database; without it nothing personal can be read.`,
    ...promises(parts, mailServer(installation)).map((line) => `Note: ${line}`),
    '',
    'Next: peer-hire site add, peer-hire people add, peer-hire decide; peer-hire doctor says how things are.',
    'Ctrl-C stops everything in order.',
  ];
  for (const line of lines) io.out(line);
}

function holdsSandbox(folder: string): boolean {
  try {
    return readInstallation(folder).sandbox;
  } catch {
    return false;
  }
}

/** `start`: everything for real, in a durable folder; stays up until it is stopped. A sandbox kept by `play` comes up again. */
export async function start(io: Io, common: Common): Promise<Exit> {
  const folder = folderOf(common, io.env);
  const json = common.json === true;
  const say = (line: string): void => {
    if (!json) io.err(line);
  };
  const stopper = listenForStop(io, json);
  const { signal } = stopper;
  const keptSandbox = holdsSandbox(folder);
  if (keptSandbox && claimOf(folder) !== 'living')
    say('this folder holds a sandbox that was kept: it is brought up as it was left');
  const running = await bringUp({
    ...{ folder, throwAway: false, keptSandbox },
    env: io.env,
    say,
    what: 'peer-hire start',
    ...{ signal, keepUp: true },
  });
  const stopped = stopper.stops(running);
  tellRunning(io, json, folder, running, await within(common, io.env, (it) => firstLogin(it, io.env)));
  await stopped;
  if (!json) io.out('Everything is stopped.');
  return EXIT.done;
}

import { existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { FolderInUse, claimOf, lockFolder } from './lock.ts';
import { childrenGone, endOrphan } from './postgres-cluster.ts';
import { endProcess, identityOf, lives } from './processes.ts';
import { waiting } from './say.ts';
import type { Say } from './say.ts';
import { endTemporalOrphan } from './temporal-server.ts';

/** Told from other programs' folders, and from the durable ones, by its name alone. */
const THROW_AWAY = 'peer-hire-sandbox-';
const GRACE_MS = 15_000;

/** @returns whether a folder goes when its start ends. */
export const isThrowAway = (folder: string): boolean =>
  dirname(folder) === tmpdir() && basename(folder).startsWith(THROW_AWAY);

/** A new throw-away folder for a sandbox. */
export function throwAwayFolder(): string {
  return mkdtempSync(join(tmpdir(), THROW_AWAY));
}

/** Processes a start keeps beside the servers: the worker, and the faces people reach over HTTP. */
export type Kept = 'worker' | 'api';
const keptNames: readonly Kept[] = ['worker', 'api'];

interface Remembered {
  readonly pid: number;
  readonly identity: string;
}

/** Writes down which process works for a folder, so that the next start knows it again. */
export function remember(folder: string, kept: Kept, pid: number): void {
  const identity = identityOf(pid);
  if (identity === null) return;
  const path = join(folder, `${kept}.json`);
  writeFileSync(`${path}.new`, JSON.stringify({ pid, identity }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function recall(folder: string, kept: Kept): Remembered | null {
  try {
    return JSON.parse(readFileSync(join(folder, `${kept}.json`), 'utf8')) as Remembered;
  } catch {
    return null;
  }
}

/** @returns the process of a kind that was started for a folder, and whether it lives; null when none was. */
export function keptOf(folder: string, kept: Kept): { readonly pid: number; readonly lives: boolean } | null {
  const known = recall(folder, kept);
  return known === null ? null : { pid: known.pid, lives: lives(known.pid, known.identity) };
}

/** Ends what a killed start left running, so that two never work side by side unseen. */
export async function endKeptOrphan(folder: string, kept: Kept, say: Say): Promise<void> {
  const known = recall(folder, kept);
  if (known === null || !lives(known.pid, known.identity)) return;
  const { pid, identity } = known;
  say(`the ${kept} of an earlier start still runs for this folder (process ${String(pid)}); stopping it`);
  await waiting(say, `that ${kept} to stop`, endProcess(pid, identity, 'SIGTERM', GRACE_MS));
}

/**
 * Throw-away folders whose start was killed together with its guardian: ends the servers that still run there and removes
 * the folders. Those of living starts, and whatever has another name, are left alone.
 * @param base where throw-away folders are made
 * @returns how many were cleared
 */
export async function clearLeftovers(say: Say, base = tmpdir()): Promise<number> {
  let cleared = 0;
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(THROW_AWAY))) {
    const folder = join(base, name);
    if (isOurs(folder) && claimOf(folder) === 'left' && (await clear(folder, say))) cleared += 1;
  }
  return cleared;
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}

/** @returns false when another start is clearing it, or it was gone */
async function clear(folder: string, say: Say): Promise<boolean> {
  try {
    const lock = await lockFolder(folder, 'clearing what a killed start left');
    try {
      say(`an earlier start in ${folder} was killed; clearing what it left`);
      for (const kept of keptNames) await endKeptOrphan(folder, kept, say);
      const data = clusterOf(folder);
      if (existsSync(data)) {
        await endOrphan(data, say);
        await childrenGone(data, say);
      }
      await endTemporalOrphan(folder, say);
      if (dirname(data) !== folder) rmSync(dirname(data), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      return true;
    } finally {
      lock.release();
    }
  } catch (error) {
    // Its guardian, or another start, was quicker.
    if (error instanceof FolderInUse || (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Where a folder's PostgreSQL cluster lies: inside, or as root behind a link. */
function clusterOf(folder: string): string {
  const inside = join(folder, 'postgres');
  const link = lstatSync(inside, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return link ? readlinkSync(inside) : inside;
}

import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { identityOf, lives } from './processes.ts';

/** Held by the one process that may use a folder. */
export interface FolderLock {
  /** Gives the folder free; a second call does nothing. */
  release(): void;
}

/** Another living process uses the folder. Names it, so that a person can look or stop it. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly folder: string;
  readonly pid: number;
  /** When the first one took the folder, as an ISO instant. */
  readonly since: string;
  readonly what: string;

  constructor(folder: string, first: { pid: number; since: string; what: string }) {
    super(
      `The folder ${folder} is in use by "${first.what}" (process ${String(first.pid)}, since ${first.since}). ` +
        'Stop that one, or choose another folder with PEER_HIRE_HOME.',
    );
    this.folder = folder;
    this.pid = first.pid;
    this.since = first.since;
    this.what = first.what;
  }
}

interface Claim {
  readonly pid: number;
  readonly identity: string;
  readonly since: string;
  readonly what: string;
  readonly held: boolean;
}

const CLAIM = /^lock-[0-9a-f]{16}\.json$/;
const POLL_MS = 15;

/**
 * Takes a folder for this process alone, or throws `FolderInUse`. Every contender puts up a claim of its own
 * name first and looks at the others afterwards, so of two that start at one instant at least one sees the
 * other; between two that only wish, the smaller name wins. A claim whose process is dead, or whose pid
 * belongs to a later process, is a leftover of a killed start and is swept away.
 */
export async function lockFolder(folder: string, what = 'peer-hire'): Promise<FolderLock> {
  const identity = identityOf(process.pid);
  if (identity === null) throw new Error('this system does not tell when a process started');
  const name = `lock-${randomBytes(8).toString('hex')}.json`;
  const claim = { pid: process.pid, identity, since: new Date().toISOString(), what };
  let wished = false;
  for (;;) {
    if (!wished) putUp(folder, name, { ...claim, held: false });
    wished = true;
    const others = livingClaims(folder, name);
    const holder = others.find((other) => other.claim.held);
    if (holder !== undefined) {
      rmSync(join(folder, name), { force: true });
      throw new FolderInUse(folder, holder.claim);
    }
    if (others.length === 0) {
      putUp(folder, name, { ...claim, held: true });
      return { release: () => rmSync(join(folder, name), { force: true }) };
    }
    if (others.some((other) => other.name < name)) {
      rmSync(join(folder, name), { force: true });
      wished = false;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What a folder's claims say: in use by somebody who lives, left by somebody who was killed, or never claimed. */
export function claimOf(folder: string): 'living' | 'left' | 'none' {
  const claims = readdirSync(folder)
    .filter((entry) => CLAIM.test(entry))
    .map((entry) => readClaim(join(folder, entry)))
    .filter((claim) => claim !== null);
  if (claims.some((claim) => lives(claim.pid, claim.identity))) return 'living';
  return claims.length > 0 ? 'left' : 'none';
}

function putUp(folder: string, name: string, claim: Claim): void {
  const half = join(folder, name.replace(/json$/, 'tmp'));
  writeFileSync(half, JSON.stringify(claim), { mode: 0o600 });
  renameSync(half, join(folder, name));
}

function livingClaims(folder: string, own: string): { name: string; claim: Claim }[] {
  const found: { name: string; claim: Claim }[] = [];
  for (const name of readdirSync(folder).filter((entry) => CLAIM.test(entry) && entry !== own)) {
    const claim = readClaim(join(folder, name));
    if (claim === null) continue;
    if (lives(claim.pid, claim.identity)) found.push({ name, claim });
    else rmSync(join(folder, name), { force: true });
  }
  return found;
}

function readClaim(path: string): Claim | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Claim;
  } catch {
    // Given free between the listing and the reading. Claims appear whole, by renaming.
    return null;
  }
}

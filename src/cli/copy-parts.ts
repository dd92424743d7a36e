import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { identityOf } from '../local/processes.ts';

const marked = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12);
const ownerOf = (org: string): string => marked(`${hostname()}\n${org}`);

/** A day: whoever looks at what was left, or runs in another container of this name, is not surprised. */
const OLD_MS = 24 * 3_600_000;

/** What a folder of a copy that is being made is called: whose it is, and by which process, so that a later one knows. */
export function partOf(org: string): string {
  const identity = identityOf(process.pid) ?? '';
  return [ownerOf(org), process.pid, marked(identity), randomBytes(4).toString('hex')].join('-');
}

const PART = /\.part-([0-9a-f]{12})-(\d+)-([0-9a-f]{12})-[0-9a-f]{8}$/;

/** Whether it was made by this machine for this organization, by a process that is gone, and is old. */
function isLeft(path: string, org: string, now: number): boolean {
  const [, owner, pid = '', mark] = PART.exec(basename(path)) ?? [];
  if (owner !== ownerOf(org)) return false;
  const identity = identityOf(Number(pid));
  if (identity !== null && marked(identity) === mark) return false;
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && now - found.mtimeMs > OLD_MS;
}

/**
 * Takes away what backups of this machine left beside a copy when they were killed. What anybody else made, and what is
 * young or being made, stays.
 * @param now as an instant
 * @returns the folders that are gone
 */
export function sweepParts(to: string, org: string, now: number): readonly string[] {
  const folder = dirname(to);
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    // That the place is not there is told by the copy itself.
    return [];
  }
  const left = names.map((name) => join(folder, name)).filter((path) => isLeft(path, org, now));
  return left.filter((path) => {
    try {
      rmSync(path, { recursive: true, force: true });
      return true;
    } catch {
      return false;
    }
  });
}

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identityOf } from '../../src/local/processes.ts';

/** The folder of the project, with `dist` below it. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds `dist` if the sources are newer. @throws with what the build said */
export function build(): void {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}

/** What the system says of a process in one of its files; empty when the process is gone or another user's. */
function said(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Every living process. One that has ended and was not collected yet counts as ended. */
function everyone(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => identityOf(pid) !== null);
}

function parentOf(pid: number): number {
  const stat = said(pid, 'stat');
  // The command's name stands in brackets and may hold spaces and brackets itself.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** A process and all that descend from it and live, also those that lead groups of their own. */
export function family(first: number): readonly number[] {
  const pairs = everyone().map((pid) => [pid, parentOf(pid)] as const);
  const found = [first];
  for (const parent of found) found.push(...pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid));
  return found.filter((pid) => identityOf(pid) !== null);
}

/** A living process that has to do with a folder, with what it is. */
export interface Busy {
  readonly pid: number;
  readonly command: string;
}

/**
 * Every living process that has to do with a folder: it is named in its command line or its environment, or is where
 * the process works. Found whoever its parent is by now.
 * @param mark a text only processes of that start have in their environment
 */
export function busyWith(folder: string, mark: string): readonly Busy[] {
  return everyone()
    .filter((pid) => pid !== process.pid)
    .map((pid) => ({ pid, command: said(pid, 'cmdline').replaceAll('\0', ' ').trim() }))
    .filter(({ pid, command }) => {
      if (command.includes(folder) || said(pid, 'environ').includes(mark)) return true;
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });
}

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** The signals with which a server may be asked to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/**
 * What tells a process from a later one under the same pid: the boot and the start time. Null when no such
 * process lives (one that has ended but was not collected yet counts as ended).
 */
export function identityOf(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') return identityFromProc(pid);
  return identityFromPs(pid);
}

/** Whether the process that had this identity still lives. */
export function lives(pid: number, identity: string): boolean {
  return identityOf(pid) === identity;
}

/**
 * Ends a process: the given signal first, and after `graceMs` SIGKILL to its whole process group. The gentle
 * signal goes to the process alone, because some servers give it another meaning in their children.
 * Gives true when the process had to be killed. Does nothing when the pid now belongs to somebody else.
 */
export async function endProcess(
  pid: number,
  identity: string,
  signal: StopSignal,
  graceMs: number,
): Promise<boolean> {
  if (!lives(pid, identity)) return false;
  if (signal !== 'SIGKILL') {
    send(pid, signal);
    if (await goneWithin(pid, identity, graceMs)) return false;
  }
  if (!send(-pid, 'SIGKILL')) send(pid, 'SIGKILL');
  await goneWithin(pid, identity, 10_000);
  return signal !== 'SIGKILL';
}

/** Waits until a process has ended; false when it still lives after `ms`. */
async function goneWithin(pid: number, identity: string, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  let pause = 5;
  while (lives(pid, identity)) {
    if (Date.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 100);
  }
  return true;
}

function send(pid: number, signal: StopSignal): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

let boot: string | undefined;

function identityFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The command's name stands in brackets and may itself hold spaces and brackets: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A killed program's first thread may be gone while others still hold its files and ports.
    const ended = state === 'Z' || state === 'X';
    if (ended && readdirSync(`/proc/${String(pid)}/task`).length <= 1) return null;
    boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

function identityFromPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

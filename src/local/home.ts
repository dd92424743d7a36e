import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { mustTakeFolder } from './place-check.ts';

/** The environment a process was started with; passed in, so that a test can give its own. */
export type Env = Readonly<Record<string, string | undefined>>;

const PRIVATE = 0o700;

/**
 * The durable data folder: `PEER_HIRE_HOME`, else `$XDG_DATA_HOME/peer-hire`, else `~/.local/share/peer-hire`.
 * Gives an absolute path; nothing is made there, since a mistyped one is only asked.
 */
export function resolveHome(env: Env): string {
  return place(env, 'PEER_HIRE_HOME', 'XDG_DATA_HOME', '.local/share');
}

/** The folder for what can be fetched or built again: `PEER_HIRE_CACHE`, else `$XDG_CACHE_HOME/peer-hire`, else `~/.cache/peer-hire`. */
export function cacheFolder(env: Env): string {
  return privateFolder(place(env, 'PEER_HIRE_CACHE', 'XDG_CACHE_HOME', '.cache'));
}

/**
 * The second place an operator named for what must not be lost with this machine: signed heads, the list of what was
 * erased. `PEER_HIRE_BACKUP`; null where there is none. It is never made here: a disk that is not there must not look as if it were.
 */
export function secondPlace(env: Env): string | null {
  const given = env['PEER_HIRE_BACKUP'] ?? '';
  return given === '' ? null : resolve(given);
}

/**
 * Makes a folder (and what leads to it) readable by its owner only. One that exists keeps its owner and rights.
 * @throws PlaceUnusable
 */
export function privateFolder(folder: string): string {
  mustTakeFolder(folder);
  if (mkdirSync(folder, { recursive: true, mode: PRIVATE }) !== undefined) chmodSync(folder, PRIVATE);
  return folder;
}

function place(env: Env, own: string, xdg: string, underHome: string): string {
  const given = env[own];
  if (given !== undefined && given !== '') return resolve(given);
  const base = env[xdg];
  // The XDG rule: a relative path there is invalid and must be ignored.
  if (base !== undefined && isAbsolute(base)) return join(base, 'peer-hire');
  const home = env['HOME'];
  return join(home !== undefined && home !== '' ? home : homedir(), underHome, 'peer-hire');
}

import { readFileSync } from 'node:fs';
import type { Problem } from '../contracts/api/shapes.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { foundLines } from './guard-words.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';

/** A command that may be asked of a server instead of the folder on this machine. */
export interface Anywhere extends Common {
  readonly server?: string | undefined;
  readonly as?: string | undefined;
}

const WAIT_MS = 30_000;

/** Another machine's answer that is no: told with the exit code the same no has here. */
export class RemoteNo extends Stop {
  readonly problem: Problem | null;
  constructor(exit: Exit, code: string, message: string, problem: Problem | null) {
    super(exit, code, message);
    this.name = 'RemoteNo';
    this.problem = problem;
  }
}

/** The server of a command: `--server`, else `PEER_HIRE_SERVER`; null for this machine's folder. */
export function serverOf(options: Anywhere, io: Io): string | null {
  const given = options.server ?? io.env['PEER_HIRE_SERVER'];
  if (given === undefined || given === '' || options.home !== undefined) return null;
  if (options.as !== undefined)
    throw new Stop(EXIT.usage, 'usage', '--as is for this machine; a server knows you by your token.');
  if (!/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(given))
    throw new Stop(EXIT.usage, 'usage', '--server takes an https address; http only on this machine.');
  return given.replace(/\/+$/, '');
}

/** From a file or the environment, never from an argument: those are seen by everybody on the machine. */
function tokenOf(io: Io): string {
  const file = io.env['PEER_HIRE_TOKEN_FILE'];
  const token = file === undefined ? io.env['PEER_HIRE_TOKEN'] : read(file);
  if (token === undefined || token === '')
    throw new Stop(
      EXIT.usage,
      'usage',
      'Set PEER_HIRE_TOKEN_FILE to a file with your token, or PEER_HIRE_TOKEN.',
    );
  return token;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Stop(EXIT.usage, 'usage', `The file ${file} cannot be read.`);
  }
}

function exitOf({ status, code }: Problem): Exit {
  if (code === 'not_confirmed') return EXIT.notConfirmed;
  if (status === 503 || status === 429) return EXIT.unavailable;
  return status >= 500 ? EXIT.internal : EXIT.refused;
}

function noOf(text: string): RemoteNo {
  try {
    const problem = JSON.parse(text) as Problem;
    const missing = (problem.missing ?? []).map((one) => `\n  - ${one.words}`).join('');
    const found = foundLines(problem.findings ?? [])
      .map((line) => `\n${line}`)
      .join('');
    return new RemoteNo(exitOf(problem), problem.code, `${problem.detail}${missing}${found}`, problem);
  } catch {
    return new RemoteNo(EXIT.unavailable, 'not_peer_hire', 'What answers there is no peer-hire.', null);
  }
}

/** One way in and out: JSON, with the token. @throws RemoteNo, Stop */
export async function ofServer<T>(
  io: Io,
  server: string,
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
  body?: object,
): Promise<T> {
  const url = new URL(`${server}/api${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const authorization = `Bearer ${tokenOf(io)}`;
  const sent: RequestInit =
    body === undefined
      ? { headers: { authorization } }
      : {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  let answer: Response;
  try {
    answer = await fetch(url, { ...sent, redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) });
  } catch {
    throw new RemoteNo(
      EXIT.unavailable,
      'server_away',
      'The server does not answer. Nothing is known of it.',
      null,
    );
  }
  const text = await answer.text();
  if (!answer.ok) throw noOf(text);
  return JSON.parse(text) as T;
}

/**
 * Reads here or from a server: both answer in the same form.
 * @param path of the route that answers the same question, and its query
 */
export async function readAnywhere<T>(
  io: Io,
  options: Anywhere,
  here: (opened: Opened) => Promise<T>,
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): Promise<T> {
  const server = serverOf(options, io);
  return server === null ? within(options, io.env, here) : ofServer<T>(io, server, path, query);
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCopy } from '../client/copy-reading.ts';
import type { Copy } from '../client/copy-reading.ts';
import { recordDrill } from '../client/copies.ts';
import { HouseNotEmpty, proveRestored, restoreCopy } from '../client/restore.ts';
import type { KeyRing } from '../directory/keys.ts';
import { CopyBroken, nameOfCopy } from '../ledger/copy/manifest.ts';
import { openPool } from '../ledger/database.ts';
import { completeList, erasedIn, erasedIndeed } from '../ledger/erased-list.ts';
import { privateFolder, secondPlace } from '../local/home.ts';
import type { Env } from '../local/home.ts';
import { unlessInterrupted } from '../local/interrupt.ts';
import { lockFolder } from '../local/lock.ts';
import { databaseOf, throwAwayDatabase } from '../local/lone-database.ts';
import type { LoneDatabase } from '../local/lone-database.ts';
import { answers } from '../local/postgres-server.ts';
import { anchorsOf, ownAnchors } from './anchors.ts';
import type { AnchorPlace, SignedHeads } from './anchors.ts';
import { progressOf } from './backup.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId } from './ids.ts';
import type { Io } from './io.ts';
import { folderOf, within } from './open.ts';
import type { Common } from './open.ts';
import { erasedFor, installedIn, keyFor, keyToRestore, placeKey } from './restore-parts.ts';
import type { FoundLists } from './restore-parts.ts';
import { damagedLines, faultLines, foundLines, foundShown, holds, nextLines } from './restore-words.ts';
import type { Found } from './restore-words.ts';
import { unlessStopped } from './stopper.ts';

export interface RestoreOptions extends Common, AnchorPlace {
  readonly check?: boolean | undefined;
  readonly key?: string | undefined;
  readonly erased?: string | undefined;
  readonly passDamaged?: boolean | undefined;
}

/** Wrong somewhere: its own code, so that a script can tell it from a refusal. */
const FOUND_WRONG = 1;
const CONNECTIONS = 3;

const NOT_PROVEN =
  'Stopped while it was proven: the copy is put back, and nothing says yet that it holds. Start it, and ask "peer-hire ledger verify" and "peer-hire doctor".';

type Say = (line: string) => void;

/** What both ways of putting a copy back work with. */
interface Task {
  readonly io: Io;
  readonly options: RestoreOptions;
  /** The data folder. */
  readonly home: string;
  readonly copy: Copy;
  readonly keys: KeyRing | null;
  readonly heads: SignedHeads | null;
  readonly lists: FoundLists;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/**
 * Puts the copy into a database and proves it there.
 * @param kept what must be done as soon as the rows are there for good, before anything else can go wrong
 */
async function putAndProve(
  task: Task,
  url: string,
  kept: () => Promise<void> = async () => undefined,
): Promise<Found> {
  const { copy, keys, heads, lists, say, signal } = task;
  const began = Date.now();
  const pool = openPool(url, CONNECTIONS);
  try {
    say('putting the rows back …');
    const restored = await restoreCopy(pool, copy, { erased: lists, tell: progressOf(say), signal });
    await kept();
    say('proving the ledger and the states …');
    const held = await proveRestored(pool, keys, copy, heads);
    return { copy, lists, restored, held, ms: Date.now() - began };
  } finally {
    await pool.end();
  }
}

const codeOf = ({ held: { verdict } }: Found): string => (verdict.ok ? 'states_apart' : verdict.code);

/** Notes the drill in the ledger of the house itself, where that is at hand. @returns false where it is not */
async function drillNoted(
  task: Pick<Task, 'io' | 'options' | 'home'>,
  copy: string,
  org: string | null,
  position: number,
  fault: string | null,
): Promise<boolean> {
  const { io, options, home } = task;
  const installed = installedIn(home);
  if (installed === null || (org !== null && installed.org !== org)) return false;
  try {
    await within(options, io.env, ({ office }) =>
      recordDrill(office, { copy, position }, newId('drill_'), fault),
    );
    return true;
  } catch {
    // A drill is worth something on a machine where the house does not run, too.
    return false;
  }
}

/** `restore FOLDER --check`: into a database that is thrown away. */
async function check(task: Task): Promise<Exit> {
  const { io, options, copy, say, signal } = task;
  const database = await throwAwayDatabase('peer-hire restore --check', { say, env: io.env, signal });
  let found: Found;
  try {
    found = await unlessInterrupted(
      signal,
      () => database.stop(),
      () => putAndProve(task, database.url),
    );
  } finally {
    await database.stop();
  }
  const { org, head } = copy.manifest;
  const fault = holds(found) ? null : codeOf(found);
  const recorded = await drillNoted(task, copy.name, org, head.position, fault);
  if (options.json === true) io.out(JSON.stringify({ is: 'checked', ...foundShown(found), recorded }));
  else for (const line of foundLines(io, found, { drill: { recorded } })) io.out(line);
  return holds(found) ? EXIT.done : FOUND_WRONG;
}

/** The database of the house: the one that the environment names, else that of the data folder, started by itself. */
async function houseDatabase({ home, io, say, signal }: Task): Promise<LoneDatabase> {
  const what = 'peer-hire restore';
  const url = io.env['DATABASE_URL'] ?? '';
  if (url === '') return databaseOf(home, what, { say, env: io.env, signal });
  const lock = await lockFolder(home, what);
  try {
    await answers(url);
  } catch (error) {
    lock.release();
    throw error;
  }
  return { url, stop: async () => lock.release() };
}

/** The lists that were found, and what they made of the house, in the list of the house from now on. */
async function keepList(
  url: string,
  { copy, lists }: Pick<Found, 'copy' | 'lists'>,
  home: string,
  env: Env,
): Promise<void> {
  const { org, at, head } = copy.manifest;
  const pool = openPool(url, 1);
  try {
    // Beyond what the lists say of themselves it is complete up to the copy only.
    const gone = { ...(await erasedIndeed(pool, org)), position: head.position };
    completeList(erasedIn(home, secondPlace(env)).file, org, gone, Date.parse(at), lists.lines);
  } finally {
    await pool.end();
  }
}

function mustBeSameHouse({ home, copy }: Task): void {
  const installed = installedIn(home);
  if (installed === null || installed.org === copy.manifest.org) return;
  throw new Stop(
    EXIT.refused,
    'other_organization',
    `The folder ${home} is that of ${installed.org}; this copy is of ${copy.manifest.org}. Name another folder with --home. Nothing was changed.`,
  );
}

/** A full house in words that say what to do about it. */
function whatToDo(error: unknown, { home, io }: Task): unknown {
  if (!(error instanceof HouseNotEmpty)) return error;
  const other =
    (io.env['DATABASE_URL'] ?? '') === ''
      ? `Name a new folder with --home, or move ${join(home, 'postgres')} and ${join(home, 'postgres.json')} away first.`
      : 'Let DATABASE_URL name a new, empty database.';
  return new Stop(EXIT.refused, error.code, `${error.message} ${other}`);
}

/** `restore FOLDER`: into the empty house of the data folder. */
async function restoreHouse(task: Task, there: () => void): Promise<Exit> {
  const { io, options, home, signal } = task;
  mustBeSameHouse(task);
  const database = await houseDatabase(task);
  let found: Found;
  const kept = async (): Promise<void> => {
    there();
    await keepList(database.url, task, home, io.env);
    placeKey(home, options.key);
  };
  try {
    found = await unlessInterrupted(
      signal,
      () => database.stop(),
      () => putAndProve(task, database.url, kept),
    );
  } catch (error) {
    throw whatToDo(error, task);
  } finally {
    await database.stop();
  }
  if (options.json === true) io.out(JSON.stringify({ is: 'restored', home, ...foundShown(found) }));
  else for (const line of [...foundLines(io, found, { home }), ...nextLines(found, home)]) io.out(line);
  return holds(found) ? EXIT.done : FOUND_WRONG;
}

/** What says nothing of the house's own copies: a name that was mistyped, a copy by a newer build. */
const noDrill: ReadonlySet<CopyBroken['code']> = new Set(['copy_not_there', 'copy_newer']);

/** The copy is broken: says where, and notes it where a drill was asked for and it is a copy of this house. */
async function broken(
  io: Io,
  options: RestoreOptions,
  home: string,
  folder: string,
  error: CopyBroken,
): Promise<Exit> {
  const file = join(folder, 'manifest.json');
  const name = existsSync(file) ? nameOfCopy(readFileSync(file, 'utf8')) : '';
  const recorded =
    options.check === true &&
    !noDrill.has(error.code) &&
    (await drillNoted({ io, options, home }, name, null, 0, error.code));
  if (options.json === true)
    io.out(JSON.stringify({ is: 'broken', ok: false, code: error.code, what: error.message, recorded }));
  else for (const line of faultLines(io, error)) io.out(line);
  return FOUND_WRONG;
}

/** Heads that were named with the command, else those of the data folder. */
const headsOf = (options: RestoreOptions, home: string): SignedHeads | null =>
  anchorsOf(options.anchors === undefined ? ownAnchors(home) : options);

/** `restore FOLDER [--check]`: a copy back into a house, or into a database that is thrown away. */
export async function restore(io: Io, given: string, options: RestoreOptions): Promise<Exit> {
  const say: Say = (line) => {
    if (options.json !== true) io.err(line);
  };
  const home = privateFolder(folderOf(options, io.env));
  const folder = resolve(given);
  let isBack = false;
  try {
    return await unlessStopped(say, async (signal) => {
      const tried = options.check === true;
      const keys = tried ? await keyFor(home, options.key) : await keyToRestore(home, options.key);
      const heads = headsOf(options, home);
      say('holding the files against the manifest …');
      const copy = await openCopy(folder, keys, signal);
      const lists = await erasedFor(home, folder, copy.manifest.org, options, io.env);
      for (const line of damagedLines(lists)) say(line);
      const task: Task = { io, options, home, copy, keys, heads, lists, say, signal };
      return tried ? check(task) : restoreHouse(task, () => (isBack = true));
    });
  } catch (error) {
    if (error instanceof CopyBroken) return broken(io, options, home, folder, error);
    if (isBack && error instanceof Stop && error.exit === EXIT.interrupted)
      throw new Stop(error.exit, 'not_proven', NOT_PROVEN);
    throw error;
  }
}

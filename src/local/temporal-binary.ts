import { constants } from 'node:fs';
import { access, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { startGuardian } from './guardian.ts';
import { cacheFolder, privateFolder } from './home.ts';
import type { Env } from './home.ts';
import { FolderInUse, lockFolder } from './lock.ts';
import type { FolderLock } from './lock.ts';
import { runProgram } from './programs.ts';
import { waiting } from './say.ts';
import type { Say } from './say.ts';
import { buildWithGo } from './temporal-build.ts';
import { download } from './temporal-download.ts';

/** A Temporal program that was started once and answered. */
export interface FoundTemporal {
  readonly path: string;
  readonly how: 'path' | 'cache' | 'download' | 'built';
  /** What it says about itself: "1.5.1 (Server 1.29.1, UI 2.42.1)". */
  readonly version: string;
}

/** There is no Temporal server and none could be got. Says what was tried and what to install. */
export class NoTemporalServer extends Error {
  override readonly name = 'NoTemporalServer';
  readonly tried: readonly string[];

  constructor(tried: readonly string[]) {
    super(
      `No Temporal server could be found, downloaded or built:\n${tried.map((line) => `  - ${line}`).join('\n')}\n` +
        'Do one of these: install the Temporal CLI (https://docs.temporal.io/cli) so that "temporal" is on the PATH; ' +
        'install Go 1.24 or newer (https://go.dev/dl) and start again; ' +
        'or set TEMPORAL_ADDRESS to a Temporal server that already runs.',
    );
    this.tried = tried;
  }
}

export interface FindOptions {
  readonly env: Env;
  readonly say: Say;
  /** Where the SDK's downloads come from; another place only in tests. */
  readonly downloadFrom?: string;
}

/** Updates that start their workflow, which every case opens with, are switched on from this server version. */
const OLDEST_SERVER = [1, 28] as const;
const VERSION_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 1000;

/**
 * Finds a Temporal server program: on the PATH, in the product's cache, by the SDK's download, or by building it with Go
 * (about six minutes the first time). Each step taken is said in a sentence. Only a program that answered
 * `--version` is given; a broken one in the cache is removed. Throws `NoTemporalServer` when all ways fail.
 */
export async function findTemporal(options: FindOptions): Promise<FoundTemporal> {
  const { env, say } = options;
  const tried: string[] = [];
  const onPath = await fromPath(env, say, tried);
  if (onPath !== null) return onPath;
  const bin = privateFolder(join(cacheFolder(env), 'bin'));
  const cached = await fromCache(bin, say);
  if (cached !== null) return cached;
  const lock = await lockPatiently(bin, say);
  try {
    // Whoever held the lock before may just have put it there.
    return (await fromCache(bin, say)) ?? (await fetchOrBuild(bin, options, tried));
  } finally {
    lock.release();
  }
}

async function fetchOrBuild(bin: string, options: FindOptions, tried: string[]): Promise<FoundTemporal> {
  const { env, say } = options;
  await sweep(bin);
  // Half-done downloads and builds end with this process, however it ends.
  const guardian = startGuardian();
  const ways = [
    { how: 'download', get: () => download(bin, options.downloadFrom, { say, guardian }) },
    { how: 'built', get: () => buildWithGo(bin, env, { say, guardian }) },
  ] as const;
  try {
    for (const way of ways) {
      const got = await way.get();
      const version = 'program' in got ? await keep(got.program, join(bin, 'temporal')) : null;
      if (version !== null) {
        say(`the Temporal server is ready: ${join(bin, 'temporal')}, version ${version}`);
        return { path: join(bin, 'temporal'), how: way.how, version };
      }
      const failed = 'failed' in got ? got.failed : `the program that was got (${way.how}) does not run here`;
      say(`${failed}; looking further`);
      tried.push(failed);
    }
  } finally {
    await guardian.close();
  }
  throw new NoTemporalServer(tried);
}

/** Puts a program that runs into its place in one move; gives its version, or null when it does not run. */
async function keep(program: string, target: string): Promise<string | null> {
  const checked = await versionOf(program);
  if (checked === null || 'tooOld' in checked) return null;
  await rename(program, target);
  return checked.version;
}

/** Folders of attempts that were killed. The caller holds the lock, so nobody works in them. */
async function sweep(bin: string): Promise<void> {
  for (const entry of await readdir(bin)) {
    if (/^\.(?:build|download)-/.test(entry)) await rm(join(bin, entry), { recursive: true, force: true });
  }
}

async function fromPath(env: Env, say: Say, tried: string[]): Promise<FoundTemporal | null> {
  const path = await onThePath('temporal', env);
  if (path === null) {
    tried.push('there is no "temporal" on the PATH');
    return null;
  }
  const checked = await versionOf(path);
  if (checked !== null && 'version' in checked) {
    say(`using the Temporal server on the PATH: ${path}, version ${checked.version}`);
    return { path, how: 'path', version: checked.version };
  }
  const why = checked === null ? 'does not answer --version' : checked.tooOld;
  say(`the Temporal server on the PATH (${path}) ${why}; looking further`);
  tried.push(`${path} ${why}`);
  return null;
}

async function fromCache(bin: string, say: Say): Promise<FoundTemporal | null> {
  const path = join(bin, 'temporal');
  if (!(await runnable(path))) return null;
  const checked = await versionOf(path);
  if (checked !== null && 'version' in checked) {
    say(`using the Temporal server in the cache: ${path}, version ${checked.version}`);
    return { path, how: 'cache', version: checked.version };
  }
  say(
    `the Temporal server in the cache ${checked === null ? 'does not run' : checked.tooOld}; it is removed and got anew`,
  );
  await rm(path, { force: true });
  return null;
}

/** What a program says it is; null when it does not answer in time. */
async function versionOf(path: string): Promise<{ version: string } | { tooOld: string } | null> {
  const said = await runProgram(path, ['--version'], { env: { HOME: '/' }, withinMs: VERSION_WITHIN_MS });
  const found = /temporal version (\S+ \(Server (\d+)\.(\d+)[^)]*\))/.exec(said.output);
  if (said.code !== 0 || found === null) return null;
  const [, version = '', major, minor] = found;
  const [oldMajor, oldMinor] = OLDEST_SERVER;
  const old = Number(major) < oldMajor || (Number(major) === oldMajor && Number(minor) < oldMinor);
  return old
    ? { tooOld: `is too old (${version}; server ${OLDEST_SERVER.join('.')} or newer is needed)` }
    : { version };
}

/** The first program of that name on the PATH. */
async function onThePath(program: string, env: Env): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const path = join(folder, program);
    if (await runnable(path)) return path;
  }
  return null;
}

async function runnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** One at a time downloads or builds; another start waits for it instead of doing the same work. */
async function lockPatiently(bin: string, say: Say): Promise<FolderLock> {
  const attempt = async (): Promise<FolderLock> => {
    for (;;) {
      try {
        return await lockFolder(bin, 'getting a Temporal server');
      } catch (error) {
        if (!(error instanceof FolderInUse)) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    }
  };
  return waiting(say, 'a Temporal server that another start is getting', attempt());
}

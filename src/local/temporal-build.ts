import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

import type { Env } from './home.ts';
import { runProgram } from './programs.ts';
import { waiting } from './say.ts';
import type { Care, Got } from './temporal-download.ts';
import { TEMPORAL_CLI } from './temporal-version.ts';

const GO_VERSION_WITHIN_MS = 20_000;
const BUILD_WITHIN_MS = 45 * 60_000;
const SAY_EVERY_MS = 5000;

/**
 * Builds the pinned Temporal CLI with Go into a folder of its own below `bin`, so that a killed build leaves nothing
 * half in place. The compiler and its children end with this process.
 */
export async function buildWithGo(bin: string, env: Env, care: Care): Promise<Got> {
  const go = await runProgram('go', ['version'], { env, withinMs: GO_VERSION_WITHIN_MS });
  if (go.code !== 0) return { failed: 'there is no Go to build a Temporal server with' };
  const version = /go(\d\S*)/.exec(go.output)?.[1] ?? 'of unknown version';
  care.say(
    `building the Temporal server ${TEMPORAL_CLI} with Go ${version}; the first time takes about six minutes`,
  );
  const folder = await mkdtemp(join(bin, '.build-'));
  care.guardian.removeAtEnd(folder);
  const building = runProgram('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI}`], {
    env: { ...env, GOBIN: folder },
    withinMs: BUILD_WITHIN_MS,
    guardian: care.guardian,
  });
  const built = await waiting(care.say, 'the build of the Temporal server', building, SAY_EVERY_MS);
  if (built.code === 0) return { program: join(folder, 'temporal') };
  const last = built.output.trim().split('\n').slice(-3).join(' / ');
  return { failed: `building with Go ${version} did not work (${last === '' ? 'out of time' : last})` };
}

import { existsSync } from 'node:fs';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';
import { sandboxPlace } from './sandbox-place.ts';
import { bringUpSandbox, faultsOf, ownScenario, playOn, stageOf } from './stage-play.ts';
import { listenForStop } from './stopper.ts';

/** Something happened otherwise than the scenario lists it. */
const OTHERWISE = 1;

/** A scenario's file: by path, or by name one of those that come with the product. @throws Stop (usage) */
export function scenarioFile(given: string): string {
  if (existsSync(given)) return given;
  const own = /^[a-z0-9-]+$/.test(given) ? ownScenario(given) : '';
  if (existsSync(own)) return own;
  throw new Stop(
    EXIT.usage,
    'usage',
    `There is no scenario ${given}: give a file, or a name such as northside.`,
  );
}

/**
 * `play`: a scenario in a sandbox of its own, thrown away unless `--home` names a folder; 0 when everything came as
 * listed, 1 when not, 130 when it was stopped before.
 */
export async function playCommand(io: Io, given: string, options: Common): Promise<Exit> {
  const json = options.json === true;
  const say = (line: string): void => {
    if (!json) io.err(line);
  };
  const staged = stageOf(scenarioFile(given));
  const { signal, stops } = listenForStop(io, json);
  const place = await sandboxPlace(options.home, staged.cast.org, say);
  const what = `peer-hire play ${given}`;
  const running = await bringUpSandbox(staged, { ...place, env: io.env, say, what, signal });
  const stopped = stops(running);
  try {
    const played = await Promise.race([playOn(running, staged, say), stopped]);
    if (played === undefined) return EXIT.interrupted;
    const faults = faultsOf(played);
    if (json) io.out(JSON.stringify(played));
    else {
      for (const line of faults) io.out(line);
      io.out(`${played.acts} acts played; ${faults.length} differences; digest ${played.digest}`);
    }
    return faults.length === 0 ? EXIT.done : OTHERWISE;
  } finally {
    await running.stop();
    if (!place.throwAway)
      say(`Kept in ${place.folder}. To look at it: peer-hire start --home ${place.folder}`);
  }
}

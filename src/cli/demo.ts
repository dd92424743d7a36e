import { join } from 'node:path';
import { askBoard } from '../client/ask-cases.ts';
import { askGateLadder } from '../client/ask-gate-ladder.ts';
import { askTimeline } from '../client/ask-history.ts';
import { verifyLedger } from '../ledger/verify/ledger-reader.ts';
import type { Verdict } from '../ledger/verify/verdict.ts';
import { elapsed } from '../local/say.ts';
import type { Played } from '../sandbox/player.ts';
import type { Running } from './bring-up.ts';
import { demoLogins } from './demo-logins.ts';
import type { DemoLogin } from './demo-logins.ts';
import { boardShown, hireShown, ladderShown } from './demo-tables.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled } from './io.ts';
import type { Io } from './io.ts';
import { verdictText } from './ledger.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';
import { sandboxPlace } from './sandbox-place.ts';
import { bringUpSandbox, faultsOf, ownScenario, playOn, stageOf } from './stage-play.ts';
import type { Staged } from './stage-play.ts';
import { listenForStop } from './stopper.ts';

export interface DemoOptions extends Common {
  readonly exit?: boolean | undefined;
}

/** Something came otherwise than listed, or the ledger does not hold. */
const OTHERWISE = 1;

/** Somebody in HR of the scenario: who may see most of what is shown. */
function hrOf({ scenario, cast }: Staged): string {
  const found = Object.entries(scenario.people).find(([, one]) => one.capacities.includes('hr'));
  return cast.person(found?.[0] ?? '');
}

/** A path as a shell takes it. */
const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;

/** A command to type in another terminal, on two lines that a shell takes as one. */
const typed = (folder: string, command: string): string =>
  `npm run --silent peer-hire -- ${command} \\\n    --home ${quoted(folder)}`;

async function tellCases(io: Io, staged: Staged, { office, pool, folder }: Opened): Promise<void> {
  const as = hrOf(staged);
  const { list } = await askBoard(office, { as, all: true });
  const bold = (text: string): void => io.out(styled(io, 'bold', text));
  bold(`\nThe board, as somebody in HR sees it (times of ${staged.calendar.zone})`);
  io.out(boardShown(io, staged, list, typed(folder, `board --all --as ${as}`)));
  const hire = list.find((row) => row.kind === 'employment');
  if (hire !== undefined) {
    bold(`\nOne hire: ${hire.case}`);
    const more = typed(folder, `case timeline ${hire.case} \\\n    --as ${as}`);
    io.out(hireShown(io, staged, await askTimeline(office, as, hire.case), more));
  }
  bold('\nThe gate ladder');
  io.out(ladderShown(io, staged, await askGateLadder(pool, office.org)));
}

function thingsToTry(folder: string, hr: string): readonly string[] {
  const ask = (command: string): string => typed(folder, command);
  const file = quoted(join(folder, 'ledger.jsonl'));
  return [
    ask(`waiting --as ${hr}`),
    `${ask('board')}    # the same board, as the machine sees it: no people`,
    ask(`people list --as ${hr}`),
    ask('clock advance 30d'),
    `${ask(`ledger export --out ${file}`)} &&\n    npm run --silent peer-hire -- ledger verify ${file}`,
  ];
}

interface Ways {
  readonly logins: readonly DemoLogin[];
  readonly passphrase: string;
}

function tellEnd(
  io: Io,
  staged: Staged,
  running: Running,
  ways: Ways,
  [verdict, faults]: readonly [Verdict, readonly string[]],
): void {
  const bold = (text: string): void => io.out(styled(io, 'bold', text));
  bold('\nThe proof');
  io.out(verdictText(io, verdict));
  io.out(faults.length === 0 ? 'Everything came as the scenario lists it.' : faults.join('\n'));
  bold('\nWhere things are');
  for (const line of running.parts.describe()) io.out(line);
  io.out(`Console: ${running.address}`);
  bold('\nFive log-ins for it');
  for (const { login, is } of ways.logins) io.out(`  ${login.padEnd(12)}${ways.passphrase}   (${is})`);
  bold('\nFive things to try');
  for (const line of thingsToTry(running.parts.folder, hrOf(staged))) io.out(`  ${line}`);
}

async function tellAll(
  io: Io,
  json: boolean,
  staged: Staged,
  running: Running,
  played: Played,
): Promise<Exit> {
  return within({ home: running.parts.folder }, io.env, async (opened) => {
    const { pool, office, folder } = opened;
    const ways = await demoLogins(opened, staged);
    const verdict = await verifyLedger(pool, office.keys, office.org);
    const faults = faultsOf(played);
    if (json) {
      const { temporal, mail, org } = running.installation;
      const console = { address: running.address, ...ways };
      io.out(JSON.stringify({ folder, org, temporal, mail, console, played, verdict }));
    } else {
      await tellCases(io, staged, opened);
      tellEnd(io, staged, running, ways, [verdict, faults]);
    }
    return faults.length === 0 && verdict.ok ? EXIT.done : OTHERWISE;
  });
}

/**
 * `demo`: the worked example on real servers, in a throw-away folder or in the one `--home` names; stays up, or leaves
 * with `--exit`. 130 when it was stopped before it was through.
 */
export async function demo(io: Io, options: DemoOptions): Promise<Exit> {
  const began = Date.now();
  const json = options.json === true;
  const say = (line: string): void => {
    if (!json) io.err(`[${elapsed(Date.now() - began)}] ${line}`);
  };
  const { signal, stops } = listenForStop(io, json);
  const staged = stageOf(ownScenario('twelve'));
  const place = await sandboxPlace(options.home, staged.cast.org, say);
  const running = await bringUpSandbox(staged, {
    ...place,
    env: io.env,
    say,
    what: 'peer-hire demo',
    ...{ signal, keepUp: true },
  });
  const stopped = stops(running);
  const shown = async (): Promise<Exit> =>
    tellAll(io, json, staged, running, await playOn(running, staged, say));
  try {
    // Ctrl-C takes the servers away from under the play: what that still says is no fault to report.
    const exit = await Promise.race([shown(), stopped]);
    if (exit === undefined) return EXIT.interrupted;
    if (options.exit !== true) {
      if (!json) io.out('\nEverything stays up until Ctrl-C.');
      await stopped;
    }
    return exit;
  } finally {
    await running.stop();
  }
}

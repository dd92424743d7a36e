import { recoverDatabase } from '../client/recover-database.ts';
import type { Gap } from '../client/recover-database.ts';
import { recoverTemporal } from '../client/recover.ts';
import type { Recovered } from '../client/recover.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

type Found = Recovered & { readonly gaps?: readonly Gap[]; readonly recorded?: boolean };

function gapText(gap: Gap): string {
  if (gap.run === null) return `${gap.case}: the run had come to its end, the ledger knows ${gap.ledger}`;
  return `${gap.case}: the run was at ${gap.run}, the ledger knows ${gap.ledger}; what lay between is lost`;
}

function foundLines(found: Found): readonly string[] {
  const gaps = found.gaps ?? [];
  return [
    `Started again: ${found.started.length} cases; running already: ${found.running.length}.`,
    ...gaps.map((gap) => `${gapText(gap)}.`),
    ...(gaps.length === 0
      ? []
      : [
          found.recorded === true
            ? 'The ledger now names this gap (ledger_restored). Decide again what is missing.'
            : 'The ledger named this gap already (ledger_restored). Decide again what is missing.',
        ]),
    ...(found.unknown.length === 0
      ? []
      : [`Prompts whose sending was cut off and is not known: ${found.unknown.length}.`]),
  ];
}

/** `recover temporal` and `recover db`: the ledger wins, and every open case gets its run back. */
export async function recover(io: Io, what: 'temporal' | 'db', options: Common): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const house = await opened.house();
    const tell = (done: number, of: number): void => {
      if (options.json !== true && (done === of || done % 25 === 0)) io.err(`  ${done} of ${of} cases`);
    };
    const found: Found =
      what === 'temporal' ? await recoverTemporal(house, tell) : await recoverDatabase(house, tell);
    if (options.json === true) io.out(JSON.stringify({ recovered: what, ...found }));
    else for (const line of foundLines(found)) io.out(line);
    return EXIT.done;
  });
}

import { recoverDatabase, recoverTemporal } from '../client/recover.ts';
import type { Gap, Recovered } from '../client/recover.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

type Found = Recovered & { readonly gaps?: readonly Gap[] };

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
    else {
      io.out(`Started again: ${found.started.length} cases; running already: ${found.running.length}.`);
      for (const gap of found.gaps ?? [])
        io.out(
          `${gap.case}: the run was at ${gap.run}, the ledger knows ${gap.ledger}; what lay between is lost.`,
        );
      if (found.unknown.length > 0)
        io.out(`Prompts whose sending was cut off and is not known: ${found.unknown.length}.`);
    }
    return EXIT.done;
  });
}

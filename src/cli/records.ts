import { erasePerson } from '../client/erase.ts';
import { askPurge, mustKeepAllRecords, purge } from '../client/purge.ts';
import type { PurgeLine } from '../client/purge.ts';
import type { ErasedPlace, Followed } from '../ledger/erased-list.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId } from './ids.ts';
import { table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

const words: Readonly<Record<PurgeLine['is'], string>> = {
  later: 'kept until then',
  due: 'may be purged',
  held: 'held: a legal hold goes first',
  purged: 'purged',
};

/** Said only where it lags: nothing is lost, and somebody should look at that place. */
function tellSecond(io: Io, { second }: ErasedPlace, is: Followed): void {
  if (is === 'not_reached')
    io.err(
      `The second list (${second ?? ''}) was not reached in time. It gets what it lacks with the next erasure, by night, or with "backup"; "doctor" says whether it did.`,
    );
}

/** How many of each there are: what a hold keeps is counted, not only named (X29). */
function counted(list: readonly PurgeLine[]): Readonly<Record<PurgeLine['is'], number>> {
  const counts = { later: 0, due: 0, held: 0, purged: 0 };
  for (const { is } of list) counts[is] += 1;
  return counts;
}

function tell(io: Io, json: boolean, list: readonly PurgeLine[], second?: Followed): Exit {
  const counts = counted(list);
  if (json) io.out(JSON.stringify({ records: list, counts, ...(second === undefined ? {} : { second }) }));
  else if (list.length === 0) io.out('No case is over whose records end by themselves.');
  else {
    const rows = list.map((one) => [one.case, one.retention, one.purge, String(one.texts), words[one.is]]);
    io.out(table(io, ['case', 'class', 'from', 'texts', ''], rows));
    const kinds = (['purged', 'held', 'due', 'later'] as const).filter((is) => counts[is] > 0);
    io.out(`Cases: ${kinds.map((is) => `${counts[is]} ${words[is]}`).join(', ')}.`);
  }
  return EXIT.done;
}

/** `records list`: until when the records of cases that are over are kept, and what is held. */
export async function recordsList(io: Io, options: CaseOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    await mustKeepAllRecords(opened.office, asOf(options.as));
    return tell(io, options.json === true, await askPurge(opened.office));
  });
}

/** `records purge`: deletes the texts of records whose day has come, and reports what a hold keeps. */
export async function recordsPurge(io: Io, options: CaseOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const actor = asOf(options.as);
    await mustKeepAllRecords(opened.office, actor);
    const by = { decisionId: newId('prg_'), actor };
    const { list, second } = await purge(opened.office, by, opened.erased);
    if (options.json !== true) tellSecond(io, opened.erased, second);
    return tell(io, options.json === true, list, second);
  });
}

/** `people erase`: a person's name, addresses and texts are gone for good; their ref stays. */
export async function peopleErase(io: Io, person: string, options: CaseOptions): Promise<Exit> {
  return within(options, io.env, async ({ office, erased }) => {
    const by = { decisionId: newId('ers_'), actor: asOf(options.as) };
    const { is, second } = await erasePerson(office, person, by, erased);
    if (options.json === true) io.out(JSON.stringify({ is, person, second }));
    else {
      io.out(`${person} ${is === 'erased' ? 'was erased' : 'was erased before'}`);
      tellSecond(io, erased, second);
    }
    return EXIT.done;
  });
}

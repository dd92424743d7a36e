import { askGuard } from '../client/ask-guard.ts';
import type { Guarded } from '../client/ask-guard.ts';
import { caseFor, readerOf } from '../client/ask-reader.ts';
import { ownWordsOf } from './arrangement.ts';
import type { ArrangementOptions } from './arrangement.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { decideCommand } from './decide.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

export interface ConcernOptions extends ArrangementOptions {
  readonly concern: string;
  readonly to?: string | undefined;
  readonly against?: string | undefined;
}

/**
 * `report-concern` (X19), by the person themselves. It becomes a confidential case of its own with the office they choose;
 * the employment it belongs to hears that there is something, and not what.
 */
export async function reportConcern(io: Io, about: string, options: ConcernOptions): Promise<Exit> {
  const { as, concern, to, against, decisionId, dryRun, home, json } = options;
  const text = await ownWordsOf(io, options.text);
  const site = await within(options, io.env, async ({ office }) => {
    const { one } = await caseFor(office, await readerOf(office, as), about);
    return one.site;
  });
  const payload = JSON.stringify({ site, person: as, parent: about, concern, to, against });
  const command = { new: 'clock', type: 'report_concern', actor: as, payload, text };
  return decideCommand(io, { ...command, decisionId, dryRun, home, json });
}

const acts: Readonly<Record<Guarded['act'], string>> = {
  report: 'a report',
  arrangement: 'a request for an arrangement',
  leave: 'an absence',
  dispute: 'a review that was disputed',
  pulse: 'an answer to the monthly form about tasks',
};

/** `guarded` (X19): what somebody may not be made to pay for, before the officer gives a word on anything against them. */
export async function guardedCommand(io: Io, person: string, options: CaseOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const list = await askGuard(office, asOf(options.as), person);
    if (options.json === true) io.out(JSON.stringify({ guarded: list }));
    else if (list.length === 0) io.out('Nothing is guarded now.');
    else for (const { act, on, until } of list) io.out(`${acts[act]} of ${on}: guarded until ${until}`);
    return EXIT.done;
  });
}

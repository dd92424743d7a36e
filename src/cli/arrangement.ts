import { caseFor, readerOf } from '../client/ask-reader.ts';
import { decideCommand } from './decide.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

export interface ArrangementOptions extends Common {
  readonly as: string;
  readonly text?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

const MOST_BYTES = 65_536;

/** Own words go by standard input where they shall not stand in a shell's history. */
export async function ownWordsOf(io: Io, given: string | undefined): Promise<readonly string[]> {
  if (given === undefined) return [];
  const text = given === '-' ? await io.stdin(MOST_BYTES) : given;
  if (text === null || text.trim() === '')
    throw new Stop(EXIT.usage, 'usage', '--text takes words, or - for standard input.');
  return [`text=${text.trim()}`];
}

/**
 * `request-arrangement`: D3.6 and X31, by the person themselves. It becomes a confidential case of its own with the
 * accommodation officer of the site; the application or employment it belongs to hears that there is something, and not what.
 */
export async function requestArrangement(io: Io, about: string, options: ArrangementOptions): Promise<Exit> {
  const { as, decisionId, dryRun, home, json } = options;
  const text = await ownWordsOf(io, options.text);
  const site = await within(options, io.env, async ({ office }) => {
    const { one } = await caseFor(office, await readerOf(office, as), about);
    return one.site;
  });
  const payload = JSON.stringify({ site, person: as, parent: about });
  const command = { new: 'clock', type: 'request_accommodation', actor: as, payload, text };
  return decideCommand(io, { ...command, decisionId, dryRun, home, json });
}

import { join } from 'node:path';
import { askedLast } from '../client/ask-runs.ts';
import { keptOf } from '../local/leftovers.ts';
import { elapsed } from '../local/say.ts';
import { bad, good, note } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Opened } from './open.ts';

/** One that lives asks at least once a minute: an unanswered question is put again after that long. */
const SILENT_MS = 75_000;
/** Nobody of this machine to look at: what was asked longer ago may have been asked by one that is dead by now. */
const DOUBTFUL_MS = 15_000;

interface Asked {
  readonly name: string;
  readonly of: 'workflow' | 'activity';
  /** Milliseconds since somebody asked; null when Temporal knows of nobody. */
  readonly ago: number | null;
}

async function askings(opened: Opened): Promise<readonly Asked[]> {
  const { queue, temporal } = opened.installation;
  const house = await opened.house();
  const kinds = [
    { name: queue, of: 'workflow' },
    { name: queue, of: 'activity' },
    { name: queue.replace(/^lifecycle/, 'effects'), of: 'activity' },
  ] as const;
  return Promise.all(
    kinds.map(async ({ name, of }) => {
      const last = await askedLast(house, temporal.namespace, name, of);
      return { name, of, ago: last === null ? null : Math.max(Date.now() - last, 0) };
    }),
  );
}

function silent({ name, of, ago }: Asked, log: string): Finding {
  const when =
    ago === null
      ? `nobody asks for ${of} work at ${name}`
      : `${name} was last asked for ${of} work ${elapsed(ago)} ago`;
  return bad('worker', `${when}: no worker works there; see ${log}`);
}

/** Whether somebody does the work: the process of this folder, and when Temporal was last asked for work. */
export async function workerFindings(opened: Opened): Promise<readonly Finding[]> {
  const log = join(opened.folder, 'worker-errors.log');
  const all = await askings(opened);
  const process = keptOf(opened.folder, 'worker');
  const ago = Math.max(...all.map((one) => one.ago ?? 0));
  const quiet = all.filter((one) => one.ago === null || one.ago > SILENT_MS);
  if (process?.lives === false)
    return [
      bad(
        'worker',
        `the worker of this folder (process ${process.pid}) has ended; Temporal was last asked for work ${elapsed(ago)} ago. "peer-hire start" starts it again by itself; if not, see ${log}`,
      ),
    ];
  if (quiet.length > 0) return quiet.map((one) => silent(one, log));
  const who = process === null ? 'a worker' : `the worker (process ${process.pid})`;
  const says = `${who} asks for work at ${opened.installation.queue} and its effects, last ${elapsed(ago)} ago`;
  if (process !== null || ago <= DOUBTFUL_MS) return [good('worker', says)];
  const doubt =
    'no process of this folder is known, and Temporal remembers one that was killed for some minutes: look again in a minute';
  return [note('worker', `${says}; doubtful: ${doubt}`)];
}

import { dirname, join, resolve } from 'node:path';
import { makeBackup } from '../client/backup.ts';
import type { Backup } from '../client/backup.ts';
import { recordCopy } from '../client/copies.ts';
import { stateHashOf } from '../ledger/copy/manifest.ts';
import { isDatabaseAway } from '../ledger/database.ts';
import { completeLists } from '../ledger/erased-list.ts';
import { mustTakeFolder } from '../local/place-check.ts';
import { elapsed } from '../local/say.ts';
import { partOf, sweepParts } from './copy-parts.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';
import { productVersion } from './product.ts';
import { unlessStopped } from './stopper.ts';

export interface BackupOptions extends Common {
  readonly to: string;
}

const SAY_EVERY_MS = 3_000;

/** Says every few seconds how far a table has come, and nothing of a copy that is quick. */
export function progressOf(say: (line: string) => void): (table: string, rows: number) => void {
  let last = Date.now();
  return (table, rows) => {
    if (Date.now() - last < SAY_EVERY_MS) return;
    last = Date.now();
    say(`  ${table}: ${rows} rows`);
  };
}

/** The list of what was erased: in the data folder, at the second place, and beside the copy. */
const listsFor = ({ erased }: Opened, copy: string): readonly string[] => [
  ...new Set([
    erased.file,
    ...(erased.second === null ? [] : [erased.second]),
    join(dirname(copy), 'erased.jsonl'),
  ]),
];

/** The copy stands, whatever becomes of the note about it. */
async function noted({ office }: Opened, { copy, manifest }: Backup): Promise<boolean> {
  try {
    await recordCopy(office, { copy, position: manifest.head.position });
    return true;
  } catch (error) {
    if (isDatabaseAway(error)) return false;
    throw error;
  }
}

interface Made extends Backup {
  readonly lists: readonly string[];
  readonly unwritten: readonly string[];
  readonly recorded: boolean;
  readonly ms: number;
}

function shown({ folder, copy, manifest, lists, unwritten, recorded, ms }: Made): object {
  const { org, at, head, tables } = manifest;
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  const bytes = tables.reduce((sum, one) => sum + one.bytes, 0);
  return {
    ...{ is: 'copied', folder, copy, org, at, position: head.position, hash: head.hash },
    ...{ state: stateHashOf(manifest), tables: tables.length, rows, bytes, lists, unwritten, recorded, ms },
  };
}

function lines(made: Made, keyFile: string): readonly string[] {
  const { folder, manifest, lists, unwritten, recorded, ms } = made;
  const rows = manifest.tables.reduce((sum, one) => sum + one.rows, 0);
  const written = lists.filter((file) => !unwritten.includes(file));
  return [
    `${folder}: ${manifest.tables.length} tables, ${rows} rows, the ledger up to entry ${manifest.head.position}; ${elapsed(ms)}.`,
    `The master key is not in it. Keep a copy of ${keyFile} in another place than this: without it nothing sealed can be read, with both everything can.`,
    `What was erased so far is listed in ${written.join(', ')}. A restore needs that list to erase it again: keep it apart from the copies as well.`,
    ...unwritten.map((file) => `This list could not be written: ${file}. See that the folder is there.`),
    ...(recorded ? [] : ['That a copy was made could not be noted in the ledger: the database went away.']),
    `Try it now and then: peer-hire restore ${folder} --check`,
  ];
}

/** `backup --to FOLDER`: one consistent copy of everything the organization has in its database. */
export async function backup(io: Io, options: BackupOptions): Promise<Exit> {
  const json = options.json === true;
  const say = (line: string): void => {
    if (!json) io.err(line);
  };
  const to = resolve(options.to);
  mustTakeFolder(to);
  return within(options, io.env, async (opened) => {
    const began = Date.now();
    const lists = listsFor(opened, to);
    const { org } = opened.office;
    const left = sweepParts(to, org, began);
    if (left.length > 0) say(`Taken away, left by backups that were killed: ${left.join(', ')}`);
    const made = await unlessStopped(say, (signal) =>
      makeBackup(opened.office, to, {
        ...{ product: productVersion(), now: began, tell: progressOf(say), signal },
        part: partOf(org),
      }),
    );
    // Read after the copy was begun: whoever was erased before it is on the list by now.
    const unwritten = await completeLists(opened.pool, org, lists, began);
    const whole = { ...made, lists, unwritten, recorded: await noted(opened, made), ms: Date.now() - began };
    if (json) io.out(JSON.stringify(shown(whole)));
    else for (const line of lines(whole, opened.installation.keyFile)) io.out(line);
    return EXIT.done;
  });
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { acknowledgeAnchors } from '../client/acknowledge-anchors.ts';
import type { LostAnchor } from '../client/acknowledge-anchors.ts';
import { recoverDatabase } from '../client/recover-database.ts';
import type { Gap } from '../client/recover-database.ts';
import { recoverTemporal } from '../client/recover.ts';
import type { Recovered } from '../client/recover.ts';
import { checkAnchor } from '../ledger/anchor.ts';
import { anchorsOf, ownAnchors, writeAnchor } from './anchors.ts';
import type { AnchorPlace, SignedHeads } from './anchors.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { folderOf, within } from './open.ts';
import type { Common, Opened } from './open.ts';

export type RecoverOptions = Common & AnchorPlace;

/** Signed heads that went with the restore, and the new head that vouches for the row naming them. */
interface Acknowledged {
  readonly lostAnchors: readonly LostAnchor[];
  readonly signed: string | null;
}

type Found = Recovered &
  Partial<Acknowledged> & { readonly gaps?: readonly Gap[]; readonly recorded?: boolean };

function gapText(gap: Gap): string {
  if (gap.run === null) return `${gap.case}: the run had come to its end, the ledger knows ${gap.ledger}`;
  return `${gap.case}: the run was at ${gap.run}, the ledger knows ${gap.ledger}; what lay between is lost`;
}

function anchorLines({ lostAnchors = [], signed = null }: Partial<Acknowledged>): readonly string[] {
  if (lostAnchors.length === 0) return [];
  const heads = lostAnchors.map((one) => one.position).join(', ');
  return [
    `Signed heads that went with the restore: at ${heads}. The ledger now names them (anchors_lost).`,
    signed === null
      ? 'Sign the new head with "peer-hire ledger anchor": until then "ledger verify --anchors" takes the gap for a fault.'
      : `The new head is signed in ${signed}: keep a copy beside the others.`,
  ];
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
    ...anchorLines(found),
    ...(found.unknown.length === 0
      ? []
      : [`Prompts whose sending was cut off and is not known: ${found.unknown.length}.`]),
  ];
}

/** Heads that were named with the command, else those of the data folder. @throws Stop (usage) for one nobody signed */
function headsOf(options: RecoverOptions, folder: string): SignedHeads | null {
  const heads = anchorsOf(options.anchors === undefined ? ownAnchors(folder) : options);
  const stranger = heads?.anchors.find((one) => !heads.keys.some((key) => checkAnchor(one, key)));
  if (stranger !== undefined)
    throw new Stop(
      EXIT.usage,
      'usage',
      `The head at position ${stranger.position} was not signed with that key. Nothing was changed.`,
    );
  return heads;
}

/** Once the cases are back: names the heads that are lost, and signs the one that stands where the key is at hand. */
async function acknowledged(opened: Opened, heads: SignedHeads | null): Promise<Acknowledged> {
  const lostAnchors = heads === null ? [] : await acknowledgeAnchors(opened.office, heads.anchors);
  const signs = lostAnchors.length > 0 && existsSync(join(opened.folder, 'anchor.key'));
  return { lostAnchors, signed: signs ? (await writeAnchor(opened, {})).file : null };
}

/** `recover temporal` and `recover db`: the ledger wins, and every open case gets its run back. */
export async function recover(io: Io, what: 'temporal' | 'db', options: RecoverOptions): Promise<Exit> {
  const heads = what === 'db' ? headsOf(options, folderOf(options, io.env)) : null;
  return within(options, io.env, async (opened) => {
    const house = await opened.house();
    const tell = (done: number, of: number): void => {
      if (options.json !== true && (done === of || done % 25 === 0)) io.err(`  ${done} of ${of} cases`);
    };
    const found: Found =
      what === 'temporal'
        ? await recoverTemporal(house, tell)
        : { ...(await recoverDatabase(house, tell)), ...(await acknowledged(opened, heads)) };
    if (options.json === true) io.out(JSON.stringify({ recovered: what, ...found }));
    else for (const line of foundLines(found)) io.out(line);
    return EXIT.done;
  });
}

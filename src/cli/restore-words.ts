import type { Copy } from '../client/copy-reading.ts';
import type { Held, Restored } from '../client/restore.ts';
import { stateHashOf } from '../ledger/copy/manifest.ts';
import { isOlderThan } from '../ledger/erased-entries.ts';
import type { CopyBroken } from '../ledger/copy/manifest.ts';
import { elapsed } from '../local/say.ts';
import { styled } from './io.ts';
import type { Io } from './io.ts';
import { verdictText } from './ledger.ts';
import type { FoundLists } from './restore-parts.ts';

/** A copy that was put back, and what was found there. */
export interface Found {
  readonly copy: Copy;
  readonly lists: FoundLists;
  readonly restored: Restored;
  readonly held: Held;
  readonly ms: number;
}

const day = (at: number): string => new Date(at).toISOString();

/** The list was compared with the database when the copy was made: one that was not so for longer may lack somebody. */
const isStale = ({ lists, copy: { manifest } }: Found): boolean =>
  isOlderThan(lists, { at: Date.parse(manifest.at), position: manifest.head.position });

/** As one JSON value. */
export function foundShown(found: Found): object {
  const { copy, lists, restored, held, ms } = found;
  const { org, at, product, head } = copy.manifest;
  const { completeTo, unreadable, files } = lists;
  return {
    ok: holds(found),
    ...{
      folder: copy.folder,
      copy: copy.name,
      org,
      made: at,
      product,
      ours: copy.ours,
      position: head.position,
    },
    ...{ state: stateHashOf(copy.manifest), rows: restored.rows, migrated: restored.migrated },
    erased: { ...restored.again, lists: files, completeTo, stale: isStale(found), unreadable },
    undecided: restored.undecided,
    ...{
      unsure: restored.unsure,
      paused: restored.paused,
      verdict: held.verdict,
      states: held.states,
      laterHeads: held.later,
      ms,
    },
  };
}

function listLines(found: Found): readonly string[] {
  const { lists, restored } = found;
  const { people, texts } = restored.again;
  if (lists.files.length === 0)
    return ['No list of what was erased was used: whoever was erased since this copy is back.'];
  const until = lists.completeTo === null ? 'nobody knows when' : day(lists.completeTo);
  return [
    `Erased again: ${people.length} people, ${texts} texts, by ${lists.files.join(', ')} (complete up to ${until}).`,
    ...(isStale(found)
      ? ['That list is older than the copy. If there is a later one, begin again with it: --erased FILE.']
      : []),
    ...damagedLines(lists),
    ...undecidedLines(restored),
  ];
}

/** Lines of the lists that say nothing; told before anything is put back, and after. */
export const damagedLines = ({ unreadable }: Pick<FoundLists, 'unreadable'>): readonly string[] =>
  unreadable.length === 0
    ? []
    : [
        `Lines of the list that cannot be read and are passed over: ${unreadable.slice(0, 5).join(', ')}. Whoever they name is back.`,
      ];

/** Whom the list names, and a restore does not erase by itself. */
function undecidedLines({ undecided: { people, texts } }: Restored): readonly string[] {
  if (people.length + texts.length === 0) return [];
  return [
    'Not erased: what the list names although it was not done at the time, and what was so when a legal hold stood over it. Decide about each:',
    ...people.map((ref) => `  ${ref} – peer-hire people erase ${ref}, unless it is to stay`),
    ...(texts.length === 0 ? [] : [`  texts: ${texts.join(', ')}`]),
  ];
}

function stateLines({ held: { states } }: Found, io: Io): readonly string[] {
  const closed =
    states.closed === 0 ? '' : ` ${states.closed} confidential ones were left out: no key was at hand.`;
  if (states.apart.length === 0)
    return [`States: ${states.same} cases are the fold of their rows, word for word.${closed}`];
  return [
    `${styled(io, 'red', 'Not as it must be')}: states that are not the fold of their rows: ${states.apart.join(', ')}.${closed}`,
  ];
}

/** In words. @param where it was put: a drill, or a house */
export function foundLines(
  io: Io,
  found: Found,
  where: { readonly drill: { readonly recorded: boolean } } | { readonly home: string },
): readonly string[] {
  const { copy, restored, held, ms } = found;
  const { manifest } = copy;
  return [
    `Copy of ${manifest.org}, made ${manifest.at} by ${manifest.product}: ${manifest.tables.length} files, ${restored.rows} rows, each as it was written.`,
    ...(copy.ours ? [] : ['No master key was at hand: whether this house made the copy is not proven.']),
    ...(restored.migrated.length === 0
      ? []
      : [`The schema was brought up to date: ${restored.migrated.length} migrations.`]),
    ...listLines(found),
    verdictText(io, held.verdict),
    ...(held.later === 0
      ? []
      : [`Heads signed after the copy was made: ${held.later}. "recover db" names them as gone.`]),
    ...stateLines(found, io),
    `State hash: ${stateHashOf(manifest)}`,
    'drill' in where
      ? `Tried in ${elapsed(ms)}; nothing of it is left.${where.drill.recorded ? ' The ledger notes the drill.' : ' It could not be noted in the ledger: the house is not at hand.'}`
      : `Restored in ${elapsed(ms)} into ${where.home}. Nothing serves yet.`,
  ];
}

/** Whether everything that was looked at is as it must be. */
export const holds = ({ held }: Found): boolean => held.verdict.ok && held.states.apart.length === 0;

/** What comes after a restore that did not hold: nothing is started on it. */
const brokenNextLines = (home: string): readonly string[] => [
  '',
  'What comes next: do not start it. What was put back does not hold, and everything built on it would not.',
  `  1. Keep ${home} and the copy as they are for whoever looks into it.`,
  '  2. Try an earlier copy: peer-hire restore FOLDER --check',
  '  3. Restore the last one that holds, into a new folder or an empty database.',
];

/** What comes after a restore. */
export function nextLines(found: Found, home: string): readonly string[] {
  if (!holds(found)) return brokenNextLines(home);
  const { restored, copy } = found;
  const from = copy.manifest.at;
  return [
    '',
    'What comes next:',
    `  1. peer-hire start --home ${home}`,
    `  2. peer-hire recover db --home ${home} – names what lay between, and gives every open case its run`,
    '  3. peer-hire ledger anchor, then peer-hire ledger verify --anchors',
    `  4. Decide again what was decided after ${from}. End again the logins, tokens and offices that were ended after it.`,
    ...(restored.unsure === 0
      ? []
      : [
          `Messages that may have gone out since: ${restored.unsure}. Reminders still wanted go once more; about offers and notices of law HR is asked.`,
        ]),
    ...(restored.paused === 0
      ? []
      : [
          `Programs that were told when something moved (webhooks): ${restored.paused}, all paused, since some may have been ended after ${from}. Start one again in the console under "Programs that are told", with "Go on telling it", or take it away there.`,
        ]),
    'Everybody signs in anew.',
  ];
}

/** A copy that is broken, in words. */
export const faultLines = (io: Io, error: CopyBroken): readonly string[] => [
  `${styled(io, 'red', 'Not as it must be')}: ${error.code} at ${error.message}`,
  'Nothing was changed. Take another copy.',
];

import { askCopies } from '../client/copies.ts';
import type { LastCopies } from '../client/copies.ts';
import { erasedOf } from '../ledger/erased-entries.ts';
import type { ErasedBefore } from '../ledger/erased-entries.ts';
import { erasedIndeed, notDone, readErased } from '../ledger/erased-list.ts';
import type { ErasedInDatabase } from '../ledger/erased-list.ts';
import { readFar } from '../ledger/far-file.ts';
import { bad, good, note } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Opened } from './open.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A copy every night, and two hours for one that was late. */
const COPY_OLD_MS = 26 * HOUR_MS;
/** A drill every month. */
const DRILL_OLD_MS = 35 * DAY_MS;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function copyFinding({ copy }: LastCopies, now: number): Finding {
  if (copy === null)
    return note(
      'copies',
      'no copy was made with "backup" yet; copies made by other means are not seen from here',
    );
  const said = `the last was made on ${dayOf(copy.at)}, up to entry ${copy.position}`;
  const hours = Math.floor((now - copy.at) / HOUR_MS);
  return now - copy.at > COPY_OLD_MS
    ? note(
        'copies',
        `${said}: ${hours} hours ago. One is to be made every night: peer-hire backup --to FOLDER`,
      )
    : good('copies', said);
}

function drillFinding({ copy, drill }: LastCopies, now: number): readonly Finding[] {
  if (drill === null)
    return copy === null
      ? []
      : [note('drill', 'no copy was ever tried: "restore FOLDER --check" does it and leaves nothing behind')];
  const day = dayOf(drill.at);
  if (!drill.ok)
    return [bad('drill', `the copy that was tried on ${day} did not hold: make a new one and try that one`)];
  const days = Math.floor((now - drill.at) / DAY_MS);
  return [
    now - drill.at > DRILL_OLD_MS
      ? note('drill', `the last copy was tried on ${day}, ${days} days ago: peer-hire restore FOLDER --check`)
      : good('drill', `a copy was tried on ${day} and held`),
  ];
}

const lacks = (gone: ErasedInDatabase, known: ErasedBefore): number =>
  gone.people.filter((ref) => !known.people.has(ref)).length +
  gone.texts.filter((ref) => !known.texts.has(ref)).length;

/** The second list, on a disk that may be away or hang. */
async function secondFinding(
  { office, erased }: Opened,
  gone: ErasedInDatabase,
): Promise<readonly Finding[]> {
  const { second } = erased;
  if (second === null) return [];
  const text = await readFar(second);
  if (text === null)
    return [
      note(
        'erased_second',
        `${second} does not answer: see to that place. It gets what it lacks with the next erasure, by night, or with "backup"`,
      ),
    ];
  const missing = lacks(gone, erasedOf([{ file: second, text }], office.org));
  return [
    missing === 0
      ? good('erased_second', `${second} names everything that was erased`)
      : note(
          'erased_second',
          `${second} lacks ${missing} of what was erased; the next erasure, the night, or "backup" adds them`,
        ),
  ];
}

/** Noted as erased, and there all the same. */
async function undoneFinding(
  { office }: Opened,
  known: ErasedBefore,
  now: number,
): Promise<readonly Finding[]> {
  const { pool, org } = office;
  const undone = await notDone(pool, org, { ...known, ...all(known) }, now);
  if (undone.people.length + undone.texts.length === 0) return [];
  const named = [...undone.people, ...undone.texts].slice(0, 5).join(', ');
  return [
    note(
      'erased_undone',
      `the list names ${undone.people.length} people and ${undone.texts.length} texts that are not erased, since it was stopped on the way (${named}): erase them again, or leave them`,
    ),
  ];
}

/** What was ever noted, also what the list says was not done. */
const all = ({ people, texts, undone }: ErasedBefore): Pick<ErasedBefore, 'people' | 'texts'> => ({
  people: new Set([...people, ...undone.people]),
  texts: new Set([...texts, ...undone.texts]),
});

/** Whether the lists outside the database know of everything that was erased. */
async function listFindings(opened: Opened, now: number): Promise<readonly Finding[]> {
  const { office, erased } = opened;
  const gone = await erasedIndeed(office.pool, office.org);
  const known = readErased([erased.file], office.org);
  const undone = await undoneFinding(opened, known, now);
  if (gone.people.length + gone.texts.length === 0) return undone;
  const missing = lacks(gone, known);
  return [
    missing === 0
      ? good('erased_list', `${erased.file} names everything that was erased; keep a copy of it elsewhere`)
      : note(
          'erased_list',
          `${erased.file} lacks ${missing} of what was erased, perhaps from another host; the night, or "backup", adds them`,
        ),
    ...(await secondFinding(opened, gone)),
    ...undone,
  ];
}

/**
 * How old the last copy and the last drill are, and whether the list of what was erased is whole. Nothing is said of a
 * sandbox.
 * @param now as an instant
 */
export async function copyFindings(opened: Opened, now = Date.now()): Promise<readonly Finding[]> {
  if (opened.installation.sandbox) return [];
  const last = await askCopies(opened.office);
  return [copyFinding(last, now), ...drillFinding(last, now), ...(await listFindings(opened, now))];
}

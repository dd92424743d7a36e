import { boundTo, open, seal } from './crypto.ts';
import type { Db } from './db.ts';
import type { KeyRing } from './keys.ts';
import { personKey } from './people.ts';

/** Something begun and not sent: its author alone reads it, and it goes with their key. */
export interface Draft {
  readonly place: string;
  readonly version: number;
  readonly savedAt: number;
  readonly text: string;
}

/** Whose drafts, and where they are kept. */
export interface DraftShelf {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly org: string;
  readonly person: string;
}

interface Row {
  readonly place: string;
  readonly version: number;
  readonly saved_at: number;
  readonly sealed: Buffer;
}

const COLUMNS = `place, version, sealed, (extract(epoch from saved_at) * 1000)::bigint as saved_at`;

const placeOf = ({ org, person }: DraftShelf, place: string): string => boundTo('draft', org, person, place);

/** @returns a person's own draft, or null. @throws PersonUnknown, KeyErased, SealBroken */
export async function draftAt(shelf: DraftShelf, place: string): Promise<Draft | null> {
  const { db, keys, org, person } = shelf;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from drafts where org = $1 and person = $2 and place = $3`,
    [org, person, place],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const key = await personKey(db, keys, org, person);
  const text = open(key, row.sealed, placeOf(shelf, place)).toString('utf8');
  return { place, version: row.version, savedAt: row.saved_at, text };
}

/** @returns places where a person has drafts, the latest first: never what stands in them */
export async function draftsOf({ db, org, person }: DraftShelf): Promise<readonly Omit<Draft, 'text'>[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from drafts where org = $1 and person = $2 order by drafts.saved_at desc, place`,
    [org, person],
  );
  return rows.map(({ place, version, saved_at: savedAt }) => ({ place, version, savedAt }));
}

/** So many a person keeps: more than all forms of all their cases, and no store for anything else. */
const MOST = 200;

/**
 * Keeps a draft in place of the version that was seen.
 * @param seen the version it was made from; 0: there was none
 * @returns the new version; `full` when a person has two hundred already; null when another one is there by now
 */
export async function keepDraft(
  shelf: DraftShelf,
  place: string,
  text: string,
  seen: number,
): Promise<number | 'full' | null> {
  const { db, keys, org, person } = shelf;
  if (seen === 0) {
    const kept = 'select count(*)::int as n from drafts where org = $1 and person = $2';
    const { rows: counts } = await db.query<{ n: number }>(kept, [org, person]);
    if ((counts[0]?.n ?? 0) >= MOST) return 'full';
  }
  const key = await personKey(db, keys, org, person);
  const sealed = seal(key, Buffer.from(text, 'utf8'), placeOf(shelf, place));
  const { rows } =
    seen === 0
      ? await db.query<{ version: number }>(
          `insert into drafts (org, person, place, version, sealed) values ($1, $2, $3, 1, $4)
           on conflict do nothing returning version`,
          [org, person, place, sealed],
        )
      : await db.query<{ version: number }>(
          `update drafts set version = version + 1, sealed = $4, saved_at = now()
           where org = $1 and person = $2 and place = $3 and version = $5 returning version`,
          [org, person, place, sealed, seen],
        );
  return rows[0]?.version ?? null;
}

/** Throws a draft away. @returns false when there was none */
export async function dropDraft({ db, org, person }: DraftShelf, place: string): Promise<boolean> {
  const { rows } = await db.query(
    'delete from drafts where org = $1 and person = $2 and place = $3 returning place',
    [org, person, place],
  );
  return rows.length > 0;
}

import type { Db } from './db.ts';
import { FieldInvalid, SiteConflict, SiteUnknown } from './errors.ts';
import { isZone } from './person-fields.ts';

/** A place of work. Nothing here is about a person, so nothing is sealed. */
export interface Site {
  readonly org: string;
  readonly ref: string;
  readonly name: string;
  /** IANA zone. */
  readonly zone: string;
  /** The calendar document in force for new cases, by its content hash. */
  readonly calendarHash: string;
}

interface SiteRow {
  org: string;
  ref: string;
  name: string;
  zone: string;
  calendar_hash: string;
}

const COLUMNS = 'org, ref, name, zone, calendar_hash';

/**
 * @returns `added`, or `present` when the same site stands there already.
 * @throws FieldInvalid, SiteConflict (same ref, other details).
 */
export async function addSite(db: Db, input: Site): Promise<'added' | 'present'> {
  if (!/^[a-z]{2,8}[_-][0-9A-Za-z_-]{1,60}$/.test(input.ref)) {
    throw new FieldInvalid('ref', 'it is a short prefix, _ or -, and letters or digits');
  }
  if (input.name.trim() === '' || input.name.length > 200)
    throw new FieldInvalid('name', 'it has 1 to 200 characters');
  if (!isZone(input.zone)) throw new FieldInvalid('zone', 'it is not an IANA time zone');
  const added = await db.query(
    `insert into sites (${COLUMNS}) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [input.org, input.ref, input.name, input.zone, input.calendarHash],
  );
  if (added.rowCount !== 0) return 'added';
  const present = await site(db, input.org, input.ref);
  const same =
    present.name === input.name && present.zone === input.zone && present.calendarHash === input.calendarHash;
  if (!same) throw new SiteConflict(input.ref);
  return 'present';
}

/** @throws SiteUnknown. */
export async function site(db: Db, org: string, ref: string): Promise<Site> {
  const { rows } = await db.query<SiteRow>(`select ${COLUMNS} from sites where org = $1 and ref = $2`, [
    org,
    ref,
  ]);
  const row = rows[0];
  if (row === undefined) throw new SiteUnknown(ref);
  return fromRow(row);
}

/** @returns the sites of an organization, in order of their refs. */
export async function listSites(db: Db, org: string): Promise<readonly Site[]> {
  const { rows } = await db.query<SiteRow>(`select ${COLUMNS} from sites where org = $1 order by ref`, [org]);
  return rows.map(fromRow);
}

/**
 * Points a site to another calendar document (`calendar apply`); open cases move by their own notices.
 *
 * @throws SiteUnknown.
 */
export async function setSiteCalendar(db: Db, org: string, ref: string, calendarHash: string): Promise<void> {
  const { rowCount } = await db.query('update sites set calendar_hash = $3 where org = $1 and ref = $2', [
    org,
    ref,
    calendarHash,
  ]);
  if (rowCount === 0) throw new SiteUnknown(ref);
}

function fromRow(row: SiteRow): Site {
  return { org: row.org, ref: row.ref, name: row.name, zone: row.zone, calendarHash: row.calendar_hash };
}

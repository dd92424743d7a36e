import { FieldInvalid } from '../directory/errors.ts';
import { listSites } from '../directory/sites.ts';
import { isFounding } from '../domain/kernel/founding.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import { termsInForce } from './new-terms.ts';
import type { ReadingOffice } from './ask-reader.ts';
import type { Office } from './organization.ts';

/** What an administrator sees to by hand, and only says so. */
export const notedSteps = ['mail', 'backup'] as const;
export type NotedStep = (typeof notedSteps)[number];

/** How far an organization is set up: each is told by what is there, so that a step can be left and come back to. */
export interface Setup {
  readonly founding: boolean;
  readonly name: string | null;
  readonly site: {
    readonly site: string;
    readonly name: string;
    readonly zone: string;
    /** The last day its calendar knows, and how many holidays are in it. */
    readonly last: string;
    readonly holidays: number;
  } | null;
  readonly leads: boolean;
  readonly supervisors: boolean;
  readonly roles: boolean;
  /** When a mail that was tried arrived, and when copies were arranged. */
  readonly noted: Readonly<Record<NotedStep, number | null>>;
}

/** Something of the founding after it is over. */
export class FoundingOver extends Error {
  readonly code = 'founding_over';
  constructor() {
    super('Somebody leads HR here by now. What you want to change is theirs to change.');
    this.name = 'FoundingOver';
  }
}

async function everHeld({ pool, org }: Office): Promise<readonly { readonly capacity: Capacity }[]> {
  const { rows } = await pool.query<{ capacity: Capacity }>(
    'select distinct capacity from assignments where org = $1',
    [org],
  );
  return rows;
}

/** @throws FoundingOver once anybody has led HR */
export async function mustFound(office: Office): Promise<void> {
  if (!isFounding(await everHeld(office))) throw new FoundingOver();
}

async function firstSite(office: ReadingOffice): Promise<Setup['site']> {
  const [first] = await listSites(office.pool, office.org);
  if (first === undefined) return null;
  const ref = await termsInForce(office.pool, office.org, first.ref);
  await office.terms.load(office.pool, office.org, [ref]);
  const { last, holidays } = office.terms.get(ref).calendar;
  return { site: first.ref, name: first.name, zone: first.zone, last, holidays: holidays.length };
}

/** How far the organization is set up. */
export async function askSetup(office: ReadingOffice): Promise<Setup> {
  const { pool, org } = office;
  const held = await everHeld(office);
  const has = (capacity: Capacity): boolean => held.some((one) => one.capacity === capacity);
  const named = await pool.query<{ name: string | null }>('select name from orgs where org = $1', [org]);
  const notes = await pool.query<{ step: NotedStep; at: number }>(
    'select step, at from setup_notes where org = $1',
    [org],
  );
  const roles = await pool.query(`select 1 from cases where org = $1 and kind = 'role' limit 1`, [org]);
  const notedAt = (step: NotedStep): number | null => notes.rows.find((one) => one.step === step)?.at ?? null;
  return {
    ...{ founding: isFounding(held), name: named.rows[0]?.name ?? null, site: await firstSite(office) },
    ...{ leads: has('hr_director'), supervisors: has('supervisor'), roles: roles.rows.length > 0 },
    noted: { mail: notedAt('mail'), backup: notedAt('backup') },
  };
}

const MOST = 120;

/** Says what the organization is called; nothing about a person is in it. @throws FieldInvalid */
export async function nameOrganization({ pool, org }: Office, name: string): Promise<void> {
  const kept = name.trim();
  if (kept === '' || kept.length > MOST) throw new FieldInvalid('name', `it has 1 to ${MOST} characters`);
  await pool.query('update orgs set name = $2 where org = $1', [org, kept]);
}

/** Keeps that somebody has seen to a step, and when; saying it again keeps the later day. */
export async function noteStep({ pool, org }: Office, step: NotedStep, by: string): Promise<void> {
  await pool.query(
    `insert into setup_notes (org, step, by_person, at) values ($1, $2, $3, org_now($1))
     on conflict (org, step) do update set by_person = excluded.by_person, at = excluded.at`,
    [org, step, by],
  );
}

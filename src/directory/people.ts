import { boundTo, open, seal } from './crypto.ts';
import type { Db } from './db.ts';
import { FieldInvalid, KeyErased, PersonConflict, PersonUnknown } from './errors.ts';
import { newDataKey, unwrapKey, wrapKey } from './keys.ts';
import type { KeyRing } from './keys.ts';
import { checkField, checkPersonRef, personFields } from './person-fields.ts';
import type { PersonField } from './person-fields.ts';

/** A person as the directory knows them. Held in memory only as long as a message is written. */
export interface Person {
  readonly org: string;
  readonly ref: string;
  readonly name: string;
  /** Null: nothing can be mailed to them, which shows as an obligation and not as silence. */
  readonly email: string | null;
  readonly phone: string | null;
  /** IANA zone of the person; null means that of their site. */
  readonly zone: string | null;
  readonly channel: string;
}

export interface NewPerson {
  readonly org: string;
  readonly ref: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone?: string | null;
  readonly zone?: string | null;
  readonly channel?: string;
  /** Sandbox only: the person's key comes from the scenario's seed, so digests repeat in every play. */
  readonly keySeed?: string;
}

/** Fields to set; null takes a field away (name and channel cannot be taken away). */
export interface PersonChanges {
  readonly name?: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly zone?: string | null;
  readonly channel?: string;
}

interface PersonRow {
  ref: string;
  wrapped_key: Buffer | null;
  field: PersonField | null;
  sealed: Buffer | null;
}

const READ = `
  select p.ref, p.wrapped_key, f.field, f.sealed
    from persons p left join person_fields f on f.org = p.org and f.ref = p.ref
   where p.org = $1 and p.ref = any($2::text[])
   order by p.ref`;

/**
 * Adds a person under a key of their own; all fields are sealed, each bound to organization, ref and field name.
 *
 * @returns `added`, or `present` when the same details stand there already (a repeated set-up).
 * @throws FieldInvalid, PersonConflict (same ref, other details), KeyErased (the ref was erased).
 */
export async function addPerson(db: Db, keys: KeyRing, input: NewPerson): Promise<'added' | 'present'> {
  const { org, ref } = input;
  checkPersonRef(ref);
  const wanted = completed(input);
  const dataKey = newDataKey(`person/${ref}`, input.keySeed);
  const [names, values] = sealedFields(dataKey, org, ref, wanted);
  const added = await db.query(
    `with p as (insert into persons (org, ref, wrapped_key) values ($1, $2, $3)
                on conflict do nothing returning org, ref)
     insert into person_fields (org, ref, field, sealed)
     select p.org, p.ref, f.field, f.sealed from p, unnest($4::text[], $5::bytea[]) as f(field, sealed)`,
    [org, ref, wrapKey(keys, dataKey, keyPlace(org, ref)), names, values],
  );
  if (added.rowCount !== 0) return 'added';
  const present = await person(db, keys, org, ref);
  if (personFields.some((field) => present[field] !== wanted[field])) throw new PersonConflict(ref);
  return 'present';
}

/**
 * @returns the person.
 * @throws PersonUnknown, KeyErased, SealBroken.
 */
export async function person(db: Db, keys: KeyRing, org: string, ref: string): Promise<Person> {
  const { rows } = await db.query<PersonRow>(READ, [org, [ref]]);
  return opened(keys, org, ref, rows);
}

/**
 * @returns the people of these refs by ref; unknown and erased ones are left out, so a caller shows their ref.
 * @throws SealBroken.
 */
export async function peopleByRefs(
  db: Db,
  keys: KeyRing,
  org: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const people = new Map<string, Person>();
  if (refs.length === 0) return people;
  const { rows } = await db.query<PersonRow>(READ, [org, [...new Set(refs)]]);
  const byRef = new Map<string, PersonRow[]>();
  for (const row of rows) byRef.set(row.ref, [...(byRef.get(row.ref) ?? []), row]);
  for (const [ref, own] of byRef) {
    if (own.every((row) => row.wrapped_key !== null)) people.set(ref, opened(keys, org, ref, own));
  }
  return people;
}

/**
 * Names alone, for lists: of each person one field is opened instead of all.
 * @returns the names of these refs; unknown and erased ones are left out. @throws SealBroken.
 */
export async function namesByRefs(
  db: Db,
  keys: KeyRing,
  org: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map();
  const { rows } = await db.query<{ ref: string; wrapped_key: Buffer; sealed: Buffer }>(
    `select p.ref, p.wrapped_key, f.sealed from persons p
       join person_fields f on f.org = p.org and f.ref = p.ref and f.field = 'name'
      where p.org = $1 and p.ref = any($2::text[]) and p.wrapped_key is not null`,
    [org, [...new Set(refs)]],
  );
  const nameOf = (row: (typeof rows)[number]): string =>
    open(unwrapped(keys, org, row.ref, row), row.sealed, fieldPlace(org, row.ref, 'name')).toString('utf8');
  return new Map(rows.map((row) => [row.ref, nameOf(row)]));
}

/**
 * Changes the given fields and leaves the others; two changes of different fields at once both hold.
 *
 * @throws FieldInvalid, PersonUnknown, KeyErased.
 */
export async function changePerson(
  db: Db,
  keys: KeyRing,
  org: string,
  ref: string,
  changes: PersonChanges,
): Promise<void> {
  for (const field of personFields) checkChange(field, changes[field]);
  const dataKey = await personKey(db, keys, org, ref);
  const taken = personFields.filter((field) => changes[field] === null);
  const [names, values] = sealedFields(dataKey, org, ref, changes);
  // The row lock makes this wait for an erasure under way, which then leaves nothing to write to.
  const { rowCount } = await db.query(
    `with p as (select org, ref from persons
                 where org = $1 and ref = $2 and wrapped_key is not null for no key update),
          gone as (delete from person_fields d using p
                    where d.org = p.org and d.ref = p.ref and d.field = any($5::text[])),
          put as (insert into person_fields (org, ref, field, sealed)
                  select p.org, p.ref, f.field, f.sealed from p, unnest($3::text[], $4::bytea[]) as f(field, sealed)
                  on conflict (org, ref, field) do update set sealed = excluded.sealed)
     select 1 from p`,
    [org, ref, names, values, taken],
  );
  if (rowCount === 0) throw new KeyErased(ref);
}

/** @returns all refs of an organization in order; erased ones stay, they have a history. */
export async function listRefs(db: Db, org: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ ref: string }>('select ref from persons where org = $1 order by ref', [
    org,
  ]);
  return rows.map((row) => row.ref);
}

/**
 * Destroys the person's key and deletes what it sealed. The ref stays; every later reading says {@link KeyErased}.
 * Safe to repeat. Holds and open cases are the caller's to check.
 *
 * @returns false when no such person is there.
 */
export async function erasePersonKey(db: Db, org: string, ref: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update persons set wrapped_key = null, erased_at = coalesce(erased_at, now()) where org = $1 and ref = $2`,
    [org, ref],
  );
  if (rowCount === 0) return false;
  await db.query('delete from person_fields where org = $1 and ref = $2', [org, ref]);
  await db.query('update texts set sealed = null where org = $1 and subject = $2', [org, ref]);
  await db.query('delete from bounces where org = $1 and person = $2', [org, ref]);
  await db.query('delete from post_wishes where org = $1 and person = $2', [org, ref]);
  return true;
}

/**
 * @returns the person's data key. Read from the row each time and never cached, so an erasure acts at once.
 * @throws PersonUnknown, KeyErased, SealBroken.
 */
export async function personKey(db: Db, keys: KeyRing, org: string, ref: string): Promise<Buffer> {
  const { rows } = await db.query<{ wrapped_key: Buffer | null }>(
    'select wrapped_key from persons where org = $1 and ref = $2',
    [org, ref],
  );
  return unwrapped(keys, org, ref, rows[0]);
}

/** Opens the wrapped key of a row that names it. Same errors as {@link personKey}. */
export function unwrapped(
  keys: KeyRing,
  org: string,
  ref: string,
  row: { readonly wrapped_key: Buffer | null } | undefined,
): Buffer {
  if (row === undefined) throw new PersonUnknown(ref);
  if (row.wrapped_key === null) throw new KeyErased(ref);
  return unwrapKey(keys, row.wrapped_key, keyPlace(org, ref));
}

function opened(keys: KeyRing, org: string, ref: string, rows: readonly PersonRow[]): Person {
  const key = unwrapped(keys, org, ref, rows[0]);
  const found = new Map<string, string>();
  for (const { field, sealed } of rows) {
    if (field !== null && sealed !== null) {
      found.set(field, open(key, sealed, fieldPlace(org, ref, field)).toString('utf8'));
    }
  }
  return {
    org,
    ref,
    name: found.get('name') ?? ref,
    email: found.get('email') ?? null,
    phone: found.get('phone') ?? null,
    zone: found.get('zone') ?? null,
    channel: found.get('channel') ?? 'mail',
  };
}

type FieldValues = { readonly [F in PersonField]?: string | null };

function completed(input: NewPerson): Record<PersonField, string | null> {
  const values = {
    name: input.name,
    email: input.email,
    phone: input.phone ?? null,
    zone: input.zone ?? null,
    channel: input.channel ?? 'mail',
  };
  for (const field of personFields) checkChange(field, values[field]);
  return values;
}

function checkChange(field: PersonField, value: string | null | undefined): void {
  if (value === undefined) return;
  if (value !== null) checkField(field, value);
  else if (field === 'name' || field === 'channel') throw new FieldInvalid(field, 'it cannot be taken away');
}

function sealedFields(key: Buffer, org: string, ref: string, values: FieldValues): [string[], Buffer[]] {
  const set = personFields.flatMap((field) => {
    const value = values[field];
    return value == null
      ? []
      : [{ field, sealed: seal(key, Buffer.from(value, 'utf8'), fieldPlace(org, ref, field)) }];
  });
  return [set.map(({ field }) => field), set.map(({ sealed }) => sealed)];
}

function keyPlace(org: string, ref: string): string {
  return boundTo('person_key', org, ref);
}

function fieldPlace(org: string, ref: string, field: PersonField): string {
  return boundTo('person', org, ref, field);
}

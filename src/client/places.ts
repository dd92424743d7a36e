import type { ReadingOffice } from './ask-reader.ts';
import type { NewAssignment } from './organization.ts';

const texts = {
  place_unknown: (about: string, known: string) =>
    `There is no place ${about}. A capacity is held at a site, in a case or in the whole organization, which are here: ${known}. Nothing was changed.`,
  not_assigned: (about: string, known: string) =>
    `They are not ${about}, so nothing ends. They are: ${known}. Nothing was changed.`,
} as const;

/** A capacity cannot be given or ended as it was asked; the message says what there is. */
export class AssignmentRefused extends Error {
  readonly code: keyof typeof texts;
  constructor(code: AssignmentRefused['code'], about: string, known: readonly string[]) {
    super(texts[code](about.slice(0, 120) || '(nothing)', known.join(', ') || 'nothing'));
    this.name = 'AssignmentRefused';
    this.code = code;
  }
}

type Office = Pick<ReadingOffice, 'org' | 'pool'>;

/**
 * A mistyped place would say "assigned" in a record that nobody can change, and give nobody anything.
 * @throws AssignmentRefused (place_unknown) for a scope that is no site, no case and not the organization
 */
export async function mustBePlaces(
  { org, pool }: Office,
  list: readonly Pick<NewAssignment, 'scope'>[],
): Promise<void> {
  const scopes = list.map(({ scope }) => scope).filter((scope) => scope !== org);
  if (scopes.length === 0) return;
  const { rows } = await pool.query<{ place: string; site: boolean }>(
    `select ref as place, true as site from sites where org = $1
     union all select case_id, false from cases where org = $1 and case_id = any($2::text[])`,
    [org, scopes],
  );
  const unknown = scopes.find((scope) => !rows.some(({ place }) => place === scope));
  if (unknown === undefined) return;
  const sites = rows.filter(({ site }) => site).map(({ place }) => place);
  throw new AssignmentRefused('place_unknown', unknown, [...sites, org, 'any case by its id']);
}

/** @throws AssignmentRefused (not_assigned) where somebody does not hold what is to end */
export async function mustHoldThese({ org, pool }: Office, list: readonly NewAssignment[]): Promise<void> {
  for (const { person, capacity, scope } of list) {
    const { rows } = await pool.query<{ held: string }>(
      `select distinct capacity || '@' || scope as held from assignments
       where org = $1 and person = $2 and (to_at is null or to_at > org_now($1)) order by held`,
      [org, person],
    );
    const held = rows.map((one) => one.held);
    const asked = `${capacity}@${scope}`;
    if (!held.includes(asked)) throw new AssignmentRefused('not_assigned', asked, held);
  }
}

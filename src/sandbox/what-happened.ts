import type { Scenario, ScenarioExpectation } from '../contracts/scenario.ts';
import type { House } from '../client/house.ts';
import { dateOf, wallTimeOf } from '../domain/kernel/calendar.ts';
import type { Instant, SiteCalendar } from '../domain/kernel/calendar.ts';
import { openVaultEntries } from '../directory/vault.ts';
import { SEALED } from '../ledger/fold.ts';
import type { LedgerRow, VaultBody } from '../ledger/fold.ts';
import type { Cast } from './cast.ts';

/** One thing that happened without being asked for, in the form a scenario lists it. */
export interface Happening {
  readonly on: string;
  readonly what: string;
  readonly case: string;
  readonly to?: readonly string[];
}

/** @returns an instant as a scenario writes it, e.g. `2025-01-06 10:00`. */
export function momentOf(calendar: SiteCalendar, at: Instant): string {
  return `${dateOf(calendar, at)} ${wallTimeOf(calendar, at)}`;
}

/** A row of a case with its body open. */
export interface OpenRow {
  readonly case: string;
  readonly at: Instant;
  readonly how: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** All rows of cases in order, confidential ones opened: a scenario is played by who owns the keys. */
async function openedRows(house: House): Promise<readonly OpenRow[]> {
  const { rows } = await house.pool.query<LedgerRow>(
    `select * from ledger where org = $1 and case_id not like 'house-%' order by position`,
    [house.org],
  );
  const refOf = (row: LedgerRow): string => (JSON.parse(row.body) as { ref: string }).ref;
  const refs = rows.filter((row) => row.kind === SEALED).map(refOf);
  const bodies = await openVaultEntries(house.pool, house.keys, house.org, refs);
  return rows.map((row) => {
    const open = { case: row.case_id, at: row.at, how: row.how };
    if (row.kind !== SEALED)
      return { ...open, kind: row.kind, body: JSON.parse(row.body) as OpenRow['body'] };
    const inside = JSON.parse(bodies.get(refOf(row)) ?? '{}') as VaultBody;
    return { ...open, kind: inside.kind, body: inside.body as OpenRow['body'] };
  });
}

function ownerWord(owner: string, cast: Cast): string {
  const [capacity, scope] = owner.split('@');
  return scope === undefined ? cast.wordOf(owner) : `${capacity}@${cast.wordOf(scope)}`;
}

function happeningOf({ how, kind, body }: OpenRow, cast: Cast): Omit<Happening, 'on' | 'case'> | null {
  switch (kind) {
    case 'prompted':
      return {
        what: `prompt ${String(body['code'])} ${String(body['rung'])}`,
        to: (body['to'] as string[]).map((one) => ownerWord(one, cast)),
      };
    case 'warning_acknowledged':
      return { what: `warning ${String(body['rule'])}` };
    case 'answered_late':
      return { what: `late ${String(body['code'])}` };
    case 'notice_declined':
      return { what: `declined ${String(body['notice'])}` };
    default:
      return how === 'policy' ? { what: `act ${kind}` } : null;
  }
}

/** @returns what rows tell besides the decisions people made, in their order. */
export function happeningsOf(
  rows: readonly OpenRow[],
  cast: Cast,
  calendar: SiteCalendar,
): readonly Happening[] {
  return rows.flatMap((row) => {
    const happening = happeningOf(row, cast);
    return happening === null
      ? []
      : [{ on: momentOf(calendar, row.at), case: cast.wordOf(row.case), ...happening }];
  });
}

/** @returns everything that happened in a play besides the decisions people made, in order. */
export async function happenings(
  house: House,
  cast: Cast,
  calendar: SiteCalendar,
): Promise<readonly Happening[]> {
  return happeningsOf(await openedRows(house), cast, calendar);
}

const keyOf = (one: Happening | ScenarioExpectation): string =>
  `${one.on} | ${one.case} | ${one.what}${one.to === undefined ? '' : ` → ${[...one.to].toSorted().join(', ')}`}`;

export interface Differences {
  readonly missing: readonly string[];
  readonly unlisted: readonly string[];
}

/** Compares what happened with everything a scenario lists; each listed line stands for one happening. */
export function differences(scenario: Scenario, happened: readonly Happening[]): Differences {
  const left = new Map<string, number>();
  for (const one of happened) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  const missing: string[] = [];
  for (const one of scenario.expect) {
    const key = keyOf(one);
    const count = left.get(key) ?? 0;
    if (count === 0) missing.push(`${key} (${one.why})`);
    else left.set(key, count - 1);
  }
  const unlisted = [...left].flatMap(([key, count]) => Array.from({ length: count }, () => key));
  return { missing, unlisted };
}

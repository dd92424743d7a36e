import { num } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { ClassSheet, Duty, DutyClassing, Screen, ScreenFinding } from './state-description.ts';
import type { DutyClass } from './words.ts';

/** Shares are typed by people: a sum counts as equal within a hundredth of a percent. */
const NEAR = 0.005;

/** @returns the sum of shares in percent, rounded to hundredths. */
export function sumOf(duties: readonly Duty[]): number {
  return Math.round(duties.reduce((sum, one) => sum + one.share, 0) * 100) / 100;
}

/** True when the shares sum to what the policy says (100). */
export function sumsUp(duties: readonly Duty[], policy: Policy): boolean {
  return Math.abs(sumOf(duties) - num(policy, 'D2.2', 'total_pct')) < NEAR;
}

/** @returns duties that one sheet lacks or on which two sheets name another class or code (D2.1). */
export function differences(duties: readonly Duty[], sheets: readonly ClassSheet[]): readonly string[] {
  const [one, two] = sheets.map((sheet) => new Map(sheet.classes.map((each) => [each.duty, each])));
  return duties
    .map(({ duty }) => duty)
    .filter((duty) => {
      const a = one?.get(duty);
      const b = two?.get(duty);
      return a === undefined || b === undefined || a.class !== b.class || a.code !== b.code;
    });
}

/** @returns one classing per duty, from two sheets that agree; what either mapped counts. */
export function agreed(duties: readonly Duty[], sheets: readonly ClassSheet[]): readonly DutyClassing[] {
  return duties.flatMap(({ duty }) => {
    const both = sheets.flatMap((sheet) => sheet.classes.filter((one) => one.duty === duty));
    const first = both[0];
    if (first === undefined) return [];
    const competencies = [...new Set(both.flatMap((one) => one.competencies ?? []))];
    const goals = [...new Set(both.flatMap((one) => one.goals ?? []))];
    return [{ ...first, competencies, goals }];
  });
}

interface Row extends DutyClassing {
  readonly share: number;
  readonly alsoDoneBy?: string | undefined;
}

function shareOf(rows: readonly Row[], kind: DutyClass): number {
  return sumOf(rows.filter((row) => row.class === kind));
}

/** What no change of wording can mend: the duties are not those of the role. */
function failures(
  screen: Omit<Screen, 'result' | 'findings'>,
  rows: readonly Row[],
  policy: Policy,
  peerRole: boolean,
) {
  const limit = (name: string): number => num(policy, 'D2.2', name);
  const coded = (kind: DutyClass): readonly ScreenFinding[] =>
    rows.filter((row) => row.class === kind).map((row) => ({ code: row.code ?? kind, about: row.duty }));
  // Where none at all is allowed, a duty counts however small its share.
  const over = (kind: DutyClass, share: number, most: number): boolean =>
    most === 0 ? rows.some((row) => row.class === kind) : share > most;
  const found: ScreenFinding[] = [];
  if (over('prohibited', screen.prohibited, limit('prohibited_max_pct'))) found.push(...coded('prohibited'));
  if (!peerRole) return found;
  if (over('non_peer', screen.nonPeer, limit('non_peer_max_pct'))) found.push(...coded('non_peer'));
  if (screen.core < limit('core_min_pct')) found.push({ code: 'core_under_minimum' });
  return found;
}

/** What the list lacks although its duties are right. */
function lacks(
  screen: Omit<Screen, 'result' | 'findings'>,
  rows: readonly Row[],
  goals: readonly string[],
  policy: Policy,
) {
  const limit = (name: string): number => num(policy, 'D2.2', name);
  const found: ScreenFinding[] = [];
  if (screen.support > limit('support_cap_pct')) found.push({ code: 'support_over_cap' });
  if (screen.shared > limit('shared_cap_pct')) found.push({ code: 'shared_over_cap' });
  for (const row of rows) {
    const about = row.duty;
    if (row.class === 'core' && (row.competencies ?? []).length === 0)
      found.push({ code: 'not_mapped', about });
    if (row.class === 'shared' && row.alsoDoneBy === undefined) found.push({ code: 'also_done_by', about });
  }
  const served = new Set(rows.flatMap((row) => row.goals ?? []));
  found.push(
    ...goals.filter((goal) => !served.has(goal)).map((goal) => ({ code: 'goal_not_served', about: goal })),
  );
  return found;
}

/**
 * D2.2, computed from the classes two people agree on and from the shares; never from words in a text.
 * `fail`: duties that are not those of the role; `pass_with_changes`: something is missing around the right duties.
 * @param goals goals of E1 in the adopted version, each to be served by a duty
 * @param peerRole false: a role of another kind has only the limits that hold for every role (R1.6)
 */
export function screenOf(
  duties: readonly Duty[],
  classes: readonly DutyClassing[],
  goals: readonly string[],
  policy: Policy,
  peerRole: boolean,
): Screen {
  const of = new Map(classes.map((one) => [one.duty, one]));
  const rows = duties.flatMap((duty): readonly Row[] => {
    const found = of.get(duty.duty);
    return found === undefined ? [] : [{ ...found, share: duty.share, alsoDoneBy: duty.alsoDoneBy }];
  });
  const shares = {
    core: shareOf(rows, 'core'),
    support: shareOf(rows, 'support'),
    shared: shareOf(rows, 'shared'),
    nonPeer: shareOf(rows, 'non_peer'),
    prohibited: shareOf(rows, 'prohibited'),
  };
  const hard = failures(shares, rows, policy, peerRole);
  const soft = peerRole ? lacks(shares, rows, goals, policy) : [];
  const result = hard.length > 0 ? 'fail' : soft.length > 0 ? 'pass_with_changes' : 'pass';
  return { result, ...shares, findings: [...hard, ...soft] };
}

/** A duty as it is entered; without a text, its words stay those of the list before. */
export interface EnteredDuty extends Duty {
  readonly text?: string | undefined;
}

/**
 * R2.6: how much of the time a new list moves to other duties, in percent; null when it has duties the last passed
 * list did not have, other words for one, or another role beside it.
 * @param before the duties of the current list
 */
export function movedShare(
  passed: Readonly<Record<string, number>>,
  before: readonly Duty[],
  duties: readonly EnteredDuty[],
): number | null {
  const beside = new Map(before.map((one) => [one.duty, one.alsoDoneBy]));
  const other = duties.some(
    ({ duty, text, alsoDoneBy }) =>
      passed[duty] === undefined || text !== undefined || beside.get(duty) !== alsoDoneBy,
  );
  if (other) return null;
  return duties.reduce((sum, { duty, share }) => sum + Math.max(0, share - (passed[duty] ?? 0)), 0);
}

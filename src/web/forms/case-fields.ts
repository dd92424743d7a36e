/** Which cases a field may name: by what the field is called, and by the case its form belongs to. */

/** Kinds of a field that is named after what it means. */
const kindsOfName: Readonly<Record<string, readonly string[]>> = {
  role: ['role'],
  opening: ['opening'],
  after: ['opening'],
  sharing: ['opening'],
  candidacy: ['candidacy'],
  unreachable: ['candidacy'],
  from: ['candidacy'],
  employment: ['employment'],
  parent: ['candidacy', 'employment'],
};

/** What is not named after a kind: anything but confidential matters, which nobody picks from a list. */
const open = ['readiness', 'role', 'opening', 'candidacy', 'employment', 'review'];

/** `results.0.candidacy` and `unreachable.3` without their places in a list. */
const nameAt = (path: string): string => path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';

/** @returns the kinds of case that the field at a path may name */
export const kindsAt = (path: string): readonly string[] => kindsOfName[nameAt(path)] ?? open;

/** A case of a list, as far as it decides whether a field may name it. */
interface Offered {
  readonly case: string;
  readonly kind: string;
  readonly stage: string;
}

/** @returns true where a field of the form of one case may name another: in a search, only who applied in it */
export function mayName(
  path: string,
  form: string,
  one: Offered,
  searchOf: (id: string) => string | null,
): boolean {
  if (!kindsAt(path).includes(one.kind)) return false;
  return one.kind !== 'candidacy' || !form.startsWith('opening-') || searchOf(one.case) === form;
}

/** Stages of whom a panel speaks and a hiring manager decides on: in the pool, and not yet decided (D4.5, D4.7). */
const remaining = ['pool', 'interview', 'rating'];

/** @returns everybody of a search who is still in the running, in the order of the list */
export const runningIn = (
  search: string,
  list: readonly Offered[],
  searchOf: (id: string) => string | null,
): readonly string[] =>
  list
    .filter(
      (one) => one.kind === 'candidacy' && remaining.includes(one.stage) && searchOf(one.case) === search,
    )
    .map((one) => one.case);

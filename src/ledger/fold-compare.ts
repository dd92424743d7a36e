import type { Db } from '../directory/db.ts';
import { deciders } from '../domain/cases.ts';
import { canonical } from '../domain/kernel/digest.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import type { Library } from './library.ts';
import { heldFrom, isConfidential, refold } from './state.ts';
import type { CaseRow, StepRead } from './step-store.ts';

/** What was found when state rows were compared with the folds of their rows. */
export interface StatesCompared {
  /** How many were compared; those of an older fold version are folded anew by the step anyhow. */
  readonly same: number;
  /** Cases whose state row is not the fold of its rows. */
  readonly apart: readonly string[];
  /** Confidential cases that were left out, since no key was at hand. */
  readonly closed: number;
}

const ROW_SQL = `select case_id, kind, site, sequence, fold_version, state, reads, stage, status, next_wake, opened_at, moved_at
  from cases where org = $1 order by case_id`;

/** A read of the step that holds a case row and nothing else. */
const readOf = (row: CaseRow): StepRead => ({
  ...{ now: 0, sandbox: false, case: row, decision: null, owed: { prompts: [], held: null, nudges: [] } },
  ...{ notices: [], facts: [], assignments: [], delegations: [], terms: null },
});

/**
 * Folds every case of an organization from its rows, confidential ones too, and compares the whole with its state row:
 * what the case says, and what the kernel keeps about it.
 * @param opens false where no master key is at hand: confidential cases are left out
 */
export async function compareStates(library: Library, db: Db, opens: boolean): Promise<StatesCompared> {
  const { rows } = await db.query<CaseRow & { kind: CaseKind }>(ROW_SQL, [library.org]);
  const apart: string[] = [];
  let [same, closed] = [0, 0];
  for (const row of rows) {
    const decider = deciders[row.kind];
    if (decider === undefined) apart.push(row.case_id);
    else if (!opens && isConfidential(decider)) closed += 1;
    else {
      const stored = await heldFrom(library, db, library.org, decider, readOf(row));
      const folded = await refold(library, db, library.org, decider, row.case_id);
      if (canonical(stored) === canonical(folded)) same += 1;
      else apart.push(row.case_id);
    }
  }
  return { same, apart, closed };
}

import type { Fact, FactSeen, Facts } from '../../domain/kernel/facts.ts';
import type { LedgerRow } from '../fold.ts';
import { Wrong, placeOf } from './verdict.ts';

interface Change {
  readonly sequence: number;
  /** Null: no longer published. */
  readonly value: string | null;
}

const keyOf = (kind: string, subject: string): string => `${kind}|${subject}`;

/** Every fact at every position, computed from the folds: what the facts table said when each row was written. */
export class FactBook {
  private readonly current = new Map<string, FactSeen>();
  private readonly kinds = new Map<string, Map<string, FactSeen>>();
  private readonly history = new Map<string, Map<string, Change[]>>();

  /** What a case publishes after one of its rows. The last case to publish a fact owns it, as in the ledger's table. */
  publish(caseId: string, sequence: number, facts: readonly Fact[]): void {
    const mine = this.history.get(caseId) ?? new Map<string, Change[]>();
    this.history.set(caseId, mine);
    const now = new Set<string>();
    for (const { kind, subject, value } of facts) {
      const key = keyOf(kind, subject);
      now.add(key);
      note(mine, key, { sequence, value });
      const before = this.current.get(key);
      if (before === undefined || before.value !== value || before.case !== caseId)
        this.stands(key, { kind, subject, value, case: caseId, sequence });
    }
    for (const key of mine.keys()) {
      if (now.has(key)) continue;
      note(mine, key, { sequence, value: null });
      const over = this.current.get(key);
      if (over?.case !== caseId) continue;
      this.current.delete(key);
      this.kinds.get(over.kind)?.delete(key);
    }
  }

  private stands(key: string, fact: FactSeen): void {
    this.current.set(key, fact);
    const alike = this.kinds.get(fact.kind);
    if (alike === undefined) this.kinds.set(fact.kind, new Map([[key, fact]]));
    else alike.set(key, fact);
  }

  /** Those of one kind as they stand now. */
  ofKind(kind: string): readonly FactSeen[] {
    return [...(this.kinds.get(kind)?.values() ?? [])];
  }

  /** All facts as they stand now. */
  all(): readonly FactSeen[] {
    return [...this.current.values()];
  }

  /**
   * Checks a fact that a row names: its source published that value at that sequence, and no newer value stood in the
   * ledger when the row was written. A case's own facts are those of the step's beginning, which no row marks.
   * @throws Wrong
   */
  check(row: LedgerRow, named: FactSeen): void {
    const what = `${named.kind} from ${named.case}/${named.sequence}`;
    const key = keyOf(named.kind, named.subject);
    const published = (this.history.get(named.case)?.get(key) ?? []).findLast(
      (one) => one.sequence <= named.sequence,
    );
    if (published?.value !== named.value) throw new Wrong(placeOf(row), 'fact_wrong', what);
    if (named.case === row.case_id) return;
    const now = this.current.get(key);
    if (now?.value !== named.value || now.case !== named.case)
      throw new Wrong(placeOf(row), 'fact_stale', what);
  }

  /**
   * The facts a gate of this row is judged by, and which of them it asked for.
   * @param named what the row names; null when that cannot be known
   */
  reader(row: LedgerRow, named: readonly FactSeen[] | null): Facts {
    const used = new Map<string, FactSeen>();
    const own = new Map((named ?? []).map((fact) => [keyOf(fact.kind, fact.subject), fact]));
    return {
      get: (kind, subject) => {
        const key = keyOf(kind, subject);
        const now = this.current.get(key) ?? null;
        const fact = now?.case === row.case_id && named !== null ? (own.get(key) ?? null) : now;
        if (fact !== null) used.set(key, fact);
        return fact;
      },
      used: () => [...used.values()],
    };
  }
}

function note(mine: Map<string, Change[]>, key: string, change: Change): void {
  const list = mine.get(key);
  if (list === undefined) mine.set(key, [change]);
  else if (list.at(-1)?.value !== change.value) list.push(change);
}

/** @returns the facts a row names. @throws Wrong */
export function namedFacts(row: LedgerRow): readonly FactSeen[] {
  const wrong = new Wrong(placeOf(row), 'fact_wrong', 'the list of facts is malformed');
  let value: unknown;
  try {
    value = JSON.parse(row.facts);
  } catch {
    throw wrong;
  }
  if (!Array.isArray(value) || JSON.stringify(value) !== row.facts) throw wrong;
  return value.map((item: unknown) => {
    const fact = item as Partial<FactSeen> | null;
    const texts = [fact?.kind, fact?.subject, fact?.value, fact?.case];
    if (!texts.every((one) => typeof one === 'string') || !Number.isSafeInteger(fact?.sequence)) throw wrong;
    if (Object.keys(item as object).length !== texts.length + 1) throw wrong;
    return fact as FactSeen;
  });
}

import { TAKEN } from '../domain/kernel/taken.ts';
import type { TakenText } from '../domain/kernel/taken.ts';
import type { Happened } from './ask-history.ts';

/** What somebody decided although a rule warned: which, about what, who, and the row that says so. */
export interface Acknowledged {
  readonly rules: readonly string[];
  /** The place of the text in what was sent, or what a rule of the case named; null where nothing is. */
  readonly about: string | null;
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly at: number;
  readonly position: number;
}

/** Texts of a row that a guard warned of, as far as its reader may know what the row says. */
export function takenIn({ body, masked }: Pick<Happened, 'body' | 'masked'>): readonly TakenText[] {
  if (masked || body === null) return [];
  const said: { readonly [TAKEN]?: readonly TakenText[] } = body;
  return said[TAKEN] ?? [];
}

/** The codes of all warnings against which texts of a row were let stand, each once. */
export const rulesTaken = (row: Pick<Happened, 'body' | 'masked'>): readonly string[] => [
  ...new Set(takenIn(row).flatMap(({ rules }) => rules)),
];

function ofRow(row: Happened): readonly Acknowledged[] {
  const { actor, actorName, at, position } = row;
  const by = { actor, actorName, at, position };
  if (row.kind === 'warning_acknowledged' && !row.masked) {
    const { rule, about } = (row.body ?? {}) as { readonly rule?: string; readonly about?: string };
    return rule === undefined ? [] : [{ rules: [rule], about: about ?? null, ...by }];
  }
  return takenIn(row).map(({ field, rules }) => ({ rules, about: field, ...by }));
}

/** A gate with the kinds of events that it stands before. */
interface Guards {
  readonly gate: string;
  readonly guards: readonly string[];
}

/** The kind of the first event that any of these gates stands before, at this row or after it; null where none came yet. */
function nextGuarded(rows: readonly Happened[], gates: readonly Guards[], position: number): string | null {
  const guarded = new Set(gates.flatMap(({ guards }) => guards));
  const own = rows.find((row) => row.position === position)?.decisionId ?? null;
  const next = rows.find(
    (row) =>
      row.kind !== null &&
      guarded.has(row.kind) &&
      (row.position >= position || (own !== null && row.decisionId === own)),
  );
  return next?.kind ?? null;
}

/**
 * Warnings that were acknowledged on the way to a gate, of rules of the case and of guards about a text (domain 2.1: recorded, and
 * shown at the gate). Each stands at the gate that was passed next; before that, at every one that is still to be passed.
 * @param rows of one case as a reader may know them, in their order
 */
export function acknowledgedAt(
  rows: readonly Happened[],
  gates: readonly Guards[],
): ReadonlyMap<string, readonly Acknowledged[]> {
  const happened = new Set(rows.map(({ kind }) => kind));
  const found = new Map<string, readonly Acknowledged[]>();
  for (const one of rows.flatMap(ofRow)) {
    const next = nextGuarded(rows, gates, one.position);
    const at = gates.filter(({ guards }) =>
      next === null ? !guards.some((kind) => happened.has(kind)) : guards.includes(next),
    );
    for (const { gate } of at) found.set(gate, [...(found.get(gate) ?? []), one]);
  }
  return found;
}

import type { Relation } from '../domain/kernel/decider.ts';
import type { AnyDecider } from '../domain/kernel/held.ts';
import { isConfidential } from './state.ts';

/** Who is what in a case, as it stands beside the state. All null where the state lies sealed. */
export interface WhoIsWhat {
  readonly relations: readonly Relation[] | null;
  /** Whom the case is about, also after its end; null for roles and openings. */
  readonly about: string | null;
  /** The opening a candidacy belongs to. */
  readonly belongs_to: string | null;
}

/** The fields of a state that name whom its case is about, by kind: one has each. */
interface Named {
  readonly person?: unknown;
  readonly job?: { readonly person?: unknown } | null;
  readonly subject?: { readonly employee?: unknown } | null;
  readonly opening?: unknown;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** @param own the state of the case, as its decider keeps it */
export function whoIsWhat(decider: AnyDecider, own: unknown): WhoIsWhat {
  if (isConfidential(decider)) return { relations: null, about: null, belongs_to: null };
  const { person, job, subject, opening } = (own ?? {}) as Named;
  const personal = ['candidacy', 'employment', 'review'].includes(decider.kind);
  return {
    relations: decider.relations(own),
    about: personal ? text(person ?? job?.person ?? subject?.employee) : null,
    belongs_to: decider.kind === 'candidacy' ? text(opening) : null,
  };
}

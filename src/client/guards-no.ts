import { refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { FoundInText, Guarded } from './guard-texts.ts';

/** A guard stops the wording of a text; nothing is kept of it. */
export interface GuardBlocked {
  readonly is: 'guard_blocked';
  readonly blocked: readonly FoundInText[];
}

/** A guard warns of wording in a text whose author has not said that it is to stand all the same. */
export interface GuardWarned {
  readonly is: 'guard_warned';
  readonly refusal: Refusal;
}

/** The no of the guards to a command that the rules would accept; null when its texts may be taken. */
export function guardsNo({ blocked, warned }: Guarded): GuardBlocked | GuardWarned | null {
  if (blocked.length > 0) return { is: 'guard_blocked', blocked };
  const open = warned.flatMap(({ field, findings }) =>
    findings.map(({ rule }) => ({ code: rule, about: field })),
  );
  if (open.length === 0) return null;
  return { is: 'guard_warned', refusal: refuse('acknowledgement_needed', open[0]?.code, open) };
}

import { refuse } from './refusal.ts';
import type { Refusal, Missing } from './refusal.ts';
import type { CommandLike, Decider, EventLike, GateContext, NoticeLike } from './decider.ts';

/** What one gate still lacks; an unknown gate is an error of the programmer and throws. */
export function missingFor<S>(
  decider: Decider<S, CommandLike, NoticeLike, EventLike>,
  gate: string,
  state: S,
  ctx: GateContext,
): readonly Missing[] {
  const found = decider.gates[gate];
  if (found === undefined) throw new Error(`unknown_gate: ${decider.kind} ${gate}`);
  return found.missing(state, ctx);
}

/**
 * The gates an event requires, on the state before it.
 * @returns null when all hold, else the refusal of the first that does not, with everything it lacks
 */
export function gateRefusal<S>(
  decider: Decider<S, CommandLike, NoticeLike, EventLike>,
  eventKind: string,
  state: S,
  ctx: GateContext,
): Refusal | null {
  for (const gate of decider.requires[eventKind] ?? []) {
    const missing = missingFor(decider, gate, state, ctx);
    if (missing.length > 0) return refuse('gate_not_passed', gate, missing);
  }
  return null;
}

import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Ask, CommandLike, Warned } from './decider.ts';
import type { WarningCode } from './words.ts';

/** A rule at level WARN and whether it holds now. */
export interface Warning {
  readonly rule: WarningCode;
  readonly holds: boolean;
  readonly about?: string;
}

/**
 * WARN accepts only with the decider's acknowledgement code, which is recorded and shown at the gate (domain 2.1).
 * @returns a refusal naming the rules still to be acknowledged, or the events that record the acknowledgement
 */
export function warnings(ask: Ask<CommandLike>, rules: readonly Warning[]): Refusal | readonly Warned[] {
  const holding = rules.filter((warning) => warning.holds);
  const open = holding.filter((warning) => !ask.acknowledge.includes(warning.rule));
  const asMissing = ({ rule, about }: Warning) =>
    about === undefined ? { code: rule } : { code: rule, about };
  if (open.length > 0) return refuse('acknowledgement_needed', open[0]?.rule, open.map(asMissing));
  return holding.map(({ rule, about }) => ({
    kind: 'warning_acknowledged',
    body: about === undefined ? { rule } : { rule, about },
  }));
}

import type { FoundInText } from '../client/guard-texts.ts';
import type { ScenarioAct } from '../contracts/scenario.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';

/** A decision of a scenario that came out otherwise than it says. */
export interface Surprise {
  readonly at: string;
  readonly what: string;
  readonly got: string;
}

/** A guard stopped the wording of a text, by this rule. */
export interface Stopped {
  readonly stopped: 'guard_blocked';
  readonly rule: string;
}

/** What a decision came to; `null` while nobody knows. */
export type Came = Receipt | Refusal | Stopped | null;

/** @returns the guards' no to a command, by the first rule that stops it */
export function stoppedBy(blocked: readonly FoundInText[]): Stopped {
  return { stopped: 'guard_blocked', rule: blocked[0]?.findings[0]?.rule ?? '' };
}

function refusalText(refusal: Refusal): string {
  const list = refusal.missing
    .slice(0, 8)
    .map((one) => `${one.code}${one.about === undefined ? '' : `=${one.about}`}`);
  return `refused ${refusal.rule ?? ''} ${refusal.code} [${list.join(' ')}]`;
}

function cameText(came: Came): string {
  if (came === null) return 'not confirmed';
  if ('stopped' in came) return `refused ${came.rule} ${came.stopped}`;
  return isRefusal(came) ? refusalText(came) : `done ${came.kinds.join(', ')}`;
}

function asExpected(act: ScenarioAct, came: Came): boolean {
  if (came === null) return false;
  if ('stopped' in came) return act.refused !== undefined && [came.stopped, came.rule].includes(act.refused);
  if (isRefusal(came)) return act.refused !== undefined && [came.code, came.rule].includes(act.refused);
  if (act.refused !== undefined) return false;
  return act.events === undefined || act.events.join() === came.kinds.join();
}

/** @returns the difference between what an act says and what it came to, or nothing. */
export function surprises(act: ScenarioAct, came: Came): readonly Surprise[] {
  if (asExpected(act, came)) return [];
  const wanted =
    act.refused === undefined ? `done ${act.events?.join(', ') ?? ''}` : `refused ${act.refused}`;
  return [{ at: act.at, what: `${act.by} ${act.do} on ${act.case}: ${wanted}`, got: cameText(came) }];
}

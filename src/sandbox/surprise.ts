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

/** What a decision came to; `null` while nobody knows. */
export type Came = Receipt | Refusal | null;

function refusalText(refusal: Refusal): string {
  const list = refusal.missing
    .slice(0, 8)
    .map((one) => `${one.code}${one.about === undefined ? '' : `=${one.about}`}`);
  return `refused ${refusal.rule ?? ''} ${refusal.code} [${list.join(' ')}]`;
}

function asExpected(act: ScenarioAct, came: Came): boolean {
  if (came === null) return false;
  if (isRefusal(came)) return act.refused !== undefined && [came.code, came.rule].includes(act.refused);
  if (act.refused !== undefined) return false;
  return act.events === undefined || act.events.join() === came.kinds.join();
}

/** @returns the difference between what an act says and what it came to, or nothing. */
export function surprises(act: ScenarioAct, came: Came): readonly Surprise[] {
  if (asExpected(act, came)) return [];
  const wanted =
    act.refused === undefined ? `done ${act.events?.join(', ') ?? ''}` : `refused ${act.refused}`;
  const got =
    came === null ? 'not confirmed' : isRefusal(came) ? refusalText(came) : `done ${came.kinds.join(', ')}`;
  return [{ at: act.at, what: `${act.by} ${act.do} on ${act.case}: ${wanted}`, got }];
}

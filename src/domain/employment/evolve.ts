import type { Recorded } from '../kernel/decider.ts';
import type { EmploymentEvent, EventKind } from './events.ts';
import { adopted, adopting, agendaFold } from './evolve-adopt.ts';
import { changeFolds } from './evolve-change.ts';
import { coverFolds } from './evolve-cover.ts';
import { endingFolds } from './evolve-ending.ts';
import { fieldFolds } from './evolve-field.ts';
import { growthFolds } from './evolve-growth.ts';
import { onboardingFolds, started } from './evolve-onboarding.ts';
import { othersFolds } from './evolve-others.ts';
import { supervisionFolds } from './evolve-supervision.ts';
import type { Folds } from './folding.ts';
import { isLive } from './state.ts';
import type { EmploymentState, Live } from './state.ts';

type First = 'employment_started' | 'employment_adopted' | 'adoption_proposed' | 'adoption_withdrawn';

const folds: Folds<Exclude<EventKind, First>> = {
  agenda_topic_added: agendaFold,
  ...onboardingFolds,
  ...supervisionFolds,
  ...coverFolds,
  ...fieldFolds,
  ...growthFolds,
  ...othersFolds,
  ...changeFolds,
  ...endingFolds,
};

/** Folds one event of stages 6, 7 and 9. Throws when a case has no first event. */
export function evolve(state: EmploymentState, event: Recorded<EmploymentEvent>): EmploymentState {
  if (event.kind === 'employment_started') return started(state, event);
  if (event.kind === 'employment_adopted') return adopted(state, event);
  if (event.kind === 'adoption_proposed' || event.kind === 'adoption_withdrawn')
    return adopting(state, event);
  if (!isLive(state)) throw new Error(`not_started: employment ${event.kind}`);
  // Table and event agree by `Folds`; the compiler cannot follow a key through a union of functions.
  const fold = folds[event.kind] as (state: Live, event: Recorded<EmploymentEvent>) => Live;
  return fold(state, event);
}

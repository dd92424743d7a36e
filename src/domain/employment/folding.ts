import type { Recorded } from '../kernel/decider.ts';
import type { Instant } from '../kernel/calendar.ts';
import type { ActionMade, EventKind, EventOf } from './events.ts';
import type { Live, OpenAction } from './state.ts';

/** One fold per event; a table of them names every event it is for, or does not compile. */
export type Folds<K extends EventKind> = {
  readonly [P in K]: (state: Live, event: Recorded<EventOf<P>>) => Live;
};

/** A record without one of its keys. */
export function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}

/** The open actions with new ones added (D7.2, R6.3). */
export function withActions(state: Live, made: readonly ActionMade[], since: Instant): readonly OpenAction[] {
  return made.length === 0 ? state.actions : [...state.actions, ...made.map((one) => ({ ...one, since }))];
}

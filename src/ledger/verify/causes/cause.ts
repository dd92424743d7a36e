import type { CommandLike, EventLike, NoticeLike } from '../../../domain/kernel/decider.ts';

/** What can bring an event about: a person's command, an act of the policy, a notice of another case. */
export type Cause = `ask:${string}` | `act:${string}` | `notice:${string}`;

/** For every event of a case all that can bring it about: an event without an entry does not compile. */
export type CausesOf<
  E extends EventLike,
  C extends CommandLike,
  N extends NoticeLike,
  A extends string = never,
> = Readonly<Record<E['kind'], readonly (`ask:${C['type']}` | `act:${A}` | `notice:${N['kind']}`)[]>>;

export type Causes = Readonly<Record<string, readonly Cause[]>>;

import type { Present } from '../client/present.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import { CalendarRangeExceeded } from '../domain/kernel/calendar.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { CaseId } from '../domain/kernel/words.ts';
import { Future } from './future.ts';
import type { Assumed } from './future.ts';
import { plainAnswers } from './plain-answers.ts';
import type { PlainAnswer } from './plain-answers.ts';

/** An answer that the forecast assumed, at its instant. */
export interface AssumedAnswer extends PlainAnswer {
  readonly at: Instant;
  readonly code: string;
}

export interface Foreseen {
  readonly world: Future;
  readonly assumed: readonly AssumedAnswer[];
  /** What falls due and is for somebody to judge, so that what follows it is not foreseen. */
  readonly open: readonly { readonly case: CaseId; readonly owed: Obligation }[];
  /** The instant up to which it goes: earlier than asked for where a site's calendar ends. */
  readonly until: Instant;
}

interface Owed {
  readonly case: CaseId;
  readonly owed: Obligation;
}

const keyOf = (one: Owed): string => `${one.case}|${one.owed.id}`;

/** What nobody has to do: the other of two does it, or the clockwork itself. */
function byItself({ owed }: Owed): boolean {
  return owed.atSilence === 'the_other_answers' || owed.rungs.some((rung) => rung.how === 'act');
}

class OnTime {
  readonly assumed: AssumedAnswer[] = [];
  readonly open: Owed[] = [];
  private readonly world: Future;
  private readonly until: Instant;
  /** Looked at already: each thing owed is done once or not at all. */
  private readonly seen = new Set<string>();

  constructor(world: Future, until: Instant) {
    this.world = world;
    this.until = until;
  }

  /** Everything on its day, the soonest first. */
  run(): void {
    for (let next = this.next(); next !== null; next = this.next()) {
      this.seen.add(keyOf(next));
      this.world.advanceTo(Math.max(this.world.now, next.owed.due));
      // Meanwhile somebody else may have done it, or it may not be owed any more.
      const still = this.world.obligations(next.case).find((one) => one.id === next.owed.id);
      if (still !== undefined) this.answer({ case: next.case, owed: still });
    }
    this.world.advanceTo(this.until);
  }

  private next(): Owed | null {
    let found: Owed | null = null;
    for (const id of this.world.cases.keys())
      for (const owed of this.world.obligations(id)) {
        const one = { case: id, owed };
        if (owed.due > this.until || (found !== null && owed.due >= found.owed.due)) continue;
        if (byItself(one) || this.seen.has(keyOf(one))) continue;
        found = one;
      }
    return found;
  }

  private answer(one: Owed): void {
    const { world } = this;
    const held = world.cases.get(one.case)?.held;
    if (held === undefined) return;
    const answers = plainAnswers(one.owed, {
      ...{ case: one.case, own: held.own, terms: world.termsFor(held), now: world.now },
      ...{
        assignments: world.assignments,
        fact: (kind: string, subject: string) => world.fact(kind, subject),
      },
    });
    let done = answers.length > 0;
    for (const answer of answers) {
      if (!done) break;
      done = !isRefusal(world.decide(answer));
      if (done) this.assumed.push({ ...answer, at: world.now, code: one.owed.code });
    }
    if (!done) this.open.push(one);
  }
}

/**
 * What will be asked of whom and when, by the rules alone: nothing is read or written on the way.
 * @param until goes no further than the calendars in force do
 */
export function foresee(present: Present, assumed: Assumed, until: Instant): Foreseen {
  const world = new Future(present, assumed);
  const onTime = new OnTime(world, until);
  let reached = until;
  try {
    world.goTo(world.now);
    if (assumed === 'on_time') onTime.run();
    else world.advanceTo(until);
  } catch (error) {
    if (!(error instanceof CalendarRangeExceeded)) throw error;
    reached = world.now;
  }
  return { world, assumed: onTime.assumed, open: onTime.open, until: reached };
}

import type { Obligation } from '../kernel/agenda.ts';
import { closing, opening, rollForward } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { owed, timed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { RungPlan } from '../kernel/ladder.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { unheard } from '../offices.ts';
import type { Heard } from '../offices.ts';
import type { Job } from './state.ts';
import type { ActionOwner, ItemOwner } from './words.ts';

/** Small pieces from which the parts of the agenda are built. */

/** The owner behind a role of this employment; without a mentor the manager sees to it. */
export function ownerIn(job: Job, role: ItemOwner | ActionOwner): Owner {
  switch (role) {
    case 'employee':
      return job.person;
    case 'supervisor':
      return job.supervisor;
    case 'manager':
      return job.manager;
    case 'mentor':
      return job.mentor ?? job.manager;
    case 'hr':
    case 'it':
    case 'credential_officer':
    case 'compliance':
    case 'team_leader':
      return holder(role, job.site);
    default: {
      const unknown: never = role;
      return unknown;
    }
  }
}

/** Officers and advisers whom the hire's manager does not lead. */
const besideTheLine = ['compliance', 'credential_officer', 'independent_adviser'] as const;

/** Rung 4 goes to the manager, but to HR when an employee, a mentor or an officer is late (domain 2.2). */
export function rung4(job: Job, owner: Owner): Pick<Owing, 'manager'> {
  const personal = owner === job.person || owner === job.mentor || owner === job.manager;
  const beside = besideTheLine.some((capacity) => owner === holder(capacity, job.site));
  return personal || beside ? {} : { manager: job.manager };
}

export interface Due {
  readonly id: string;
  readonly code: string;
  readonly owner: Owner;
  readonly since: Instant;
  readonly due: Instant;
  readonly next?: string;
}

/** What an obligation of this employment always says. */
export function owing(job: Job, one: Due): Owing {
  const { id, code, owner, since, due, next } = one;
  return { id, code, owner, since, due, next, site: job.site, manager: rung4(job, owner).manager };
}

/** R9.5: who is still asked for the first half of the words, each under a mark of its own. */
export function officersOf(word: Heard, job: Job): readonly (readonly [mark: string, owner: Owner])[] {
  const all = word.asked?.first ?? [];
  return unheard(word).map((office) => {
    const place = all.indexOf(office);
    return [place > 0 ? String(place + 1) : '', holder(office, job.site)] as const;
  });
}

interface Made {
  readonly terms: Terms;
  readonly list: Map<string, readonly Obligation[]>;
}

/** More keys than an employment has open at a time; what is made again after that costs time, not meaning. */
const MOST_KEPT = 96;
const made = new WeakMap<Job, Made>();

/**
 * Keeps what a pure function made of a job, the terms and a key that names everything else it depends on: the same
 * session stands on the plan for weeks, while its neighbours come and go.
 */
export function keptFor(
  job: Job,
  terms: Terms,
  key: string,
  make: () => readonly Obligation[],
): readonly Obligation[] {
  let kept = made.get(job);
  if (kept === undefined || kept.terms !== terms || kept.list.size >= MOST_KEPT) {
    kept = { terms, list: new Map() };
    made.set(job, kept);
  }
  const known = kept.list.get(key);
  if (known !== undefined) return known;
  const list = make();
  kept.list.set(key, list);
  return list;
}

/** One prompt on a day, due the same day, then rungs 3 to 5: how the stage prompts of this case are timed. */
export function onDay(job: Job, one: Omit<Due, 'since' | 'due'>, date: CivilDate, terms: Terms): Obligation {
  const day = rollForward(terms.calendar, date);
  const since = opening(terms.calendar, day);
  const due = closing(terms.calendar, day);
  const { id, code, owner, next } = one;
  return timed(owing(job, { id, code, owner, since, due, next }), [asks(since)], terms);
}

/** The same prompt for somebody whose partner answers for both: they are told, and nothing is escalated twice. */
export function told(job: Job, one: Due, at: Instant): Obligation {
  const { id, code, owner, since, due, next } = one;
  return owed({ id, code, owner, since, due, next, site: job.site, atSilence: 'the_other_answers' }, [
    asks(at),
  ]);
}

export function asks(at: Instant): RungPlan {
  return { id: 's0', at, to: 'owner', kind: 'ask' };
}

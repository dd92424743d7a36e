import type { Obligation, Rung } from './agenda.ts';
import { addBusinessDays, closing, dateOf, nextBusinessInstant } from './calendar.ts';
import type { CivilDate, Instant, SiteCalendar } from './calendar.ts';
import { escalation, ladder, ladderNumbers } from './ladder.ts';
import type { RungPlan } from './ladder.ts';
import type { Terms } from './terms.ts';
import { holder } from './words.ts';
import type { Owner, PersonRef, SiteRef, Visibility } from './words.ts';

/** What a decider says of an obligation; `owed` adds the ladder. */
export interface Owing {
  readonly id: string;
  readonly code: string;
  readonly owner: Owner;
  readonly site: SiteRef;
  readonly since: Instant;
  readonly due: Instant;
  /** Left out: C1. */
  readonly visibility?: Visibility;
  /** Who hears of it at rung 4; left out: HR (domain 2.2: candidates, employees, mentors and officers). */
  readonly manager?: Owner;
  readonly atSilence?: string;
  readonly next?: string;
  readonly about?: { readonly subject: string; readonly version: number };
  readonly spoke?: readonly PersonRef[];
}

function audience(plan: RungPlan, owing: Owing): readonly Owner[] {
  const hr = holder('hr', owing.site);
  switch (plan.to) {
    case 'owner':
    case 'owner_and_standin':
      return [owing.owner];
    case 'manager':
      // Rung 4 tells somebody else than the one who is late.
      return [owing.manager === undefined || owing.manager === owing.owner ? hr : owing.manager];
    case 'hr':
      return [hr];
    default: {
      const unknown: never = plan.to;
      return unknown;
    }
  }
}

/** Nearly every ladder is in order as it is made. */
function inOrder(rungs: readonly Rung[]): readonly Rung[] {
  const climbs = rungs.every((rung, place) => place === 0 || (rungs[place - 1]?.at ?? 0) <= rung.at);
  return climbs ? rungs : rungs.toSorted((a, b) => a.at - b.at);
}

/** Builds an obligation from its plan of rungs. @param acts what the policy itself does at an instant, if anything */
export function owed(owing: Owing, plan: readonly RungPlan[], acts: readonly Rung[] = []): Obligation {
  const { id, code, owner, since, due, next, about, spoke } = owing;
  const prompts = plan.map((one): Rung => ({
    id: one.id,
    at: one.at,
    to: audience(one, owing),
    how: one.kind,
  }));
  const rungs = inOrder(acts.length === 0 ? prompts : [...prompts, ...acts]);
  const visibility = owing.visibility ?? 'C1';
  const atSilence = owing.atSilence ?? (owing.manager === undefined ? 'hr_decides' : 'manager_then_hr');
  // Made thousands of times in a forecast, and looked at more often still: all of one form, also where there is nothing to
  // come next, or everything that reads them is slower.
  return { id, code, owner, since, due, rungs, visibility, atSilence, next, about, spoke };
}

const escalates = (owing: Owing): 'hr' | 'manager' => (owing.manager === undefined ? 'hr' : 'manager');

function defaultPlan(owing: Owing, { calendar, policy }: Terms): readonly RungPlan[] {
  const { since, due } = owing;
  return ladder(calendar, { since, due, escalate: escalates(owing) }, ladderNumbers(policy));
}

/** An obligation with the default ladder (policy code LADDER). */
export function laddered(owing: Owing, terms: Terms): Obligation {
  return owed(owing, defaultPlan(owing, terms));
}

/**
 * An obligation that has no prompt of its own (docs/decisions/0006): it stands in the lists from the start, and
 * mail begins on the morning of the due day. What opens later than that morning is asked for at once.
 */
export function listed(owing: Owing, terms: Terms): Obligation {
  const plan = defaultPlan(owing, terms);
  const silent = plan.some((one) => one.id === 'r2') ? ['r0', 'r1'] : [];
  return owed(
    owing,
    plan.filter((one) => !silent.includes(one.id)),
  );
}

/** The rungs by which one recipient hears of an obligation, when there are more than they should get. */
function kept(obligation: Obligation, recipient: Owner, most: number): ReadonlySet<Rung> {
  const heard = obligation.rungs.filter((rung) => rung.how !== 'act' && rung.to.includes(recipient));
  const first = heard.slice(0, 1);
  const distance = (rung: Rung): number => Math.abs(rung.at - obligation.due);
  const others = heard.slice(1).toSorted((a, b) => {
    const climbs = Number(b.how === 'escalate') - Number(a.how === 'escalate');
    return climbs === 0 ? distance(a) - distance(b) : climbs;
  });
  return new Set([...first, ...others].slice(0, most));
}

/**
 * The ceiling of messages about one obligation to one recipient (policy code PROMPTS, docs/decisions/0011): the first
 * ask stays, then the escalations, then what lies nearest to the due date. An act of the policy is never dropped.
 * @param most how many messages one recipient may get
 */
export function capped(obligation: Obligation, most: number): Obligation {
  if (obligation.rungs.length <= most) return obligation;
  const recipients = [...new Set(obligation.rungs.flatMap((rung) => rung.to))];
  const keep = new Map(recipients.map((one) => [one, kept(obligation, one, most)]));
  const rungs = obligation.rungs.flatMap((rung) => {
    if (rung.how === 'act') return [rung];
    const to = rung.to.filter((one) => keep.get(one)?.has(rung) === true);
    if (to.length === rung.to.length) return [rung];
    return to.length === 0 ? [] : [{ ...rung, to }];
  });
  return { ...obligation, rungs };
}

/** The stage's own timing, then rungs 3 to 5 after the due day: an expiry escalates, it never decides (2.2). */
export function timed(owing: Owing, plan: readonly RungPlan[], terms: Terms): Obligation {
  const last = plan.at(-1)?.at ?? owing.since;
  const { calendar } = terms;
  // An obligation that opens after its due day climbs from the day it opened, as in the default ladder.
  const due = Math.max(owing.due, nextBusinessInstant(calendar, owing.since));
  const after = escalation(calendar, { due, escalate: escalates(owing) }, ladderNumbers(terms.policy));
  return owed(owing, [...plan, ...after.filter((one) => one.at > last)]);
}

/** Closing of the day `n` business days after the day of an instant (`+n bd`). */
export function dueIn(calendar: SiteCalendar, since: Instant, n: number): Instant {
  return closing(calendar, addBusinessDays(calendar, dateOf(calendar, since), n));
}

/** Closing of a date that is a business day, else of the one before (`T`: rolls back). */
export function dueOn(calendar: SiteCalendar, date: CivilDate): Instant {
  const day = addBusinessDays(calendar, date, 0);
  return closing(calendar, day === date ? date : addBusinessDays(calendar, day, -1));
}

import type { Obligation } from './agenda.ts';
import { addBusinessDays, closing, dateOf, nextBusinessInstant } from './calendar.ts';
import type { AnyDecider, Held, Undelivered } from './held.ts';
import { num } from './policy.ts';
import { capped } from './rungs.ts';
import type { Terms } from './terms.ts';
import type { CaseId, SiteRef } from './words.ts';
import { holder } from './words.ts';

/** A prompt that reached nobody: HR owes a way to reach the person (product brief, delivery). */
function unsettled(one: Undelivered, site: SiteRef, terms: Terms): Obligation {
  const calendar = terms.calendar;
  const due = closing(calendar, addBusinessDays(calendar, dateOf(calendar, one.since), 1));
  const hr = holder('hr', site);
  return {
    id: `undelivered:${one.prompt}`,
    code: 'UNDELIVERED',
    owner: hr,
    since: one.since,
    due,
    visibility: 'C1',
    rungs: [{ id: 'r0', at: nextBusinessInstant(calendar, one.since), to: [hr], how: 'ask' }],
    atSilence: 'stays_with_hr',
  };
}

interface Remembered {
  readonly terms: Terms;
  readonly self: CaseId;
  readonly undelivered: readonly Undelivered[];
  readonly agenda: readonly Obligation[];
}

// A step asks for the same agenda several times. States never change, so what was derived from one holds for ever.
const remembered = new WeakMap<object, Remembered>();

/**
 * All open obligations of a case: its own agenda and what the kernel adds. Soonest due first.
 * @param self the case's id; obligations of a case may name it as a scope
 */
export function agendaOf(decider: AnyDecider, held: Held, terms: Terms, self: CaseId): readonly Obligation[] {
  const key = held.own as object;
  const { undelivered } = held.base;
  const known = remembered.get(key);
  if (known?.terms === terms && known.self === self && known.undelivered === undelivered) return known.agenda;
  const agenda = derive(decider, held, terms, self);
  remembered.set(key, { terms, self, undelivered, agenda });
  return agenda;
}

function derive(decider: AnyDecider, held: Held, terms: Terms, self: CaseId): readonly Obligation[] {
  const own = decider.agenda(held.own, terms, self);
  const extra = held.base.undelivered.map((one) => unsettled(one, held.base.site, terms));
  const most = num(terms.policy, 'PROMPTS', 'max_per_obligation');
  const all = [...own, ...extra].map((one) => capped(one, most));
  const ids = new Set(all.map((one) => one.id));
  // Two things owed under one id would share their prompts: an error of the programmer, caught before it is stored.
  if (ids.size < all.length) throw new Error(`duplicate_obligation: ${decider.kind}`);
  return all.toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

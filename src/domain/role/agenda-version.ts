import type { Obligation } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  addDays,
  addMonths,
  closing,
  dateOf,
  dayMinus,
  opening,
  rollForward,
} from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, laddered, listed, timed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { facilitators, listedPlaces, unfinished } from './state.ts';
import type { RoleState } from './state.ts';

/** D1.3: everything is concluded, so the version can be adopted. */
export function adoption(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (!state.draft || unfinished(state).length > 0) return [];
  const since = state.concludedLast;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'D1.3', 'within_bd'));
  const owner = holder('program_leader', site);
  const manager = holder('director', site);
  const id = `D1.3:${state.draftSince}:${since}`;
  return [listed({ id, code: 'D1.3', owner, site, since, due, next: 'G1', manager }, terms)];
}

/** D1.4: somebody asked whether an element still fits. */
export function changes(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const within = num(terms.policy, 'D1.4', 'within_bd');
  return state.asked.map(({ element, at: since, n }) =>
    laddered(
      {
        id: `D1.4:${element}:${n}`,
        code: 'D1.4',
        owner: holder('program_leader', site),
        site,
        since,
        due: dueIn(terms.calendar, since, within),
        manager: holder('director', site),
      },
      terms,
    ),
  );
}

/**
 * P1.5: the day a version is to be re-affirmed, rolled forward; null before the first hire. A seat that is filled again only
 * after a look at the role (D9.7) brings it forward.
 */
export function reaffirmDay(state: RoleState, terms: Terms): CivilDate | null {
  if (state.adopted === null || state.firstHire === null) return null;
  const { calendar, policy } = terms;
  const yearly = yearlyDay(state, state.firstHire, terms);
  if (state.reviewAsked === undefined) return yearly;
  const soon = addBusinessDays(
    calendar,
    dateOf(calendar, state.reviewAsked),
    num(policy, 'D1.4', 'within_bd'),
  );
  return soon < yearly ? soon : yearly;
}

function yearlyDay(state: RoleState, firstHire: CivilDate, { calendar, policy }: Terms): CivilDate {
  const day =
    state.reaffirmed === null
      ? addDays(firstHire, num(policy, 'P1.5', 'first_hire_d'))
      : addMonths(state.reaffirmed, num(policy, 'P1.5', 'every_months'));
  return rollForward(calendar, day);
}

/** P1.5 Re-affirm role version → team: 90 days after the first hire, then yearly, or D9.7. The facilitator brings it together. */
export function reaffirmation(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const day = reaffirmDay(state, terms);
  if (day === null) return [];
  const { calendar, policy } = terms;
  const opens = opening(calendar, dayMinus(calendar, day, num(policy, 'P1.5', 'opens_before_d')));
  const due = closing(calendar, day);
  const asked = state.reviewAsked ?? due;
  const since = asked < due ? Math.max(opens, asked) : opens;
  const plan = steps(calendar, since, due, [
    { from: 'due', n: 0, unit: 'bd', kind: 'ask' },
    // A seat waits: the team hears of it at once.
    ...(asked < due ? [{ from: 'since', n: 0, unit: 'bd', kind: 'ask' } as const] : []),
  ]);
  const manager = holder('program_leader', site);
  const id = facilitators(state, `P1.5:${day}`);
  const owing = { id, code: 'P1.5', owner: state.facilitator, site, since, due, manager };
  const team = listedPlaces(state).flatMap((place) => state.members[place]?.person ?? []);
  const obligation = timed(owing, plan, terms);
  const rungs = obligation.rungs.map((rung) =>
    rung.how === 'ask' ? { ...rung, to: [state.facilitator, ...team] } : rung,
  );
  return [{ ...obligation, rungs }];
}

/** P2.4 Yearly pay-parity check → compensation. */
export function parity(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { paritySince, payOpen, pays } = state.description;
  if (paritySince === null || payOpen) return [];
  const { calendar, policy } = terms;
  const day = rollForward(calendar, addMonths(paritySince, num(policy, 'P2.4', 'every_months')));
  const due = closing(calendar, day);
  const since = opening(calendar, addBusinessDays(calendar, day, -1));
  const plan = steps(calendar, since, due, [{ from: 'due', n: 0, unit: 'bd', kind: 'ask' }]);
  const owner = holder('compensation', site);
  const manager = holder('hr_director', site);
  return [
    timed({ id: `P2.4:${paritySince}:${pays}`, code: 'P2.4', owner, site, since, due, manager }, plan, terms),
  ];
}

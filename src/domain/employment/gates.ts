import { addDays, addMonths, dateOf } from '../kernel/calendar.ts';
import type { Gate, GateContext } from '../kernel/decider.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueOn } from '../kernel/rungs.ts';
import type { Missing } from '../kernel/refusal.ts';
import { othersLack } from '../review/cycles.ts';
import { weeklyForNow } from './cadence.ts';
import { itemDue } from './dates.ts';
import { lead, secondWord, warning } from './gates-change.ts';
import { certification } from './gates-field.ts';
import { ownerIn } from './owing.ts';
import { isLive } from './state.ts';
import type { Boarding, EmploymentState, Live } from './state.ts';

function openOnList(state: Live, boarding: Boarding): readonly Missing[] {
  const { job } = state;
  return [
    ...Object.entries(boarding.items).map(([about, one]) => ({
      code: 'D6.1',
      about,
      who: ownerIn(job, one.owner),
    })),
    ...boarding.policies.map((about) => ({ code: 'P6.6', about, who: job.person })),
    ...boarding.checkIns.map((one) => ({ code: 'D6.4', about: `D+${one.at}` })),
  ];
}

const notWitnessed: readonly Missing[] = [{ code: 'not_witnessed' }];

/** An employment that began elsewhere: nobody here saw whether the gate held, and it never says that it did. */
const unseen = ({ job }: Live, gate: string): boolean => job.notWitnessed?.includes(gate) === true;

/** R6.3: an action is dated from the start; one past its day is neither closed nor dated any more. */
function lateActions(state: Live, { terms, now }: GateContext): readonly Missing[] {
  return state.actions
    .filter((one) => one.from === 'integration' && dueOn(terms.calendar, one.due) < now)
    .map((one) => ({ code: 'R6.3', about: one.action, who: ownerIn(state.job, one.owner) }));
}

/** R6.5: a promise is dated from the start; one past its day is neither kept nor dated any more. */
function latePromises(state: Live, { terms, now }: GateContext): readonly Missing[] {
  return Object.entries(state.promises ?? {})
    .filter(([, one]) => dueOn(terms.calendar, itemDue(one, state.job.dayOne, terms)) < now)
    .map(([about, one]) => ({ code: 'R6.5', about, who: ownerIn(state.job, one.owner) }));
}

/**
 * G6: every item done or not needed, policies read, check-ins held, D6.2 yes, integration actions closed or dated,
 * mentor talks held or moved, no promise past its day.
 */
const g6: Gate<EmploymentState> = {
  code: 'G6',
  reads: () => [],
  missing(state, ctx) {
    if (!isLive(state)) return [];
    if (unseen(state, 'G6')) return notWitnessed;
    if (state.boarding === null) return [];
    const talks = state.mentoring.talks.filter((one) => !one.moved);
    return [
      ...openOnList(state, state.boarding),
      ...(state.job.readyAlone ? [] : [{ code: 'D6.2' }]),
      ...lateActions(state, ctx),
      ...latePromises(state, ctx),
      ...talks.map((one) => ({ code: 'D6.3', about: `D+${one.day}` })),
    ];
  },
};

/** Nobody works alone before the supervised hours are reached, nor on a start that is conditional (D5.8). */
const hours: Gate<EmploymentState> = {
  code: 'D6.2',
  reads: (state) => (state.job === null ? [] : [{ kind: 'background', subject: state.job.candidacy }]),
  missing(state, { terms, facts }) {
    if (!isLive(state)) return [];
    if (unseen(state, 'D6.2')) return notWitnessed;
    if (state.boarding === null) return [];
    const left = num(terms.policy, 'D6.2', 'supervised_h') * 60 - state.boarding.minutes;
    const { conditional, candidacy } = state.job;
    const clear = !conditional || facts.get('background', candidacy)?.value === 'clear';
    return [
      ...(left > 0 ? [{ code: 'supervised_minutes', about: String(left), who: state.job.supervisor }] : []),
      ...(clear ? [] : [{ code: 'D5.8', about: 'conditional_start' }]),
    ];
  },
};

/** R6.1 BLOCK: no caseload before both have said yes. */
const alone: Gate<EmploymentState> = {
  code: 'R6.1',
  reads: () => [],
  missing(state) {
    if (!isLive(state)) return [];
    if (unseen(state, 'R6.1')) return notWitnessed;
    if (state.job.readyAlone) return [];
    const { ready } = state.boarding ?? { ready: { employee: false, supervisor: false } };
    return (['supervisor', 'employee'] as const)
      .filter((one) => !ready[one])
      .map((one) => ({ code: 'D6.2', about: one, who: ownerIn(state.job, one) }));
  },
};

/** D7.6: a longer interval after the weeks of the policy, the six-month review, and full certification. */
const cadence: Gate<EmploymentState> = {
  code: 'D7.6',
  reads: () => [],
  missing(state, { terms, now }) {
    if (!isLive(state)) return [];
    const { policy, calendar } = terms;
    // X23: who comes back has weekly sessions for as long as the policy says, and knows the review of the first months.
    const months = state.change?.returned === true ? numIf(policy, 'X23', 'weekly_months') : null;
    const { dayOne } = state.job;
    const weeks = num(policy, 'CADENCE', 'weekly_weeks');
    const until = months === null ? addDays(dayOne, weeks * 7) : addMonths(dayOne, months);
    // R8.1: nobody waits for a review that other staff do not have.
    const known = state.reviews.sixMonth || othersLack(terms.comparator, { cycle: 'six_month' });
    const certified = !weeklyForNow(state.job.credential.status, policy);
    return [
      ...(dateOf(calendar, now) < until ? [{ code: 'CADENCE', about: until }] : []),
      ...(known || months !== null ? [] : [{ code: 'D8.1', about: 'six_month' }]),
      ...(certified ? [] : [{ code: 'D5.4', about: 'in_progress_with_deadline' }]),
    ];
  },
};

/** R9.2 and 2.1: a termination needs the comparator record, its check, and the officer's word. */
const termination: Gate<EmploymentState> = {
  code: 'R9.2',
  visibility: 'C2',
  reads: () => [],
  missing(state, { terms }) {
    const { proposal } = state.ending;
    if (proposal === null || !proposal.how.startsWith('terminated_')) return [];
    return [
      ...(terms.comparator === null ? [{ code: 'no_comparator_on_file' }] : []),
      ...(proposal.comparator === undefined ? [{ code: 'comparator_check' }] : []),
      ...(proposal.cleared ? [] : [{ code: 'officer_word' }]),
    ];
  },
};

export const gates = {
  G6: g6,
  'D6.2': hours,
  'R6.1': alone,
  'D7.6': cadence,
  'R9.2': termination,
  'R9.5': secondWord,
  X15: warning,
  X24: lead,
  X10: certification,
};

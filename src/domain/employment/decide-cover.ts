import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Act, Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { PersonRef } from '../kernel/words.ts';
import { spanOf } from '../span.ts';
import type { Span } from '../span.ts';
import { qualifiedOn } from './cover.ts';
import { speaker, today } from './deciding.ts';
import type { Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Supervisors } from './events-cover.ts';
import { leaveOn } from './sessions.ts';
import type { Job, Live } from './state.ts';

type Cover =
  | 'change_manager'
  | 'report_supervisor_out'
  | 'report_supervisor_back'
  | 'end_supervisor_qualification'
  | 'plan_supervision'
  | 'record_observation';

/** X11 is about those who supervise here. */
function elsewhere({ supervisor, second }: Job, who: PersonRef): Refusal | null {
  return who === supervisor || who === second ? null : notNow('X11', { code: 'supervises_here', who });
}

/** R7.6: the spans of the people named, counted where the policy has a limit. */
export function spansOf(people: readonly PersonRef[], ctx: Context): readonly (readonly [PersonRef, Span])[] {
  if (numIf(ctx.terms.policy, 'R7.6', 'span_max') === null) return [];
  return people.map((who) => [who, spanOf(who, ctx.case, ctx.facts)] as const);
}

/** The places that an employment takes with the supervisors named (R7.6). */
export function placesWith(people: readonly PersonRef[], ctx: Context): Pick<Supervisors, 'span'> {
  const taken = spansOf(people, ctx).flatMap(([who, { place }]): readonly (readonly [PersonRef, number])[] =>
    place === null ? [] : [[who, place]],
  );
  return taken.length === 0 ? {} : { span: Object.fromEntries(taken) };
}

/** What the event that names supervisors keeps of them: the places taken, and the days of their training. */
export function knownOf(people: readonly PersonRef[], ctx: Context): Supervisors {
  const trained = people.flatMap((who): readonly (readonly [PersonRef, CivilDate])[] => {
    const day = ctx.facts.get('supervisor_qualified', who)?.value;
    return day === undefined ? [] : [[who, day]];
  });
  const places = placesWith(people, ctx);
  return trained.length === 0 ? places : { ...places, qualified: Object.fromEntries(trained) };
}

/** Commands of stage 7 beside sessions and pulse. */
export const cover: Deciders<Cover> = {
  /** D5.6: all that is asked of the manager is asked of the new one. R5.5 BLOCK: nobody who mentors here. */
  change_manager({ job, mentoring }, ask) {
    const { manager } = ask.command.payload;
    if (manager === job.manager) return notNow('D5.6', { code: 'nothing_new' });
    if (manager === job.person) return blocked('D5.6', { code: 'another_person' });
    if (manager === job.mentor || manager === mentoring.proposed?.mentor)
      return blocked('R5.5', { code: 'mentor_apart' });
    return [happened('manager_changed', { manager })];
  },

  /** X11: from when, and until when if that is known; nobody asks why. */
  report_supervisor_out(state, ask) {
    const { supervisor, from, back = null } = ask.command.payload;
    const wrong = elsewhere(state.job, supervisor);
    if (wrong !== null) return wrong;
    if (back !== null && back <= from) return blocked('X11', { code: 'return_after_start' });
    const known = state.sessions.cover?.out[supervisor];
    if (known?.from === from && known.back === back) return notNow('X11', { code: 'nothing_new' });
    return [happened('supervisor_out', { supervisor, from, back })];
  },

  report_supervisor_back(state, ask) {
    const { supervisor } = ask.command.payload;
    if (state.sessions.cover?.out[supervisor] === undefined) return notNow('X11', { code: 'nobody_is_out' });
    return [happened('supervisor_back', { supervisor })];
  },

  /** R7.1: HR records that a qualification ended; an interim is asked for at once. */
  end_supervisor_qualification(state, ask, ctx) {
    const { supervisor, on } = ask.command.payload;
    const wrong = elsewhere(state.job, supervisor);
    if (wrong !== null) return wrong;
    if (on > today(ask, ctx)) return blocked('X11', { code: 'day_not_in_future' });
    if (!qualifiedOn(state, supervisor, on, ctx)) return notNow('X11', { code: 'nothing_new' });
    return [happened('supervisor_unqualified', { supervisor, on })];
  },

  /** X11: what follows the interim; naming somebody for good (D7.7) is the other answer. */
  plan_supervision(state, ask, ctx) {
    const { outcome, on } = ask.command.payload;
    const asked = state.sessions.cover?.plan ?? null;
    if (asked === null) return notNow('X11', { code: 'nothing_open' });
    if (outcome === 'interim_stays') return [happened('supervision_planned', { outcome, on: null })];
    if (on === undefined || on <= today(ask, ctx)) return blocked('X11', { code: 'until_in_future' });
    return [happened('supervision_planned', { outcome, on })];
  },

  /** Observation of practice, with the consent of the person served or not at all. */
  record_observation(state, ask, ctx) {
    const { on, outcome, topics } = ask.command.payload;
    const now = today(ask, ctx);
    if (on > now || on < state.job.dayOne) return blocked('OBSERVE', { code: 'day_of_the_observation' });
    if (leaveOn(state.leave, on) !== undefined) return blocked('R7.4', { code: 'day_at_work', about: on });
    const held = outcome === 'held_with_consent';
    if (held !== topics.length > 0) return blocked('OBSERVE', { code: 'topics_of_what_was_seen' });
    const by = speaker(ask);
    const counts = held && qualifiedOn(state, by, on, ctx);
    return [happened('observation_recorded', { on, outcome, topics, by, counts })];
  },
};

/** S001: months without tension raised are noted by the policy on their day, and counted anew. */
export function noteTension(state: Live, input: Act, ctx: Context): Decision {
  const since = state.sessions.lastTension ?? state.job.dayOne;
  return [happened('tension_noted', { since, on: dateOf(ctx.terms.calendar, input.asked) })];
}

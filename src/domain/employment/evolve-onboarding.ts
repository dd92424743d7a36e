import { addDays, daysBetween } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { EventOf, ItemPlan, OnboardingBodies } from './events.ts';
import { routeFrom } from './evolve-field.ts';
import { withActions, without } from './folding.ts';
import type { Folds } from './folding.ts';
import type { Boarding, EmploymentState, Item, Live, Talk } from './state.ts';
import { policiesToRead } from './words.ts';

function itemsOf(plans: readonly ItemPlan[]): Readonly<Record<string, Item>> {
  return Object.fromEntries(plans.map(({ item, owner, after }) => [item, { owner, after }]));
}

/** D6.1 `late` moves an item, everything else takes it off. */
function settled(
  items: Readonly<Record<string, Item>>,
  { item, outcome, due }: EventOf<'item_settled'>['body'],
): Readonly<Record<string, Item>> {
  const open = items[item];
  const stays = outcome === 'late' && open !== undefined && due !== undefined;
  return stays ? { ...items, [item]: { ...open, due } } : without(items, item);
}

/** D5.8: days that were agreed for an item or a talk follow day one, as those counted from it do. */
function agreedMoved(state: Live, { was, dayOne }: EventOf<'day_one_moved'>['body']): Live {
  if (was === undefined) return state;
  const by = daysBetween(was, dayOne);
  const later = <T extends { readonly due?: string }>(one: T): T =>
    one.due === undefined ? one : { ...one, due: addDays(one.due, by) };
  const all = (items: Readonly<Record<string, Item>>): Readonly<Record<string, Item>> =>
    Object.fromEntries(Object.entries(items).map(([item, one]) => [item, later(one)]));
  const { boarding: list, promises, mentoring } = state;
  return {
    ...state,
    ...(list === null ? {} : { boarding: { ...list, items: all(list.items) } }),
    ...(promises === undefined ? {} : { promises: all(promises) }),
    mentoring: { ...mentoring, talks: mentoring.talks.map(later) },
  };
}

/** The state of an employment as it starts. */
export function started(state: EmploymentState, event: Recorded<EventOf<'employment_started'>>): Live {
  const { items, promises, talks, checkIns, weekday, at, first, month, ...body } = event.body;
  const { exclusionCheckedOn, certifiedBy, ...job } = body;
  const boarding: Boarding = {
    plan: ['supervisor', 'mentor'],
    welcome: false,
    items: itemsOf(items),
    policies: policiesToRead,
    minutes: 0,
    ready: { employee: false, supervisor: false },
    checkIns: checkIns.map((day) => ({ at: day, heard: null })),
    proposal: null,
    until: null,
  };
  return {
    ...state,
    job: { ...job, started: event.stamp.at, trained: {}, readyAlone: false, caseload: null },
    boarding,
    ...routeFrom(certifiedBy, promises ?? []),
    ...(promises === undefined ? {} : { promises: itemsOf(promises) }),
    mentoring: { ...state.mentoring, talks: talks.map((day): Talk => ({ day, tries: 0, moved: false })) },
    sessions: { ...state.sessions, weekday, at, next: first, lastRoleFit: job.dayOne },
    pulse: { ...state.pulse, month },
    rounds: { ...state.rounds, cleared: exclusionCheckedOn },
  };
}

function boarding(state: Live, change: (now: Boarding) => Partial<Boarding>): Live {
  return state.boarding === null
    ? state
    : { ...state, boarding: { ...state.boarding, ...change(state.boarding) } };
}

function talk(state: Live, day: number, change: (now: Talk) => readonly Talk[]): Live {
  const talks = state.mentoring.talks.flatMap((one) => (one.day === day ? change(one) : [one]));
  return { ...state, mentoring: { ...state.mentoring, talks } };
}

type Later = Exclude<keyof OnboardingBodies, 'employment_started'>;

export const onboardingFolds: Folds<Later> = {
  day_one_moved: (state, { body }) => ({
    ...agreedMoved(state, body),
    job: { ...state.job, dayOne: body.dayOne },
    sessions: { ...state.sessions, next: body.first, lastRoleFit: body.dayOne, moved: {} },
    pulse: { ...state.pulse, month: body.month },
  }),
  day_one_confirmed: (state, { body }) =>
    boarding(state, ({ plan }) => ({ plan: plan.filter((one) => one !== body.by) })),
  welcomed: (state) => boarding(state, () => ({ welcome: true })),
  item_added: (state, { body }) =>
    boarding(state, ({ items }) => ({
      items: { ...items, [body.item]: { owner: body.owner, after: body.after } },
    })),
  item_settled: (state, { body }) => {
    const { promises } = state;
    if (promises?.[body.item] !== undefined) return { ...state, promises: settled(promises, body) };
    return boarding(state, ({ items }) => ({ items: settled(items, body) }));
  },
  policies_acknowledged: (state, { body }) =>
    boarding(state, ({ policies }) => ({ policies: policies.filter((one) => !body.policies.includes(one)) })),
  supervised_hours_logged: (state, { body }) =>
    boarding(state, ({ minutes }) => ({ minutes: minutes + body.minutes })),
  ready_doubted: (state, { body }) =>
    boarding(state, ({ ready }) => ({ ready: { ...ready, [body.by]: false } })),
  ready_affirmed: (state, { body }) => {
    const ready = { ...state.boarding?.ready, [body.by]: true };
    const both = ready.employee === true && ready.supervisor === true;
    const after = boarding(state, (now) => ({ ready: { ...now.ready, [body.by]: true } }));
    return both ? { ...after, job: { ...after.job, readyAlone: true } } : after;
  },
  caseload_started: (state, { body }) => ({ ...state, job: { ...state.job, caseload: body.on } }),
  talk_recorded: (state, { body }) =>
    talk(state, body.talk, (now) =>
      body.outcome === 'held' || body.due === undefined
        ? []
        : [{ ...now, tries: now.tries + 1, due: body.due, moved: body.outcome === 'moved' }],
    ),
  mentoring_settled: (state, { body }) => ({
    ...state,
    mentoring:
      body.outcome === 'renewed'
        ? { ...state.mentoring, until: body.until }
        : { talks: [], until: null, ended: true, gone: null, proposed: null },
    job: body.outcome === 'renewed' ? state.job : { ...state.job, mentor: null },
  }),
  mentor_asked_for: (state, { stamp }) => ({
    ...state,
    job: { ...state.job, mentor: null },
    mentoring: { ...state.mentoring, gone: stamp.at, proposed: null },
  }),
  mentor_proposed: (state, { body, stamp }) => ({
    ...state,
    mentoring: { ...state.mentoring, proposed: { mentor: body.mentor, at: stamp.at } },
  }),
  mentor_answered: (state, { body, stamp }) => {
    const { declined, ...mentoring } = { ...state.mentoring, proposed: null };
    if (body.answer === 'decline')
      return { ...state, mentoring: { ...mentoring, declined: { n: (declined?.n ?? 0) + 1, at: stamp.at } } };
    return { ...state, job: { ...state.job, mentor: body.mentor }, mentoring: { ...mentoring, gone: null } };
  },
  check_in_answered: (state, { body, stamp }) => ({
    ...boarding(state, ({ checkIns }) => ({
      checkIns:
        body.by === 'hr'
          ? checkIns.filter((one) => one.at !== body.at)
          : checkIns.map((one) => (one.at === body.at ? { ...one, heard: stamp.at } : one)),
    })),
    actions: withActions(state, body.actions, stamp.at),
  }),
  completion_proposed: (state, { body, stamp }) =>
    boarding(state, () => ({ proposal: { ...body, at: stamp.at } })),
  onboarding_completed: (state) => ({ ...state, boarding: null }),
  onboarding_extended: (state, { body }) => boarding(state, () => ({ proposal: null, until: body.until })),
};

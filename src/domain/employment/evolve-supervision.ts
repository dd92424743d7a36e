import { addDays } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { DAY_MS, dateOfDayNumber } from '../kernel/civil.ts';
import type { Recorded } from '../kernel/decider.ts';
import type { EventOf, SupervisionBodies } from './events.ts';
import { agendaAfter } from './evolve-adopt.ts';
import { changed } from './evolve-cover.ts';
import { withActions } from './folding.ts';
import { version } from '../versions.ts';
import type { Folds } from './folding.ts';
import { behind, spoken } from '../signed.ts';
import { replanned, settled } from './sessions.ts';
import type { Pulse } from './state-pulse.ts';
import type { Live, Sessions } from './state.ts';

/** The log keeps every line; the state keeps as many lines as a person may be asked to confirm. */
const MOST_UNCONFIRMED = 6;

function sessions(state: Live, change: (now: Sessions) => Partial<Sessions>): Live {
  return { ...state, sessions: { ...state.sessions, ...change(state.sessions) } };
}

function pulse(state: Live, change: (now: Pulse) => Partial<Pulse>): Live {
  return { ...state, pulse: { ...state.pulse, ...change(state.pulse) } };
}

/** R7.7: a month that is over with one view keeps it from whoever gave none. */
export function alone(now: Pulse): Pick<Pulse, 'alone'> {
  const one = (now.employee === null) !== (now.supervisor === null);
  return one ? { alone: [...(now.alone ?? []), now.month] } : {};
}

type Logged = Recorded<EventOf<'session_logged'>>;

/** So long back a session of the plan may still be logged; an extra one from its own day on. */
const LATE_D = 60;

/** The days held that another session could still be logged for. */
function heldDays({ held = [], extra }: Sessions, on: CivilDate): readonly CivilDate[] {
  const all = [...held, on].toSorted();
  const since = addDays(all.at(-1) ?? on, -LATE_D);
  const from = extra.on !== null && extra.on < since ? extra.on : since;
  return all.filter((day) => day >= from);
}

function afterHeld(now: Sessions, { body, stamp }: Logged): Partial<Sessions> {
  const fits = body.counts && body.topics.includes('role_fit') && body.on > now.lastRoleFit;
  const line = { session: body.session, at: stamp.at };
  return {
    last: now.last !== null && now.last > body.on ? now.last : body.on,
    held: heldDays(now, body.on),
    missed: body.counts ? null : now.missed,
    unqualified: body.counts ? now.unqualified : { who: body.by, at: stamp.at },
    lastRoleFit: fits ? body.on : now.lastRoleFit,
    ...(body.topics.includes('advocacy_tension') && body.on > (now.lastTension ?? '')
      ? { lastTension: body.on }
      : {}),
    ...agendaAfter(now.agenda, body.topics),
    unconfirmed: [...now.unconfirmed, line].slice(-MOST_UNCONFIRMED),
  };
}

function afterMissed(now: Sessions, { body, stamp }: Logged): Partial<Sessions> {
  const count = (now.missed?.count ?? 0) + 1;
  return { missed: { count, session: body.session, at: stamp.at } };
}

/** R7.5 cannot be declined, only scheduled: one that the supervisor missed, or nobody qualified held, is planned anew. */
function afterExtra({ extra }: Sessions, { body, stamp }: Logged): Sessions['extra'] {
  const held = body.outcome === 'missed_employee' || (body.outcome === 'held' && body.counts);
  if (held || extra.asked === null) return { n: extra.n, asked: null, on: null };
  return { n: extra.n + 1, asked: stamp.at, on: null };
}

function logged(state: Live, event: Logged): Live {
  const { body } = event;
  const after = sessions(state, (now) => {
    const plan: Sessions = body.extra
      ? { ...now, extra: afterExtra(now, event) }
      : settled(now, body.session);
    return { ...plan, ...(body.outcome === 'held' ? afterHeld(plan, event) : afterMissed(plan, event)) };
  });
  return { ...after, actions: withActions(state, body.actions, event.stamp.at) };
}

export const supervisionFolds: Folds<keyof SupervisionBodies> = {
  session_logged: logged,
  session_moved: (state, { body }) =>
    sessions(state, ({ moved }) => {
      const times = (moved[body.session]?.times ?? 0) + 1;
      return { moved: { ...moved, [body.session]: { on: body.to, times } } };
    }),
  session_on_leave: (state, { body }) => sessions(state, (now) => settled(now, body.session)),
  session_confirmed: (state, { body, stamp }) => ({
    ...sessions(state, ({ unconfirmed }) => {
      // The oldest line of that name: an extra session may once have had the day that is now another one's name.
      const place = unconfirmed.findIndex((one) => one.session === body.session);
      return { unconfirmed: unconfirmed.filter((_, n) => n !== place) };
    }),
    actions: withActions(state, body.actions, stamp.at),
  }),
  action_closed: (state, { body }) => ({
    ...state,
    actions: state.actions.filter((one) => one.id !== body.action),
  }),
  extra_asked: (state, { stamp }) =>
    sessions(state, ({ extra }) => ({ extra: { n: extra.n + 1, asked: stamp.at, on: null } })),
  extra_planned: (state, { body }) =>
    sessions(state, ({ extra }) => ({ extra: { n: extra.n + 1, asked: extra.asked, on: body.on } })),
  session_time_set: (state, { body }) =>
    sessions(state, (now) => replanned(now, body, { weekday: body.weekday, at: body.at })),
  cadence_proposed: (state, { body, stamp }) =>
    sessions(state, ({ proposal }) => ({
      proposal: { ...body, at: stamp.at, ...version(stamp, proposal) },
    })),
  cadence_stepped_down: (state, { body }) =>
    sessions(state, (now) => ({
      ...replanned(now, body, { weeks: body.weeks }),
      proposal: null,
      ask: null,
    })),
  cadence_set: (state, { body, stamp }) => {
    const ask = body.askAgain === null ? null : { since: stamp.at, on: body.askAgain };
    return sessions(state, (now) => ({
      ...replanned(now, body, { weeks: body.weeks }),
      proposal: null,
      ask,
    }));
  },
  supervisor_changed: changed,
  supervisor_trained: (state, { body }) => ({
    ...sessions(state, ({ unqualified }) => ({
      unqualified: unqualified?.who === body.supervisor ? null : unqualified,
    })),
    job: { ...state.job, trained: kept(state, body.supervisor, body.on) },
    ...ready(state, body.supervisor),
  }),
  pulse_answered: (state, { body }) =>
    pulse(state, (now) => ({
      // A month that was passed over for a leave is over with the first answer for the next.
      ...(body.month === now.month
        ? {}
        : { ...alone(now), month: body.month, employee: null, supervisor: null }),
      [body.by]: body.answer,
    })),
  pulse_completed: (state, { body }) =>
    pulse(state, (now) => ({
      ...alone(now),
      month: body.next,
      employee: null,
      supervisor: null,
      before:
        body.outside === null
          ? null
          : {
              month: body.month,
              outside: body.outside,
            },
    })),
  drift_flagged: (state, { body, stamp }) =>
    pulse(state, ({ drift }) => {
      const triggers = [...new Set([...(drift?.triggers ?? []), ...body.triggers])];
      // What three people had looked at so far was less than this: they look again, with the days of a new flag.
      return { drift: { month: body.month, triggers, since: stamp.at, proposal: null, agreed: [] } };
    }),
  drift_review_proposed: (state, { body, stamp }) => {
    const { by, ...proposal } = body;
    return pulse(state, ({ drift, month, until }) => ({
      drift: {
        ...(drift ?? {
          month,
          triggers: [],
          since: until?.since ?? stamp.at,
        }),
        proposal,
        agreed: [by],
        givers: behind(stamp),
      },
    }));
  },
  drift_review_agreed: (state, { body, stamp }) =>
    pulse(state, ({ drift }) => ({
      drift: drift === null ? null : spoken({ ...drift, agreed: [...drift.agreed, body.by] }, stamp),
    })),
  drift_reviewed: (state, { body, stamp }) => ({
    ...pulse(state, () => ({
      drift: null,
      before: null,
      until:
        body.until === undefined
          ? null
          : {
              on: body.until,
              since: stamp.at,
            },
    })),
    // The review was about the role: it counts as having touched it.
    sessions: { ...state.sessions, lastRoleFit: later(state.sessions.lastRoleFit, dayOf(stamp.asked)) },
  }),
};

/** The UTC day is near enough for a distance of weeks, and needs no calendar. */
function dayOf(instant: number): string {
  return dateOfDayNumber(Math.floor(instant / DAY_MS));
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** X24: whoever is to lead is trained before they do. */
function ready({ job, change }: Live, who: string): Pick<Live, 'change'> {
  if (change?.lead === undefined || who !== job.person) return {};
  return { change: { ...change, lead: { ...change.lead, trained: true } } };
}

/** Only people who supervise here now, and the person themself once they are trained to (X24), and the one just trained: old records stay in the ledger. */
function kept(state: Live, supervisor: string, on: string): Live['job']['trained'] {
  const { trained, supervisor: first, second, person } = state.job;
  const still = Object.entries(trained).filter(([who]) => who === first || who === second || who === person);
  return { ...Object.fromEntries(still), [supervisor]: on };
}

import type { Recorded } from '../kernel/decider.ts';
import type { EventOf } from './events.ts';
import type { CoverBodies } from './events-cover.ts';
import { without } from './folding.ts';
import type { Folds } from './folding.ts';
import type { Cover } from './state-cover.ts';
import type { Live, Sessions } from './state.ts';

const nobody: Cover = { out: {}, plan: null };

/** A cover with nothing to say is left out of the state. */
function withCover({ cover: _before, ...sessions }: Sessions, cover: Cover): Sessions {
  const empty = cover.plan === null && Object.keys(cover.out).length === 0;
  return empty ? sessions : { ...sessions, cover };
}

/** Sessions that pass back to somebody are owed under new ids: the first time anybody takes over, the old ids do. */
function handedOn(sessions: Sessions, back = false): Sessions {
  const before = sessions.handed ?? 0;
  return { ...sessions, handed: Math.max(before, back ? 1 : 0) + 1 };
}

/** X11: after a change of supervisors; an interim asks for the plan, anything else settles it. */
export function changed(state: Live, { body, stamp }: Recorded<EventOf<'supervisor_changed'>>): Live {
  const { how, supervisor, second, span, qualified, waiver } = body;
  const { span: _span, qualified: _qualified, waiver: _waiver, ...job } = state.job;
  const { cover: before, ...sessions } = handedOn(state.sessions);
  const out = Object.entries(before?.out ?? {}).filter(([who]) => who === supervisor || who === second);
  const plan = how === 'interim' ? { n: stamp.sequence, at: stamp.at, on: null } : null;
  const known = {
    ...(span === undefined ? {} : { span }),
    ...(qualified === undefined ? {} : { qualified }),
    ...(waiver === undefined ? {} : { waiver }),
  };
  return {
    ...state,
    sessions: withCover({ ...sessions, unqualified: null }, { out: Object.fromEntries(out), plan }),
    job: { ...job, supervisor, second, ...known },
  };
}

function cover(state: Live, change: (now: Cover) => Partial<Cover>): Live {
  const now = state.sessions.cover ?? nobody;
  return { ...state, sessions: withCover(state.sessions, { ...now, ...change(now) }) };
}

export const coverFolds: Folds<keyof CoverBodies> = {
  manager_changed: (state, { body, stamp }) => ({
    ...state,
    job: { ...state.job, manager: body.manager },
    managed: { n: stamp.sequence, at: stamp.at },
  }),
  supervisor_out: (state, { body, stamp }) => {
    const { supervisor, from, back } = body;
    const again = state.sessions.cover?.out[supervisor] !== undefined;
    const before = again ? { ...state, sessions: handedOn(state.sessions, true) } : state;
    const spell = { n: stamp.sequence, at: stamp.at, from, back };
    return cover(before, ({ out }) => ({ out: { ...out, [supervisor]: spell } }));
  },
  supervisor_back: (state, { body }) =>
    cover({ ...state, sessions: handedOn(state.sessions, true) }, ({ out }) => ({
      out: without(out, body.supervisor),
    })),
  supervisor_unqualified: (state, { body, stamp }) => ({
    ...state,
    job: {
      ...state.job,
      trained: without(state.job.trained, body.supervisor),
      lapsed: { ...state.job.lapsed, [body.supervisor]: body.on },
    },
    sessions: { ...state.sessions, unqualified: { who: body.supervisor, at: stamp.at } },
  }),
  supervision_planned: (state, { body }) =>
    cover(state, ({ plan }) => ({
      plan: plan === null || body.outcome === 'interim_stays' ? null : { ...plan, on: body.on },
    })),
  observation_recorded: (state, { body }) => {
    const before = state.sessions.observed ?? state.job.dayOne;
    if (!body.counts || body.on <= before) return state;
    return { ...state, sessions: { ...state.sessions, observed: body.on } };
  },
  tension_noted: (state, { body }) => ({
    ...state,
    sessions: { ...state.sessions, lastTension: body.on },
  }),
};

import type { CivilDate } from '../kernel/calendar.ts';
import { daysOutside } from '../spells.ts';
import type { EventOf, Promised } from './events.ts';
import type { FieldBodies } from './events-field.ts';
import type { Folds } from './folding.ts';
import type { Education, Field, Route } from './state-field.ts';
import type { Live, Spell } from './state.ts';

/** The route of somebody hired before certification (X10). */
export function routeFrom(
  certifiedBy: CivilDate | undefined,
  promises: readonly Promised[],
): { readonly field?: Field } {
  if (certifiedBy === undefined) return {};
  const e4 = promises.filter((one) => one.element === 'E4').map((one) => one.item);
  const route: Route = {
    ...{ deadline: certifiedBy, extended: 0, hours: 0, away: {}, e4 },
    ...{ missed: null, proposal: null, closed: null },
  };
  return { field: { route } };
}

function route(state: Live, change: Partial<Route>): Live {
  if (state.field?.route === undefined) return state;
  return { ...state, field: { ...state.field, route: { ...state.field.route, ...change } } };
}

function withEducation(state: Live, ce: Education): Live {
  return { ...state, field: { ...state.field, ce } };
}

/** P7.6: hours count where a period was named; a completed one is followed by the next. */
function hoursRecorded(state: Live, body: EventOf<'ce_recorded'>['body']): Live {
  const { period, hours, ethics } = body;
  if (period === undefined) return state;
  if (period.done !== undefined) return withEducation(state, { since: period.done, hours: 0, ethics: 0 });
  const before = state.field?.ce ?? { hours: 0, ethics: 0 };
  return withEducation(state, {
    since: period.since,
    hours: before.hours + hours,
    ethics: before.ethics + ethics,
  });
}

/** D5.4: certified, so the way there is over; a period of further training begins where one is asked for. */
function certified(state: Live, body: EventOf<'credential_noted'>['body']): Live {
  if (body.status !== 'verified') return state;
  const { route: _over, ...rest } = state.field ?? {};
  const after = body.educationFrom === undefined ? rest : { ...rest, ce: freshFrom(body.educationFrom) };
  const { field: _before, ...bare } = state;
  return Object.keys(after).length === 0 ? bare : { ...bare, field: after };
}

const freshFrom = (since: string): Education => ({ since, hours: 0, ethics: 0 });

/** X13: the days of a leave that is over; whether they move the last day is for the jurisdiction to say. */
export function rested(state: Live, spell: Spell, returned: string): Live {
  const now = state.field?.route;
  if (now === undefined || now.missed !== null) return state;
  const counted = state.leave.filter(({ clock }) => clock !== spell.clock && clock in now.away);
  const days = daysOutside({ from: spell.from, to: returned }, counted);
  return route(state, { away: { ...now.away, [spell.clock]: days } });
}

/** A new last day stands as it was said: leaves that are over add nothing to it. */
function counted(state: Live): Route['away'] {
  return Object.fromEntries(Object.keys(state.field?.route?.away ?? {}).map((clock) => [clock, 0]));
}

export const fieldFolds: Folds<keyof FieldBodies> = {
  ce_recorded: (state, { body }) => {
    const { rounds } = state;
    return hoursRecorded({ ...state, rounds: { ...rounds, at: { ...rounds.at, 'P7.6': body.next } } }, body);
  },
  credential_noted: (state, { body }) => ({
    ...certified(state, body),
    job: { ...state.job, credential: { status: body.status, validTo: body.validTo } },
  }),
  certification_hours_logged: (state, { body }) =>
    route(state, { hours: (state.field?.route?.hours ?? 0) + body.hours }),
  certification_day_passed: (state, { stamp }) => route(state, { missed: stamp.at }),
  certification_proposed: (state, { body, stamp }) => route(state, { proposal: { ...body, at: stamp.at } }),
  certification_extended: (state, { body }) =>
    route(state, {
      ...{ deadline: body.until, extended: (state.field?.route?.extended ?? 0) + 1 },
      ...{ away: counted(state), missed: null, proposal: null },
    }),
  certification_closed: (state, { body, stamp }) =>
    route(state, { proposal: null, closed: { outcome: body.outcome, at: stamp.at } }),
  certification_ended: (state, { stamp }) =>
    route(state, { proposal: null, closed: { outcome: 'ended', at: stamp.at } }),
};

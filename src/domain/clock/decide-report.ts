import type { ClockCommand } from '../../contracts/clock.ts';
import { addDays, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { missingValues, num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { concernedIn } from './decide-accommodation.ts';
import { knownTo } from './own-matter.ts';
import type { Report } from './state-report.ts';
import type { ClockEvent, ClockState } from './state.ts';
import { reportKeys, reportOffices } from './words-report.ts';

type Decision = readonly ClockEvent[] | Refusal;
type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;

const CODE = 'X19';

function guardUntil(ctx: Context): CivilDate {
  const { calendar, policy } = ctx.terms;
  return addDays(dateOf(calendar, ctx.now), num(policy, CODE, 'guard_d'));
}

/** A report that somebody may look into: the office it was made to, and never whom it is about, nor who made it. */
function reportFor(state: ClockState, ask: Ask<ClockCommand>, ctx: Context): Report | Refusal {
  const { matter, person } = state;
  if (matter?.about !== 'report') return notNow(CODE, { code: 'no_report_here' });
  if (!ctx.capacities.includes(matter.officer))
    return refuse('not_permitted', CODE, [{ code: 'needs_capacity', about: matter.officer }]);
  const concerned = [ask.actor, ask.onBehalfOf].some((who) => who === matter.against || who === person);
  return concerned ? blocked(CODE, { code: 'officer_apart' }) : matter;
}

/**
 * X19 `opened`: by the person for themselves, to an office of their choice, or entered by such an officer. The case it
 * belongs to hears, sealed, that there is something which a death is to stop (X22), and not what.
 */
export function reportConcern(state: ClockState, ask: Of<'report_concern'>, ctx: Context): Decision {
  const { person, parent, site, to = 'investigating_officer', against, ...rest } = ask.command.payload;
  if (state.matter !== null) return refuse('already_open', CODE);
  const own = person === (ask.onBehalfOf ?? ask.actor);
  if (!own && !reportOffices.some((office) => ctx.capacities.includes(office)))
    return refuse('not_permitted', CODE, [{ code: 'needs_capacity', about: 'investigating_officer' }]);
  const concerned = concernedIn(parent, ctx.facts);
  if (own && (concerned?.person !== person || concerned.site !== site))
    return refuse('unknown_reference', CODE, [{ code: 'running_case_of_the_person', about: parent }]);
  if (concerned !== null && concerned.person !== person)
    return refuse('unknown_reference', CODE, [{ code: 'running_case_of_the_person', about: parent }]);
  const lacking = missingValues(ctx.terms.policy, reportKeys);
  if (lacking.length > 0) return blocked(CODE, ...lacking.map((about) => ({ code: 'policy_lacks', about })));
  // Whom it is about, or who made it, looks into nothing here.
  const held = reportOffices.filter((office) =>
    ctx.assigned(office).some((one) => one.person !== against && one.person !== person),
  );
  if (!held.includes(to)) {
    const elsewhere = held.map((about) => ({ code: 'office_held', about }));
    return blocked(CODE, { code: 'office_not_held', about: to }, ...elsewhere);
  }
  const who = against === undefined ? {} : { against };
  const body = {
    site,
    parent,
    person,
    to,
    ...who,
    ...rest,
    until: guardUntil(ctx),
    ...(concerned === null ? {} : knownTo(parent)),
  };
  return [{ kind: 'report_opened', body }];
}

/** X19: the person hears that it is there. */
export function acknowledgeReport(state: ClockState, ask: Of<'acknowledge_report'>, ctx: Context): Decision {
  const report = reportFor(state, ask, ctx);
  if ('refused' in report) return report;
  if (report.acknowledged) return notNow(CODE, { code: 'already_acknowledged' });
  return [{ kind: 'report_acknowledged', body: { by: ask.actor } }];
}

/** X19 `investigated`. */
export function recordInvestigation(
  state: ClockState,
  ask: Of<'record_investigation'>,
  ctx: Context,
): Decision {
  const report = reportFor(state, ask, ctx);
  if ('refused' in report) return report;
  if (report.status !== 'opened') return notNow(CODE, { code: 'already_decided' });
  if (!report.acknowledged) return blocked(CODE, { code: 'acknowledged_first' });
  return [{ kind: 'report_investigated', body: { by: ask.actor, finding: ask.command.payload.finding } }];
}

/** X19 `closed`; the guard goes on. */
export function closeReport(state: ClockState, ask: Of<'close_report'>, ctx: Context): Decision {
  const report = reportFor(state, ask, ctx);
  if ('refused' in report) return report;
  if (report.status !== 'investigated') return notNow(CODE, { code: 'not_investigated' });
  return [{ kind: 'report_closed', body: { by: ask.actor, measures: ask.command.payload.measures } }];
}

/** X19: what was seen opens it again at any time; that nothing was seen is said once the guard is over. */
export function recordLook(state: ClockState, ask: Of<'record_look'>, ctx: Context): Decision {
  const report = reportFor(state, ask, ctx);
  if ('refused' in report) return report;
  if (report.status !== 'closed') return notNow(CODE, { code: 'not_closed' });
  const by = ask.actor;
  if (ask.command.payload.outcome === 'seen')
    return [{ kind: 'report_reopened', body: { by, until: guardUntil(ctx) } }];
  if (dateOf(ctx.terms.calendar, ctx.now) < report.until)
    return notNow(CODE, { code: 'guard_until', about: report.until });
  return [{ kind: 'guard_ended', body: { by } }];
}

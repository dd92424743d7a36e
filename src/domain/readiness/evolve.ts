import type { Recorded } from '../kernel/decider.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { OpenAction, ReadinessAction, ReadinessEvent, ReadinessState, RegisterEntry } from './state.ts';
import { openDecisions } from './state.ts';
import type { PolicyScope, ReviewedPolicy, Verdict } from './words.ts';
import { inName } from '../signed.ts';

type EventBody<K extends ReadinessEvent['kind']> = Extract<ReadinessEvent, { kind: K }>['body'];

function confirmed(
  state: ReadinessState,
  policies: readonly ReviewedPolicy[],
  since: Instant,
): readonly RegisterEntry[] {
  const made = (onlyChanges(state, policies) ? state.changed : [])
    .filter((one) => policies.includes(one.policy))
    .map(({ policy, scope }): RegisterEntry => ({ policy, verdict: 'fits', scope }));
  const said = (state.proposed?.verdicts ?? []).filter(
    (entry) => !made.some((one) => one.policy === entry.policy),
  );
  const now = said
    .filter((entry) => policies.includes(entry.policy))
    .map((entry) => (entry.verdict.startsWith('change_') ? { ...entry, since } : entry));
  const after = [...now, ...made];
  const names = after.map((entry) => entry.policy);
  return [...state.register.filter((entry) => !names.includes(entry.policy)), ...after];
}

/** True where only changes that were made are confirmed: what is proposed beside them waits on. */
function onlyChanges(state: ReadinessState, policies: readonly ReviewedPolicy[]): boolean {
  return policies.every((policy) => state.changed.some((one) => one.policy === policy));
}

/** D0.5: that a policy was changed is confirmed like the verdict before it; rows of before held at once. */
function policyChanged(
  state: ReadinessState,
  { body, stamp }: Recorded<Extract<ReadinessEvent, { kind: 'policy_changed' }>>,
): ReadinessState {
  const { policy, scope, by } = body;
  if (by === undefined) return { ...state, register: changed(state, policy, scope) };
  const to = stamp.capacity === 'compliance' ? 'hr' : 'compliance';
  const others = state.changed.filter((one) => one.policy !== policy);
  return { ...state, changed: [...others, { policy, scope, by, ...inName(stamp), to, at: stamp.at }] };
}

function changed(
  state: ReadinessState,
  policy: ReviewedPolicy,
  scope: PolicyScope,
): readonly RegisterEntry[] {
  return state.register.map((entry) =>
    entry.policy === policy ? { policy, verdict: 'fits', scope } : entry,
  );
}

function sinceNow(actions: readonly ReadinessAction[], since: Instant): readonly OpenAction[] {
  return actions.map((one) => ({ ...one, since }));
}

/** D0.4. A verdict after the acceptance uses up the adviser's position (R0.2). */
function judged(
  state: ReadinessState,
  verdict: Verdict,
  actions: readonly OpenAction[],
  at: Instant,
): ReadinessState {
  const adviser = state.accepted === null ? state.adviser : null;
  const advisedBy = adviser === null ? null : state.advisedBy;
  return { ...state, verdict, actions, verdictAt: at, adviser, advisedBy };
}

/** D0.4: what is open stays open until somebody closes it, beside what is new. */
function beside(
  state: ReadinessState,
  actions: readonly ReadinessAction[],
  at: Instant,
): readonly OpenAction[] {
  const open = state.actions.filter((one) => !actions.some((news) => news.action === one.action));
  return [...open, ...sinceNow(actions, at)];
}

/** P0.4. What was open stays open beside what the re-check added. */
function rechecked(
  state: ReadinessState,
  { verdict, actions, orientationStale }: EventBody<'readiness_rechecked'>,
  at: Instant,
): ReadinessState {
  const after = judged(state, verdict, beside(state, actions, at), at);
  const orientAgain = state.orientAgain ?? (orientationStale ? at : null);
  return { ...after, checkedLast: at, orientAgain };
}

/** P0.3. First days that lie behind the orientation ask for nothing more. */
function oriented(state: ReadinessState, held: CivilDate): ReadinessState {
  const dayOnes = state.dayOnes.filter((one) => one.on > held);
  return { ...state, orientation: held, orientAgain: null, dayOnes };
}

/** Who leaves before their sheet is in no longer scores (D0.3). */
function teamChanged(
  state: ReadinessState,
  { join, leave }: EventBody<'team_changed'>,
  at: Instant,
): ReadinessState {
  const team = [...state.team.filter((one) => !leave.includes(one) && !join.includes(one)), ...join];
  const scorers = state.scorers.filter((one) => !leave.includes(one) || state.sheets[one] !== undefined);
  // Before the first orientation nothing is owed again: it is for the team as it then is.
  return { ...state, team, scorers, orientAgain: state.orientation === null ? null : at };
}

/** D0.7: who joins has not answered yet; the answer of who left is no longer waited for. */
function leadsChanged(state: ReadinessState, { join, leave }: EventBody<'leads_changed'>): ReadinessState {
  return { ...state, leads: [...state.leads.filter((one) => !leave.includes(one)), ...join] };
}

/** R0.2: whose position it is, in name and in hand. */
function advised(
  { advisedFor: _before, ...state }: ReadinessState,
  { body, stamp }: Recorded<Extract<ReadinessEvent, { kind: 'adviser_position_given' }>>,
): ReadinessState {
  const { name } = inName(stamp);
  const whose = name === undefined ? {} : { advisedFor: name };
  return { ...state, adviser: body.position, advisedBy: body.by, ...whose };
}

/** D0.5 knows two capacities; a proposal made in neither is confirmed by either. */
function proposedAs(capacity: string): { readonly as?: 'hr' | 'compliance' } {
  return capacity === 'hr' || capacity === 'compliance' ? { as: capacity } : {};
}

/** The newest word about a first day holds; `null` takes it back. */
function dayOneNoted(
  state: ReadinessState,
  { candidacy, dayOne }: EventBody<'day_one_noted'>,
  at: Instant,
): ReadinessState {
  const others = state.dayOnes.filter((one) => one.candidacy !== candidacy);
  const dayOnes = dayOne === null ? others : [...others, { candidacy, on: dayOne, at }];
  return { ...state, dayOnes: dayOnes.toSorted((a, b) => (a.on < b.on ? -1 : 1)) };
}

/** Counts the decisions that are not owed any more, and notes which that were done before are owed again. */
function counted(before: ReadinessState, after: ReadinessState, at: Instant): ReadinessState {
  if (after.accepted !== null) return after;
  const then = openDecisions(before).map((one) => one.key);
  const now = openDecisions(after).map((one) => one.key);
  const done = then.filter((key) => !now.includes(key));
  const back = now.filter((key) => !then.includes(key) && after.settled[key] !== undefined);
  if (done.length + back.length === 0) return after;
  const times = Object.fromEntries(done.map((key) => [key, (after.settled[key] ?? 0) + 1]));
  const since = Object.fromEntries(back.map((key) => [key, at]));
  return { ...after, settled: { ...after.settled, ...times }, again: { ...after.again, ...since } };
}

/** Folds one event of stage 0. */
export function evolve(state: ReadinessState, event: Recorded<ReadinessEvent>): ReadinessState {
  return counted(state, folded(state, event), event.stamp.at);
}

function folded(state: ReadinessState, event: Recorded<ReadinessEvent>): ReadinessState {
  const { at } = event.stamp;
  switch (event.kind) {
    case 'readiness_opened':
      return { ...state, ...pick(event.body), team: event.body.scorers, opened: at, checkedLast: at };
    case 'champion_named':
      // Two moments of one instant are two: what is owed again has an id of its own.
      return { ...state, champion: event.body.person, championAt: Math.max(at, state.championAt + 1) };
    case 'items_scored':
      return { ...state, sheets: { ...state.sheets, [event.body.by]: event.body.scores } };
    case 'verdicts_proposed':
      return {
        ...state,
        proposed: { ...event.body, ...inName(event.stamp), ...proposedAs(event.stamp.capacity) },
      };
    case 'verdicts_confirmed':
      return {
        ...state,
        register: confirmed(state, event.body.policies, at),
        registered: at,
        proposed: onlyChanges(state, event.body.policies) ? state.proposed : null,
        changed: state.changed.filter((one) => !event.body.policies.includes(one.policy)),
      };
    case 'policy_changed':
      return policyChanged(state, event);
    case 'adviser_position_given':
      return advised(state, event);
    case 'verdict_given':
      return judged(state, event.body.verdict, beside(state, event.body.actions, at), at);
    case 'action_closed':
      return { ...state, actions: state.actions.filter((one) => one.action !== event.body.action) };
    case 'stance_taken':
      return { ...state, stance: event.body.stance };
    case 'timeline_proposed':
      return { ...state, timeline: { at, weeks: event.body.weeks, answers: {} } };
    case 'timeline_answered': {
      const answers = { ...state.timeline?.answers, [event.body.by]: event.body.answer };
      return { ...state, timeline: { at, ...state.timeline, answers } };
    }
    case 'leads_changed':
      return leadsChanged(state, event.body);
    case 'goals_answered':
      return { ...state, goals: { ...state.goals, [event.body.role]: event.body.answer } };
    case 'readiness_accepted':
      return { ...state, accepted: at, checkedLast: at, adviser: null, advisedBy: null };
    case 'orientation_held':
      return oriented(state, event.body.held);
    case 'team_changed':
      return teamChanged(state, event.body, at);
    case 'readiness_rechecked':
      return rechecked(state, event.body, at);
    case 'day_one_noted':
      return dayOneNoted(state, event.body, at);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function pick(body: Extract<ReadinessEvent, { kind: 'readiness_opened' }>['body']) {
  const { site, reasons, scorers, leads, roleHoldersOnSite, beside } = body;
  const own = { site, reasons, scorers, leads, roleHoldersOnSite };
  return beside === undefined ? own : { ...own, beside };
}

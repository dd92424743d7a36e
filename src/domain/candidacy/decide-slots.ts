import { dateOf, instantOf, isBusinessDay } from '../kernel/calendar.ts';
import { minutesOf } from '../kernel/civil.ts';
import type { Context } from '../kernel/decider.ts';
import { num, numIf } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { warnings } from '../kernel/warnings.ts';
import type { PersonRef } from '../kernel/words.ts';
import { questionsAnew } from './arranging.ts';
import { engaged, placeOn } from './conversations.ts';
import type { Decision, Of } from './deciding.ts';
import { outside } from './deciding.ts';
import type { Slot, Window } from './events-aside.ts';
import { has } from './owing.ts';
import type { CandidacyState } from './state.ts';
import { arrangements } from './words.ts';

const panelOf = (state: CandidacyState, ctx: Context): readonly string[] =>
  (ctx.facts.get('panel', state.opening)?.value ?? '').split(',').filter((one) => one !== '');

/** D4.2: when somebody of the panel can come, as days and times of the site: by themselves, or by HR for them. */
export function noteAvailability(
  state: CandidacyState,
  ask: Of<'note_availability'>,
  ctx: Context,
): Decision {
  const wrong = outside(state, 'D4.2', 'pool', 'interview');
  if (wrong !== null) return wrong;
  const { rater, windows } = ask.command.payload;
  if (ask.actor !== rater && !ctx.capacities.includes('hr'))
    return blocked('D4.2', { code: 'own_diary_only' });
  if (!panelOf(state, ctx).includes(rater)) return refuse('unknown_reference', 'D4.2', [{ code: 'panel' }]);
  const bad = windows.find((one) => one.from >= one.to);
  if (bad !== undefined) return blocked('D4.2', { code: 'ends_before_it_begins', about: bad.on });
  return [{ kind: 'availability_noted', body: { rater, windows, ...saysNot(state, rater, windows, ctx) } }];
}

/** D4.2: somebody says of an hour that is agreed that they cannot come then: HR owes another time. */
function saysNot(
  { interview, stage }: CandidacyState,
  rater: PersonRef,
  windows: readonly Window[],
  { terms }: Context,
): { readonly cannot?: true } {
  if (stage !== 'interview' || interview === null || interview.held !== null) return {};
  if (!interview.raters.includes(rater)) return {};
  return comes(windows, interview, terms) ? {} : { cannot: true };
}

/** Whether a conversation that begins then is over by the end. A policy of an earlier day has no length for it. */
function fits(at: string, { from, to }: { readonly from: string; readonly to: string }, { policy }: Terms) {
  const lasts = numIf(policy, 'SCHEDULE', 'meeting_min') ?? 0;
  return from <= at && at < to && minutesOf(at) + lasts <= minutesOf(to);
}

/** True where one of somebody's windows holds the whole conversation. */
const comes = (windows: readonly Window[], { on, at }: Slot, terms: Terms): boolean =>
  windows.some((free) => free.on === on && fits(at, free, terms));

/** D4.2: a conversation that begins or goes on while the site is closed. */
export function outsideHours(at: string, terms: Terms): boolean {
  const { opens: from, closes: to } = terms.calendar;
  return !fits(at, { from, to }, terms);
}

/** Who of the panel said when they can come, and cannot come then, or not to the end. */
export function absent(
  state: CandidacyState,
  slot: Slot,
  panel: readonly string[],
  terms: Terms,
): readonly Missing[] {
  const about = `${slot.on} ${slot.at}`;
  return state.scheduling.windows
    .filter((one) => panel.includes(one.rater))
    .filter((one) => !comes(one.windows, slot, terms))
    .map((one) => ({ code: 'panel_not_free', about, who: one.rater }));
}

/** Why the panel cannot come to a slot: a diary (`absent`), or another conversation of the opening (`engaged`). */
const notFree = (
  state: CandidacyState,
  slot: Slot,
  panel: readonly PersonRef[],
  ctx: Context,
): readonly Missing[] => [...absent(state, slot, panel, ctx.terms), ...engaged(state, slot, panel, ctx)];

function slotRefusal(state: CandidacyState, slots: readonly Slot[], ctx: Context): Refusal | null {
  const { calendar } = ctx.terms;
  const panel = panelOf(state, ctx);
  if (panel.includes(state.person)) return blocked('D4.2', { code: 'candidate_on_panel' });
  for (const slot of slots) {
    if (instantOf(calendar, slot.on, slot.at) <= ctx.now)
      return notNow('D4.2', { code: 'day_is_past', about: slot.on });
    if (!isBusinessDay(calendar, slot.on))
      return blocked('D4.2', { code: 'not_a_business_day', about: slot.on });
  }
  if (new Set(slots.map(({ on, at }) => `${on} ${at}`)).size !== slots.length)
    return blocked('D4.2', { code: 'slot_twice' });
  const away = slots.flatMap((slot) => notFree(state, slot, panel, ctx));
  return away.length > 0 ? blocked('D4.2', ...away) : null;
}

/**
 * D4.2: times for the candidate to choose from, with the zone they are meant in. WARN D4.2: begins or goes on outside of
 * the site's hours. A support person and shorter steps are offered to everybody with them.
 */
export function offerSlots(state: CandidacyState, ask: Of<'offer_slots'>, ctx: Context): Decision {
  const { slots } = ask.command.payload;
  const wrong = outside(state, 'D4.2', 'pool') ?? slotRefusal(state, slots, ctx);
  if (wrong !== null) return wrong;
  const { calendar } = ctx.terms;
  const late = slots.find((one) => outsideHours(one.at, ctx.terms));
  const warned = warnings(ask, [{ rule: 'D4.2', holds: late !== undefined, about: late?.at ?? '' }]);
  if (isRefusal(warned)) return warned;
  const { zone } = calendar;
  return [{ kind: 'slots_offered', body: { slots, zone, offers: arrangements } }, ...warned];
}

/** Why a time cannot be had any more: it has passed, or the panel is not free; nothing while it can. */
function lost(state: CandidacyState, slot: Slot, panel: readonly PersonRef[], ctx: Context): Refusal | null {
  const { on, at } = slot;
  if (instantOf(ctx.terms.calendar, on, at) <= ctx.now)
    return notNow('D4.2', { code: 'day_is_past', about: on });
  // Diaries move after times were offered, and others choose too; whose and who is not the candidate's to read.
  if (notFree(state, slot, panel, ctx).length > 0)
    return notNow('D4.2', { code: 'slot_no_longer_free', about: `${on} ${at}` });
  return null;
}

/**
 * The candidate's own choice; the interview is set by it, as long as the panel is still free then. Where none of the times
 * can be had any more nobody waits for the candidate: HR owes others, at once.
 */
export function chooseSlot(state: CandidacyState, ask: Of<'choose_slot'>, ctx: Context): Decision {
  const wrong = outside(state, 'D4.2', 'pool');
  if (wrong !== null) return wrong;
  const { slot } = ask.command.payload;
  const chosen = state.scheduling.slots[slot - 1];
  if (chosen === undefined) return notNow('D4.2', { code: 'no_such_slot', about: String(slot) });
  const panel = panelOf(state, ctx);
  if (panel.includes(state.person)) return blocked('D4.2', { code: 'candidate_on_panel' });
  const gone = lost(state, chosen, panel, ctx);
  if (gone !== null && state.scheduling.slots.every((one) => lost(state, one, panel, ctx) !== null))
    return [{ kind: 'slots_gone', body: {} }];
  if (gone !== null) return gone;
  const { on, at } = chosen;
  return [
    { kind: 'slot_chosen', body: { slot } },
    { kind: 'interview_set', body: { on, at, raters: panel, ...placeOn(state, chosen, ctx) } },
  ];
}

/** Kind practice, offered to all: the candidate's own choice, and nobody asks why. */
export function chooseArrangements(state: CandidacyState, ask: Of<'choose_arrangements'>): Decision {
  const wrong = outside(state, 'D4.2', 'pool', 'interview');
  if (wrong !== null) return wrong;
  const chosen = [...new Set(ask.command.payload.chosen)];
  return [{ kind: 'arrangements_chosen', body: { chosen } }];
}

/**
 * One move without a reason, up to the meeting; afterwards HR can still set another day. Where none of the times that are
 * offered suits, that is the one move.
 */
export function askReschedule(state: CandidacyState, ctx: Context): Decision {
  const wrong = outside(
    state,
    'D4.2',
    ...(state.scheduling.slots.length > 0 ? (['pool'] as const) : []),
    'interview',
  );
  if (wrong !== null) return wrong;
  const { policy, calendar } = ctx.terms;
  const { moved } = state.scheduling;
  const most = has(ctx.terms, 'SCHEDULE', 'reschedules') ? num(policy, 'SCHEDULE', 'reschedules') : 1;
  if (moved >= most) return blocked('D4.2', { code: 'moves_used', about: String(most) });
  const { interview } = state;
  // One that was held, or set aside, is no hour any more that could be moved.
  const set = state.stage === 'interview' ? interview : null;
  if (set !== null && instantOf(calendar, set.on, set.at) <= ctx.now)
    return notNow('D4.2', { code: 'day_is_past', about: dateOf(calendar, ctx.now) });
  return [{ kind: 'reschedule_asked', body: { n: moved + 1, ...questionsAnew(state, ctx) } }];
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import { dateOf, instantOf } from '../../src/domain/kernel/calendar.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { SearchToCandidacy, ToCandidacy } from '../../src/domain/notices.ts';
import {
  application,
  ask,
  checkSays,
  id,
  meets,
  openingSays,
  people,
  promised,
  sheet,
  tell,
  worldOn,
} from '../unit/candidacy-world.ts';
import { person, site, termsForTests } from '../unit/house.ts';

type Move = (world: World) => void;
const [first = '', second = ''] = people.screeners;
const say =
  (actor: string, type: Parameters<typeof ask>[2], payload: object = {}): Move =>
  (world) => {
    const rows = world.rows.length;
    const answer = ask(world, actor, type, payload, ['P4.1']);
    // A refused command leaves no trace of its own.
    if (isRefusal(answer)) expect(world.rows.length).toBe(rows);
  };
const hear =
  (notice: ToCandidacy | SearchToCandidacy): Move =>
  (world) =>
    tell(world, notice);
const wait =
  (days: number): Move =>
  (world) =>
    world.advanceTo(world.now + days * 86_400_000);
/** Time passes to noon of a day, if it is still to come: a meeting, a first day. */
const until =
  (date: string): Move =>
  (world) =>
    world.advanceTo(Math.max(world.now, instantOf(termsForTests().calendar, date, '12:00')));
const ready = { posting: 'closed', pool_ready: 'yes', panel: people.raters.join(',') };
const qualified = { outcome: 'qualified', trained: '2025-03-01' };

/** In the order of a way that leads to a hire; the property leaves some out, repeats and shuffles. */
const moves: readonly Move[] = [
  say(first, 'screen', meets),
  say(second, 'screen', meets),
  say(people.hr, 'acknowledge', { of: 'application' }),
  (world) => openingSays(world, ready, true),
  say(people.hr, 'schedule_interview', { on: '2025-03-21', at: '10:00' }),
  say(people.hr, 'send_questions'),
  until('2025-03-21'),
  say(people.hr, 'record_interview', { held: '2025-03-21' }),
  ...people.raters.map((rater) => say(rater, 'submit_sheet', sheet)),
  hear({ kind: 'rater_dropped', body: { rater: people.raters[2] ?? '' } }),
  hear({ kind: 'selected', body: { seat: 1, hiringManager: people.manager } }),
  say(people.hr, 'draft_offer', { amount: 2350, hours: 40 }),
  say(people.hr, 'approve_offer', { version: 1, outcome: 'approved' }),
  say(people.director, 'approve_offer', { version: 1, outcome: 'approved' }),
  say(people.hr, 'send_offer', { version: 1 }),
  say(people.candidate, 'accept_offer', { version: 1 }),
  say(people.hr, 'set_start', { on: '2025-05-12' }),
  say(people.candidate, 'answer_consent', { answer: 'given' }),
  say(people.background, 'order_check'),
  say(people.compliance, 'record_exclusion', { outcome: 'clear' }),
  say(people.credentials, 'record_credential', { status: 'verified', validTo: '2026-11-30' }),
  say(people.hr, 'assign_supervisor', { supervisor: people.supervisor, outcome: 'not_qualified' }),
  say(people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' }),
  say(people.mentor, 'answer_mentoring', { answer: 'accepted' }),
  (world) => checkSays(world, 'clear'),
  hear({ kind: 'check_outcome', body: { check: 'background', outcome: 'clear' } }),
  say(people.hr, 'assign_supervisor', { supervisor: people.supervisor, ...qualified }),
  say(people.manager, 'report_setup', { items: ['desk', 'keys', 'invitations'] }),
  say(people.hr, 'name_promises', promised),
  say(people.it, 'report_setup', { items: ['accounts'], access: ['read_limited', 'write_own_notes'] }),
  until('2025-05-09'),
  say(people.hr, 'confirm_day_one'),
];

const detours: readonly Move[] = [
  wait(1),
  wait(3),
  wait(12),
  say(second, 'screen', { ...meets, eligibility: 'meets_with_equivalent' }),
  say(people.hr, 'settle_screening', { eligibility: 'meets_all', outcome: 'hold' }),
  say(people.hr, 'settle_screening', { eligibility: 'meets_all', outcome: 'advance' }),
  say(people.hr, 'tell_outcome'),
  say(people.candidate, 'withdraw'),
  say(people.hr, 'acknowledge', { of: 'withdrawal' }),
  say(people.hr, 'draft_offer', { amount: 2400, hours: 40 }),
  say(people.director, 'approve_offer', { version: 1, outcome: 'refused', reason: 'not_ready' }),
  say(people.hr, 'extend_offer', { version: 1 }),
  say(people.candidate, 'decline_offer', { version: 1 }),
  say(people.hr, 'set_start', { on: '2025-05-19' }),
  say(people.hr, 'set_start', { on: '2025-05-12', conditional: true }),
  say(people.mentor, 'answer_mentoring', { answer: 'declined' }),
  say(people.manager, 'assign_mentor', { mentor: person('indira'), kind: 'external' }),
  say(people.hr, 'propose_rescind', { reason: 'RC_CHECK' }),
  say(people.hr, 'propose_rescind', { reason: 'RC_FUNDING' }),
  say(people.hrDirector, 'confirm_rescind'),
  say(people.compliance, 'record_exclusion', { outcome: 'match' }),
  hear({ kind: 'check_outcome', body: { check: 'background', outcome: 'adverse' } }),
  hear({ kind: 'check_slow', body: { check: 'background', businessDays: 5 } }),
  hear({ kind: 'reserved', body: { until: '2025-07-09' } }),
  hear({ kind: 'reserve_ended', body: { how: 'released' } }),
  hear({ kind: 'opening_closed', body: { how: 'canceled' } }),
  hear({ kind: 'seat_refused', body: { why: 'no_seat' } }),
  hear({ kind: 'search_paused', body: { until: '2025-04-30' } }),
  hear({ kind: 'search_resumed', body: { on: '2025-04-01' } }),
  hear({ kind: 'interview_again', body: {} }),
  hear({ kind: 'version_kept', body: { version: 1 } }),
  hear({ kind: 'hiring_manager_changed', body: { hiringManager: people.manager } }),
  say(people.hr, 'ask_candidate', { topic: 'availability' }),
  say(people.candidate, 'reply'),
  say(people.hr, 'log_contact', { channel: 'call', on: '2025-03-17' }),
  (world) => {
    const today = dateOf(termsForTests().calendar, world.now);
    say(people.hr, 'log_contact', { channel: 'letter', on: today })(world);
    wait(20)(world);
  },
  say(people.candidate, 'reopen'),
  say(people.hr, 'offer_slots', { slots: [{ on: '2025-03-28', at: '10:00' }] }),
  say(people.candidate, 'choose_slot', { slot: 1 }),
  say(people.candidate, 'ask_reschedule'),
  say(people.candidate, 'choose_arrangements', { chosen: ['shorter_steps'] }),
  say(people.candidate, 'make_request', { request: 'feedback' }),
  say(people.candidate, 'make_request', { request: 'deletion' }),
  say(people.candidate, 'report_incident', { question: 'Q_MEDS' }),
  say(people.hr, 'answer_request', { n: 1, answer: 'kept', because: 'retention' }),
  say(people.candidate, 'counter_offer', { version: 1, amount: 2400 }),
  say(people.hr, 'answer_counter', { version: 1, answer: 'stands' }),
  say(people.candidate, 'accept_offer', { version: 1 }),
  say(people.hr, 'answer_counter', { version: 2, answer: 'stands' }),
  say(people.compliance, 'record_exclusion', { outcome: 'disputed' }),
  say(people.supervisor, 'step_back'),
  say(people.mentor, 'step_back'),
  say(people.accommodation, 'give_word', { word: 'clear' }),
  say(people.candidate, 'answer_consent', { answer: 'declined' }),
];

function invariants(world: World): void {
  const place = world.cases.get(id);
  const owed = world.obligations(id);
  expect(owed.length > 0).toBe(place?.final === false);
  expect(new Set(owed.map((one) => one.id)).size).toBe(owed.length);
  for (const one of owed) {
    expect(one.owner).not.toBe('');
    expect(Number.isFinite(one.due)).toBe(true);
  }
}

function refolded(world: World): unknown {
  const decider = candidacy as AnyDecider;
  let held: Held = { own: decider.initial(), base: emptyBase(site, termsForTests().ref) };
  for (const row of world.rows.filter((one) => one.case === id))
    held = evolveHeld(decider, held, { kind: row.kind, body: row.body, stamp: row.stamp });
  return held.own;
}

/** Mostly the way to a hire, with steps missing and detours between. */
const walks = fc.array(
  fc.record({
    skip: fc.nat({ max: 9 }).map((n) => n === 0),
    detour: fc.option(fc.nat({ max: detours.length - 1 }), { freq: 2 }),
  }),
  { minLength: moves.length, maxLength: moves.length },
);

describe('candidacy: whatever happens', () => {
  it(
    'a case that is not final owes something to somebody by a date, and folds to what it holds',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(walks, (walk) => {
          const world = worldOn('2025-03-11');
          say(people.candidate, 'open', application)(world);
          walk.forEach(({ skip, detour }, n) => {
            if (!skip) moves[n]?.(world);
            if (detour !== null) detours[detour]?.(world);
            invariants(world);
          });
          expect(refolded(world)).toEqual(world.state(id));
          const rows = world.rows.filter((row) => row.case === id);
          const ids = rows.map((row) => `${row.stamp.decisionId}/${row.index}`);
          expect(ids.filter((one, n) => ids.indexOf(one) !== n)).toEqual([]);
        }),
        { numRuns: 15 },
      );
    },
  );

  it(
    'X2 closes nothing that was tried one way only, and nobody is hired past a gate',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(walks, (walk) => {
          const world = worldOn('2025-03-11');
          say(people.hr, 'open', { ...application, attested: false })(world);
          walk.forEach(({ skip, detour }, n) => {
            if (!skip) moves[n]?.(world);
            if (detour !== null) detours[detour]?.(world);
          });
          const kinds = world.rows.filter((row) => row.case === id).map((row) => row.kind);
          const closed = kinds.indexOf('closed_no_response');
          if (closed >= 0) expect(kinds.slice(0, closed)).toContain('second_channel_tried');
          if (kinds.includes('hired')) expect(kinds).toContain('statement_ticked');
        }),
        { numRuns: 15 },
      );
    },
  );

  it('the straight way ends in a hire', () => {
    const world = worldOn('2025-03-11');
    say(people.candidate, 'open', application)(world);
    for (const move of moves) {
      move(world);
      invariants(world);
    }
    expect(world.rows.at(-1)?.kind).toBe('hired');
    expect(JSON.stringify(world.state(id)).length).toBeLessThan(4000);
  });
});

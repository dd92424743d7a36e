import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf } from '../../src/domain/kernel/calendar.ts';
import { review } from '../../src/domain/review/decider.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import {
  employee,
  employment,
  hr,
  manager,
  mentor,
  nurse,
  director,
  investigator,
  officer,
} from '../unit/review-house.ts';
import { planFrom, planOwed, supervisor } from '../unit/review-house.ts';
import type { SingleCase } from '../unit/single-case.ts';

/**
 * X17: whatever is done with an improvement plan and in whatever order, it counts only what was answered, it ends by a
 * person alone, and no step is asked for in an absence. `SingleCase` throws when nobody owes or an id comes twice.
 */

type Move = (one: SingleCase, today: string) => void;

const wait =
  (days: number): Move =>
  (one, today) =>
    one.moveTo(addDays(today, days));
const ask =
  (who: string, type: string, payload: (today: string) => object): Move =>
  (one, today) =>
    void one.ask(who, type, payload(today));

const moves: readonly Move[] = [
  ...[1, 5, 14, 31].map(wait),
  ask(supervisor, 'write_plan', (today) => planFrom(today)),
  ...[1, 2, 3].map((replaces) =>
    ask(supervisor, 'write_plan', (today) => planFrom(addDays(today, 3), { replaces })),
  ),
  ...['acknowledged', 'refused'].map((answer) => ask(employee, 'answer_plan', () => ({ answer }))),
  ...[1, 2, 3].map((step) =>
    ask(supervisor, 'record_plan_step', (held) => ({ step, state: 'behind', held })),
  ),
  ...['met', 'not_met', 'not_met', 'withdrawn'].map((outcome) => ask(hr, 'settle_plan', () => ({ outcome }))),
  ask(manager, 'settle_plan', () => ({ outcome: 'not_met' })),
  ask(officer, 'give_word', () => ({ word: 'nothing_stands_against' })),
  ask(investigator, 'give_second_word', () => ({ word: 'nothing_stands_against' })),
  ...[hr, director, supervisor].map((who) => ask(who, 'confirm_plan', () => ({}))),
  (one, today) =>
    one.tell(employment, { kind: 'person_away', body: { from: today, to: addDays(today, 12) } }),
  (one, today) => one.tell(employment, { kind: 'person_back', body: { on: today } }),
  (one) => one.tell(employment, { kind: 'supervisor_changed', body: { supervisor } }),
];

const stateOf = (one: SingleCase) => one.holds?.own as ReviewState;

/** A plan fails only as it was answered, with every step of that version talked over, after its last day. */
function failedFairly(one: SingleCase): boolean {
  const end = one.rows.find((row) => row.kind === 'plan_not_met');
  if (end === undefined) return true;
  const { by, confirmedBy } = end.body as { by: string; confirmedBy: string };
  const kinds = one.rows.map((row) => row.kind);
  const proposed = kinds.lastIndexOf('plan_not_met_proposed');
  const words = ['officer_word_given', 'second_word_given'].map((kind) => kinds.lastIndexOf(kind));
  if (by === confirmedBy || words.some((at) => at < proposed)) return false;
  const written = one.rows.filter((row) => row.kind === 'plan_written');
  const version = written.length;
  const of = (kind: string) =>
    one.rows.filter((row) => row.kind === kind && (row.body as { version: number }).version === version);
  const steps = new Set(of('plan_step_recorded').map((row) => (row.body as { step: number }).step));
  const answers = of('plan_answered');
  const first = (rows: readonly SingleCase['rows'][number][]) => rows[0]?.stamp.sequence ?? Infinity;
  return answers.length === 1 && steps.size === 3 && first(answers) < first(of('plan_step_recorded'));
}

describe('an improvement plan under any order of events', () => {
  it('X17 R8.6 ends by people alone and as it was answered, and no step lies in an absence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 30 }), (lived) => {
        const one = planOwed();
        for (const move of lived) {
          move(one, dateOf(one.terms.calendar, one.now));
          const [away] = stateOf(one).absence.away;
          const steps = one.obligations.filter((owed) => owed.id.startsWith('X17:step'));
          if (away?.begun === true && away.to > dateOf(one.terms.calendar, one.now))
            for (const step of steps) expect(dateOf(one.terms.calendar, step.due) >= away.to).toBe(true);
        }
        const done = one.rows.filter((row) => /^plan_(?!asked)/.test(row.kind));
        expect(done.every((row) => row.stamp.actor.startsWith('prs_'))).toBe(true);
        expect(done.filter((row) => /^plan_(settled|not_met)$/.test(row.kind)).length).toBeLessThanOrEqual(1);
        expect(failedFairly(one)).toBe(true);
        // Whoever stands beside the review learns nothing of it, at whatever moment they look.
        for (const reader of [mentor, nurse]) {
          const look = { reader, now: one.now, terms: one.terms };
          expect(review.veiled?.(stateOf(one), look)).toMatchObject({ plan: null, draft: null, word: null });
          for (const row of done)
            expect(review.hidden?.(stateOf(one), { ...row, actor: row.stamp.actor }, look)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

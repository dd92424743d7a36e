import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import type { Advanced } from '../../src/domain/kernel/advance.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { onTheJob } from '../unit/employment-house.ts';
import { toSign } from '../unit/review-house.ts';
import { site } from '../unit/house.ts';
import type { SingleCase } from '../unit/single-case.ts';
import { runs, timeout } from './hiring-walk.ts';

/**
 * Anything that is owed may go away and come back as it was, at any rung: a command was taken back. Nobody knows all pairs
 * of commands that undo each other, so here each obligation is hidden after its prompt went out and shown again later.
 */

const DAY = 86_400_000;
const MONTH = 30 * DAY;

/** A case whose obligations can be taken away and given back. */
class Flickering {
  readonly hidden = new Set<string>();
  readonly fired = new Map<string, number>();
  readonly decisions = new Set<string>();
  readonly codes = new Set<string>();
  now: number;
  private held: Held;
  private last: Advanced | null = null;
  private readonly one: SingleCase;
  private readonly decider: AnyDecider;

  constructor(one: SingleCase, kind: 'employment' | 'review') {
    const real = deciderOf(kind);
    this.one = one;
    this.now = one.now;
    this.held = one.holds!;
    const shown = (list: readonly Obligation[]) => list.filter(({ id }) => !this.hidden.has(id));
    this.decider = {
      ...real,
      agenda: (state, terms, self) => shown(real.agenda(state, terms, self)),
      resting: () => [],
    };
    for (const row of one.rows) this.decisions.add(`${row.stamp.decisionId}#${row.index}`);
    for (const { obligation, rung, to, sendAfter } of one.prompts)
      this.fired.set(`${obligation} ${rung} ${to} ${sendAfter}`, sendAfter);
  }

  step(): Advanced {
    // A new state each time: what was derived from the last one is not remembered.
    const held = { ...this.held, own: structuredClone(this.held.own) };
    const advanced = advance(this.decider, held, [], {
      ...{ org: `org_${'0'.repeat(26)}`, case: this.one.id, now: this.now, facts: [] },
      ...{ opening: { site, terms: this.one.terms }, assignments: [], delegations: [] },
      termsOf: () => this.one.terms,
    });
    for (const row of advanced.rows) {
      const name = `${row.stamp.decisionId}#${row.index}`;
      expect(this.decisions, 'the ledger takes a decision once').not.toContain(name);
      this.decisions.add(name);
    }
    for (const { obligation, rung, to, sendAfter, code } of advanced.prompts) {
      const name = `${obligation} ${rung} ${to} ${sendAfter}`;
      const before = this.fired.get(name);
      if (before !== undefined) expect(this.now - before, `asked again: ${name}`).toBeGreaterThan(MONTH);
      this.fired.set(name, this.now);
      this.codes.add(code);
    }
    if (advanced.held !== null) this.held = advanced.held;
    this.last = advanced;
    return advanced;
  }

  /** Waits for the next wake, a month at most. @returns what was asked for then */
  next(): readonly string[] {
    const wake = this.last?.nextWake ?? this.now + DAY;
    this.now = Math.min(wake, this.now + MONTH);
    return this.step().prompts.map((one) => one.obligation);
  }
}

function flicker(one: Flickering, waits: readonly number[]): void {
  one.step();
  for (const hours of waits) {
    const asked = one.next();
    for (const id of asked) one.hidden.add(id);
    one.now += 60_000;
    one.step();
    one.now += hours * 3_600_000;
    one.step();
    one.hidden.clear();
    one.now += 60_000;
    one.step();
  }
}

const waits = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 96 }), fc.constant(45 * 24)), {
  ...{ minLength: 10, maxLength: 40 },
});

describe('what goes away and comes back', () => {
  it(
    'is not asked twice within a month, and never stops an employment',
    () => {
      const codes = new Set<string>();
      fc.assert(
        fc.property(waits, (list) => {
          const one = new Flickering(onTheJob(), 'employment');
          flicker(one, list);
          for (const code of one.codes) codes.add(code);
        }),
        { numRuns: runs(25) },
      );
      expect(codes.size).toBeGreaterThan(8);
    },
    timeout,
  );

  it(
    'is not asked twice within a month, and never stops a review',
    () => {
      fc.assert(
        fc.property(waits, (list) => flicker(new Flickering(toSign(), 'review'), list)),
        { numRuns: runs(25) },
      );
    },
    timeout,
  );
});

import { describe, expect, it } from 'vitest';
import { assignSupervisor } from '../../src/domain/candidacy/decide-start.ts';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { Fact } from '../../src/domain/kernel/facts.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import type { World } from '../../src/sandbox/world.ts';
import { accepted, ask, id, must, nearlyReady, neighbour, people, policyWith } from './candidacy-world.ts';
import { caseOf, site, termsForTests } from './house.ts';

/** R7.6 at hire: whoever names a supervisor hears how many people they have already. */

const { hr, supervisor, second } = people;
const one = { supervisor, outcome: 'qualified', trained: '2025-04-01' };

/** Employments that have a place with somebody already. */
function taken(world: World, who: string, places: number): World {
  for (let n = 1; n <= places; n += 1) {
    const other = caseOf('employment', `of ${who} ${n}`);
    neighbour(world, other, { supervises: [`${who}/${n}`, other] });
  }
  return world;
}
const named = (world: World, payload: object, acknowledge: readonly string[] = []) =>
  ask(world, hr, 'assign_supervisor', payload, acknowledge);
const find = (facts: readonly Fact[], kind: string, subject: string): Fact | null =>
  facts.find((fact) => fact.kind === kind && fact.subject === subject) ?? null;

describe('the span of a supervisor at hire', () => {
  it('R7.6 warns before an eighth person, and the word of whoever named them stands in the record', () => {
    const world = taken(accepted(), supervisor, 7);
    expect(named(world, one)).toMatchObject({
      ...{ code: 'acknowledgement_needed', rule: 'R7.6' },
      missing: [{ code: 'R7.6', about: '8' }],
    });
    expect(named(world, one, ['R7.6'])).not.toHaveProperty('refused');
    expect(world.rows.filter((row) => row.case === id).slice(-2)).toMatchObject([
      { kind: 'supervisor_assigned' },
      { kind: 'warning_acknowledged', body: { rule: 'R7.6', about: '8' } },
    ]);
  });

  it('R7.6 warns of the second supervisor as well', () => {
    const world = taken(accepted(), second, 9);
    expect(named(world, { ...one, second })).toMatchObject({ missing: [{ code: 'R7.6', about: '10' }] });
  });

  it('R7.6 says nothing of a seventh person, and nothing of people who are with somebody else', () => {
    must(taken(accepted(), supervisor, 6), hr, 'assign_supervisor', one);
    must(taken(accepted(), second, 9), hr, 'assign_supervisor', one);
  });

  it('R7.6 says nothing under a policy without a span', () => {
    const world = taken(accepted(), supervisor, 9);
    const held = world.state(id) as CandidacyState;
    const seen = [...world.cases.values()].flatMap((other) => other.facts);
    const under = (policy: Policy) => {
      const given = { command: { type: 'assign_supervisor', payload: one }, acknowledge: [] };
      const facts = { get: (kind: string, subject: string) => find(seen, kind, subject) };
      const ctx = { terms: { ...termsForTests(), policy }, now: world.now, case: id, facts };
      return assignSupervisor(held, given as never, ctx as never);
    };
    expect(under(termsForTests().policy)).toMatchObject({ rule: 'R7.6' });
    expect(under(policyWith('R7.6', null))).toMatchObject([{ kind: 'supervisor_assigned' }]);
  });
});

describe('a supervisor under a waiver at hire (R5.2)', () => {
  const started = (payload: object): object => {
    const world = nearlyReady();
    must(world, hr, 'assign_supervisor', { supervisor, second, secondTrained: '2025-04-01', ...payload });
    const event = { kind: 'hired', body: { employment: id, dayOne: '2025-05-12', conditional: false } };
    const ctx = { case: id, site, terms: termsForTests() };
    const [start] = candidacy.notices(world.state(id) as CandidacyState, event as never, ctx as never);
    return start?.body ?? {};
  };

  it('R5.2 the employment learns who still owes the course, and until when', () => {
    expect(started({ outcome: 'waiver_until', until: '2025-06-30' })).toMatchObject({
      waiver: { supervisor, until: '2025-06-30' },
      qualified: { [second]: '2025-04-01' },
    });
  });

  it('R5.2 it learns of no waiver where the training is complete', () => {
    expect(started({ outcome: 'qualified', trained: '2025-04-01' })).not.toHaveProperty('waiver');
  });
});

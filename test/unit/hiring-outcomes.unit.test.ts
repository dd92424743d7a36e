import { describe, expect, it } from 'vitest';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { screeningReasons, waysIn } from '../../src/domain/candidacy/words.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { postingChanges } from '../../src/domain/opening/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  application,
  ask,
  id,
  kindsOf,
  meets,
  must,
  neighbour,
  ordered,
} from './candidacy-world.ts';
import { people, role, worldOn } from './candidacy-world.ts';
import { refusedBy } from './employment-house.ts';
import { onTheJob, people as staff } from './employment-house.ts';
import { person } from './house.ts';
import { opened } from './opening-play.ts';

/** Outcomes that are given seldom, each once where it holds and once where it does not. */

const stateOf = (world: World) => world.state(id) as CandidacyState;
const applied = (rule = 'within_n_months:12'): World => {
  const world = worldOn('2025-03-11');
  neighbour(world, role, { credential_rule: [role, rule] });
  must(world, people.candidate, 'open', application);
  return world;
};
const both = (world: World, view: object) => {
  for (const who of people.screeners) must(world, who, 'screen', { ...meets, ...view });
  return world;
};

describe('a posting', () => {
  it.each(postingChanges)('D3.1 changes_needed (%s) sends it back, and it is approved anew', (change) => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'training_program'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.must('dana', 'return_posting', { changes: [change] });
    expect(stage.rows.findLast((row) => row.kind === 'posting_returned')?.body).toEqual({
      changes: [change],
    });
    expect(stage.state().posting.status).toBe('draft');
    expect(isRefusal(stage.ask('dana', 'post', { closeOn: '2025-03-24' }))).toBe(true);
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    expect(stage.state().posting.status).toBe('approved');
  });

  it('D3.1 changes_needed means nothing once it is out', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'training_program'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.to('2025-03-03').must('dana', 'post', { closeOn: '2025-03-24' });
    expect(stage.ask('dana', 'return_posting', { changes: ['wording'] })).toMatchObject({
      ...{ rule: 'D3.1', missing: [{ code: 'already_posted' }] },
    });
  });
});

describe('a screening', () => {
  const except = { eligibility: 'meets_except_credential' };

  it('D3.3 meets_except_credential counts as qualified where the role gives time for it (R3.4)', () => {
    expect(stateOf(both(applied(), except)).screening).toMatchObject({ qualified: true, outcome: 'advance' });
    const needed = both(applied('required_at_start'), except);
    expect(stateOf(needed).screening).toMatchObject({ qualified: false, outcome: 'advance' });
  });

  it.each(screeningReasons)('D3.4 not_advanced goes with its job-related code %s', (reason) => {
    const view = { eligibility: 'does_not_meet', outcome: 'not_advanced', requirement: 'req_1' };
    const world = applied();
    expect(ask(world, people.screeners[0]!, 'screen', { ...meets, ...view })).toMatchObject({
      ...{ rule: 'D3.4', missing: [{ code: 'job_related_reason_needed' }] },
    });
    both(world, { ...view, reason });
    expect(stateOf(world).outcome).toMatchObject({ what: 'not_advanced' });
    const row = world.rows.findLast((one) => one.kind === 'screening_given');
    expect(row?.body).toMatchObject({ outcome: 'not_advanced', reason });
  });
});

describe('an application that HR enters', () => {
  it.each(waysIn)('D3.3 came by %s, and only HR says so', (way) => {
    const world = worldOn('2025-03-11');
    const row = way === 'import' ? { row: `row_${'a'.repeat(26)}` } : {};
    const entered = { ...application, attested: false, way, ...row };
    expect(ask(world, people.candidate, 'open', entered)).toMatchObject(refusedBy('D3.3'));
    must(world, people.hr, 'open', entered);
    expect(world.rows.find((one) => one.kind === 'applied')?.body).toMatchObject({ way, entered: 'hr' });
    // The tick is the candidate's own: it waits for them, whatever came on paper or by telephone.
    expect(stateOf(world).attested).toBeNull();
  });
});

describe('R5.5: mentor, supervisor and reviewer are different people', () => {
  it('R5.5 before the first day: whoever mentors supervises nobody they mentor, named in either order', () => {
    const world = ordered(accepted());
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    const qualified = { outcome: 'qualified', trained: '2025-04-01' };
    const supervise = (supervisor: string) =>
      ask(world, people.hr, 'assign_supervisor', { supervisor, ...qualified });
    expect(supervise(people.mentor)).toMatchObject({
      ...{ rule: 'R5.5', missing: [{ code: 'mentor_is_supervisor_or_reviewer' }] },
    });
    expect(supervise(people.candidate)).toMatchObject({ missing: [{ code: 'own_mentor_or_supervisor' }] });
    expect(isRefusal(supervise(people.supervisor))).toBe(false);
    expect(kindsOf(world)).toContain('supervisor_assigned');
  });

  it('R5.5 on the job: the next mentor is neither supervisor nor manager, the next supervisor not the mentor', () => {
    const { manager, mentor, supervisor, second, nextMentor } = staff;
    const one = onTheJob();
    one.moveTo('2025-08-15', '10:00');
    one.must(mentor, 'ask_new_mentor');
    for (const taken of [supervisor, second, manager])
      expect(one.ask(manager, 'assign_mentor', { mentor: taken })).toMatchObject(refusedBy('R5.5'));
    expect(isRefusal(one.ask(manager, 'assign_mentor', { mentor: nextMentor }))).toBe(false);
    const other = onTheJob();
    const change = (first: string) =>
      other.ask(manager, 'change_supervisor', { how: 'reassigned', supervisor: first, second });
    expect(change(mentor)).toMatchObject(refusedBy('R5.5'));
    expect(change(person('somebody else'))).not.toMatchObject(refusedBy('R5.5'));
  });
});

import { describe, expect, it } from 'vitest';
import {
  accepted,
  application,
  ask,
  id,
  meets,
  must,
  nearlyReady,
  people,
  screened,
  selected,
  sheet,
  worldOn,
} from './candidacy-world.ts';
import { moveTo, person } from './house.ts';
import type { World } from '../../src/sandbox/world.ts';

/** Rules of a candidacy by their codes: where each bites, and where it does not. */

const [first = '', second = ''] = people.screeners;
const [marisol = ''] = people.raters;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const owed = (world: World) => world.obligations(id).map((one) => one.code);
const lacks = (world: World): readonly { code: string }[] =>
  (ask(world, people.hr, 'confirm_day_one') as { missing: readonly { code: string }[] }).missing;

function applied(): World {
  const world = worldOn('2025-03-11');
  must(world, people.candidate, 'open', application);
  return world;
}

describe('screening', () => {
  it('D3.3 wants the requirement that is not met by name, and no application in another’s name', () => {
    const world = worldOn('2025-03-11');
    world.assign(person('other'), 'candidate', id);
    expect(ask(world, person('other'), 'open', application)).toMatchObject({ refused: true });
    must(world, people.candidate, 'open', application);
    const given = { ...meets, eligibility: 'does_not_meet', outcome: 'not_advanced', reason: 'RC_CRED' };
    expect(ask(world, first, 'screen', given)).toMatchObject({
      rule: 'D3.3',
      ...missing('requirement_needed'),
    });
  });

  it('D3.3 counts an equivalent as met', () => {
    const world = applied();
    for (const reviewer of [first, second])
      must(world, reviewer, 'screen', { ...meets, eligibility: 'meets_with_equivalent' });
    const settled = world.rows.find((row) => row.kind === 'screening_settled');
    expect(settled?.body).toMatchObject({ outcome: 'advance', qualified: true });
  });

  it('D3.4 advances nobody who does not meet the requirements, and takes no word of a stranger', () => {
    const world = applied();
    const wrong = { ...meets, eligibility: 'does_not_meet', requirement: 'lived_experience' };
    expect(ask(world, first, 'screen', wrong)).toMatchObject({ rule: 'D3.4', ...missing('does_not_meet') });
    const unreasoned = { ...meets, outcome: 'not_advanced' };
    expect(ask(world, first, 'screen', unreasoned)).toMatchObject(missing('job_related_reason_needed'));
    expect(ask(world, people.hr, 'screen', meets)).toMatchObject({ refused: true });
  });

  it('D3.4 is settled by two reviewers who agree, without HR', () => {
    const world = applied();
    must(world, first, 'screen', meets);
    expect(world.rows.map((row) => row.kind)).not.toContain('screening_settled');
    must(world, second, 'screen', meets);
    expect(world.rows.find((row) => row.kind === 'screening_settled')?.body).toMatchObject({
      how: 'agreement',
    });
    expect(owed(world)).not.toContain('D3.4');
  });
});

describe('rating', () => {
  it('D4.3 takes no sheet before the interview was held, and half a sheet never', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    expect(ask(world, marisol, 'submit_sheet', sheet)).toMatchObject({
      rule: 'D4.3',
      ...missing('interview_not_held'),
    });
    const half = { ...sheet, ratings: { relationships: '4' } };
    expect(() => ask(world, marisol, 'submit_sheet', half)).toThrow();
  });

  it('D4.3 keeps each rater’s whole sheet as one row', () => {
    const rows = selected().rows.filter((row) => row.kind === 'sheet_submitted');
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row.body).toMatchObject({ ratings: sheet.ratings });
  });
});

describe('before day one', () => {
  it('D5.4 wants a last day with a credential that holds, and not one that is past', () => {
    const world = accepted();
    const record = (payload: object) => ask(world, people.credentials, 'record_credential', payload);
    expect(record({ status: 'verified' })).toMatchObject({ rule: 'D5.4', ...missing('valid_to_needed') });
    expect(record({ status: 'in_progress_with_deadline', validTo: '2025-04-15' })).toMatchObject(
      missing('day_is_past'),
    );
    must(world, people.credentials, 'record_credential', { status: 'not_found' });
    expect(lacks(world)).toContainEqual({ code: 'D5.4', about: 'not_found' });
  });

  it.each(['verified', 'in_progress_with_deadline'])('D5.4 is no hindrance when it is %s', (status) => {
    const world = accepted();
    must(world, people.credentials, 'record_credential', { status, validTo: '2026-04-16' });
    expect(lacks(world).map((one) => one.code)).not.toContain('D5.4');
  });

  it('D5.6 seats nobody as both supervisors, and believes no training of a day to come', () => {
    const world = accepted();
    const supervise = (payload: object) =>
      ask(world, people.hr, 'assign_supervisor', { supervisor: marisol, outcome: 'qualified', ...payload });
    expect(supervise({ trained: '2025-04-01', second: marisol })).toMatchObject({
      rule: 'D5.6',
      ...missing('second_person_needed'),
    });
    expect(supervise({ trained: '2025-05-01' })).toMatchObject(missing('training_not_yet_held'));
    expect(supervise({})).toMatchObject(missing('training_needed'));
  });

  it('D5.6 is settled by a supervisor whose training is recorded', () => {
    const world = accepted();
    const trained = { supervisor: marisol, outcome: 'qualified', trained: '2025-04-16' };
    must(world, people.hr, 'assign_supervisor', trained);
    expect(lacks(world).map((one) => one.code)).not.toContain('R5.2');
    expect(owed(world)).not.toContain('P5.3');
  });

  it('D5.7 waits for the word of the one who was asked, and for nobody else’s', () => {
    const world = accepted();
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    expect(lacks(world)).toContainEqual({ code: 'D5.7', about: 'accepted', who: people.mentor });
    expect(owed(world)).toContain('D5.7');
    expect(
      ask(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' }),
    ).toMatchObject(missing('already_asked'));
    expect(ask(world, people.supervisor, 'answer_mentoring', { answer: 'accepted' })).toMatchObject({
      refused: true,
    });
  });

  it('D5.7 is settled by a mentor who accepts', () => {
    const world = accepted();
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'external' });
    must(world, people.mentor, 'answer_mentoring', { answer: 'accepted' });
    expect(lacks(world).map((one) => one.code)).not.toContain('D5.7');
    expect(owed(world)).not.toContain('D5.7');
  });

  it('R5.1 lets no day one come without a mentor, nor with one who declined', () => {
    const world = accepted();
    expect(lacks(world)).toContainEqual({ code: 'R5.1', about: 'mentor' });
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    must(world, people.mentor, 'answer_mentoring', { answer: 'declined' });
    expect(lacks(world)).toContainEqual({ code: 'R5.1', about: 'mentor' });
  });

  it('R5.1 has nothing against a day one with a mentor who accepted', () => {
    const world = nearlyReady();
    moveTo(world, '2025-05-09');
    expect(lacks(world).map((one) => one.code)).not.toContain('R5.1');
  });
});

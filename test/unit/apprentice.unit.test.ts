import { describe, expect, it } from 'vitest';
import type { ClockState } from '../../src/domain/clock/state.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { childId } from '../../src/domain/kernel/apply.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { World } from '../../src/sandbox/world.ts';
import { child, must, nearlyReady, people } from './candidacy-world.ts';
import { caseOf, moveTo, person, site, termsForTests } from './house.ts';

/** X10 through the real cases: hired before certification, on leave, given more time, certified. */

const officer = person('leave officer');
const leave = caseOf('clock', 'leave of an apprentice');
const job = (world: World) => child(world, 'employment', 'employment');
const watch = (world: World) => childId(world.org, job(world), 'clock', 'credential');
const field = (world: World) => (world.state(job(world)) as EmploymentState).field;
const certificate = (world: World) => (world.state(watch(world)) as ClockState).matter;
const deadlines = (world: World): readonly string[] =>
  world
    .obligations(job(world))
    .filter(({ id: name }) => name.startsWith('X10:watch'))
    .map(({ due }) => dateOf(termsForTests().calendar, due));

function hired(): World {
  const world = nearlyReady();
  must(world, people.credentials, 'record_credential', {
    ...{ status: 'in_progress_with_deadline', validTo: '2025-11-12' },
  });
  must(world, people.it, 'report_setup', {
    ...{ items: ['accounts', 'invitations'], access: ['read_limited', 'write_own_notes'] },
  });
  moveTo(world, '2025-05-09');
  // The neighbour that stood for the employment makes room for the real one.
  world.cases.delete(job(world));
  must(world, people.hr, 'confirm_day_one');
  world.assign(officer, 'leave_officer');
  return world;
}

function away(world: World, from: string, to: string): void {
  const payload = { site, person: people.candidate, employment: job(world), from, to };
  world.must({ case: leave, actor: officer, type: 'open_leave', payload });
  world.must({ case: leave, actor: officer, type: 'decide_leave', payload: { outcome: 'approved' } });
}

describe('from the hire to the first certificate', () => {
  it('X10 X13 leave and more time move the last day in both cases; the certificate ends the way there', () => {
    const world = hired();
    expect(certificate(world)).toMatchObject({ status: 'awaited', validTo: '2025-11-12' });
    expect(deadlines(world)).toEqual(['2025-11-12']);
    moveTo(world, '2025-09-01', '12:00');
    away(world, '2025-09-08', '2025-09-22');
    expect(deadlines(world)).toEqual(['2025-11-26']);
    moveTo(world, '2025-09-22', '12:00');
    world.must({ case: leave, actor: officer, type: 'record_return', payload: { on: '2025-09-22' } });
    expect(certificate(world)).toMatchObject({ validTo: '2025-11-26' });
    const more = { outcome: 'extended', until: '2026-02-27' };
    world.must({ case: job(world), actor: people.manager, type: 'propose_certification', payload: more });
    world.must({ case: job(world), actor: people.hr, type: 'confirm_certification', payload: {} });
    expect(certificate(world)).toMatchObject({ status: 'awaited', validTo: '2026-02-27' });
    moveTo(world, '2026-01-12', '12:00');
    const renew = { case: watch(world), actor: people.credentials, type: 'renew' };
    world.must({ ...renew, payload: { validTo: '2028-01-11' } });
    expect(certificate(world)).toMatchObject({ status: 'verified', validTo: '2028-01-11' });
    expect(field(world)).toBeUndefined();
    expect(deadlines(world)).toEqual([]);
  });

  it('X9 X10 a certificate that lapses afterwards limits duties in its clock and nothing in the employment', () => {
    const world = hired();
    moveTo(world, '2025-09-01', '12:00');
    const by = { case: watch(world), actor: people.credentials, type: 'renew' };
    world.must({ ...by, payload: { validTo: '2025-10-15' } });
    moveTo(world, '2025-10-16', '12:00');
    expect(certificate(world)).toMatchObject({ status: 'expired' });
    const limit = { duties: ['billed_contacts'] };
    world.must({ case: watch(world), actor: people.supervisor, type: 'limit_duties', payload: limit });
    expect((world.state(job(world)) as EmploymentState).job?.credential.status).toBe('expired');
    expect(world.obligations(job(world)).map(({ code }) => code)).toContain('P7.1');
    const declined = world.rows.filter((row) => row.kind === 'notice_declined' && row.case === watch(world));
    expect(declined).toEqual([]);
  });
});

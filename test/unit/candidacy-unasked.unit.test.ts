import { describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { ask, checkSays, child, debts, must, neighbour, offered, ordered } from './candidacy-world.ts';
import { people, promised, role, tell } from './candidacy-world.ts';
import { moveTo } from './house.ts';

/** D2.5: a role that asks for no credential hires without one, and takes nothing back for the want of it. */

const access = ['read_limited', 'write_own_notes'];

/** Everything of G5 but a credential, on 9 May. @param rule what the role asks for */
function hiring(rule: string): World {
  const world = offered();
  const facts = { pay_range: '2200-2500', record_access: access.join(','), credential_rule: rule };
  neighbour(
    world,
    role,
    Object.fromEntries(Object.entries(facts).map(([kind, value]) => [kind, [role, value]])),
  );
  moveTo(world, '2025-04-16');
  must(world, people.candidate, 'accept_offer', { version: 1 });
  must(world, people.hr, 'set_start', { on: '2025-05-12' });
  ordered(world);
  must(world, people.compliance, 'record_exclusion', { outcome: 'clear' });
  must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
  must(world, people.mentor, 'answer_mentoring', { answer: 'accepted' });
  checkSays(world, 'clear');
  tell(
    world,
    { kind: 'check_outcome', body: { check: 'background', outcome: 'clear' } },
    child(world, 'clock', 'background'),
  );
  must(world, people.hr, 'assign_supervisor', {
    ...{ supervisor: people.supervisor, outcome: 'qualified', trained: '2025-04-10' },
  });
  must(world, people.manager, 'report_setup', { items: ['desk', 'keys', 'invitations'] });
  must(world, people.it, 'report_setup', { items: ['accounts'], access });
  must(world, people.hr, 'name_promises', promised);
  world.cases.delete(child(world, 'employment', 'employment'));
  moveTo(world, '2025-05-09');
  return world;
}

describe('a role without a credential', () => {
  it('D2.5 D5.4 G5 holds without one, and no clock watches what is not there', () => {
    const world = hiring('not_required');
    expect(debts(world).some((one) => one.startsWith('D5.4 '))).toBe(false);
    expect(ask(world, people.hr, 'confirm_day_one')).toMatchObject({ kinds: ['hired'] });
    const job = child(world, 'employment', 'employment');
    const begun = world.rows.find((row) => row.case === job && row.kind === 'employment_started');
    expect(begun?.body).toMatchObject({ credential: { status: 'not_asked' } });
    expect(world.rows.some((row) => row.kind === 'credential_watched')).toBe(false);
  });

  it('D2.5 RC_CRED is no ground to take an offer back for one that is not asked for', () => {
    const world = hiring('not_required');
    must(world, people.credentials, 'record_credential', { status: 'not_found' });
    moveTo(world, '2025-06-30');
    expect(ask(world, people.hr, 'propose_rescind', { reason: 'RC_CRED' })).toMatchObject({ refused: true });
    expect(debts(world).some((one) => /^(?:X9|D5\.1) /.test(one))).toBe(false);
  });

  it('D5.4 G5 waits for one that the role asks for, and RC_CRED is a ground then', () => {
    const world = hiring('required_at_start');
    expect(ask(world, people.hr, 'confirm_day_one')).toMatchObject({
      missing: expect.arrayContaining([expect.objectContaining({ code: 'D5.4' })]) as unknown,
    });
    must(world, people.credentials, 'record_credential', { status: 'not_found' });
    moveTo(world, '2025-06-30');
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CRED' });
  });
});

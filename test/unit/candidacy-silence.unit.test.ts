import { describe, expect, it } from 'vitest';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  application,
  ask,
  debts,
  id,
  kindsOf,
  meets,
  must,
  people,
  policyWith,
  interviewed,
  screened,
  sent,
  tell,
  worldOn,
} from './candidacy-world.ts';
import { moveTo, site } from './house.ts';

/** A candidate who does not answer (X2), and a search that rests (X28) or begins a step anew (X5, X6). */

const hr = holder('hr', site);
const call = { channel: 'call', on: '2025-03-12' };
const entered = { ...application, attested: false };
const ending = (world: World) => (world.state(id) as { outcome: { what: string } | null }).outcome?.what;

/** 5 March: entered by HR, and the tick is the candidate's. */
function unticked(policy = policyWith('X1', {})): World {
  const world = worldOn('2025-03-05', '10:00', policy);
  must(world, people.hr, 'open', entered);
  return world;
}

/** Silent to the end: a call on the 12th, closed on the 19th, ten business days after the 5th. */
function silent(): World {
  const world = unticked();
  moveTo(world, '2025-03-12');
  must(world, people.hr, 'log_contact', call);
  moveTo(world, '2025-03-19', '17:01');
  return world;
}

describe('a candidate who is silent', () => {
  it('X2 reminds them after 2, 5 and 8 business days by mail', () => {
    const world = unticked();
    moveTo(world, '2025-03-18');
    expect(sent(world, 'D2.4', people.candidate)).toEqual([
      '2025-03-07 09:00',
      '2025-03-12 09:00',
      '2025-03-17 09:00',
    ]);
  });

  it('X2 closes nothing on one channel alone: HR owes the second way and goes on owing it', () => {
    const world = unticked();
    expect(debts(world)).toContain(`X2 ${hr}`);
    moveTo(world, '2025-04-30');
    expect(kindsOf(world)).not.toContain('closed_no_response');
    expect(debts(world)).toContain(`X2 ${hr}`);
    expect(sent(world, 'X2', hr)[0]).toBe('2025-03-17 09:00');
  });

  it('X2 closes after ten business days once a call or letter was tried too, by the policy', () => {
    const world = unticked();
    moveTo(world, '2025-03-12');
    must(world, people.hr, 'log_contact', call);
    expect(debts(world)).not.toContain(`X2 ${hr}`);
    moveTo(world, '2025-03-19', '16:59');
    expect(ending(world)).toBeUndefined();
    moveTo(world, '2025-03-19', '17:01');
    expect(ending(world)).toBe('closed_no_response');
    const row = world.rows.find((one) => one.kind === 'closed_no_response');
    expect(row).toMatchObject({ body: { about: 'statement', stage: 'screening' }, stamp: { how: 'policy' } });
    expect(debts(world).toSorted()).toEqual([`P3.5 ${hr}`, `X2 ${hr}`]);
  });

  it('X2 gives a late call two business days of its own before it closes', () => {
    const world = unticked();
    moveTo(world, '2025-03-24');
    must(world, people.hr, 'log_contact', { channel: 'letter', on: '2025-03-24' });
    moveTo(world, '2025-03-26', '16:59');
    expect(ending(world)).toBeUndefined();
    moveTo(world, '2025-03-26', '17:01');
    expect(ending(world)).toBe('closed_no_response');
  });

  it('X2 stops with the answer', () => {
    const world = unticked();
    moveTo(world, '2025-03-12');
    must(world, people.hr, 'log_contact', call);
    must(world, people.candidate, 'attest');
    moveTo(world, '2025-03-31');
    expect(ending(world)).toBeUndefined();
    expect(kindsOf(world)).not.toContain('closed_no_response');
  });

  it('X2 opens again on a reply within twenty business days, and asks no reason', () => {
    const world = silent();
    moveTo(world, '2025-04-16', '16:00');
    must(world, people.candidate, 'reopen');
    expect(world.cases.get(id)?.final).toBe(false);
    expect(debts(world)).toContain(`D2.4 ${people.candidate}`);
    must(world, people.candidate, 'attest');
    for (const reviewer of people.screeners) must(world, reviewer, 'screen', meets);
    expect(kindsOf(world)).toContain('screening_settled');
  });

  it('X2 opens nothing later than that: the door closes by the policy', () => {
    const world = silent();
    must(world, people.hr, 'tell_outcome');
    moveTo(world, '2025-04-16', '17:01');
    expect(world.cases.get(id)?.final).toBe(true);
    expect(ask(world, people.candidate, 'reopen')).toMatchObject({
      rule: 'X2',
      missing: [{ code: 'reopening_over' }],
    });
  });

  it('X2 counts the days of one who came back from their return', () => {
    const world = silent();
    moveTo(world, '2025-04-01');
    must(world, people.hr, 'reopen');
    moveTo(world, '2025-04-14');
    expect(ending(world)).toBeUndefined();
    must(world, people.hr, 'log_contact', { channel: 'in_person', on: '2025-04-14' });
    moveTo(world, '2025-04-16', '17:01');
    expect(ending(world)).toBe('closed_no_response');
  });

  it('X2 also waits for an answer to a question of HR, and takes one that came another way', () => {
    const world = screened();
    must(world, people.hr, 'ask_candidate', { topic: 'availability' });
    expect(debts(world)).toContain(`X2 ${people.candidate}`);
    expect(ask(world, people.hr, 'ask_candidate', { topic: 'start_day' })).toMatchObject({
      missing: [{ code: 'already_asked' }],
    });
    moveTo(world, '2025-03-28', '10:00');
    expect(sent(world, 'X2', people.candidate)).toEqual(['2025-03-28 09:00']);
    must(world, people.hr, 'reply');
    expect(debts(world)).not.toContain(`X2 ${people.candidate}`);
    expect(ask(world, people.hr, 'log_contact', { channel: 'call', on: '2025-03-28' })).toMatchObject({
      missing: [{ code: 'nothing_waits_for_the_candidate' }],
    });
  });

  it('X2 is no rule of a case that is pinned to a policy without it', () => {
    const world = unticked(policyWith('X2', null));
    expect(debts(world)).not.toContain(`X2 ${hr}`);
    moveTo(world, '2025-03-10');
    expect(sent(world, 'D2.4', people.candidate)).toEqual(['2025-03-10 09:00']);
  });

  it('X2 logs no call of a day to come, nor one before anything was asked', () => {
    const world = unticked();
    const log = (on: string) => ask(world, people.hr, 'log_contact', { channel: 'call', on });
    expect(log('2025-03-06')).toMatchObject({ missing: [{ code: 'not_yet' }] });
    expect(log('2025-03-04')).toMatchObject({ missing: [{ code: 'before_it_was_asked' }] });
  });
});

describe('a search that rests or begins a step anew', () => {
  it('X28 asks nobody while it rests, and every day is as much later afterwards', () => {
    const world = screened();
    const due = () => world.obligations(id).find((one) => one.code === 'SCHEDULE')?.due ?? 0;
    const before = due();
    moveTo(world, '2025-03-31');
    tell(world, { kind: 'search_paused', body: { until: '2025-04-14' } });
    const prompts = world.prompts.length;
    moveTo(world, '2025-04-14');
    expect(world.prompts.length).toBe(prompts);
    tell(world, { kind: 'search_resumed', body: { on: '2025-04-14' } });
    expect(due() - before).toBe(14 * 86_400_000);
    moveTo(world, '2025-05-20');
    expect(world.prompts.length).toBeGreaterThan(prompts);
  });

  it('X28 lets an outcome be told and a candidate leave while it rests', () => {
    const world = screened();
    tell(world, { kind: 'search_paused', body: { until: '2025-05-14' } });
    must(world, people.candidate, 'withdraw');
    moveTo(world, '2025-03-27', '16:00');
    expect(sent(world, 'X1', hr)).not.toEqual([]);
  });

  it('X6 holds an interview anew when the opening says so, with fresh sheets', () => {
    const world = interviewed();
    tell(world, { kind: 'interview_again', body: {} });
    expect(debts(world)).toContain(`SCHEDULE ${hr}`);
    must(world, people.hr, 'schedule_interview', { on: '2025-04-10', at: '10:00' });
    expect(debts(world).some((one) => one.startsWith('P4.3'))).toBe(false);
  });

  it('X6 asks for no second interview of somebody who has an offer', () => {
    const world = accepted();
    tell(world, { kind: 'interview_again', body: {} });
    expect(kindsOf(world).at(-1)).toBe('notice_declined');
  });

  it('X5 keeps a candidacy with the version of its search', () => {
    const world = screened();
    tell(world, { kind: 'version_kept', body: { version: 1 } });
    expect(kindsOf(world).at(-1)).toBe('version_kept');
    expect(world.state(id)).toMatchObject({ roleVersion: 1 });
  });
});

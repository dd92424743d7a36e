import { describe, expect, it } from 'vitest';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { accepted, ask, child, debts, id, kindsOf, must, nearlyReady, offered } from './candidacy-world.ts';
import { people, policyWith, screened, sent, worldOn, application } from './candidacy-world.ts';
import { moveTo, site } from './house.ts';

/** X1 and X2 from the offer on: nobody of HR ends an accepted offer alone, and up to day one the candidate may leave. */

const says = (rule: string, code: string) => ({ refused: true, rule, missing: [{ code }] });
const director = holder('hr_director', site);
const stage = (world: World): string => (world.state(id) as { stage: string }).stage;
const ending = (world: World) => (world.state(id) as { outcome: { what: string } | null }).outcome?.what;

describe('X1: a withdrawal that HR enters', () => {
  it('X1 D5.1 ends no offer before a second person says the same', () => {
    const world = accepted();
    must(world, people.hr, 'withdraw', { reason: 'other_job' });
    expect(stage(world)).toBe('preboarding');
    expect(debts(world)).toEqual(expect.arrayContaining([`X1 ${director}`, `X1 ${people.candidate}`]));
    expect(ask(world, people.hr, 'withdraw')).toMatchObject(says('X1', 'second_person_needed'));
    must(world, people.hrDirector, 'withdraw');
    expect(ending(world)).toBe('withdrawn');
    expect(world.rows.findLast((row) => row.kind === 'withdrawn')?.body).toEqual({ reason: 'other_job' });
  });

  it('X1 counts no more once the candidate does anything here, or says otherwise', () => {
    for (const [type, payload] of [
      ['reply', {}],
      ['answer_consent', { answer: 'given' }],
    ] as const) {
      const world = accepted();
      must(world, people.hr, 'withdraw');
      must(world, people.candidate, type, payload);
      expect(debts(world).filter((one) => one.startsWith('X1 '))).toEqual([]);
      // The next entry is a first one again.
      must(world, people.hrDirector, 'withdraw');
      expect(stage(world)).toBe('preboarding');
    }
  });

  it('X1 falls away with the offer it was about', () => {
    const world = offered();
    must(world, people.hr, 'withdraw');
    moveTo(world, '2025-05-15');
    expect(ending(world)).toBe('expired');
    expect(debts(world).filter((one) => one.startsWith('X1 '))).toEqual([]);
  });

  it('X1 is at once for the candidate, and for HR before there is an offer', () => {
    const own = accepted();
    must(own, people.candidate, 'withdraw');
    expect(ending(own)).toBe('withdrawn');
    const early = screened();
    must(early, people.hr, 'withdraw');
    expect(ending(early)).toBe('withdrawn');
  });
});

describe('X2: silence after an acceptance', () => {
  /** A page is missing, and a call was tried the same day. */
  function questioned(world = accepted()): World {
    must(world, people.hr, 'ask_candidate', { topic: 'missing_page' });
    must(world, people.hr, 'log_contact', { channel: 'call', on: '2025-04-16' });
    return world;
  }

  it('X2 R5.7 closes no accepted offer: HR and its director are told, and two people decide', () => {
    const world = questioned();
    moveTo(world, '2025-04-25');
    must(world, people.hr, 'withdraw');
    expect(world.rows.findLast((row) => row.kind === 'withdrawal_entered')?.body).toEqual({});
    must(world, people.candidate, 'reply');
    must(world, people.hr, 'ask_candidate', { topic: 'missing_page' });
    must(world, people.hr, 'log_contact', { channel: 'letter', on: '2025-04-25' });
    moveTo(world, '2025-05-12', '10:00');
    expect(stage(world)).toBe('preboarding');
    expect(sent(world, 'X2', director)).toEqual(['2025-05-09 17:00']);
    must(world, people.hr, 'withdraw');
    expect(world.rows.findLast((row) => row.kind === 'withdrawal_entered')?.body).toEqual({ silent: true });
    must(world, people.hrDirector, 'withdraw');
    expect(ending(world)).toBe('closed_no_response');
    expect(ask(world, people.candidate, 'reopen')).toMatchObject({ missing: [{ code: 'reopening_over' }] });
  });

  it('X2 takes any act of the candidate as a sign of them', () => {
    const world = questioned();
    moveTo(world, '2025-04-22');
    must(world, people.candidate, 'answer_consent', { answer: 'given' });
    expect(debts(world).filter((one) => one.startsWith('X2 '))).toEqual([]);
    const entered = worldOn('2025-03-05');
    must(entered, people.hr, 'open', { ...application, attested: false });
    must(entered, people.hr, 'ask_candidate', { topic: 'requirement' });
    must(entered, people.candidate, 'attest');
    expect(debts(entered).filter((one) => one.startsWith('X2 '))).toEqual([]);
  });

  it('X2 goes on as it did in a case that is pinned to a policy from before', () => {
    const { accepted_stays: _new, ...before } = policyWith('X2', {}).values['X2']!;
    const policy = policyWith('X2', null);
    const world = worldOn('2025-03-05', '10:00', { ...policy, values: { ...policy.values, X2: before } });
    must(world, people.hr, 'open', { ...application, attested: false });
    must(world, people.hr, 'log_contact', { channel: 'call', on: '2025-03-05' });
    moveTo(world, '2025-03-19', '17:01');
    expect(ending(world)).toBe('closed_no_response');
  });
});

describe('X1: any time to day one', () => {
  const access = ['read_limited', 'write_own_notes'];
  function hired(): World {
    const world = nearlyReady();
    must(world, people.manager, 'report_setup', { items: ['invitations'] });
    must(world, people.it, 'report_setup', { items: ['accounts'], access });
    world.cases.delete(child(world, 'employment', 'employment'));
    moveTo(world, '2025-05-07');
    must(world, people.hr, 'confirm_day_one');
    return world;
  }
  const job = (world: World) =>
    world.rows.filter((row) => row.case === child(world, 'employment', 'employment'));

  it('X1 a hire that is recorded may be withdrawn before day one, and the employment ends with it', () => {
    const world = hired();
    moveTo(world, '2025-05-09');
    must(world, people.candidate, 'withdraw');
    expect(ending(world)).toBe('withdrawn');
    const kinds = job(world).map((row) => row.kind);
    expect(kinds).toEqual(expect.arrayContaining(['separation_set', 'employment_ended']));
    expect(job(world).find((row) => row.kind === 'separation_set')?.body).toMatchObject({
      ...{ how: 'resigned', lastDay: '2025-05-09', reasons: [] },
    });
  });

  it('X1 R5.7 HR alone withdraws no hire either', () => {
    const world = hired();
    must(world, people.hr, 'withdraw');
    expect(stage(world)).toBe('hired');
    expect(debts(world)).toContain(`X1 ${director}`);
    must(world, people.hrDirector, 'withdraw');
    expect(kindsOf(world)).toContain('withdrawn');
  });

  it('X1 from day one on it is a matter of the employment', () => {
    const world = hired();
    moveTo(world, '2025-05-12');
    expect(ask(world, people.candidate, 'withdraw')).toMatchObject(says('X1', 'employment_started'));
    expect(job(world).map((row) => row.kind)).not.toContain('employment_ended');
  });
});

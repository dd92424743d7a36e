import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import type { World } from '../../src/sandbox/world.ts';
import { accepted, ask, id as candidacy, must, offered, people } from './candidacy-world.ts';
import { interviewed, selected, screened, sheet, tell } from './candidacy-world.ts';
import { Employed, people as staff } from './employment-house.ts';
import { moveTo, site, termsForTests } from './house.ts';
import { id as readiness, owes, ready, stateOf } from './readiness-house.ts';

/** P0.3: a first day is told to the readiness of the site, so that the team's orientation is fresh on it. */

const hrOwes = (on: string) => [[`hr@${site}`, on]];

/** Offered in April 2025 at a site whose readiness is a case of its own, oriented on 31 January. */
function hiring(): World {
  const world = offered();
  const place = ready().cases.get(readiness);
  if (place === undefined) throw new Error('no readiness');
  world.place(readiness, place);
  moveTo(world, '2025-04-16');
  must(world, people.candidate, 'accept_offer', { version: 1 });
  return world;
}

const heard = (world: World) => stateOf(world).dayOnes.map((one) => one.on);

describe('a first day that is set', () => {
  it('P0.3 is asked at D-7 of a first day on which the last orientation is older than twelve months', () => {
    const world = hiring();
    expect(owes(world, 'P0.3')).toEqual([]);
    must(world, people.hr, 'set_start', { on: '2026-02-09' });
    expect(owes(world, 'P0.3')).toEqual(hrOwes('2026-02-02'));
    world.advanceTo(instantOf(termsForTests().calendar, '2026-02-02', '12:00'));
    expect(world.prompts.some((one) => one.code === 'P0.3' && one.key.startsWith(readiness))).toBe(true);
  });

  it('P0.3 is not asked again for a first day on which the orientation is fresh', () => {
    const world = hiring();
    must(world, people.hr, 'set_start', { on: '2025-05-12' });
    expect(heard(world)).toEqual(['2025-05-12']);
    expect(owes(world, 'P0.3')).toEqual([]);
  });

  it('P0.3 is told again of a day that is moved, and of no day when the candidate withdraws', () => {
    const world = hiring();
    must(world, people.hr, 'set_start', { on: '2025-05-12' });
    must(world, people.hr, 'set_start', { on: '2026-02-09' });
    expect(heard(world)).toEqual(['2026-02-09']);
    expect(owes(world, 'P0.3')).toEqual(hrOwes('2026-02-02'));
    must(world, people.candidate, 'withdraw');
    expect(heard(world)).toEqual([]);
    expect(owes(world, 'P0.3')).toEqual([]);
  });

  it('P0.3 is told by nobody where the site has no readiness that was accepted', () => {
    const world = accepted();
    const bodies = world.rows.filter((row) => row.kind === 'start_set').map((row) => row.body);
    expect(bodies).toEqual([{ on: '2025-05-12', conditional: false, moved: false }]);
  });
});

describe('a first day that is moved after the hire', () => {
  function hired(policy?: Policy): Employed {
    const terms = termsForTests();
    const one = new Employed('2025-05-09', '2025-05-12', { ...terms, policy: policy ?? terms.policy });
    one.seen.push({ kind: 'readiness', subject: site, value: 'ready', case: readiness, sequence: 9 });
    one.must(staff.hr, 'move_day_one', { dayOne: '2025-05-19' });
    return one;
  }

  it('P0.3 is told by the employment', () => {
    const [told] = hired().notices.filter((one) => one.kind === 'day_one_set');
    expect(told).toMatchObject({ to: readiness, body: { candidacy, dayOne: '2025-05-19' } });
  });

  it('P0.3 is not spoken of under a policy that does not ask for the orientation before a first day', () => {
    const { policy } = termsForTests();
    const { before_day_one_d: _days, ...rest } = policy.values['P0.3'] ?? { source: 'O' };
    const older = { ...policy, values: { ...policy.values, 'P0.3': { ...rest, source: 'O' } } };
    expect(hired(older).notices.filter((one) => one.kind === 'day_one_set')).toEqual([]);
  });
});

describe('a seat', () => {
  const seat = { kind: 'selected', body: { seat: 1, hiringManager: people.manager } } as const;
  const kept = { kind: 'reserved', body: { until: '2025-07-09' } } as const;
  const stage = (world: World) => (world.state(candidacy) as { stage: string }).stage;

  it('X25 is not given to somebody with whom no conversation was arranged, nor a place in the reserve', () => {
    const world = screened();
    const from = world.rows.length;
    for (const notice of [seat, kept]) tell(world, notice);
    expect(stage(world)).toBe('pool');
    const declined = world.rows.slice(from).map((row) => row.body);
    expect(declined).toEqual(['selected', 'reserved'].map((notice) => ({ notice, code: 'nothing_to_do' })));
    tell(world, { kind: 'not_selected', body: { reasons: ['RC_RANK'] } });
    expect(stage(world)).toBe('ended');
  });

  it('X25 is given after the conversation', () => {
    expect(stage(selected())).toBe('offer');
  });
});

describe('somebody who comes back to a pool that was decided', () => {
  const reopened = (world: World, on: string, back: string) => {
    must(world, people.hr, 'ask_candidate', { topic: 'availability' });
    moveTo(world, on, '10:00');
    must(world, people.hr, 'log_contact', { channel: 'call', on });
    moveTo(world, back, '10:00');
    expect(stage(world)).toBe('ended');
    const from = world.rows.length;
    must(world, people.candidate, 'reopen');
    expect(world.rows[from]).toMatchObject({ kind: 'candidacy_reopened' });
    return world.rows.slice(from);
  };
  const stage = (world: World) => (world.state(candidacy) as { stage: string }).stage;
  /** Another case takes every notice: what was sent comes back by its kind. */
  const sentKinds = (world: World) =>
    world.rows
      .filter((row) => row.kind === 'notice_declined')
      .map((row) => (row.body as { notice: string }).notice);

  it('X2 says the conversation and the sheets again', () => {
    const world = interviewed();
    const [rater = ''] = people.raters;
    must(world, rater, 'submit_sheet', sheet);
    const before = sentKinds(world).length;
    reopened(world, '2025-04-14', '2025-04-22');
    expect(stage(world)).toBe('rating');
    expect(sentKinds(world).slice(before)).toEqual([
      ...['candidate_left', 'screened', 'interview_held', 'sheet_in'],
    ]);
  });

  it('X2 plans a conversation anew that was only planned', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-24', at: '10:00' });
    reopened(world, '2025-04-04', '2025-04-11');
    expect(stage(world)).toBe('pool');
    expect(ask(world, people.hr, 'schedule_interview', { on: '2025-04-24', at: '10:00' })).not.toHaveProperty(
      'refused',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/contracts/policy.ts';
import { agendaCredential, endsBefore, mendBy } from '../../src/domain/candidacy/agenda-credential.ts';
import { proposeRescind } from '../../src/domain/candidacy/decide-rescind.ts';
import { frameOf } from '../../src/domain/candidacy/owing.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { World } from '../../src/sandbox/world.ts';
import { ask, accepted, id, must, nearlyReady, people, policyWith } from './candidacy-world.ts';
import * as clocks from './clock-house.ts';
import { moveTo, person, site, termsForTests } from './house.ts';
import type { SingleCase } from './single-case.ts';

/** X9: a credential that lapses takes duties away, never the job; and there is a way back, in steps. */

const { credentials, dates, employment, someone, started, supervisor } = clocks;
const terms = termsForTests();
const under = (policy: Terms['policy']): Terms => ({ ...terms, policy });
const watch = (policy = terms.policy): SingleCase =>
  started('2025-05-12', 'credential', employment, '2025-11-30', under(policy));
const steps = (one: SingleCase) =>
  one.rows.filter((row) => row.kind === 'credential_step_over').map((row) => row.body);
const about = (one: SingleCase, to: string): readonly string[] =>
  dates(one.sentTo(to).filter((line) => line.endsWith(' X9')));
const owes = (one: SingleCase) =>
  one.obligations
    .filter(({ code }) => code === 'X9')
    .map(({ id: name, owner, due }) => [name.split(':').at(-1), owner, dateOf(terms.calendar, due)]);

describe('clock: the way back after a lapse (X9)', () => {
  it('X9 asks person and supervisor from the day after, and again before the step ends; a job does not end', () => {
    const one = watch();
    one.moveTo('2025-11-30', '12:00');
    expect(owes(one)).toEqual([]);
    one.moveTo('2025-12-01', '10:00');
    const officer = `credential_officer@${site}`;
    expect(owes(one)).toEqual([
      ['grace', someone, '2025-12-30'],
      ['grace', supervisor, '2025-12-30'],
      ['grace', officer, '2025-12-30'],
    ]);
    one.moveTo('2025-12-29');
    expect(about(one, someone)).toEqual(['2025-12-01', '2025-12-16']);
    expect(about(one, supervisor)).toEqual(['2025-12-01', '2025-12-16']);
    expect(about(one, officer)).toEqual([]);
    expect(one.standing).toEqual({ stage: 'open', status: 'open' });
  });

  it('X9 goes from grace to a late fee, a new test and the training again, as the policy’s act and no outcome', () => {
    const one = watch();
    one.moveTo('2025-12-31');
    expect(steps(one)).toEqual([{ validTo: '2025-11-30', step: 'grace', next: 'late_fee' }]);
    expect(owes(one)[0]).toEqual(['late_fee', someone, '2026-05-30']);
    one.moveTo('2026-05-29');
    expect(about(one, someone).slice(2)).toEqual([
      '2025-12-31',
      '2026-02-27',
      '2026-03-31',
      '2026-04-30',
      '2026-05-15',
    ]);
    one.moveTo('2027-12-01');
    expect(steps(one)).toHaveLength(3);
    expect(steps(one).at(-1)).toEqual({ validTo: '2025-11-30', step: 're_test', next: 're_train' });
    // The last step has no end: the officer's daily item goes on, nobody is pressed further.
    expect(owes(one)).toEqual([]);
    expect(one.obligations.map(({ code }) => code)).toEqual(['P7.5']);
    expect(one.notices.map(({ kind }) => kind)).toEqual(['credential_changed']);
  });

  it('X9 ends with the renewal, wherever it was, and a later lapse begins at grace again', () => {
    const one = watch();
    one.moveTo('2026-02-02');
    one.must(credentials, 'renew', { validTo: '2026-11-30' });
    expect(owes(one)).toEqual([]);
    one.moveTo('2026-12-01');
    expect(owes(one)[0]).toEqual(['grace', someone, '2026-12-30']);
  });

  it('X9 the months are those of the jurisdiction: no grace where it gives none', () => {
    const one = watch(policyWith('X9', { grace_months: 0, late_months: 2 }));
    one.moveTo('2025-12-01', '10:00');
    expect(steps(one)).toEqual([{ validTo: '2025-11-30', step: 'grace', next: 'late_fee' }]);
    expect(owes(one)[0]).toEqual(['late_fee', someone, '2026-01-30']);
  });

  it('X9 asks nothing under a policy from before it, and nothing of a person on leave', () => {
    const old = watch(policyWith('X9', null));
    old.moveTo('2027-12-01');
    expect(old.obligations.map(({ code }) => code)).toEqual(['P7.5']);
    expect(steps(old)).toEqual([]);
    const one = watch();
    one.moveTo('2025-11-20');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-11-24', to: '2025-12-08' } });
    one.moveTo('2025-12-05');
    expect(about(one, someone)).toEqual([]);
    expect(owes(one)[0]?.[1]).toBe(`hr@${site}`);
    one.tell(employment, { kind: 'person_back', body: { on: '2025-12-08' } });
    one.moveTo('2025-12-12');
    expect(about(one, someone)).toEqual(['2025-12-08']);
  });

  it('X9 asks the new supervisor in place of the old one', () => {
    const one = watch();
    one.moveTo('2025-12-02');
    const next = person('next');
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: next } });
    one.moveTo('2025-12-17');
    expect(about(one, supervisor)).toEqual(['2025-12-01']);
    expect(about(one, next)).toContain('2025-12-16');
  });
});

const state = (world: World): CandidacyState => world.state(id) as CandidacyState;
const owed = (world: World) =>
  world
    .obligations(id)
    .filter(({ code }) => code === 'X9')
    .map(({ owner, due }) => [owner, dateOf(terms.calendar, due)]);
const lacks = (world: World): readonly { code: string }[] =>
  (ask(world, people.hr, 'confirm_day_one') as { missing: readonly { code: string }[] }).missing;
const officer = `credential_officer@${site}`;

function recorded(status: string, validTo?: string): World {
  const world = accepted();
  must(world, people.credentials, 'record_credential', { status, ...(validTo ? { validTo } : {}) });
  return world;
}

describe('candidacy: a credential before day one (X9)', () => {
  it('X9 one that ends before day one holds G5 open, and its renewal is asked for in time', () => {
    const world = recorded('verified', '2025-05-05');
    expect(lacks(world)).toContainEqual({ code: 'X9', about: '2025-05-05', who: people.candidate });
    expect(owed(world)).toEqual([
      [people.candidate, '2025-05-05'],
      [officer, '2025-05-05'],
    ]);
    must(world, people.credentials, 'record_credential', { status: 'verified', validTo: '2027-05-05' });
    expect(lacks(world).map(({ code }) => code)).not.toContain('X9');
    expect(owed(world)).toEqual([]);
  });

  it('X9 one that ends soon after day one is begun to be renewed, and stands in nobody’s way', () => {
    const world = recorded('verified', '2025-07-01');
    expect(owed(world)).toEqual([[people.candidate, '2025-05-12']]);
    expect(lacks(world).map(({ code }) => code)).not.toContain('X9');
    expect(owed(recorded('verified', '2025-11-30'))).toEqual([]);
  });

  it('X9 G5 opens with a deadline after day one: a start while the credential is on its way', () => {
    const world = nearlyReady();
    must(world, people.credentials, 'record_credential', {
      ...{ status: 'in_progress_with_deadline', validTo: '2025-05-09' },
    });
    expect(lacks(world)).toContainEqual(expect.objectContaining({ code: 'X9' }));
    must(world, people.credentials, 'record_credential', {
      ...{ status: 'in_progress_with_deadline', validTo: '2026-05-12' },
    });
    expect(lacks(world).map(({ code }) => code)).not.toContain('X9');
  });

  it.each(['not_found', 'expired'])('X9 %s takes no offer back while there is time to mend it', (status) => {
    const world = recorded(status);
    expect(owed(world)).toEqual([
      [people.candidate, '2025-04-30'],
      [officer, '2025-04-30'],
    ]);
    const why = { reason: 'RC_CRED' };
    const type = 'propose_rescind';
    expect(ask(world, people.hr, type, why)).toMatchObject({
      ...{ rule: 'X9', missing: [{ code: 'time_to_mend_until', about: '2025-04-30' }] },
    });
    moveTo(world, '2025-05-01');
    must(world, people.hr, type, why);
  });

  it('X9 leaves other grounds as they are, and a policy from before it', () => {
    const world = recorded('not_found');
    const old = under(policyWith('X9', null));
    expect(mendBy(state(world), old)).toBeNull();
    expect(endsBefore(state(recorded('verified', '2025-05-05')), '2025-05-12', old)).toBeNull();
    expect(agendaCredential(frameOf(state(world), old, site))).toEqual([]);
    const propose = (by: Terms, declined = false) => {
      // The reason is the one of the ground (R5.7).
      const reason = declined ? 'RC_CHECK' : 'RC_CRED';
      const proposal = { command: { type: 'propose_rescind', payload: { reason } } };
      const pre = { ...state(world).pre, ...(declined ? { consent: { answer: 'declined' } } : {}) };
      const own = { ...state(world), pre } as CandidacyState;
      return proposeRescind(own, proposal as never, { terms: by, now: world.now } as never);
    };
    expect(propose(terms)).toMatchObject({ rule: 'X9' });
    expect(propose(old)).toMatchObject([{ kind: 'rescind_proposed' }]);
    expect(propose(terms, true)).toMatchObject([{ kind: 'rescind_proposed' }]);
  });
});

describe('a jurisdiction’s own days (P7.5, X9)', () => {
  it('X9 P7.5 a profile sets months and days, and goes before the house’s policy', () => {
    const { profile } = terms;
    const days = { 'P7.5.before_d': [45, 20], 'X9.grace_months': 3 };
    const sources = { ...profile.sources, 'P7.5': 'R a state’s page' };
    const own = profileSchema.parse({ ...profile, sources, values: { ...profile.values, ...days } });
    const one = watch(inJurisdiction(terms.policy, own));
    one.moveTo('2025-12-02');
    expect(dates(one.sentTo(someone).filter((line) => line.endsWith(' P7.5')))).toEqual([
      '2025-10-16',
      '2025-11-10',
    ]);
    expect(owes(one)[0]).toEqual(['grace', someone, '2026-02-28']);
    const wrong = { ...profile, sources, values: { 'P7.5.before_d': 45 } };
    expect(profileSchema.safeParse(wrong).success).toBe(false);
  });
});

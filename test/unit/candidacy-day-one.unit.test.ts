import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import { competencies } from '../../src/domain/candidacy/words.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  ask,
  accepted,
  id,
  must,
  nearlyReady,
  neighbour,
  people,
  policyWith,
  role,
  screened,
  sheet,
} from './candidacy-world.ts';
import { caseOf, moveTo, site } from './house.ts';

/** What has to be true of a first day and of a fair conversation, rule by rule. */

const stateOf = (world: World): CandidacyState => world.state(id) as CandidacyState;
const access = ['read_limited', 'write_own_notes'];
const says = (rule: string, code: string) => ({
  ...{ refused: true, rule },
  missing: [expect.objectContaining({ code })],
});

/** Everything there on 9 May; day one is Monday the 12th. */
function ready(): World {
  const world = nearlyReady();
  must(world, people.manager, 'report_setup', { items: ['invitations'] });
  must(world, people.it, 'report_setup', { items: ['accounts'], access });
  return world;
}
const confirm = (world: World) => ask(world, people.hr, 'confirm_day_one');
const hired = { kinds: ['hired'] };

describe('G5', () => {
  it('G5 X1 is claimed in the business days before day one, not weeks ahead; till then the candidate may leave', () => {
    const world = ready();
    expect(confirm(world)).toMatchObject({
      ...{ rule: 'G5', missing: [{ code: 'confirmed_from', about: '2025-05-07' }] },
    });
    moveTo(world, '2025-05-06');
    expect(confirm(world)).toMatchObject({ refused: true });
    expect(stateOf(world).stage).toBe('preboarding');
    moveTo(world, '2025-05-07');
    expect(confirm(world)).toMatchObject(hired);
    const leaving = ready();
    must(leaving, people.hr, 'set_start', { on: '2026-02-02' });
    expect(confirm(leaving)).toMatchObject({ refused: true });
    must(leaving, people.candidate, 'withdraw');
  });

  it('G5 D2.5 takes a credential in progress only where the role gives time for it', () => {
    const rule = (value: string, validTo: string): World => {
      const world = ready();
      const facts = { pay_range: '2200-2500', record_access: access.join(','), credential_rule: value };
      neighbour(
        world,
        role,
        Object.fromEntries(Object.entries(facts).map(([kind, one]) => [kind, [role, one] as const])),
      );
      const status = 'in_progress_with_deadline';
      must(world, people.credentials, 'record_credential', { status, validTo });
      moveTo(world, '2025-05-09');
      return world;
    };
    expect(confirm(rule('required_at_start', '2025-11-30'))).toMatchObject({
      ...{ rule: 'G5', missing: [{ code: 'credential_of_the_role', about: 'required_at_start' }] },
    });
    expect(confirm(rule('within_n_months:12', '2028-05-05'))).toMatchObject({
      missing: [{ code: 'credential_of_the_role', about: '2026-05-12' }],
    });
    expect(confirm(rule('within_n_months:12', '2026-05-12'))).toMatchObject(hired);
    expect(confirm(rule('not_required', '2028-05-05'))).toMatchObject(hired);
  });

  it('G5 P0.3 counts an orientation that was held, not one to come', () => {
    const world = ready();
    moveTo(world, '2025-05-09');
    const held = (on: string) =>
      neighbour(world, caseOf('readiness', 'northside'), { team_oriented: [site, on] });
    held('2025-05-12');
    expect(confirm(world)).toMatchObject({ missing: [{ code: 'P0.3', about: 'team_oriented' }] });
    held('2025-05-09');
    expect(confirm(world)).toMatchObject(hired);
  });

  it('G5 R5.2 asks for a refresher of a training that became too old by a later day one', () => {
    const world = ready();
    must(world, people.hr, 'assign_supervisor', {
      ...{ supervisor: people.supervisor, outcome: 'qualified', trained: '2023-05-12' },
    });
    moveTo(world, '2025-05-09');
    must(world, people.hr, 'set_start', { on: '2025-05-13' });
    expect(confirm(world)).toMatchObject({
      missing: [{ code: 'R5.2', about: 'refresher', who: people.supervisor }],
    });
    must(world, people.hr, 'set_start', { on: '2025-05-12' });
    expect(confirm(world)).toMatchObject(hired);
  });
});

describe('R5.2: the training of a supervisor', () => {
  const given = (more: object) => ({ supervisor: people.supervisor, outcome: 'qualified', ...more });

  it('R5.2 counts for two years; then a refresher is due', () => {
    const world = accepted();
    const old = ask(world, people.hr, 'assign_supervisor', given({ trained: '2010-01-01' }));
    expect(old).toMatchObject(says('R5.2', 'refresher_needed'));
    must(world, people.hr, 'assign_supervisor', given({ trained: '2023-05-12' }));
  });

  it('R5.2 holds for the second supervisor who covers a waiver as well', () => {
    const world = accepted();
    const waiver = { outcome: 'waiver_until', until: '2025-06-10', second: people.second };
    const old = ask(world, people.hr, 'assign_supervisor', given({ ...waiver, secondTrained: '2001-01-01' }));
    expect(old).toMatchObject(says('R5.2', 'refresher_needed'));
    must(world, people.hr, 'assign_supervisor', given({ ...waiver, secondTrained: '2024-09-10' }));
  });
});

/** Dropped for the policy of an earlier day: the rule then is as it was. */
const without = (code: string, name: string): Policy => {
  const policy = policyWith(code, {});
  const { [name]: _gone, ...rest } = (policy.values[code] ?? {}) as Readonly<Record<string, unknown>>;
  return { ...policy, values: { ...policy.values, [code]: rest as never } };
};

describe('P4.1: the same time ahead for everybody', () => {
  const set = (on: string, policy?: Policy): World => {
    const world = screened(policy);
    must(world, people.hr, 'schedule_interview', { on, at: '10:00' });
    return world;
  };

  it('P4.1 warns before the questions go to one candidate weeks ahead', () => {
    const world = set('2025-04-25');
    expect(ask(world, people.hr, 'send_questions')).toMatchObject({
      ...{ code: 'acknowledgement_needed', missing: [{ code: 'P4.1' }] },
    });
    expect(ask(world, people.hr, 'send_questions', {}, ['P4.1'])).toMatchObject({
      kinds: ['questions_sent', 'warning_acknowledged'],
    });
    // A business day earlier than asked serves a round of meetings; a week is longer than the others have.
    const later = set('2025-04-25');
    moveTo(later, '2025-04-16');
    expect(ask(later, people.hr, 'send_questions')).toMatchObject({ code: 'acknowledgement_needed' });
    moveTo(later, '2025-04-22', '09:45');
    expect(ask(later, people.hr, 'send_questions')).toMatchObject({ code: 'acknowledgement_needed' });
    moveTo(later, '2025-04-22', '10:00');
    must(later, people.hr, 'send_questions');
  });

  it('P4.1 warns of nothing under a policy from before it', () => {
    must(set('2025-04-25', without('P4.1', 'early_bd')), people.hr, 'send_questions');
  });
});

describe('D4.3: a conversation', () => {
  it('D4.3 is recorded as held from its own hour on, neither on an earlier day nor before it began', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    moveTo(world, '2025-04-01');
    must(world, people.hr, 'send_questions');
    const record = (held: string) => ask(world, people.hr, 'record_interview', { held });
    expect(record('2025-04-01')).toMatchObject(says('D4.3', 'before_its_day'));
    moveTo(world, '2025-04-04', '09:45');
    expect(record('2025-04-04')).toMatchObject(says('D4.3', 'not_yet'));
    moveTo(world, '2025-04-04', '10:00');
    expect(record('2025-04-04')).toMatchObject({ kinds: expect.arrayContaining(['interview_held']) });
  });

  const held = (policy?: Policy): World => {
    const world = screened(policy);
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    moveTo(world, '2025-04-02');
    must(world, people.hr, 'send_questions');
    moveTo(world, '2025-04-04', '12:00');
    must(world, people.hr, 'record_interview', { held: '2025-04-04' });
    return world;
  };
  const low = {
    ...Object.fromEntries(competencies.map((one) => [one, '3'])),
    crisis: '2',
    growth: 'not_observed',
  };
  const [rater = ''] = people.raters;

  it('D4.3 wants a note of its own for a rating below the hiring line, and for no other', () => {
    const world = held();
    expect(ask(world, rater, 'submit_sheet', { ...sheet, ratings: low })).toMatchObject({
      ...{ rule: 'D4.3', missing: [{ code: 'evidence_needed', about: 'crisis' }] },
    });
    must(world, rater, 'submit_sheet', { ...sheet, ratings: low, evidence: { crisis: 'txt_crisis' } });
    must(world, people.raters[1] ?? '', 'submit_sheet', sheet);
  });

  it('D4.3 takes one note for all under a policy from before it', () => {
    must(held(policyWith('D4.3', null)), rater, 'submit_sheet', { ...sheet, ratings: low });
  });
});

describe('D4.2: the panel’s diaries', () => {
  const [rater = ''] = people.raters;
  const morning = { windows: [{ on: '2025-04-07', from: '09:00', to: '12:00' }] };

  it('D4.2 holds for a day that HR sets itself, and warns of an hour at which the site is closed', () => {
    const world = screened();
    must(world, people.hr, 'note_availability', { rater, ...morning });
    const set = (at: string, acknowledge: readonly string[] = []) =>
      ask(world, people.hr, 'schedule_interview', { on: '2025-04-07', at }, acknowledge);
    expect(set('13:00')).toMatchObject(says('D4.2', 'panel_not_free'));
    expect(set('11:00')).toMatchObject({ kinds: ['interview_set'] });
    const late = screened();
    const evening = { on: '2025-04-08', at: '23:30' };
    expect(ask(late, people.hr, 'schedule_interview', evening)).toMatchObject({
      ...{ code: 'acknowledgement_needed', rule: 'D4.2' },
    });
    expect(ask(late, people.hr, 'schedule_interview', evening, ['D4.2'])).toMatchObject({
      kinds: ['interview_set', 'warning_acknowledged'],
    });
    const offer = { slots: [{ on: '2025-04-08', at: '18:00' }] };
    expect(ask(screened(), people.hr, 'offer_slots', offer)).toMatchObject({ rule: 'D4.2' });
  });

  it('D4.2 is looked at again when the candidate chooses; whose diary it was is not told', () => {
    const world = screened();
    must(world, people.hr, 'offer_slots', {
      slots: [
        { on: '2025-04-07', at: '13:00' },
        { on: '2025-04-07', at: '11:00' },
      ],
    });
    must(world, people.hr, 'note_availability', { rater, ...morning });
    const answer = ask(world, people.candidate, 'choose_slot', { slot: 1 });
    expect(answer).toMatchObject(says('D4.2', 'slot_no_longer_free'));
    expect(JSON.stringify(answer)).not.toContain(rater);
    must(world, people.candidate, 'choose_slot', { slot: 2 });
  });
});

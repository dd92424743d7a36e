import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { briefFrom } from '../../src/client/ask-brief.ts';
import { reviewCommands } from '../../src/contracts/review.ts';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState, Live } from '../../src/domain/employment/state.ts';
import { site, termsForTests } from './house.ts';
import { Employed, leave, onTheJob, people, refusedBy, role, topics } from './employment-house.ts';

const { employee, supervisor, second, hr } = people;
const view = { month: '2025-05', core: 76, support: 18, shared: 6, nonPeer: 0, prohibited: [] };
const drifting = { ...view, core: 60, support: 20, shared: 5, nonPeer: 15, prohibited: ['N_DRIVER'] };

/** What the case says of a row to a reader at this moment, and what its state shows them. */
function seenBy(one: Employed, reader: string | null) {
  const look = { reader, now: one.now, terms: one.terms };
  const state = one.holds!.own as EmploymentState;
  const row = one.rows.findLast((each) => each.kind === 'pulse_answered')!;
  const { kind, body, stamp } = row;
  return {
    hidden: employment.hidden!(state, { kind, body, actor: stamp.actor }, look),
    pulse: employment.veiled!(state, look).pulse,
  };
}

/** The end of May, with the view of one of the two. */
function half(): Employed {
  const one = onTheJob();
  one.moveTo('2025-05-30', '11:00');
  one.must(employee, 'answer_pulse', view);
  return one;
}

describe('the two views of a month', () => {
  it('R7.7 are kept from the other, from HR and from whoever runs the machine until both are in', () => {
    const one = half();
    for (const reader of [supervisor, second, hr, people.manager, null]) {
      const seen = seenBy(one, reader);
      expect(seen.hidden).toBe(true);
      expect(seen.pulse.employee).toBeNull();
    }
    const own = seenBy(one, employee);
    expect(own.hidden).toBe(false);
    expect(own.pulse.employee).toMatchObject({ core: 76 });
  });

  it('R7.7 are open to both with the second of them', () => {
    const one = half();
    one.must(supervisor, 'answer_pulse', view);
    expect(one.kinds()).toContain('pulse_completed');
    for (const reader of [employee, supervisor, hr]) expect(seenBy(one, reader).hidden).toBe(false);
  });

  it('R7.7 stay as they were read once the employment has ended, whoever reads them and what comes before the session', () => {
    const one = half();
    one.moveTo('2025-06-02');
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-06', reasons: [] });
    one.moveTo('2025-06-20');
    expect(one.kinds()).toContain('employment_ended');
    const seen = [employee, hr, supervisor, second, null].map((reader) => seenBy(one, reader).hidden);
    expect(seen).toEqual([false, false, true, true, true]);
    const state = one.holds!.own as Live;
    for (const as of [employee, supervisor, hr]) {
      const reader = { as, now: one.now, assignments: [], delegations: [] };
      expect(briefFrom(state, reader, one.terms)).toMatchObject({ next: null, hours: null });
    }
  });

  it('D7.3 opens the one view to HR once the window is over, and to the other of the two not even then', () => {
    const one = half();
    one.moveTo('2025-06-06', '17:00');
    expect(seenBy(one, hr).hidden).toBe(true);
    one.moveTo('2025-06-09', '09:00');
    expect(seenBy(one, hr)).toMatchObject({ hidden: false, pulse: { employee: { core: 76 } } });
    expect(seenBy(one, supervisor)).toMatchObject({ hidden: true, pulse: { employee: null } });
    expect(seenBy(one, null).hidden).toBe(true);
  });

  it('D7.3 hides nothing else of the case, and nothing of a case that has not begun', () => {
    const one = half();
    const state = one.holds!.own as EmploymentState;
    const look = { reader: supervisor, now: one.now, terms: one.terms };
    for (const { kind, body, stamp } of one.rows.filter((row) => row.kind !== 'pulse_answered'))
      expect(employment.hidden!(state, { kind, body, actor: stamp.actor }, look)).toBe(false);
    const empty = employment.initial();
    expect(employment.veiled!(empty, look)).toEqual(empty);
  });
});

describe('drift', () => {
  /** A month of which both say that part of the work lay outside the role. */
  function flagged(): Employed {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', drifting);
    return one;
  }

  it.each([
    [48, true],
    [56, false],
    [60, false],
  ])('D7.4 compares both views with the agreed duties: core %i of 76 flags %s', (core, flags) => {
    const one = onTheJob();
    const seen = { case: role, sequence: 40 };
    one.seen.push({ kind: 'role_shares', subject: role, value: '76,18,6,0', ...seen });
    one.moveTo('2025-05-30', '11:00');
    const answer = { ...view, core, support: 94 - core };
    for (const who of [employee, supervisor]) one.must(who, 'answer_pulse', answer);
    const triggers = one.rows.filter((row) => row.kind === 'drift_flagged').map((row) => row.body);
    expect(triggers).toEqual(flags ? [{ month: '2025-05-01', triggers: ['agreed_gap'] }] : []);
  });

  it('D7.4 compares with nothing while the role publishes no shares', () => {
    const one = onTheJob();
    one.moveTo('2025-05-30', '11:00');
    for (const who of [employee, supervisor])
      one.must(who, 'answer_pulse', { ...view, core: 48, support: 46 });
    expect(one.kinds()).not.toContain('drift_flagged');
  });

  it('X18 is a matter of the organization where nobody says otherwise, and of nobody where there is none', () => {
    const one = flagged();
    one.must(supervisor, 'propose_drift_review', { outcome: 'duties_removed', duties: ['N_DRIVER'] });
    expect(one.rows.at(-1)?.body).toMatchObject({ kind: 'organizational' });
    one.must(supervisor, 'propose_drift_review', { outcome: 'no_drift', duties: [] });
    expect(one.rows.at(-1)?.body).toMatchObject({ kind: 'none' });
  });

  it('X18 names the duties before one person is part of it', () => {
    const one = flagged();
    const propose = (kind: string, duties: readonly string[]) =>
      one.ask(supervisor, 'propose_drift_review', { kind, outcome: 'training', duties });
    for (const kind of ['individual', 'both']) {
      expect(propose(kind, [])).toMatchObject({ ...refusedBy('X18'), missing: [{ code: 'duties_named' }] });
      expect(propose(kind, ['P_DIAG'])).toMatchObject({ kinds: ['drift_review_proposed'] });
    }
  });

  it('R7.7 never reaches a review, an improvement plan or a rating', () => {
    const about = /pulse|drift|tension|observation|outside_month|N_DRIVER/;
    const one = flagged();
    one.must(people.adviser, 'propose_drift_review', { outcome: 'duties_removed', duties: ['N_DRIVER'] });
    for (const who of [employee, supervisor]) one.must(who, 'agree_drift_review');
    one.moveTo('2025-08-29', '12:00');
    const told = one.notices.filter(({ to }) => to.startsWith('review-'));
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toMatch(about);
    expect(JSON.stringify(one.facts)).not.toMatch(about);
    // Nothing of the review knows the words: no file of its rules, and no field of its commands.
    const folder = new URL('../../src/domain/review/', import.meta.url);
    const files = readdirSync(folder);
    expect(files).toContain('decide-draft.ts');
    for (const file of files)
      expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(
        /role.?pulse|pulse_|drift_|employment\/(?:drift|decide-pulse|state|blind)/i,
      );
    const fields = Object.values(reviewCommands).flatMap((command) => Object.keys(command.shape));
    expect(fields.join(' ')).not.toMatch(about);
  });
});

describe('months without tension', () => {
  const notes = (one: Employed) =>
    one.prompts
      .filter((prompt) => prompt.code === 'TENSION')
      .map(({ to, sendAfter }) => [to, one.day(sendAfter)]);

  it('TENSION is noted to director and adviser after six months, as news that asks nothing', () => {
    const one = onTheJob();
    one.moveTo('2025-11-14', '12:00');
    expect(notes(one)).toEqual([
      [`adviser@${site}`, '2025-11-12'],
      [`director@${site}`, '2025-11-12'],
    ]);
    expect(one.prompts.find((prompt) => prompt.code === 'TENSION')).toMatchObject({ how: 'inform' });
    expect(one.rows.find((row) => row.kind === 'tension_noted')?.body).toEqual({
      since: '2025-05-12',
      on: '2025-11-12',
    });
    expect(one.owes('TENSION').map(([, due]) => due)).toEqual(['2026-05-12', '2026-05-12']);
  });

  it('TENSION is not noted while a session raises it now and then', () => {
    const one = onTheJob();
    one.moveTo('2025-05-27', '12:00');
    for (const [session, who] of [
      ['2025-05-13', supervisor],
      ['2025-05-20', second],
      ['2025-05-27', supervisor],
    ] as const)
      one.must(who, 'log_session', {
        ...{ session, outcome: 'held', minutes: 60, mode: 'video', actions: [] },
        topics: [...topics, 'advocacy_tension'],
      });
    one.moveTo('2025-11-26', '12:00');
    expect(notes(one)).toEqual([]);
    expect(one.owes('TENSION').map(([, due]) => due)).toEqual(['2025-11-28', '2025-11-28']);
  });

  it('TENSION counts no time on leave', () => {
    const one = onTheJob();
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-11-03', to: '2025-12-01' } });
    one.tell(leave, { kind: 'leave_ended', body: { clock: leave, returned: '2025-12-01' } });
    expect(one.owes('TENSION').map(([, due]) => due)).toEqual(['2026-06-01', '2026-06-01']);
  });

  it('TENSION is a matter of the policy: one without it says nothing', () => {
    const terms = termsForTests();
    const { TENSION: _taken, ...values } = terms.policy.values;
    const one = onTheJob({ ...terms, policy: { ...terms.policy, values } });
    expect(one.owes('TENSION')).toEqual([]);
  });
});

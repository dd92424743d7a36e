import { describe, expect, it } from 'vitest';
import { employmentCommands } from '../../src/contracts/employment.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { Employed, leave, onTheJob, people, refusedBy, topics } from './employment-house.ts';

const { employee, supervisor, second, manager, hr } = people;
const held = { outcome: 'held', minutes: 60, mode: 'in_person', topics, actions: [] };
const missing = (...codes: readonly string[]) => ({ missing: codes.map((code) => ({ code })) });

/** Terms without values of the policy that came later: what an employment under an older policy goes by. */
function olderTerms(...codes: readonly string[]) {
  const terms = termsForTests();
  const values = Object.fromEntries(
    Object.entries(terms.policy.values).map(([code, { source, ...named }]) => {
      const kept = Object.entries(named).filter(([name]) => !codes.includes(`${code}.${name}`));
      return [code, { source, ...Object.fromEntries(kept) }];
    }),
  );
  return { ...terms, policy: { ...terms.policy, values } };
}

/** The last session that was logged, or practice that was observed. */
const logged = (one: Employed) =>
  one.rows.findLast((row) => /^(session_logged|observation_recorded)$/.test(row.kind))?.body;

describe('a supervisor who is out', () => {
  it('X11 asks the manager for an interim on the day it begins, and for the plan in five business days', () => {
    const one = onTheJob();
    const standIn = person('stand-in');
    one.seen.push({
      ...{ kind: 'supervisor_qualified', subject: standIn, value: '2025-03-03' },
      ...{ case: caseOf('candidacy', 'other'), sequence: 3 },
    });
    one.must(supervisor, 'report_supervisor_out', { supervisor, from: '2025-05-19', back: '2025-07-01' });
    expect(one.owes('X11').slice(0, 1)).toEqual([[manager, '2025-05-19']]);
    one.moveTo('2025-05-14', '10:00');
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: standIn, second });
    expect(one.owes('X11').slice(0, 1)).toEqual([[manager, '2025-05-21']]);
    one.must(manager, 'plan_supervision', { outcome: 'returns_on', on: '2025-07-01' });
    expect(one.owes('X11').slice(0, 1)).toEqual([[manager, '2025-07-01']]);
    one.must(manager, 'change_supervisor', { how: 'reassigned', supervisor, second });
    expect(one.owes('X11').map(([owner]) => owner)).not.toContain(manager);
  });

  it('X11 is settled as well when the interim stays, or somebody is named for good', () => {
    const one = onTheJob();
    const open = () => one.owes('X11').filter(([owner]) => owner === manager);
    one.must(manager, 'report_supervisor_out', { supervisor, from: '2025-05-12' });
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: second, second: null });
    expect(open()).toEqual([[manager, '2025-05-19']]);
    one.must(manager, 'plan_supervision', { outcome: 'interim_stays' });
    expect(open()).toEqual([]);
    expect(one.ask(manager, 'plan_supervision', { outcome: 'interim_stays' })).toMatchObject(
      missing('nothing_open'),
    );
  });

  it('X11 reschedules: the other supervisor has the sessions, and nobody who is out is asked', () => {
    const one = onTheJob();
    one.must(hr, 'report_supervisor_out', { supervisor, from: '2025-05-12' });
    expect(new Set(one.owes('P7.1').map(([owner]) => owner))).toEqual(new Set([second, employee]));
    expect(one.owes('P7.1').map(([owner]) => owner)).not.toContain(supervisor);
    one.must(hr, 'report_supervisor_out', { supervisor: second, from: '2025-05-12' });
    expect(new Set(one.owes('P7.1').map(([owner]) => owner))).toEqual(new Set([employee]));
    one.must(second, 'report_supervisor_back', { supervisor: second });
    expect(one.owes('P7.1').map(([owner]) => owner)).toContain(second);
  });

  it('X11 takes back what it asks once they are back, and refuses whoever is out as the only one qualified', () => {
    const one = onTheJob();
    one.must(supervisor, 'report_supervisor_out', { supervisor, from: '2025-05-12', back: '2025-05-26' });
    const only = { how: 'reassigned', supervisor, second: null };
    expect(one.ask(manager, 'change_supervisor', only)).toMatchObject(refusedBy('R5.2'));
    one.must(supervisor, 'report_supervisor_back', { supervisor });
    expect(one.owes('X11').map(([owner]) => owner)).not.toContain(manager);
    one.must(manager, 'change_supervisor', only);
  });

  it('X11 is no matter of people who do not supervise here, nor of a return before the beginning', () => {
    const one = onTheJob();
    const out = (who: string, from: string, back?: string) =>
      one.ask(manager, 'report_supervisor_out', { supervisor: who, from, ...(back && { back }) });
    expect(out(person('stranger'), '2025-05-19')).toMatchObject(refusedBy('X11'));
    expect(out(supervisor, '2025-05-19', '2025-05-19')).toMatchObject(missing('return_after_start'));
    expect(one.ask(employee, 'report_supervisor_out', { supervisor, from: '2025-05-19' })).toMatchObject({
      code: 'not_permitted',
    });
    expect(one.ask(hr, 'report_supervisor_back', { supervisor })).toMatchObject(missing('nobody_is_out'));
  });

  it('X11 hands over no reason and no words: dates and refs are all that its commands take', () => {
    const fields = (type: keyof typeof employmentCommands) =>
      Object.keys(employmentCommands[type].shape).toSorted();
    expect(fields('report_supervisor_out')).toEqual(['back', 'from', 'supervisor']);
    expect(fields('report_supervisor_back')).toEqual(['supervisor']);
    expect(fields('change_supervisor')).toEqual(['how', 'second', 'supervisor']);
    expect(fields('plan_supervision')).toEqual(['on', 'outcome']);
  });

  it('X11 asks for no plan under a policy that has no days for it', () => {
    const one = onTheJob(olderTerms('X11.plan_bd', 'X11.refresher_before_d'));
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: second, second: null });
    expect(one.owes('X11')).toEqual([]);
  });
});

describe('a qualification', () => {
  it('R7.1 counts no session after HR recorded its end, asks for an interim, and counts again once trained', () => {
    const one = onTheJob();
    one.must(hr, 'end_supervisor_qualification', { supervisor, on: '2025-05-12' });
    expect(one.owes('R7.1')).toEqual([[manager, '2025-05-12']]);
    one.moveTo('2025-05-13', '12:00');
    one.must(supervisor, 'log_session', { session: '2025-05-13', ...held });
    expect(logged(one)).toMatchObject({ counts: false });
    one.must(hr, 'record_supervisor_training', { supervisor, on: '2025-05-13' });
    expect(one.owes('R7.1')).toEqual([]);
    one.moveTo('2025-05-27', '12:00');
    one.must(second, 'log_session', { session: '2025-05-20', ...held });
    one.must(supervisor, 'log_session', { session: '2025-05-27', ...held });
    expect(logged(one)).toMatchObject({ counts: true });
  });

  it('R7.1 ends by HR alone, not for a day to come, and not twice', () => {
    const one = onTheJob();
    const end = (who: string, on: string) => one.ask(who, 'end_supervisor_qualification', { supervisor, on });
    expect(end(manager, '2025-05-12')).toMatchObject({ code: 'not_permitted' });
    expect(end(hr, '2025-05-13')).toMatchObject(missing('day_not_in_future'));
    one.must(hr, 'end_supervisor_qualification', { supervisor, on: '2025-05-12' });
    expect(end(hr, '2025-05-12')).toMatchObject(missing('nothing_new'));
  });

  it('X11 asks for the refresher before the training stops to count, and R7.1 holds once it has (R5.2)', () => {
    const qualified = { [supervisor]: '2025-05-01', [second]: '2025-05-01' };
    const one = new Employed('2027-03-01', '2025-05-12', termsForTests(), { qualified });
    expect(one.owes('X11')).toEqual([
      [supervisor, '2027-04-30'],
      [second, '2027-04-30'],
    ]);
    const late = new Employed('2027-05-03', '2027-05-04');
    late.moveTo('2027-05-04', '12:00');
    late.must(supervisor, 'log_session', { session: '2027-05-04', ...held });
    expect(logged(late)).toMatchObject({ counts: false });
    late.must(hr, 'record_supervisor_training', { supervisor, on: '2027-05-04' });
    expect(late.owes('R7.1')).toEqual([]);
  });
});

describe('the span of a supervisor', () => {
  const next = person('next supervisor');
  /** An employment beside which `next` has so many people already. */
  function beside(others: number): Employed {
    const one = onTheJob();
    const of = { case: caseOf('employment', 'other'), sequence: 1 };
    one.seen.push({ kind: 'supervisor_qualified', subject: next, value: '2025-05-01', ...of });
    for (let n = 1; n <= others; n += 1)
      one.seen.push({
        ...{ kind: 'supervises', subject: `${next}/${n}`, ...of },
        value: caseOf('employment', `other ${n}`),
      });
    return one;
  }
  const change = { how: 'reassigned', supervisor: next, second: null };

  it('R7.6 warns before an eighth person, and records that the manager has read it', () => {
    const one = beside(7);
    expect(one.ask(manager, 'change_supervisor', change)).toMatchObject({
      ...{ code: 'acknowledgement_needed', rule: 'R7.6' },
      missing: [{ code: 'R7.6', about: '8' }],
    });
    one.must(manager, 'change_supervisor', change, { acknowledge: ['R7.6'] });
    expect(one.kinds()).toEqual(expect.arrayContaining(['supervisor_changed', 'warning_acknowledged']));
    expect(one.facts).toContainEqual({ kind: 'supervises', subject: `${next}/8`, value: one.id });
  });

  it('R7.6 says nothing of a seventh, nor of one who supervises here already', () => {
    const one = beside(6);
    one.must(manager, 'change_supervisor', change);
    expect(one.facts).toContainEqual({ kind: 'supervises', subject: `${next}/7`, value: one.id });
    one.must(manager, 'change_supervisor', { ...change, second });
  });

  it('R7.6 counts the people of both supervisors from the start, and leaves their places with the end', () => {
    const one = onTheJob();
    const places = () => one.facts.filter((fact) => fact.kind === 'supervises').map((fact) => fact.subject);
    expect(places()).toEqual([`${supervisor}/1`, `${second}/1`]);
    one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons: ['moved'] });
    one.moveTo('2025-06-02', '12:00');
    expect(places()).toEqual([]);
  });

  it('R7.6 counts nothing under a policy without a span', () => {
    expect(termsForTests().policy.values['R7.6']?.['span_max']).toBe(7);
    const one = onTheJob(olderTerms('R7.6.span_max'));
    expect(one.facts.some((fact) => fact.kind === 'supervises')).toBe(false);
  });
});

describe('what a log line may say', () => {
  const log = { session: '2025-05-13', ...held, note: 'txt_dec_note' };

  it.each(['R7.3', 'L5', 'Q_MEDS'])('R7.3 refuses a note in which the guard found %s', (finding) => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '12:00');
    expect(one.ask(supervisor, 'log_session', { ...log, findings: [finding] })).toMatchObject({
      ...refusedBy('R7.3'),
      missing: [{ code: 'guard', about: finding }],
    });
  });

  it('R7.3 takes a note about the work, and keeps nothing of what was found in it', () => {
    const one = onTheJob();
    one.moveTo('2025-05-13', '12:00');
    one.must(supervisor, 'log_session', { ...log, findings: ['L1'] });
    expect(logged(one)).toBeDefined();
    expect(logged(one)).not.toHaveProperty('findings');
  });
});

describe('observation of practice', () => {
  it('OBSERVE is listed once a quarter, and no message presses for it', () => {
    const one = onTheJob();
    expect(one.owes('OBSERVE')).toEqual([[supervisor, '2025-08-12']]);
    one.moveTo('2025-09-30', '12:00');
    expect(one.sent('OBSERVE')).toEqual([]);
    one.must(supervisor, 'record_observation', { on: '2025-09-30', outcome: 'held_with_consent', topics });
    expect(one.owes('OBSERVE')).toEqual([[supervisor, '2025-12-30']]);
  });

  it('OBSERVE stays open without consent, or when whoever observed is not qualified', () => {
    const one = onTheJob();
    const record = (who: string, outcome: string, seen: readonly string[]) =>
      one.must(who, 'record_observation', { on: '2025-05-12', outcome, topics: seen });
    one.must(manager, 'change_supervisor', { how: 'interim', supervisor: person('new'), second });
    record(second, 'consent_not_given', []);
    record(person('new'), 'held_with_consent', topics);
    expect(logged(one)).toMatchObject({ counts: false });
    expect(one.owes('OBSERVE').map(([, due]) => due)).toEqual(['2025-08-12']);
  });

  it('OBSERVE names nobody who was served: codes and a day are all that it takes', () => {
    expect(Object.keys(employmentCommands.record_observation.shape)).toEqual(['on', 'outcome', 'topics']);
    const one = onTheJob();
    const ask = (payload: object) => one.ask(supervisor, 'record_observation', payload);
    expect(ask({ on: '2025-05-12', outcome: 'consent_not_given', topics })).toMatchObject(
      missing('topics_of_what_was_seen'),
    );
    expect(ask({ on: '2025-05-13', outcome: 'held_with_consent', topics })).toMatchObject(
      missing('day_of_the_observation'),
    );
    one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-15', to: '2025-05-27' } });
    one.moveTo('2025-05-28', '12:00');
    expect(ask({ on: '2025-05-20', outcome: 'held_with_consent', topics })).toMatchObject(refusedBy('R7.4'));
    expect(one.owes('OBSERVE')).not.toContainEqual([`hr@${site}`, '2025-08-12']);
  });
});

import { describe, expect, it } from 'vitest';
import { caseOf, person, site } from './house.ts';
import { concerns, supervised } from './clock-house.ts';
import { SingleCase } from './single-case.ts';

const someone = person('specialist');
const supervisor = person('supervisor');
const leaveOfficer = person('leave-officer');
const background = person('background-officer');
const credentials = person('credential-officer');
const compliance = person('compliance');
const director = person('hr-director');
const employment = caseOf('employment', 'northside');
const candidacy = caseOf('candidacy', 'c-102');
const id = caseOf('clock', 'one');
const watchHere = `credential_officer@${site}`;

function clockOn(date: string): SingleCase {
  const one = new SingleCase(id, date);
  one.seen.push(concerns(employment), supervised(employment));
  one.assign(leaveOfficer, 'leave_officer');
  one.assign(background, 'background_officer');
  one.assign(credentials, 'credential_officer');
  one.assign(compliance, 'compliance');
  one.assign(director, 'hr_director');
  return one;
}

function started(on: string, about: string, parent: string, validTo: string | null = null): SingleCase {
  const one = clockOn(on);
  const its = about === 'credential' ? supervisor : null;
  const body = { site, about, parent, person: someone, supervisor: its, validTo };
  one.tell(parent, { kind: 'start_clock', body });
  return one;
}

const dates = (sent: readonly string[]): readonly string[] => sent.map((one) => one.slice(0, 10));

function onLeave(): SingleCase {
  const one = clockOn('2026-01-07');
  const from = { from: '2026-01-12', to: '2026-01-26' };
  one.must(leaveOfficer, 'open_leave', { site, person: someone, employment, supervisor, ...from });
  return one;
}

describe('clock: a leave', () => {
  it('tells the employment dates once approved, and nothing else (D9.4)', () => {
    const one = onLeave();
    const told = () => one.notices.map((notice) => [notice.to, notice.kind, notice.body]);
    expect(told()).toEqual([[employment, 'matter_opened', { clock: id }]]);
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    expect(told().slice(1)).toEqual([
      [employment, 'leave_set', { clock: id, from: '2026-01-12', to: '2026-01-26' }],
    ]);
  });

  it('prompts the supervisor to welcome them back on Monday 26 Jan and asks nothing of the person (X14)', () => {
    const one = onLeave();
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    one.moveTo('2026-01-26');
    expect(one.sentTo(supervisor)).toEqual(['2026-01-26 09:00 X14']);
    one.must(leaveOfficer, 'record_return', { on: '2026-01-26' });
    expect(one.notices.at(-1)).toMatchObject({
      kind: 'leave_ended',
      body: { clock: id, returned: '2026-01-26' },
    });
    one.moveTo('2026-02-28');
    expect(one.sentTo(supervisor)).toEqual(['2026-01-26 09:00 X14']);
    expect(one.sentTo(someone)).toEqual([]);
    expect(one.standing).toEqual({ stage: 'open', status: 'final' });
  });

  it('moves the welcome with an extension, and escalates a return nobody recorded to HR', () => {
    const one = onLeave();
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    one.moveTo('2026-01-20');
    one.must(leaveOfficer, 'extend_leave', { to: '2026-02-09' });
    expect(one.notices.at(-1)).toMatchObject({ kind: 'leave_set', body: { to: '2026-02-09' } });
    one.moveTo('2026-02-28');
    expect(dates(one.sentTo(supervisor))).toEqual(['2026-02-09']);
    expect(dates(one.sentTo(`hr@${site}`))).toEqual(['2026-02-12', '2026-02-17']);
  });

  it('waits fifteen days for papers, of the officer and not of the person (X13)', () => {
    const one = onLeave();
    one.must(leaveOfficer, 'decide_leave', { outcome: 'pending_docs' });
    expect(one.obligations).toHaveLength(1);
    one.moveTo('2026-01-22');
    expect(one.sentTo(`leave_officer@${site}`)).toEqual(['2026-01-22 09:00 D9.4']);
    expect(one.sentTo(someone)).toEqual([]);
  });

  it('gives a denial to a second person', () => {
    const one = onLeave();
    one.assign(leaveOfficer, 'hr_director');
    one.must(leaveOfficer, 'decide_leave', { outcome: 'denied_with_review' });
    expect(one.ask(leaveOfficer, 'review_denial', { outcome: 'upheld' })).toMatchObject({
      missing: [{ code: 'second_person_needed' }],
    });
    one.must(director, 'review_denial', { outcome: 'overturned' });
    expect(one.notices.at(-1)).toMatchObject({ kind: 'leave_set' });
  });

  it('has no field for a reason, no return before it happened, and no officer but its own', () => {
    const one = onLeave();
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    expect(one.ask(leaveOfficer, 'record_return', { on: '2026-01-26' })).toMatchObject({ rule: 'D9.4' });
    expect(one.ask(supervisor, 'extend_leave', { to: '2026-02-09' })).toMatchObject({
      code: 'not_permitted',
    });
    const reason = { site, person: someone, employment, from: '2026-01-12', to: '2026-01-26', reason: 'x' };
    expect(clockOn('2026-01-07').ask(leaveOfficer, 'open_leave', reason)).toMatchObject({
      code: 'malformed',
    });
  });

  it('keeps every row and every obligation in the vault', () => {
    const one = onLeave();
    one.must(leaveOfficer, 'decide_leave', { outcome: 'approved' });
    one.moveTo('2026-01-26');
    one.must(leaveOfficer, 'record_return', { on: '2026-01-26' });
    one.moveTo('2026-01-27');
    expect(new Set(one.rows.map((row) => `${row.visibility} ${row.retention}`))).toEqual(
      new Set(['C3 vault']),
    );
    expect(new Set(one.prompts.map((prompt) => prompt.visibility))).toEqual(new Set(['C3']));
    expect(one.prompts.every((prompt) => !/D9|X1[34]|leave/.test(prompt.key))).toBe(true);
  });
});

describe('clock: a background check', () => {
  it('publishes not_yet until it is clear, tells the candidacy, and is final (D5.2)', () => {
    const one = started('2025-04-17', 'background', candidacy);
    expect(one.facts).toEqual([{ kind: 'background', subject: candidacy, value: 'not_yet' }]);
    expect(one.obligations).toMatchObject([{ owner: `background_officer@${site}`, visibility: 'C3' }]);
    one.moveTo('2025-04-29');
    expect(one.prompts).toEqual([]);
    one.must(background, 'record_check', { outcome: 'clear' });
    expect(one.facts).toEqual([{ kind: 'background', subject: candidacy, value: 'clear' }]);
    expect(one.notices.map((notice) => [notice.to, notice.kind, notice.body])).toEqual([
      [candidacy, 'check_outcome', { check: 'background', outcome: 'clear' }],
    ]);
    expect(one.standing?.status).toBe('final');
  });

  it('turns nobody down without an assessment of their own case', () => {
    const one = started('2025-04-17', 'background', candidacy);
    const first = { outcome: 'pre_adverse', given: '2025-04-17', notice: 'txt_first' };
    expect(one.ask(background, 'record_check', first)).toMatchObject({
      rule: 'D5.2',
      missing: [{ code: 'not_after', about: 'pending' }],
    });
  });

  it('ends with its candidacy', () => {
    const one = started('2025-04-17', 'background', candidacy);
    one.tell(candidacy, { kind: 'parent_ended', body: { how: 'withdrawn' } });
    expect(one.standing?.status).toBe('final');
    expect(one.obligations).toEqual([]);
  });
});

describe('clock: an exclusion check', () => {
  it('settles a possible match by showing who is meant (D5.3)', () => {
    const one = started('2025-04-17', 'exclusion', candidacy);
    one.must(compliance, 'record_exclusion', { outcome: 'possible_match' });
    expect(one.facts[0]?.value).toBe('not_yet');
    expect(one.ask(compliance, 'record_exclusion', { outcome: 'clear' })).toMatchObject({ rule: 'D5.3' });
    one.must(compliance, 'record_exclusion', { outcome: 'disputed' });
    expect(one.ask(compliance, 'record_exclusion', { outcome: 'possible_match' })).toMatchObject({
      rule: 'D5.3',
    });
    one.must(compliance, 'record_exclusion', { outcome: 'clear' });
    expect(one.facts).toEqual([{ kind: 'exclusion', subject: candidacy, value: 'clear' }]);
    expect(one.standing?.status).toBe('final');
  });

  it('is over once it is clear, in an employment too: the monthly one is asked for there (P7.7)', () => {
    const one = started('2025-05-12', 'exclusion', employment);
    one.must(compliance, 'record_exclusion', { outcome: 'clear' });
    expect(one.facts).toEqual([{ kind: 'exclusion', subject: employment, value: 'clear' }]);
    expect(one.standing?.status).toBe('final');
    one.moveTo('2025-07-14');
    expect(one.sentTo(`compliance@${site}`)).toEqual([]);
  });
});

describe('clock: a credential', () => {
  const watch = () => started('2025-05-12', 'credential', employment, '2025-11-30');

  it('prompts on 29 Aug (1 Sep is a holiday), 1 Oct, 31 Oct; renewed on 10 Nov, 14 Nov is cancelled (P7.5)', () => {
    const one = watch();
    one.moveTo('2025-11-10');
    const expected = ['2025-08-29', '2025-10-01', '2025-10-31'];
    expect(dates(one.sentTo(someone))).toEqual(expected);
    expect(dates(one.sentTo(supervisor))).toEqual(expected);
    one.must(credentials, 'renew', { validTo: '2027-11-30' });
    one.moveTo('2026-12-31');
    expect(dates(one.sentTo(someone))).toEqual(expected);
    expect(one.notices.map((notice) => notice.body)).toEqual([
      { clock: id, status: 'verified', validTo: '2027-11-30' },
    ]);
    one.moveTo('2027-09-01');
    expect(dates(one.sentTo(someone)).slice(3)).toEqual(['2027-09-01']);
  });

  it('X9 takes the limited duties, not the job: a lapse is told as a date and mended by a renewal', () => {
    const one = watch();
    one.moveTo('2025-12-01', '18:00');
    expect(one.notices.map(({ kind, body }) => [kind, body])).toEqual([
      ['credential_changed', { clock: id, status: 'expired', validTo: '2025-11-30' }],
    ]);
    expect(one.kinds().some((kind) => /adverse|terminat|ended/.test(kind))).toBe(false);
    expect(one.standing?.status).toBe('open');
    one.must(credentials, 'renew', { validTo: '2027-11-30' });
    expect(one.notices.at(-1)?.body).toMatchObject({ status: 'verified' });
  });

  it('D5.4 says nothing of a lapse on the last valid day itself (X9)', () => {
    const one = watch();
    one.moveTo('2025-11-30', '12:00');
    expect(one.notices).toEqual([]);
  });

  it('would prompt on 14 Nov without the renewal', () => {
    const one = watch();
    one.moveTo('2025-11-15');
    expect(dates(one.sentTo(someone)).at(-1)).toBe('2025-11-14');
  });

  it('limits duties when the last day has gone by and owes the officer a new thing each business day, in the digest', () => {
    const one = watch();
    one.moveTo('2025-12-03', '18:00');
    expect(one.notices.map((notice) => notice.body)).toEqual([
      { clock: id, status: 'expired', validTo: '2025-11-30' },
    ]);
    expect(dates(one.sentTo(watchHere))).toEqual(['2025-12-01', '2025-12-02', '2025-12-03']);
    const overdue = one.prompts.filter((prompt) => prompt.to === watchHere);
    expect(new Set(overdue.map((prompt) => prompt.obligation)).size).toBe(3);
    expect(new Set(overdue.map((prompt) => prompt.how))).toEqual(new Set(['digest']));
    one.must(credentials, 'renew', { validTo: '2027-11-30' });
    one.moveTo('2025-12-20');
    expect(one.sentTo(watchHere)).toHaveLength(3);
    expect(one.notices.at(-1)?.body).toMatchObject({ status: 'verified' });
  });

  it('asks nothing of a person on leave, and once on their return what is still open', () => {
    const one = watch();
    one.moveTo('2025-09-25');
    one.tell(employment, { kind: 'person_away', body: { from: '2025-09-25', to: '2025-10-13' } });
    one.moveTo('2025-10-14', '09:30');
    expect(dates(one.sentTo(someone))).toEqual(['2025-08-29']);
    expect(dates(one.sentTo(supervisor))).toEqual(['2025-08-29', '2025-10-01']);
    one.tell(employment, { kind: 'person_back', body: { on: '2025-10-14' } });
    one.moveTo('2025-11-03');
    expect(dates(one.sentTo(someone))).toEqual(['2025-08-29', '2025-10-14', '2025-10-31']);
  });

  it('asks the new supervisor instead of the old one', () => {
    const one = watch();
    const next = person('next');
    one.tell(employment, { kind: 'supervisor_changed', body: { supervisor: next } });
    one.moveTo('2025-09-01');
    expect(one.sentTo(supervisor)).toEqual([]);
    expect(dates(one.sentTo(next))).toEqual(['2025-08-29']);
  });

  it('has an owner also without a last day, and when that lies beyond the calendar', () => {
    const undated = started('2025-05-12', 'credential', employment);
    expect(undated.obligations).toMatchObject([{ code: 'D5.4', owner: watchHere }]);
    undated.must(credentials, 'renew', { validTo: '2031-05-31' });
    expect(undated.obligations).toMatchObject([{ code: 'P7.5', owner: watchHere }]);
  });

  it('refuses an earlier day and ends with the employment', () => {
    const one = watch();
    expect(one.ask(credentials, 'renew', { validTo: '2025-11-30' })).toMatchObject({ rule: 'D5.4' });
    one.tell(employment, { kind: 'parent_ended', body: { how: 'resigned' } });
    expect(one.standing).toEqual({ stage: 'open', status: 'final' });
  });
});

describe('clock: seen from outside', () => {
  it('stands the same whatever it is about', () => {
    const kinds = [
      onLeave(),
      started('2025-04-17', 'background', candidacy),
      started('2025-05-12', 'credential', employment, '2025-11-30'),
    ];
    expect(new Set(kinds.map((one) => JSON.stringify(one.standing))).size).toBe(1);
  });
});

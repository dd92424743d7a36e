import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowDraft } from '../../src/domain/kernel/held.ts';
import { addDays, dateOf } from '../../src/domain/kernel/calendar.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { SingleCase } from '../unit/single-case.ts';

/**
 * Whatever people do with a leave, a check, a credential or a request, and in whatever order: nothing waits without an
 * owner and a date (`SingleCase` throws), nothing adverse comes about without all that goes before it, and nothing of a
 * confidential matter has another class.
 */

const terms = termsForTests();
const employment = caseOf('employment', 'any');
const candidacy = caseOf('candidacy', 'any');
const [self, supervisor, other, officer, second, director, hr] = [
  'self',
  'supervisor',
  'other',
  'officer',
  'second',
  'director',
  'hr',
].map(person) as [string, string, string, string, string, string, string];

type Move = (one: SingleCase, today: string) => void;

const ask =
  (actor: string, type: string, payload: (today: string) => object = () => ({})): Move =>
  (one, today) =>
    void one.ask(actor, type, payload(today));
const tell =
  (from: string, kind: string, body: (today: string) => object): Move =>
  (one, today) =>
    one.tell(from, { kind, body: body(today) });

const factors = ['nature', 'time_passed', 'relation_to_job'];
const adverse = { reason: 'barred_by_law', notice: 'txt_2' };
const moves: readonly Move[] = [
  ...[1, 3, 8, 20, 45].map(
    (days): Move =>
      (one, today) =>
        one.moveTo(addDays(today, days)),
  ),
  tell(employment, 'person_away', (today) => ({ from: addDays(today, 2), to: addDays(today, 16) })),
  tell(employment, 'person_back', (today) => ({ on: today })),
  tell(employment, 'supervisor_changed', () => ({ supervisor: other })),
  ...['approved', 'pending_docs', 'denied_with_review'].map((outcome) =>
    ask(officer, 'decide_leave', () => ({ outcome })),
  ),
  ask(director, 'review_denial', () => ({ outcome: 'overturned' })),
  ask(officer, 'extend_leave', (today) => ({ to: addDays(today, 12) })),
  ask(officer, 'record_return', (on) => ({ on })),
  ...['clear', 'individual_assessment', 'waiver_requested', 'cleared_after_assessment'].map((outcome) =>
    ask(officer, 'record_check', () => ({ outcome })),
  ),
  ask(officer, 'assess', () => ({ considered: factors, text: 'txt_a' })),
  ask(officer, 'assess', () => ({ considered: ['nature'], text: 'txt_a' })),
  ask(self, 'reply', () => ({ text: 'txt_r' })),
  ask(officer, 'record_check', (given) => ({ outcome: 'pre_adverse', given, notice: 'txt_1' })),
  ...[0, -9].map((back) =>
    ask(officer, 'record_check', (today) => ({
      ...{ outcome: 'pre_adverse', given: addDays(today, back), notice: 'txt_1' },
      enclosed: ['report', 'rights'],
    })),
  ),
  ...[officer, second].map((who) => ask(who, 'propose_adverse', () => adverse)),
  ...[officer, second].map((who) => ask(who, 'give_word', () => ({ word: 'nothing_stands_against' }))),
  ask(second, 'give_word', () => ({ word: 'matter_open' })),
  ...[officer, director].map((who) =>
    ask(who, 'confirm_adverse', () => ({ comparator: 'same_as_all_staff' })),
  ),
  ask(hr, 'keep_waiting'),
  ...['possible_match', 'disputed', 'clear', 'match'].map((outcome) =>
    ask(officer, 'record_exclusion', () => ({ outcome })),
  ),
  ask(officer, 'renew', (today) => ({ validTo: addDays(today, 60) })),
  ask(officer, 'acknowledge_request'),
  ask(officer, 'record_talk', (on) => ({ on })),
  ...['granted', 'alternative_agreed', 'declined_with_review'].map((outcome) =>
    ask(officer, 'decide_accommodation', () =>
      outcome === 'declined_with_review' ? { outcome } : { outcome, change: 'txt_c', arranger: supervisor },
    ),
  ),
  ...['upheld', 'overturned'].map((outcome) => ask(director, 'review_decline', () => ({ outcome }))),
  ask(supervisor, 'confirm_arrangement'),
  ask(self, 'close_request'),
  ask(self, 'redact_text', () => ({ text: 'txt_r' })),
  ask(officer, 'redact_text', () => ({ text: 'txt_c' })),
  ...['deleted', 'restored'].map((outcome) => ask(hr, 'settle_redaction', () => ({ outcome }))),
];

/** A way that leads far into the matter; what comes between its steps is by chance. */
const main: Readonly<Record<string, readonly Move[]>> = {
  background: [
    ask(officer, 'record_check', () => ({ outcome: 'individual_assessment' })),
    ask(officer, 'assess', () => ({ considered: factors, text: 'txt_a' })),
    ask(officer, 'record_check', (today) => ({
      ...{ outcome: 'pre_adverse', given: today, notice: 'txt_1', enclosed: ['report', 'rights'] },
    })),
    (one, today) => one.moveTo(addDays(today, 12)),
    ask(officer, 'propose_adverse', () => adverse),
    ask(second, 'give_word', () => ({ word: 'nothing_stands_against' })),
    ask(director, 'confirm_adverse', () => ({ comparator: 'same_as_all_staff' })),
  ],
  accommodation: [
    ask(officer, 'record_talk', (on) => ({ on })),
    ask(officer, 'decide_accommodation', () => ({ outcome: 'declined_with_review' })),
    ask(director, 'review_decline', () => ({ outcome: 'overturned' })),
    ask(officer, 'decide_accommodation', () => ({
      outcome: 'granted',
      change: 'txt_c',
      arranger: supervisor,
    })),
    ask(supervisor, 'confirm_arrangement'),
  ],
};

function clock(about: string): SingleCase {
  const one = new SingleCase(caseOf('clock', 'any'), '2025-07-11', terms);
  const offices = ['leave_officer', 'background_officer', 'compliance', 'credential_officer'] as const;
  for (const office of [...offices, 'accommodation_officer', 'hr_director'] as const)
    one.assign(officer, office);
  one.assign(second, 'background_officer');
  one.assign(second, 'accommodation_officer');
  one.assign(director, 'hr_director');
  one.assign(hr, 'hr');
  if (about === 'leave') {
    const dates = { from: '2025-07-14', to: '2025-08-01' };
    const whose = { kind: 'concerns', subject: employment, value: `${self},${site}` };
    one.seen.push({ ...whose, case: employment, sequence: 1 });
    one.must(officer, 'open_leave', { site, person: self, employment, ...dates });
    return one;
  }
  const parent = about === 'background' || about === 'accommodation' ? candidacy : employment;
  const validTo = about === 'credential' ? '2025-08-31' : null;
  const body = { site, about, parent, person: self, supervisor, validTo };
  one.tell(parent, { kind: 'start_clock', body });
  return one;
}

const bodyOf = (row: RowDraft | undefined) => (row?.body ?? {}) as Readonly<Record<string, unknown>>;

/** D5.2, R5.4, R5.7, X8: whatever came between, each adverse end has its whole way behind it. */
function adverseEndsRest(rows: readonly RowDraft[]): void {
  rows.forEach((row, n) => {
    if (row.kind !== 'adverse_confirmed') return;
    const before = rows.slice(0, n);
    const proposal = before.findLast((one) => one.kind === 'adverse_proposed');
    const word = before.findLast((one) => one.kind === 'officer_word_given');
    const notice = before.findLast((one) => one.kind === 'check_recorded');
    const { by, confirmedBy } = bodyOf(row);
    expect([bodyOf(proposal)['by'], bodyOf(word)['word']]).toEqual([by, 'nothing_stands_against']);
    expect(new Set([by, confirmedBy]).size).toBe(2);
    expect(bodyOf(word)['by']).not.toBe(by);
    expect(bodyOf(notice)).toMatchObject({ outcome: 'pre_adverse', enclosed: ['report', 'rights'] });
    // Nothing the person said lies between the first notice and the end: a reply would have begun it anew.
    const since = before.indexOf(notice as RowDraft);
    expect(before.slice(since).map((one) => one.kind)).not.toContain('reply_received');
    const days = dateOf(terms.calendar, proposal?.stamp.at ?? 0);
    expect(days > addDays(String(bodyOf(notice)['given']), 7)).toBe(true);
  });
}

function check(one: SingleCase): void {
  expect(one.standing?.stage).toBe('open');
  adverseEndsRest(one.rows);
  const own = one.rows.filter(
    (row) => !row.kind.startsWith('credential_') && row.kind !== 'overdue_day_passed',
  );
  expect(own.every((row) => row.visibility === 'C3' || row.kind === 'terms_adopted')).toBe(true);
  const declines = one.rows.filter((row) => bodyOf(row)['outcome'] === 'declined_with_review');
  expect(declines.length).toBeLessThanOrEqual(1);
  const open = new Set(one.obligations.map((owed) => owed.code));
  if (one.standing?.status === 'final') expect(open.has('X30')).toBe(false);
}

describe('clocks under any order of events', () => {
  it.each(['leave', 'background', 'exclusion', 'credential', 'accommodation'])(
    'a clock about %s',
    (about) => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 24 }), (list) => {
          const one = clock(about);
          // Thirteen waits of at most 45 days stay inside the calendar of the test site.
          for (const move of list) move(one, dateOf(terms.calendar, one.now));
          check(one);
        }),
        { numRuns: 80 },
      );
    },
  );

  it.each(Object.entries(main))(
    'a clock about %s on its way to the end, with anything in between',
    (about, way) => {
      let ended = 0;
      const between = fc.array(fc.option(fc.constantFrom(...moves), { freq: 1, nil: null }), {
        minLength: way.length,
        maxLength: way.length,
      });
      fc.assert(
        fc.property(between, (list) => {
          const one = clock(about);
          way.forEach((step, n) => {
            list[n]?.(one, dateOf(terms.calendar, one.now));
            step(one, dateOf(terms.calendar, one.now));
          });
          check(one);
          if (one.standing?.status === 'final') ended += 1;
        }),
        { numRuns: 120 },
      );
      expect(ended).toBeGreaterThan(10);
    },
  );
});

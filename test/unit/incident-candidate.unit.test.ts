import { describe, expect, it } from 'vitest';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import { opening } from '../../src/domain/opening/decider.ts';
import { opening as ofCandidacy, ask, id, must, neighbour, people, screened } from './candidacy-world.ts';
import { caseOf, person } from './house.ts';
import { agreed, c102, choice, interviewed, selected } from './opening-play.ts';

/** D4.8: anyone reports a question that should not be asked, above all those who were asked it. */

const told = (from: string) => ({
  kind: 'incident_told' as const,
  body: { candidacy: from, question: 'Q_MEDS' as const },
});

describe('a forbidden question', () => {
  it('D4.8 is reported by the candidate, on their own candidacy, and the opening hears of it', () => {
    const world = screened();
    const from = world.rows.length;
    must(world, people.candidate, 'report_incident', { question: 'Q_MEDS' });
    expect(world.rows[from]).toMatchObject({ kind: 'incident_told', body: { question: 'Q_MEDS' } });
    const row = world.rows[from]!;
    const before = { case: id, site: '', terms: null as never, childId: () => '' };
    const drafts = candidacy.notices(
      world.state(id) as Parameters<typeof candidacy.notices>[0],
      row as unknown as Parameters<typeof candidacy.notices>[1],
      before,
    );
    expect(drafts).toEqual([{ to: ofCandidacy, ...told(id) }]);
    expect(JSON.stringify(row.body)).not.toContain(people.candidate);
  });

  it('D4.8 is nobody’s to report for the candidate, on their candidacy', () => {
    const world = screened();
    for (const who of [people.hr, people.manager, person('another applicant')])
      expect(ask(world, who, 'report_incident', { question: 'Q_MEDS' })).toMatchObject({
        code: 'not_permitted',
      });
  });

  it('D4.8 is still reported once the candidate is out of the running', () => {
    const world = screened();
    must(world, people.candidate, 'withdraw');
    expect(isRefusal(ask(world, people.candidate, 'report_incident', { question: 'Q_AGE' }))).toBe(false);
  });

  it('D4.8 waits for the HR director, and G4 with it', () => {
    const stage = interviewed();
    stage.hear(c102, told(c102));
    expect(stage.rows.find((one) => one.kind === 'incident_reported')?.body).toEqual({
      ...{ candidacy: c102, question: 'Q_MEDS' },
    });
    expect(stage.owed()).toContain('D4.8');
    const late = agreed();
    late.hear(c102, told(c102));
    late.must('marisol', 'select', choice);
    expect(late.ask('dana', 'confirm_selection')).toMatchObject({ rule: 'G4', missing: [{ code: 'D4.8' }] });
    late.must('vera', 'review_incident', { incident: 1, outcome: 'reviewed' });
    late.must('vera', 'review_incident', { incident: 1, outcome: 'remedied', remedy: 'panel_briefed' });
    late.must('dana', 'confirm_selection');
  });

  it('D4.8 from somebody who did not apply here is declined', () => {
    const stage = interviewed();
    const other = caseOf('candidacy', 'elsewhere');
    stage.hear(other, told(other));
    expect(stage.kinds().at(-1)).toBe('notice_declined');
  });

  it('D4.8 X32 about a search that is final is reported to the opening itself, and no word gets lost', () => {
    const stage = selected();
    expect(stage.fact_('search_over')).toBeUndefined();
    stage.must('dana', 'release_reserve', { candidacy: caseOf('candidacy', 'c-103') });
    stage.hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'accepted' } });
    const employment = caseOf('employment', 'one');
    stage.hear(c102, { kind: 'hired', body: { candidacy: c102, employment, dayOne: '2025-05-12' } });
    // X32: since when, for the time of the candidacies' records.
    const since = String(stage.rows.at(-1)?.stamp.at);
    expect([stage.last?.standing?.status, stage.fact_('search_over')]).toEqual(['final', since]);
    const world = screened();
    neighbour(world, ofCandidacy, { search_over: [ofCandidacy, since] });
    expect(ask(world, people.candidate, 'report_incident', { question: 'Q_MEDS' })).toMatchObject({
      ...{ rule: 'D4.8', missing: [{ code: 'search_is_over', about: ofCandidacy }] },
    });
    expect(isRefusal(stage.ask('uli', 'report_incident', { question: 'Q_MEDS', candidacy: c102 }))).toBe(
      false,
    );
    expect(stage.owed()).toContain('D4.8');
  });

  it('D4.8 may be reported by everybody who works here, and by none who merely run or audit the machine', () => {
    const { by } = opening.rights.report_incident;
    expect(capacities.filter((one) => !by.includes(one))).toEqual(['administrator', 'auditor']);
    const stage = interviewed();
    expect(stage.ask('nobody', 'report_incident', { question: 'Q_MEDS' })).toMatchObject({
      code: 'not_permitted',
    });
    for (const who of ['uli', 'theo', 'dana'])
      expect(isRefusal(stage.ask(who, 'report_incident', { question: 'Q_MEDS' }))).toBe(false);
  });
});

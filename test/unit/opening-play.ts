import { OpeningStage } from './opening-house.ts';
import { caseOf, person, site } from './house.ts';

/** The worked example as one opening sees it: Northside's first peer support specialist. */

export const c101 = caseOf('candidacy', 'c-101');
export const c102 = caseOf('candidacy', 'c-102');
export const c103 = caseOf('candidacy', 'c-103');
export const questions = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q10'];

const rater = (who: string, inRole = false) => ({ person: person(who), inRole, trained: true });

export const openPayload = (stage: OpeningStage) => ({
  ...{ site, role: stage.role, roleVersion: 1, seats: 1, hiringManager: person('marisol') },
  screeners: [person('dana'), person('marisol')],
  panel: [rater('marisol'), rater('theo', true), rater('priya'), rater('luis')],
  alternates: [rater('ana')],
  plannedPosting: '2025-03-03',
});

export function opened(): OpeningStage {
  const stage = new OpeningStage().ready().to('2025-02-26');
  stage.must('dana', 'open', openPayload(stage));
  return stage;
}

export function posted(stage = opened()): OpeningStage {
  stage.must('dana', 'plan_channels', {
    channels: ['recovery_community_center', 'peer_run_organization', 'training_program', 'own_website'],
  });
  stage.to('2025-02-28').must('dana', 'approve_posting', {}, ['R0.4']);
  stage.to('2025-03-03').must('dana', 'post', { closeOn: '2025-03-24' });
  return stage;
}

export const advance = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, { kind: 'screened', body: { candidacy, outcome: 'advance', qualified: true } });

const applied = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(candidacy) } });

const manager = (stage: OpeningStage): string =>
  stage.state().hiringManager === person('grace') ? 'grace' : 'marisol';

/** To the closing of the posting on 24 March. */
export function closed(from?: OpeningStage): OpeningStage {
  const stage = posted(from);
  applied(stage.to('2025-03-05'), c101);
  stage.to('2025-03-06');
  stage.must('dana', 'declare', { answer: 'none', attest: true });
  stage.must('marisol', 'declare', { answer: 'none', attest: true });
  applied(stage.to('2025-03-11'), c102);
  advance(stage.to('2025-03-12'), c101);
  advance(stage.to('2025-03-18'), c102);
  applied(stage.to('2025-03-19'), c103);
  stage.to('2025-03-24').must('dana', 'close_posting');
  return stage;
}

/** To G3 on 26 March. */
export function pooled(from?: OpeningStage): OpeningStage {
  const stage = closed(from).to('2025-03-25');
  stage.must('luis', 'declare', { answer: 'recuse' });
  for (const who of ['marisol', 'theo', 'priya', 'ana'])
    stage.must(who, 'declare', { answer: 'none', attest: true });
  advance(stage.to('2025-03-26'), c103);
  stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
  stage.must(manager(stage), 'confirm_pool', { outcome: 'proceed' });
  return stage;
}

/** To a plan for interviews on 3 and 4 April. */
export function planned(from?: OpeningStage): OpeningStage {
  const stage = pooled(from);
  stage.must('dana', 'mark_questions', {
    questions: [
      ...questions.map((id) => ({ id, status: 'approved' })),
      { id: 'Q9', status: 'needs_review' },
      { id: 'Q11', status: 'forbidden', code: 'Q_STORY' },
    ],
  });
  stage.must('dana', 'plan_interviews', { firstDay: '2025-04-03', lastDay: '2025-04-04', questions });
  for (const [candidacy, on] of interviewDays)
    stage.hear(candidacy, { kind: 'interview_set', body: { candidacy, on } });
  return stage;
}

const interviewDays = [
  [c101, '2025-04-03'],
  [c102, '2025-04-03'],
  [c103, '2025-04-04'],
] as const;

const sheets = (stage: OpeningStage, candidacy: string, raters: readonly string[]) => {
  for (const who of raters)
    stage.hear(candidacy, { kind: 'sheet_in', body: { candidacy, rater: person(who) } });
};

/** Interviews held, C-101 withdrawn, Priya's sheets missing, dropped on 9 April, references taken. */
export function interviewed(from?: OpeningStage): OpeningStage {
  const stage = planned(from).to('2025-03-28');
  for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
  for (const [candidacy, on] of interviewDays) {
    stage.to(on, '16:00').hear(candidacy, { kind: 'interview_held', body: { candidacy, on } });
    sheets(stage, candidacy, ['marisol', 'theo', 'ana']);
  }
  stage.to('2025-04-07').hear(c101, { kind: 'candidate_left', body: { candidacy: c101, why: 'withdrawn' } });
  stage.to('2025-04-09');
  stage.must('dana', 'drop_rater', { rater: person('priya') });
  stage.must('dana', 'record_references', { outcome: 'done_same_questions', unreachable: [] });
  return stage;
}

/** Consensus on 10 April, one bd late, by all who rated. */
export function agreed(): OpeningStage {
  const stage = interviewed().to('2025-04-10');
  stage.must('marisol', 'state_consensus', {
    results: [
      { candidacy: c102, outcome: 'recommend_1', reasons: [] },
      { candidacy: c103, outcome: 'acceptable', reasons: ['RC_RANK'] },
    ],
  });
  stage.must('theo', 'answer_consensus', { dissents: [] });
  stage.must('ana', 'answer_consensus', { dissents: [] });
  return stage;
}

export const choice = {
  outcomes: [
    { candidacy: c102, outcome: 'select', reasons: [] },
    { candidacy: c103, outcome: 'reserve', reasons: ['RC_RANK'], rank: 1 },
  ],
};

/** G4 on 10 April. */
export function selected(): OpeningStage {
  const stage = agreed();
  stage.must('marisol', 'select', choice);
  stage.must('dana', 'confirm_selection');
  return stage;
}

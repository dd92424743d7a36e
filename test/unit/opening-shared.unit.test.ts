import { describe, expect, it } from 'vitest';
import { caseOf, person } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import { OpeningPair } from './opening-pair.ts';
import {
  agreed,
  c102,
  c103,
  choice,
  closed,
  interviewed,
  openPayload,
  pooled,
  selected,
} from './opening-play.ts';

/** Several seats, and several openings of one role: one posting, one pool, one list that feeds the seats in its order. */

const employments = { [c102]: caseOf('employment', 'c-102'), [c103]: caseOf('employment', 'c-103') };
const dayOne = '2025-05-12';

const accept = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, { kind: 'offer_ended', body: { candidacy, how: 'accepted' } });
const hire = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, {
    kind: 'hired',
    body: { candidacy, employment: employments[candidacy] ?? '', dayOne },
  });
const states = (stage: OpeningStage) => stage.state().seats.map((seat) => seat.st);

describe('several seats', () => {
  function withSeats(): OpeningStage {
    const stage = new OpeningStage('two-seats').ready().to('2025-02-26');
    stage.must('dana', 'open', { ...openPayload(stage), seats: 2 });
    const at = interviewed(stage).to('2025-04-10');
    at.must('marisol', 'state_consensus', {
      results: [c102, c103].map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] })),
    });
    for (const who of ['theo', 'ana']) at.must(who, 'answer_consensus', { dissents: [] });
    return at;
  }
  const both = (first: number | undefined, second: number | undefined) => ({
    outcomes: [
      { candidacy: c102, outcome: 'select', reasons: [], rank: first },
      { candidacy: c103, outcome: 'select', reasons: [], rank: second },
    ],
  });

  it('X26 wants the order of those selected from people, and grants the seats in it', () => {
    const stage = withSeats();
    expect(stage.ask('marisol', 'select', both(undefined, undefined))).toMatchObject({
      rule: 'X26',
      missing: [{ code: 'rank_of_each_selected' }],
    });
    expect(stage.ask('marisol', 'select', both(1, 1))).toMatchObject({ rule: 'X26' });
    stage.must('marisol', 'select', both(2, 1));
    stage.must('dana', 'confirm_selection');
    expect(stage.told('selected').map((one) => [one.to, one.body])).toEqual([
      [c103, expect.objectContaining({ seat: 1 })],
      [c102, expect.objectContaining({ seat: 2 })],
    ]);
  });

  it('X25 decides about all in one event, and grants a seat once when two accept at the same moment', () => {
    const stage = selected();
    stage.hear(c103, { kind: 'offer_ended', body: { candidacy: c103, how: 'accepted' } });
    accept(stage, c102);
    expect(stage.kinds().filter((kind) => kind === 'selection_confirmed')).toHaveLength(1);
    expect(stage.told('seat_refused').map((one) => one.to)).toEqual([c103]);
    expect(stage.state().seats).toMatchObject([{ st: 'accepted' }]);
    expect(stage.ask('dana', 'offer_next', { candidacy: c103 })).toMatchObject({ rule: 'X25' });
  });

  it('D4.7 records that nobody was selected, with a reason for each, and goes on with D3.7', () => {
    const stage = agreed();
    const none = (reasons: readonly string[]) => ({
      outcomes: [c102, c103].map((candidacy) => ({ candidacy, outcome: 'not_selected', reasons })),
    });
    expect(stage.ask('marisol', 'select', none([]))).toMatchObject({ rule: 'R4.7' });
    stage.must('marisol', 'select', none(['RC_TEAM']));
    stage.must('dana', 'confirm_selection');
    const row = stage.rows.find((one) => one.kind === 'selection_confirmed');
    expect(row?.body).toMatchObject({ result: 'no_selection', granted: [] });
    expect(stage.owed()).toEqual(['D3.7']);
  });
});

describe('openings that share a pool', () => {
  it('R3.6 offers the people of one search to no search for another role', () => {
    const pair = new OpeningPair(pooled());
    const other = { role: caseOf('role', 'elsewhere') };
    expect(pair.to('2025-03-27').open(1, other)).toMatchObject({ code: 'rule_blocks', rule: 'R3.6' });
  });

  it('R3.6 shares them with a further seat of the same role', () => {
    const pair = new OpeningPair(pooled());
    expect(pair.to('2025-03-27').open(1)).toMatchObject({ kinds: ['opening_opened'] });
  });

  it('X26 shares nothing with another version, or with a search that is over', () => {
    const pair = new OpeningPair(pooled()).to('2025-03-27');
    expect(pair.open(1, { roleVersion: 2 })).toMatchObject({
      rule: 'X26',
      missing: [{ code: 'another_version' }],
    });
    expect(pair.open(1, { sharing: caseOf('opening', 'nowhere') })).toMatchObject({
      code: 'unknown_reference',
    });
    const ended = closed().to('2025-03-25');
    ended.must('vera', 'cancel_opening', { why: 'funding_ended' });
    expect(new OpeningPair(ended).to('2025-03-26').open(1)).toMatchObject({
      rule: 'X26',
      missing: [{ code: 'pool_closed' }],
    });
  });

  it('X26 feeds the offers of both from one list, each with its own hiring manager, and stops when all is filled', () => {
    const pair = new OpeningPair(agreed()).to('2025-04-10', '12:00');
    pair.open(1);
    const { first, second } = pair;
    expect(states(first)).toEqual(['free', 'free']);
    expect(second.last?.standing).toEqual({ stage: 'shared_pool', status: 'open' });
    expect(second.owed()).toEqual(['X26']);
    expect(second.ask('dana', 'approve_posting', {}, ['R0.4'])).toMatchObject({ rule: 'X26' });
    first.must('marisol', 'select', choice);
    first.must('dana', 'confirm_selection');
    first.must('dana', 'offer_next', { candidacy: c103 });
    expect(first.told('selected').map((one) => one.body)).toEqual([
      { seat: 1, hiringManager: person('marisol') },
      { seat: 2, hiringManager: person('grace') },
    ]);
    for (const candidacy of [c102, c103]) hire(accept(first, candidacy), candidacy);
    pair.settle();
    expect(states(first)).toEqual(['filled', 'filled']);
    expect(second.last?.standing).toEqual({ stage: 'filled', status: 'final' });
    expect(first.last?.standing).toEqual({ stage: 'filled', status: 'final' });
  });

  it('X26 gives back the seats nobody holds, and keeps those that were granted', () => {
    const pair = new OpeningPair(agreed()).to('2025-04-10', '12:00');
    pair.open(2);
    const { first, second } = pair;
    first.must('marisol', 'select', choice);
    first.must('dana', 'confirm_selection');
    first.must('dana', 'offer_next', { candidacy: c103 });
    second.must('dana', 'leave_pool');
    pair.settle();
    expect(states(first)).toEqual(['granted', 'granted', 'gone']);
    expect(states(second)).toEqual(['free', 'lent']);
    expect(second.owed()).toContain('D3.1');
    expect(second.ask('vera', 'cancel_opening', { why: 'funding_ended' })).toMatchObject({ rule: 'X26' });
    hire(accept(first, c103), c103);
    pair.settle();
    expect(states(second)).toEqual(['free', 'filled']);
  });

  it('X26 looks at a lent seat anew once somebody accepted it, and at the others as before', () => {
    const pair = new OpeningPair(agreed()).to('2025-04-10', '12:00');
    pair.open(2);
    const { first, second } = pair;
    const looked = () => {
      const owed = second.last?.obligations.filter((one) => one.code === 'X26') ?? [];
      return owed.map(({ due }) => new Date(due).toISOString().slice(0, 10));
    };
    expect(looked()).toEqual(['2025-06-09']);
    first.must('marisol', 'select', choice);
    first.must('dana', 'confirm_selection');
    first.must('dana', 'offer_next', { candidacy: c103 });
    expect(pair.settle() && looked()).toEqual(['2025-06-09']);
    accept(pair.to('2025-04-16').first, c103);
    // Sixty days from 16 April are a Sunday; what is due then is due on the Friday before.
    expect(pair.settle() && looked().toSorted()).toEqual(['2025-06-09', '2025-06-13']);
    // The seat nobody holds goes back, not the one that waits for its first day.
    second.must('dana', 'leave_pool');
    expect(pair.settle() && states(second)).toEqual(['lent', 'free']);
    expect(looked()).toEqual(['2025-06-13']);
    hire(first, c103);
    expect(pair.settle() && states(second)).toEqual(['filled', 'free']);
  });

  it('X26 sends the seats home when the search that holds them ends', () => {
    const pair = new OpeningPair(closed()).to('2025-03-25');
    pair.open(1);
    pair.first.must('vera', 'cancel_opening', { why: 'role_withdrawn' });
    pair.settle();
    expect(states(pair.second)).toEqual(['free']);
    expect(pair.second.last?.standing?.stage).toBe('draft');
    expect(pair.second.ask('dana', 'leave_pool')).toMatchObject({ missing: [{ code: 'nothing_lent' }] });
  });

  it('X26 looks for somebody again when a holder of a lent seat leaves, and believes no other opening', () => {
    const pair = new OpeningPair(agreed()).to('2025-04-10', '12:00');
    pair.open(2);
    const { first, second } = pair;
    first.must('marisol', 'select', choice);
    first.must('dana', 'confirm_selection');
    first.must('dana', 'offer_next', { candidacy: c103 });
    hire(accept(first, c103), c103);
    pair.settle();
    expect(states(second)).toEqual(['filled', 'lent']);
    const employment = employments[c103] ?? '';
    first.hear(employment, { kind: 'holder_left', body: { employment, how: 'resigned' } });
    pair.settle();
    expect(states(first)).toEqual(['granted', 'free', 'free']);
    expect(states(second)).toEqual(['lent', 'lent']);
    // D9.7 `close`, decided later: the seat is gone for the opening it came from, too.
    first.hear(employment, { kind: 'holder_left', body: { employment, how: 'resigned', closes: true } });
    pair.settle();
    expect(states(first)).toEqual(['granted', 'gone', 'free']);
    expect(states(second)).toEqual(['gone', 'lent']);
    second.hear(caseOf('opening', 'stranger'), { kind: 'pool_ended', body: { how: 'over' } });
    expect(second.rows.at(-1)?.kind).toBe('notice_declined');
  });

  it('X26 counts the reserve for the whole role: ninety days from the one selection', () => {
    const pair = new OpeningPair(selected()).to('2025-04-11');
    pair.open(1);
    const owed = pair.first.last?.obligations.find((one) => one.id.startsWith('D5.9/seat:2'));
    expect(owed).toBeDefined();
    expect(pair.first.state().rows.find((row) => row.s === 're')?.until).toBe('2025-07-09');
    pair.to('2025-07-10');
    expect(pair.first.kinds()).toContain('reserve_ended');
    expect(pair.first.owed()).toContain('D3.7');
  });
});

import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../src/domain/kernel/words.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { competencies } from '../../src/domain/candidacy/words.ts';
import { moveTo, person, site } from './house.ts';
import { c101, c102, c103, choice, questions } from './opening-play.ts';
import { ask, attest, id, planned, pooled, posted } from './opening-world.ts';

/** The opening among real candidacies: what either says, the other understands. */

/** 5 March: entered by HR; called on the 12th, closed without a response on the 19th. */
function silent(): World {
  const world = posted();
  moveTo(world, '2025-03-05');
  const payload = { site, opening: id, person: person(c101), attested: false };
  world.assign(person(c101), 'candidate', c101);
  ask(world, c101, 'dana', 'open', payload);
  attest(world, 'dana', 'marisol');
  moveTo(world, '2025-03-12');
  ask(world, c101, 'dana', 'log_contact', { channel: 'call', on: '2025-03-12' });
  moveTo(world, '2025-03-20');
  return world;
}

/** 3 to 4 April: all three were met, one withdrew, one is selected and one in reserve. */
function chosen(): World {
  const world = planned();
  for (const [n, candidacy] of [c101, c102, c103].entries())
    ask(world, candidacy, 'dana', 'schedule_interview', { on: '2025-04-03', at: `1${n}:00` });
  moveTo(world, '2025-04-01');
  for (const candidacy of [c101, c102, c103]) ask(world, candidacy, 'dana', 'send_questions', {});
  for (const who of ['marisol', 'theo', 'priya', 'ana']) ask(world, id, who, 'confirm_attendance', {});
  moveTo(world, '2025-04-03', '16:00');
  const ratings = Object.fromEntries(competencies.map((one) => [one, '4']));
  for (const candidacy of [c101, c102, c103]) {
    ask(world, candidacy, 'dana', 'record_interview', { held: '2025-04-03' });
    for (const who of ['marisol', 'theo', 'ana'])
      ask(world, candidacy, who, 'submit_sheet', { ratings, notes: [] });
  }
  world.must({ case: c101, actor: person(c101), type: 'withdraw', payload: {} });
  ask(world, id, 'dana', 'drop_rater', { rater: person('priya') });
  ask(world, id, 'dana', 'record_references', { outcome: 'done_same_questions', unreachable: [] });
  const results = [c102, c103].map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] }));
  ask(world, id, 'marisol', 'state_consensus', { results });
  for (const who of ['theo', 'ana']) ask(world, id, who, 'answer_consensus', { dissents: [] });
  ask(world, id, 'marisol', 'select', choice);
  ask(world, id, 'dana', 'confirm_selection', {});
  return world;
}

const codesOf = (world: World) => (world.state(id) as OpeningState).rows.map((row) => row.s);
const kindsOf = (world: World, target: CaseId) =>
  world.rows.filter((row) => row.case === target).map((row) => row.kind);
const comeBack = (world: World) =>
  world.must({ case: c101, actor: person(c101), type: 'reopen', payload: {} });

describe('an opening among its candidacies', () => {
  it('X2 takes somebody back who was silent, and screens them like everybody else', () => {
    const world = silent();
    expect(codesOf(world)).toEqual(['nr']);
    comeBack(world);
    expect(codesOf(world)).toEqual(['in']);
    world.must({ case: c101, actor: person(c101), type: 'attest', payload: {} });
    const screening = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
    for (const reviewer of ['dana', 'marisol']) ask(world, c101, reviewer, 'screen', screening);
    expect(codesOf(world)).toEqual(['ad']);
    expect(kindsOf(world, id)).not.toContain('notice_declined');
  });

  it('X2 tells somebody who comes back after the pool was decided that it was', () => {
    const world = silent();
    moveTo(world, '2025-03-24');
    ask(world, id, 'dana', 'close_posting', {});
    ask(world, id, 'dana', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_reach'] });
    ask(world, id, 'marisol', 'confirm_pool', { outcome: 'failed_search' });
    comeBack(world);
    expect(codesOf(world)).toEqual(['nr']);
    const heard = kindsOf(world, c101);
    expect(heard.indexOf('opening_closed')).toBeGreaterThan(heard.indexOf('candidacy_reopened'));
    expect(world.state(c101)).toMatchObject({ stage: 'ended', outcome: { what: 'opening_closed' } });
  });

  it('R4.1 sets no conversation, and holds the one that was set anew, without somebody in a peer role', () => {
    const world = pooled();
    const marked = questions.map((one) => ({ id: one, status: 'approved' }));
    ask(world, id, 'dana', 'mark_questions', { questions: marked });
    ask(world, id, 'dana', 'plan_interviews', { firstDay: '2025-04-03', lastDay: '2025-04-04', questions });
    const set = (candidacy: CaseId, on = '2025-04-03') => {
      const payload = { on, at: '10:00' };
      return world.decide({ case: candidacy, actor: person('dana'), type: 'schedule_interview', payload });
    };
    set(c101);
    moveTo(world, '2025-04-01');
    ask(world, c101, 'dana', 'send_questions', {});
    ask(world, id, 'theo', 'decline_seat', {});
    expect(set(c102)).toMatchObject({ rule: 'G3', missing: [{ code: 'R4.1' }] });
    moveTo(world, '2025-04-03', '16:00');
    world.decide({
      ...{ case: c101, actor: person('dana'), type: 'record_interview', payload: { held: '2025-04-03' } },
    });
    expect(world.state(id)).toMatchObject({ began: false });
    expect(world.state(c101)).not.toMatchObject({ stage: 'rating' });
    const seat = { seat: 'panel:2', person: person('kim'), inRole: true, trained: true };
    ask(world, id, 'dana', 'fill_seat', seat);
    moveTo(world, '2025-04-04');
    expect(set(c102, '2025-04-10')).toMatchObject({ kinds: expect.arrayContaining(['interview_set']) });
  });

  it('goes to a selection of which every candidacy hears', () => {
    const world = chosen();
    const heard = (target: CaseId) => world.rows.filter((row) => row.case === target).map((row) => row.kind);
    expect(heard(c102)).toEqual(expect.arrayContaining(['rater_dropped', 'selected']));
    expect(heard(c103)).toEqual(expect.arrayContaining(['rater_dropped', 'reserved']));
    const declined = world.rows.filter((row) => row.kind === 'notice_declined').map((row) => row.body);
    expect(declined).toEqual([]);
  });

  it('X28 is canceled with an offer out once that was taken back for the want of money, by two people and a word', () => {
    const world = chosen();
    const offices = { vera: 'hr_director', robin: 'director', tomas: 'accommodation_officer' } as const;
    for (const [who, office] of Object.entries(offices)) world.assign(person(who), office);
    moveTo(world, '2025-04-07');
    ask(world, c102, 'dana', 'draft_offer', { amount: 2350, hours: 40 });
    for (const who of ['dana', 'robin'])
      ask(world, c102, who, 'approve_offer', { version: 1, outcome: 'approved' });
    ask(world, c102, 'dana', 'send_offer', { version: 1 });
    ask(world, id, 'vera', 'pause_search', { until: '2025-06-02', why: 'funding_freeze' });
    const cancel = {
      case: id,
      actor: person('vera'),
      type: 'cancel_opening',
      payload: { why: 'funding_ended' },
    };
    expect(world.decide(cancel)).toMatchObject({ refused: true, rule: 'X28' });
    ask(world, c102, 'dana', 'propose_rescind', { reason: 'RC_FUNDING' });
    ask(world, c102, 'tomas', 'give_word', { word: 'clear' });
    ask(world, c102, 'vera', 'confirm_rescind', {});
    expect(world.state(c102)).toMatchObject({ stage: 'ended', outcome: { what: 'rescinded' } });
    world.must(cancel);
    expect(world.state(c103)).toMatchObject({ stage: 'ended', outcome: { what: 'reserve_ended' } });
    expect(world.rows.filter((row) => row.kind === 'notice_declined')).toEqual([]);
  });
});

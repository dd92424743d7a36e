import { describe, expect, it } from 'vitest';
import { evolve } from '../../src/domain/candidacy/evolve.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  ask,
  debts,
  id,
  kindsOf,
  must,
  offered,
  ordered,
  people,
  screened,
  selected,
  tell,
} from './candidacy-world.ts';
import { moveTo, site } from './house.ts';

/** The offer in hand, an offer in a search that rests, and an offer taken back. */

const stateOf = (world: World): CandidacyState => world.state(id) as CandidacyState;
const says = (rule: string, code: string) => ({
  ...{ refused: true, rule },
  missing: [expect.objectContaining({ code })],
});

describe('D5.1: a version in hand while another is prepared', () => {
  const countered = (): World => {
    const world = offered();
    must(world, people.candidate, 'counter_offer', { version: 1, amount: 2450 });
    must(world, people.hr, 'draft_offer', { amount: 2450, hours: 40 });
    return world;
  };

  it('D5.1 stays open: the candidate may accept it, and its terms are those that hold', () => {
    const world = countered();
    must(world, people.candidate, 'accept_offer', { version: 1 });
    const { offer, stage } = stateOf(world);
    expect(stage).toBe('preboarding');
    expect(offer).toMatchObject({ version: 1, amount: 2350, approvals: [{}, {}] });
    expect(offer).not.toHaveProperty('standing');
  });

  it('D5.1 may be declined as well, and does not expire while HR prepares the other (P5.1)', () => {
    const world = countered();
    moveTo(world, '2025-04-28');
    expect(stateOf(world).stage).toBe('offer');
    expect(debts(world)).toEqual(expect.arrayContaining([`D5.10 hr@${site}`]));
    expect(ask(world, people.hr, 'extend_offer', { version: 1 })).toMatchObject({ rule: 'P5.1' });
    must(world, people.candidate, 'decline_offer', { version: 1 });
    expect(stateOf(world).outcome?.what).toBe('declined');
  });

  it('D5.1 is HR’s to stand by again when the other version was refused (D5.10), with a number of its own after', () => {
    const world = countered();
    must(world, people.director, 'approve_offer', { version: 2, outcome: 'refused', reason: 'over_budget' });
    must(world, people.hr, 'answer_counter', { version: 1, answer: 'stands' });
    expect(stateOf(world).offer).toMatchObject({ version: 1, amount: 2350, countered: null, last: 2 });
    expect(stateOf(world).offer?.refusals).toHaveLength(1);
    must(world, people.candidate, 'counter_offer', { version: 1, hours: 36 });
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 36 });
    expect(stateOf(world).offer).toMatchObject({ version: 3, standing: { version: 1 } });
    expect(ask(world, people.candidate, 'counter_offer', { version: 1, hours: 30 })).toMatchObject(
      says('D5.1', 'already_countered'),
    );
  });

  it('D5.1 is over once the other is sent', () => {
    const world = countered();
    for (const who of [people.hr, people.director])
      must(world, who, 'approve_offer', { version: 2, outcome: 'approved' });
    must(world, people.hr, 'send_offer', { version: 2 });
    expect(stateOf(world).offer).not.toHaveProperty('standing');
    expect(ask(world, people.candidate, 'accept_offer', { version: 1 })).toMatchObject({ rule: 'D5.1' });
    must(world, people.candidate, 'accept_offer', { version: 2 });
  });

  it('X25 keeps the seat of somebody with a version in hand', () => {
    const world = countered();
    tell(world, { kind: 'seat_refused', body: { why: 'no_seat' } });
    expect(kindsOf(world).at(-1)).toBe('notice_declined');
  });
});

describe('X28: a search that rests', () => {
  const rests = (world: World): World => {
    tell(world, { kind: 'search_paused', body: { until: '2025-06-02' } });
    return world;
  };
  const approvedOffer = (): World => {
    const world = selected();
    moveTo(world, '2025-04-11');
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    for (const who of [people.hr, people.director])
      must(world, who, 'approve_offer', { version: 1, outcome: 'approved' });
    return world;
  };

  it('X28 sends no offer; once it goes on, it does', () => {
    const world = rests(approvedOffer());
    expect(ask(world, people.hr, 'send_offer', { version: 1 })).toMatchObject({
      ...{ rule: 'X28', missing: [{ code: 'search_rests', about: '2025-06-02' }] },
    });
    tell(world, { kind: 'search_resumed', body: { on: '2025-04-11' } });
    must(world, people.hr, 'send_offer', { version: 1 });
  });

  it.each([
    ['that is out', offered],
    ['that was accepted', accepted],
  ])('X28 R5.7 takes back an offer %s by two people and the officer’s word', (_which, start) => {
    const world = rests(start());
    must(world, people.hr, 'propose_rescind', { reason: 'RC_FUNDING' });
    expect(debts(world)).toEqual(
      expect.arrayContaining([`R5.7 accommodation_officer@${site}`, `R5.7 hr_director@${site}`]),
    );
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject(says('R5.7', 'officers_word'));
    must(world, people.accommodation, 'give_word', { word: 'clear' });
    must(world, people.hrDirector, 'confirm_rescind');
    expect(stateOf(world).outcome?.what).toBe('rescinded');
    const row = world.rows.findLast((one) => one.kind === 'offer_rescinded');
    expect(row?.body).toEqual({ by: people.hrDirector, reason: 'RC_FUNDING' });
  });

  it('X28 prompts the officer and the director meanwhile: the pause stops other timers, not these', () => {
    const world = rests(offered());
    must(world, people.hr, 'propose_rescind', { reason: 'RC_FUNDING' });
    moveTo(world, '2025-04-25');
    expect(world.prompts.filter((one) => one.code === 'R5.7').length).toBeGreaterThan(0);
    expect(stateOf(world).stage).toBe('offer');
  });

  it('X28 takes nothing back for want of money while the search goes on, nor once it does again', () => {
    expect(ask(offered(), people.hr, 'propose_rescind', { reason: 'RC_FUNDING' })).toMatchObject(
      says('X28', 'not_paused'),
    );
    const world = rests(offered());
    must(world, people.hr, 'propose_rescind', { reason: 'RC_FUNDING' });
    tell(world, { kind: 'search_resumed', body: { on: '2025-04-11' } });
    expect(debts(world).filter((one) => one.startsWith('R5.7'))).toEqual([]);
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject({ refused: true });
    must(world, people.candidate, 'accept_offer', { version: 1 });
  });

  it.each(['hiring_freeze', 'site_closed'] as const)(
    'X28 takes nothing back for money during a %s',
    (why) => {
      const until = '2025-06-02';
      const world = offered();
      tell(world, { kind: 'search_paused', body: { until, why } });
      const funding = { reason: 'RC_FUNDING' };
      expect(ask(world, people.hr, 'propose_rescind', funding)).toMatchObject(says('X28', 'rests_for_money'));
      tell(world, { kind: 'search_paused', body: { until, why: 'funding_freeze' } });
      must(world, people.hr, 'propose_rescind', funding);
      // It rests for something else now: what was proposed for money falls away.
      tell(world, { kind: 'search_paused', body: { until: '2025-07-01', why } });
      expect(stateOf(world).pre.rescind).toBeNull();
      must(world, people.candidate, 'accept_offer', { version: 1 });
    },
  );
});

describe('R5.7: an offer taken back', () => {
  const declined = (): World => {
    const world = accepted();
    must(world, people.candidate, 'answer_consent', { answer: 'declined' });
    return world;
  };

  it('R5.7 has the reason of its ground: a check, a credential; another one is refused', () => {
    const check = declined();
    expect(ask(check, people.hr, 'propose_rescind', { reason: 'RC_CRED' })).toMatchObject({
      ...{ rule: 'R5.7', missing: [{ code: 'reason_of_the_ground', about: 'RC_CHECK' }] },
    });
    must(check, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    const credential = ordered();
    must(credential, people.credentials, 'record_credential', { status: 'not_found' });
    moveTo(credential, '2025-05-05');
    expect(ask(credential, people.hr, 'propose_rescind', { reason: 'RC_CHECK' })).toMatchObject(
      says('R5.7', 'reason_of_the_ground'),
    );
    must(credential, people.hr, 'propose_rescind', { reason: 'RC_CRED' });
  });

  it('R5.7 the word is neither the proposer’s nor that of whoever confirms', () => {
    const world = declined();
    world.assign(people.hr, 'accommodation_officer');
    world.assign(people.hrDirector, 'accommodation_officer');
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    expect(ask(world, people.hr, 'give_word', { word: 'clear' })).toMatchObject(
      says('R5.7', 'second_person_needed'),
    );
    must(world, people.hrDirector, 'give_word', { word: 'clear' });
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject(
      says('R5.7', 'second_person_needed'),
    );
    must(world, people.accommodation, 'give_word', { word: 'not_yet' });
    must(world, people.accommodation, 'give_word', { word: 'clear' });
    must(world, people.hrDirector, 'confirm_rescind');
  });

  it('R5.7 an older row, from before it was kept whose word it was, folds as it did', () => {
    const world = declined();
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    const stamp = { at: 1, actor: people.accommodation };
    const row = { kind: 'officer_spoke', body: { word: 'clear' }, stamp } as never;
    expect(evolve(stateOf(world), row).pre.rescind).toMatchObject({ word: 'clear' });
  });
});

describe('X2: a question from before the outcome', () => {
  it('X2 is over with the selection: it is not asked again after the offer', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    must(world, people.hr, 'ask_candidate', { topic: 'availability' });
    expect(stateOf(world).contact.question).not.toBeNull();
    tell(world, { kind: 'selected', body: { seat: 1, hiringManager: people.manager } });
    expect(stateOf(world).contact.question).toBeNull();
    expect(debts(world).filter((one) => one.startsWith('X2'))).toEqual([]);
  });
});

describe('D5.3: a match that was a mistake', () => {
  it('D5.3 is disputed, then clear; never cleared without a word', () => {
    const world = ordered();
    must(world, people.compliance, 'record_exclusion', { outcome: 'match' });
    expect(ask(world, people.compliance, 'record_exclusion', { outcome: 'clear' })).toMatchObject({
      ...{ rule: 'D5.3', missing: [{ code: 'disputed', about: 'match' }] },
    });
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    must(world, people.compliance, 'record_exclusion', { outcome: 'disputed' });
    must(world, people.compliance, 'record_exclusion', { outcome: 'clear' });
    expect(debts(world).filter((one) => one.startsWith('R5.7'))).toEqual([]);
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject({ rule: 'R5.4' });
  });

  it('D5.3 nothing else is disputed', () => {
    const world = ordered();
    expect(ask(world, people.compliance, 'record_exclusion', { outcome: 'disputed' })).toMatchObject(
      says('D5.3', 'no_possible_match'),
    );
  });
});

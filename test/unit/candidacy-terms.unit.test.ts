import { describe, expect, it } from 'vitest';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  ask,
  child,
  debts,
  id,
  kindsOf,
  must,
  nearlyReady,
  offered,
  ordered,
  people,
  policyWith,
  rungs,
  selected,
  sent,
} from './candidacy-world.ts';
import { moveTo, person, policyForTests, site, termsForTests } from './house.ts';

/** The offer and its answers, and what must be right before day one (stage 5). */

const hr = holder('hr', site);
const officer = holder('accommodation_officer', site);
const body = (world: World, kind: string) => world.rows.findLast((row) => row.kind === kind)?.body;

/** The same world under other terms: what the site keeps of all staff, or another policy. */
function under(world: World, change: Partial<Terms>): World {
  const other = new World(site, { ...termsForTests(), ...change }, world.now);
  for (const [key, place] of world.cases) other.place(key, place);
  other.assignments.push(...world.assignments);
  return other;
}

describe('an offer that is countered', () => {
  it('D5.1 is countered by the candidate, waits for HR’s answer, and does not expire meanwhile', () => {
    const world = offered();
    moveTo(world, '2025-04-16');
    must(world, people.candidate, 'counter_offer', { version: 1, amount: 2450 });
    expect(body(world, 'offer_countered')).toEqual({ version: 1, amount: 2450 });
    expect(debts(world)).toEqual([`D5.1 ${hr}`]);
    moveTo(world, '2025-05-02');
    expect(kindsOf(world)).not.toContain('offer_expired');
  });

  it('D5.1 gives the candidate some days more when HR stands by the version', () => {
    const world = offered();
    moveTo(world, '2025-04-18');
    must(world, people.candidate, 'counter_offer', { version: 1, hours: 36 });
    must(world, people.hr, 'answer_counter', { version: 1, answer: 'stands' });
    expect(body(world, 'counter_answered')).toEqual({ version: 1, expires: '2025-04-22' });
    moveTo(world, '2025-04-22', '16:00');
    must(world, people.candidate, 'accept_offer', { version: 1 });
  });

  it('D5.1 answers with another version too, approved anew by two; the candidate keeps the one in hand till then', () => {
    const world = offered();
    must(world, people.candidate, 'counter_offer', { version: 1, amount: 2450 });
    must(world, people.hr, 'draft_offer', { amount: 2450, hours: 40 });
    expect(body(world, 'offer_drafted')).toMatchObject({ voided: [people.hr, people.director] });
    expect(ask(world, people.hr, 'send_offer', { version: 2 })).toMatchObject({ rule: 'D5.10' });
    for (const who of [people.hr, people.director])
      must(world, who, 'approve_offer', { version: 2, outcome: 'approved' });
    must(world, people.hr, 'send_offer', { version: 2 });
    expect(ask(world, people.candidate, 'accept_offer', { version: 1 })).toMatchObject({ refused: true });
    must(world, people.candidate, 'accept_offer', { version: 2 });
  });

  it('D5.1 takes no counter without other terms, nor a second while the first waits', () => {
    const world = offered();
    const counter = (payload: object) => ask(world, people.candidate, 'counter_offer', payload);
    expect(counter({ version: 1, amount: 2350 })).toMatchObject({ missing: [{ code: 'same_terms' }] });
    expect(counter({ version: 2, amount: 2400 })).toMatchObject({ missing: [{ code: 'current_version' }] });
    must(world, people.candidate, 'counter_offer', { version: 1, amount: 2400 });
    expect(counter({ version: 1, amount: 2450 })).toMatchObject({ missing: [{ code: 'already_countered' }] });
  });

  it('R5.6 holds for what a counter asks for as well: nothing above the posted range is drafted', () => {
    const world = offered();
    must(world, people.candidate, 'counter_offer', { version: 1, amount: 2600 });
    expect(ask(world, people.hr, 'draft_offer', { amount: 2600, hours: 40 })).toMatchObject({ rule: 'R5.6' });
    must(world, people.hr, 'draft_offer', { amount: 2500, hours: 40 });
  });
});

describe('approvals', () => {
  it('D5.10 tells those whose approval a change voided, at once', () => {
    const world = selected();
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.hr, 'draft_offer', { amount: 2400, hours: 40 });
    expect(rungs(world, 'D5.10').filter((one) => one.includes('voided'))).toEqual([
      `2025-04-10 10:00 voided inform ${people.director}`,
    ]);
  });

  it('D5.10 keeps a no in sight over every later version', () => {
    const world = selected();
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    const no = { version: 1, outcome: 'refused', reason: 'unequal_pay' };
    must(world, people.director, 'approve_offer', no);
    must(world, people.hr, 'draft_offer', { amount: 2400, hours: 40 });
    must(world, people.hr, 'approve_offer', { version: 2, outcome: 'approved' });
    expect(world.state(id)).toMatchObject({
      offer: { version: 2, refusals: [{ version: 1, person: people.director, reason: 'unequal_pay' }] },
    });
  });
});

describe('post-offer medical questions', () => {
  const all = { outcome: 'same_for_all_in_job_category', category: 'direct_service' };
  const comparator = termsForTests().comparator;

  it('D5.5 is none unless everybody who enters the job category is asked the same', () => {
    const world = accepted();
    expect(world.state(id)).toMatchObject({ pre: { medical: 'none' } });
    expect(ask(world, people.hr, 'set_medical_questions', all)).toMatchObject({
      rule: 'D5.5',
      missing: [{ code: 'differs_from_comparator' }],
    });
    const none = under(accepted(), { comparator: null });
    expect(ask(none, people.hr, 'set_medical_questions', all)).toMatchObject({
      missing: [{ code: 'no_comparator_on_file' }],
    });
  });

  it('D5.5 is the same for all where the comparator record says so, and only after the acceptance', () => {
    if (comparator === null) throw new Error('a comparator is expected');
    const values = { ...comparator.values, post_offer_medical: 'direct_service,driver' };
    const world = under(accepted(), { comparator: { ...comparator, values } });
    must(world, people.hr, 'set_medical_questions', all);
    expect(body(world, 'medical_questions_set')).toEqual(all);
    const early = under(offered(), { comparator: { ...comparator, values } });
    expect(ask(early, people.hr, 'set_medical_questions', all)).toMatchObject({ rule: 'D5.5' });
  });
});

describe('a supervisor or mentor who steps back', () => {
  it('R5.3 replaces a supervisor, and keeps neither a reason nor an applicant', () => {
    const world = accepted();
    must(world, people.supervisor, 'step_back');
    expect(body(world, 'place_left')).toEqual({ place: 'supervisor' });
    expect(debts(world)).toContain(`D5.6 ${hr}`);
    expect(candidacyCommands.step_back.safeParse({ reason: 'conflict' }).success).toBe(false);
  });

  it('R5.3 replaces a mentor, after a yes too', () => {
    const world = nearlyReady(ordered());
    must(world, people.mentor, 'step_back');
    expect(debts(world)).toContain(`P5.4 ${people.manager}`);
    const other = person('indira');
    must(world, people.manager, 'assign_mentor', { mentor: other, kind: 'external' });
    must(world, other, 'answer_mentoring', { answer: 'accepted' });
    expect(debts(world)).not.toContain(`P5.4 ${people.manager}`);
  });

  it('R5.3 frees a second supervisor’s place alone', () => {
    const world = accepted();
    must(world, people.second, 'step_back');
    expect(world.state(id)).toMatchObject({
      pre: { supervision: { supervisor: people.supervisor, second: null } },
    });
  });

  it('R5.3 is nothing for somebody without a place here', () => {
    expect(ask(accepted(), people.hr, 'step_back')).toMatchObject({ code: 'not_permitted' });
  });
});

describe('a mentor who is asked', () => {
  function asked(): World {
    const world = accepted();
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    return world;
  }

  it('D5.7 owes an answer within three business days, and hears of it on the last', () => {
    const world = asked();
    const answer = world.obligations(id).find((one) => one.code === 'D5.7');
    moveTo(world, '2025-04-21', '16:59');
    expect(answer).toMatchObject({ owner: people.mentor, due: world.now + 60_000 });
    expect(sent(world, 'D5.7', people.mentor)).toEqual(['2025-04-21 09:00']);
  });

  it('D5.7 is asked no more of one who said yes', () => {
    const world = asked();
    must(world, people.mentor, 'answer_mentoring', { answer: 'accepted' });
    moveTo(world, '2025-04-25');
    expect(sent(world, 'D5.7')).toEqual([]);
  });
});

describe('taking an offer back', () => {
  function proposed(): World {
    const world = accepted();
    must(world, people.compliance, 'record_exclusion', { outcome: 'match' });
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    return world;
  }

  it('R5.7 waits for the officer’s word that nothing open stands against it', () => {
    const world = proposed();
    expect(debts(world)).toContain(`R5.7 ${officer}`);
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject({
      rule: 'R5.7',
      missing: [{ code: 'officers_word', about: 'pending' }],
    });
    must(world, people.accommodation, 'give_word', { word: 'not_yet' });
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject({
      missing: [{ code: 'officers_word', about: 'not_yet' }],
    });
    expect(ask(world, people.hr, 'give_word', { word: 'clear' })).toMatchObject({ code: 'not_permitted' });
  });

  it('R5.7 goes on with the word, by a second person', () => {
    const world = proposed();
    must(world, people.accommodation, 'give_word', { word: 'clear' });
    must(world, people.hrDirector, 'confirm_rescind');
    expect(body(world, 'offer_rescinded')).toEqual({ by: people.hrDirector, reason: 'RC_CHECK' });
  });

  it('R5.7 refuses without a comparator record', () => {
    const world = under(proposed(), { comparator: null });
    expect(ask(world, people.hrDirector, 'confirm_rescind')).toMatchObject({
      missing: [{ code: 'no_comparator_on_file' }],
    });
  });

  it('R5.7 asks no word in a case pinned to a policy from before it', () => {
    const { policy } = termsForTests();
    const old = policyWith('R5.7', null);
    expect(Object.hasOwn(policy.values, 'R5.7')).toBe(true);
    const world = under(proposed(), { policy: old });
    must(world, people.hrDirector, 'confirm_rescind');
  });

  it('R5.4 takes no offer back while nothing final stands against it', () => {
    const world = accepted();
    must(world, people.candidate, 'answer_consent', { answer: 'given' });
    expect(ask(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' })).toMatchObject({ rule: 'R5.4' });
  });

  it('D5.2 lets HR end it by two people when the candidate agrees to no check', () => {
    const world = accepted();
    must(world, people.candidate, 'answer_consent', { answer: 'declined' });
    must(world, people.hr, 'propose_rescind', { reason: 'RC_CHECK' });
    must(world, people.accommodation, 'give_word', { word: 'clear' });
    must(world, people.hrDirector, 'confirm_rescind');
    expect(debts(world)).toEqual([`P4.5 ${hr}`]);
  });
});

describe('what the role promised', () => {
  const promises = [
    { element: 'E4', item: 'paid_training_hours', owner: 'supervisor', after: 30 },
    { element: 'E13', item: 'first_step_up', owner: 'manager', after: 365 },
  ];

  it('R6.5 goes along to the employment with its owners', () => {
    const world = nearlyReady();
    must(world, people.hr, 'name_promises', { promises });
    must(world, people.manager, 'report_setup', { items: ['invitations'] });
    const access = ['read_limited', 'write_own_notes'];
    must(world, people.it, 'report_setup', { items: ['accounts'], access });
    const employment = child(world, 'employment', 'employment');
    world.cases.delete(employment);
    moveTo(world, '2025-05-09');
    must(world, people.hr, 'confirm_day_one');
    const started = world.rows.find((row) => row.case === employment);
    expect(started).toMatchObject({ kind: 'employment_started', body: { promises } });
  });

  it('R6.5 G5 is owed by HR from the acceptance on, and nobody starts before it has owners', () => {
    const world = accepted();
    expect(debts(world)).toContain(`R6.5 ${hr}`);
    const lacks = { missing: expect.arrayContaining([{ code: 'R6.5', about: 'E4', who: hr }]) };
    expect(ask(world, people.hr, 'confirm_day_one')).toMatchObject(lacks);
    must(world, people.hr, 'name_promises', { promises: [promises[1]] });
    // E13 may promise nothing; E4 is in every role.
    expect(debts(world)).toContain(`R6.5 ${hr}`);
    must(world, people.hr, 'name_promises', { promises });
    expect(debts(world)).not.toContain(`R6.5 ${hr}`);
    expect(ask(world, people.hr, 'confirm_day_one')).not.toMatchObject(lacks);
    // A later list is the whole list: one without E4 would leave that without an owner again.
    expect(ask(world, people.hr, 'name_promises', { promises: [promises[1]] })).toMatchObject({
      rule: 'R6.5',
      missing: [{ code: 'promise_kept', about: 'E4' }],
    });
    expect(debts(world)).not.toContain(`R6.5 ${hr}`);
  });

  it('R6.5 asks nothing under a policy from before', () => {
    const { 'R6.5': _left, ...values } = policyForTests().values;
    const world = under(accepted(), { policy: { ...policyForTests(), values } });
    must(world, people.compliance, 'record_exclusion', { outcome: 'clear' });
    expect(debts(world).filter((one) => one.startsWith('R6.5'))).toEqual([]);
  });

  it('R6.5 takes no item twice, and no owner without a capacity', () => {
    const world = accepted();
    const twice = { promises: [promises[0], { ...promises[1], item: 'paid_training_hours' }] };
    expect(ask(world, people.hr, 'name_promises', twice)).toMatchObject({
      rule: 'R6.5',
      missing: [{ code: 'item_twice' }],
    });
    const nobody = { promises: [{ ...promises[0], owner: 'somebody' }] };
    expect(candidacyCommands.name_promises.safeParse(nobody).success).toBe(false);
    expect(sent(world, 'R6.5')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { policyKeys } from '../../src/domain/candidacy/words.ts';
import { missingValues } from '../../src/domain/kernel/policy.ts';
import {
  accepted,
  application,
  ask,
  child,
  id,
  meets,
  must,
  nearlyReady,
  offered,
  openingSays,
  ordered,
  people,
  rungs,
  screened,
  selected,
  sent,
  sheet,
  tell,
  withRealCheck,
  worldOn,
} from './candidacy-world.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import { moveTo, person, site, termsForTests } from './house.ts';

const [first = '', second = ''] = people.screeners;
const [marisol = '', , priya = ''] = people.raters;
const hr = holder('hr', site);
const standing = (world: ReturnType<typeof worldOn>) => world.cases.get(id);
const kinds = (world: ReturnType<typeof worldOn>) =>
  world.rows.filter((row) => row.case === id).map((row) => row.kind);

describe('candidacy: application and screening', () => {
  it('finds every policy value it reads', () => {
    expect(missingValues(termsForTests().policy, policyKeys)).toEqual([]);
  });

  it('takes an application while posted, from the candidate in person', () => {
    const world = worldOn('2025-03-05');
    expect(ask(world, person('stranger'), 'open', application)).toMatchObject({ code: 'not_permitted' });
    openingSays(world, { posting: 'paused' });
    expect(ask(world, people.candidate, 'open', application)).toMatchObject({ rule: 'D3.1' });
    openingSays(world, {});
    must(world, people.candidate, 'open', application);
    expect(world.rows[0]?.body).toMatchObject({ reviewers: people.screeners, roleVersion: 1 });
    expect(ask(world, people.candidate, 'open', application)).toMatchObject({ code: 'already_open' });
  });

  it('never imports the tick on lived experience, and advances nobody without it (5.3)', () => {
    const world = worldOn('2025-03-05');
    expect(ask(world, people.hr, 'open', application)).toMatchObject({ rule: 'D2.4' });
    must(world, people.hr, 'open', { ...application, attested: false });
    expect(ask(world, first, 'screen', meets)).toMatchObject({ rule: 'D2.4' });
    expect(ask(world, people.hr, 'attest')).toMatchObject({ code: 'not_permitted' });
    must(world, people.candidate, 'attest');
    must(world, first, 'screen', meets);
  });

  it('enters what came in time after the close only with an acknowledgement, and nothing after the pool (D3.1)', () => {
    const world = worldOn('2025-03-24');
    const entered = { ...application, attested: false };
    openingSays(world, { posting: 'closed' });
    expect(ask(world, people.candidate, 'open', application)).toMatchObject({ code: 'rule_blocks' });
    expect(ask(world, people.hr, 'open', entered)).toMatchObject({ code: 'acknowledgement_needed' });
    openingSays(world, { posting: 'closed', pool_ready: 'yes' });
    expect(ask(world, people.hr, 'open', entered, ['D3.1'])).toMatchObject({ code: 'rule_blocks' });
    openingSays(world, { posting: 'closed' });
    expect(ask(world, people.hr, 'open', entered, ['D3.1'])).toHaveProperty('kinds');
    expect(kinds(world).slice(0, 2)).toEqual(['applied', 'warning_acknowledged']);
  });

  it.each([
    ['2025-03-05', '2025-03-12'],
    ['2025-03-11', '2025-03-18'],
    ['2025-03-19', '2025-03-26'],
  ])('owes the screening of an application of %s by %s (P3.3)', (applied, due) => {
    const world = worldOn(applied);
    must(world, people.candidate, 'open', application);
    moveTo(world, due, '16:00');
    for (const reviewer of [first, second]) must(world, reviewer, 'screen', meets);
    expect(kinds(world)).not.toContain('answered_late');
    const late = worldOn(applied);
    must(late, people.candidate, 'open', application);
    moveTo(late, due, '17:30');
    must(late, first, 'screen', meets);
    expect(kinds(late)).toContain('answered_late');
  });

  it('asks both reviewers at once and reminds them two business days later (P3.3)', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    moveTo(world, '2025-03-12', '16:00');
    expect(sent(world, 'P3.3', first)).toEqual(['2025-03-05 10:00', '2025-03-07 09:00']);
  });

  it('climbs the ladder about the receipt with HR (P3.1), and sends a note each ten business days (P3.2)', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    moveTo(world, '2025-04-03');
    expect(rungs(world, 'P3.1').slice(0, 3)).toEqual([
      `2025-03-05 10:00 r0 ask ${hr}`,
      `2025-03-07 09:00 r2 remind ${hr}`,
      `2025-03-10 09:00 r3 remind ${hr}`,
    ]);
    expect(world.prompts.filter((one) => one.code === 'P3.2').map((one) => one.how)).toEqual([
      'inform',
      'inform',
    ]);
    expect(sent(world, 'P3.2', people.candidate)).toEqual(['2025-03-19 09:00', '2025-04-02 09:00']);
  });

  it('tells the applicant once HR has acknowledged, at the next business instant, and asks nothing (P3.1)', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    moveTo(world, '2025-03-05', '20:00');
    must(world, people.hr, 'acknowledge', { of: 'application' });
    expect(sent(world, 'P3.1', people.candidate)).toEqual([]);
    moveTo(world, '2025-03-06', '08:59');
    expect(sent(world, 'P3.1', people.candidate)).toEqual([]);
    moveTo(world, '2025-03-20');
    expect(rungs(world, 'P3.1')).toEqual([
      `2025-03-05 10:00 r0 ask ${hr}`,
      `2025-03-06 09:00 told inform ${people.candidate}`,
    ]);
    const over = world.rows.find((row) => row.kind === 'candidate_informed');
    expect(over).toMatchObject({ body: { word: 1 }, stamp: { how: 'policy', capacity: '' } });
    expect(world.obligations(id).map((one) => one.code)).not.toContain('P3.1');
  });

  it('says nothing more of the receipt to somebody who left before the word went out (X1)', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    moveTo(world, '2025-03-05', '20:00');
    must(world, people.hr, 'acknowledge', { of: 'application' });
    must(world, people.candidate, 'withdraw');
    moveTo(world, '2025-03-10');
    expect(sent(world, 'P3.1', people.candidate)).toEqual([]);
  });

  it('takes what two reviewers agree on, and lets HR settle a difference only', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    must(world, first, 'screen', meets);
    expect(ask(world, first, 'screen', meets)).toMatchObject({ code: 'not_expected_now' });
    expect(
      ask(world, people.hr, 'settle_screening', { eligibility: 'meets_all', outcome: 'advance' }),
    ).toMatchObject({ missing: [{ code: 'D3.3', who: second }] });
    must(world, second, 'screen', { ...meets, eligibility: 'meets_with_equivalent' });
    expect(world.obligations(id).map((one) => one.code)).toContain('D3.4');
    must(world, people.hr, 'settle_screening', { eligibility: 'meets_all', outcome: 'hold' });
    expect(world.obligations(id).map((one) => one.code)).toContain('D3.4');
    must(world, people.hr, 'settle_screening', { eligibility: 'meets_all', outcome: 'advance' });
    expect(world.obligations(id).map((one) => one.code)).toContain('SCHEDULE');
  });

  it('wants a job-related reason for not advancing, then a word to the applicant within 5 bd (P3.5)', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    const no = {
      eligibility: 'does_not_meet',
      requirement: 'hours',
      outcome: 'not_advanced',
      willNotLookUp: true,
    };
    expect(ask(world, first, 'screen', no)).toMatchObject({ rule: 'D3.4' });
    const { requirement: _requirement, ...bare } = no;
    expect(ask(world, first, 'screen', { ...bare, reason: 'RC_HOURS' })).toMatchObject({ rule: 'D3.3' });
    for (const reviewer of [first, second]) must(world, reviewer, 'screen', { ...no, reason: 'RC_HOURS' });
    moveTo(world, '2025-03-12');
    expect(sent(world, 'P3.5')).toEqual(['2025-03-05 10:00', '2025-03-10 09:00', '2025-03-12 09:00']);
    expect(sent(world, 'P3.5', people.candidate)).toEqual([]);
    must(world, people.hr, 'tell_outcome');
    expect(rungs(world, 'P3.5').at(-1)).toBe(`2025-03-12 10:00 told inform ${people.candidate}`);
    expect(standing(world)?.final).toBe(false);
    moveTo(world, '2025-03-13', '17:01');
    expect(standing(world)?.final).toBe(true);
    expect(world.obligations(id)).toEqual([]);
  });

  it('gives the place of a reviewer who left to the next, with their own days', () => {
    const world = worldOn('2025-03-05');
    must(world, people.candidate, 'open', application);
    moveTo(world, '2025-03-10');
    openingSays(world, { screeners: `${person('ana')},${second}`, attested: `${person('ana')},${second}` });
    tell(world, { kind: 'screener_replaced', body: { screener: first, by: person('ana') } });
    expect(ask(world, first, 'screen', meets)).toMatchObject({ code: 'not_permitted' });
    must(world, person('ana'), 'screen', meets);
    must(world, second, 'screen', meets);
    expect(kinds(world)).toContain('screening_settled');
  });

  it('waits for a second reviewer when one seat stood empty at the application', () => {
    const world = worldOn('2025-03-05');
    openingSays(world, { screeners: first });
    must(world, people.candidate, 'open', application);
    must(world, first, 'screen', meets);
    expect(kinds(world)).not.toContain('screening_settled');
    tell(world, { kind: 'screener_replaced', body: { screener: person('left before'), by: second } });
    must(world, second, 'screen', meets);
    expect(kinds(world)).toContain('screening_settled');
  });
});

describe('candidacy: interview and rating sheets', () => {
  it('schedules nobody before the pool is ready (G3)', () => {
    const world = screened();
    openingSays(world, { posting: 'closed' });
    const day = { on: '2025-04-04', at: '10:00' };
    expect(ask(world, people.hr, 'schedule_interview', day)).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G3',
      missing: [{ code: 'G3' }, { code: 'R4.1' }],
    });
  });

  it('owes the questions two business days before (P4.1) and warns when they were not sent', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    const questions = world.obligations(id).find((one) => one.code === 'P4.1');
    moveTo(world, '2025-04-02', '09:59');
    expect(questions?.due).toBe(world.now + 60_000);
    expect(sent(world, 'P4.1', hr)).toEqual(['2025-03-26 10:00', '2025-03-31 09:00', '2025-04-02 09:00']);
    expect(sent(world, 'P4.1', people.candidate)).toEqual([]);
    moveTo(world, '2025-04-04', '12:00');
    const held = { held: '2025-04-04' };
    expect(ask(world, people.hr, 'record_interview', held)).toMatchObject({ rule: 'P4.1' });
    expect(ask(world, people.hr, 'record_interview', held, ['P4.1'])).toHaveProperty('kinds');
  });

  it('tells the candidate of the questions when HR sends them, once (P4.1)', () => {
    const world = selected();
    expect(rungs(world, 'P4.1')).toEqual([
      `2025-03-26 10:00 r0 ask ${hr}`,
      `2025-03-31 09:00 r1 digest ${hr}`,
      `2025-04-02 10:00 told inform ${people.candidate}`,
    ]);
  });

  it("prompts for Priya's sheet on 4, 7 and 8 April and stops when it is dropped for all on the 9th (P4.3)", () => {
    const world = selected();
    expect(sent(world, 'P4.3', priya)).toEqual(['2025-04-04 12:00', '2025-04-07 09:00', '2025-04-08 09:00']);
    expect(sent(world, 'P4.3', marisol)).toEqual(['2025-04-04 12:00']);
  });

  it('takes a sheet once, whole, from a rater of this interview, and keeps no rating in the state (R4.3)', () => {
    const world = selected();
    expect(JSON.stringify(world.state(id))).not.toContain('ratings');
    const { ratings } = sheet;
    const { growth: _growth, ...partial } = ratings as Record<string, string>;
    expect(() => ask(world, marisol, 'submit_sheet', { ratings: partial, notes: 'txt_a' })).toThrow();
    const early = screened();
    must(early, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    expect(ask(early, marisol, 'submit_sheet', sheet)).toMatchObject({ rule: 'D4.3' });
    expect(ask(early, person('stranger'), 'submit_sheet', sheet)).toMatchObject({ code: 'not_permitted' });
  });

  it('stops every prompt to a candidate who withdraws, asks no reason, and HR answers in a business day (X1)', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '10:00' });
    moveTo(world, '2025-04-07');
    must(world, people.candidate, 'withdraw');
    expect(world.obligations(id).map((one) => one.code)).toEqual(['X1']);
    const before = world.prompts.length;
    moveTo(world, '2025-04-08', '16:00');
    expect(world.prompts.slice(before).map((one) => one.code)).toEqual(['X1']);
    must(world, people.hr, 'acknowledge', { of: 'withdrawal' });
    expect(standing(world)?.final).toBe(true);
    moveTo(world, '2025-04-14');
    expect(world.prompts.slice(before).filter((one) => one.to === people.candidate)).toEqual([]);
  });

  it('keeps a reserve open until the opening ends it, then tells the candidate', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    tell(world, { kind: 'reserved', body: { until: '2025-07-09' } });
    expect(world.obligations(id).map((one) => one.code)).toEqual(['P4.5', 'D5.9']);
    must(world, people.hr, 'tell_outcome');
    moveTo(world, '2025-07-09');
    tell(world, { kind: 'reserve_ended', body: { how: 'expired' } });
    must(world, people.hr, 'tell_outcome');
    expect(sent(world, 'P4.5', people.candidate)).toEqual(['2025-03-26 10:00', '2025-07-09 10:00']);
    moveTo(world, '2025-07-10', '17:01');
    expect(standing(world)?.final).toBe(true);
  });
});

describe('candidacy: offer', () => {
  it('sends no offer without a seat (G4), two different approvers (D5.10), within the range (R5.6)', () => {
    const world = selected();
    expect(ask(world, people.hr, 'draft_offer', { amount: 2600, hours: 40 })).toMatchObject({ rule: 'R5.6' });
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
    expect(ask(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' })).toMatchObject({
      code: 'not_expected_now',
    });
    expect(ask(world, people.hr, 'send_offer', { version: 1 })).toMatchObject({
      rule: 'D5.10',
      missing: [{ code: 'D5.10', about: 'second_approver' }],
    });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    openingSays(world, { posting: 'closed' });
    expect(ask(world, people.hr, 'send_offer', { version: 1 })).toMatchObject({ rule: 'G4' });
  });

  it('voids the approvals of a version whose terms change, and says whose (D5.10)', () => {
    const world = selected();
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.hr, 'draft_offer', { amount: 2400, hours: 40 });
    const draft = world.rows.filter((row) => row.kind === 'offer_drafted').at(-1);
    expect(draft?.body).toMatchObject({ version: 2, voided: [people.director] });
    expect(ask(world, people.hr, 'send_offer', { version: 1 })).toMatchObject({
      missing: [{ code: 'current_version', about: '2' }],
    });
    expect(ask(world, people.hr, 'send_offer', { version: 2 })).toMatchObject({ rule: 'D5.10' });
  });

  it('owes the outcome by the ladder, and an offer sent is how the candidate hears of it (P4.5)', () => {
    const world = selected();
    moveTo(world, '2025-04-14');
    expect(sent(world, 'P4.5', hr)).toEqual(['2025-04-10 10:00', '2025-04-14 09:00']);
    expect(rungs(offered(), 'P4.5')).toEqual([
      `2025-04-10 10:00 r0 ask ${hr}`,
      `2025-04-11 10:00 told inform ${people.candidate}`,
    ]);
  });

  it('says what was told before the offer only once (P4.5)', () => {
    const world = selected();
    must(world, people.hr, 'tell_outcome');
    must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
    must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.hr, 'send_offer', { version: 1 });
    expect(sent(world, 'P4.5', people.candidate)).toEqual(['2025-04-10 10:00']);
  });

  it('reminds on 14 April and expires at the end of 18 April (P5.1)', () => {
    const world = offered();
    moveTo(world, '2025-04-18', '16:59');
    expect(sent(world, 'P5.1', people.candidate)).toEqual(['2025-04-14 09:00']);
    expect(kinds(world)).not.toContain('offer_expired');
    moveTo(world, '2025-04-18', '17:00');
    expect(kinds(world)).toContain('offer_expired');
    expect(ask(world, people.candidate, 'accept_offer', { version: 1 })).toHaveProperty('refused');
    expect(world.obligations(id).map((one) => one.code)).toEqual(['P4.5']);
  });

  it.each([
    ['2025-04-11', 'before the note'],
    ['2025-04-16', 'after the note'],
  ])('extends once, and says the day-3 note once, extended on %s, %s (P5.1)', (day) => {
    const world = offered();
    moveTo(world, day, '11:00');
    must(world, people.hr, 'extend_offer', { version: 1 });
    expect(ask(world, people.hr, 'extend_offer', { version: 1 })).toMatchObject({ rule: 'P5.1' });
    moveTo(world, '2025-04-25', '16:00');
    expect(sent(world, 'P5.1')).toEqual(['2025-04-14 09:00']);
    expect(kinds(world)).not.toContain('offer_expired');
    must(world, people.candidate, 'accept_offer', { version: 1 });
  });

  it('lets nobody but the candidate answer, and a decline needs no reason', () => {
    const world = offered();
    expect(ask(world, people.hr, 'accept_offer', { version: 1 })).toMatchObject({ code: 'not_permitted' });
    must(world, people.candidate, 'decline_offer', { version: 1 });
    expect(standing(world)?.final).toBe(true);
  });
});

describe('candidacy: checks, pre-boarding and day one', () => {
  it('asks about the supervisor training on 16, 23 and 30 April and stops on 1 May (P5.3)', () => {
    const world = nearlyReady();
    moveTo(world, '2025-05-09', '16:00');
    const days = ['2025-04-16 10:00', '2025-04-23 09:00', '2025-04-30 09:00'];
    expect(sent(world, 'P5.3', people.supervisor)).toEqual(days);
    expect(sent(world, 'P5.3', people.manager)).toEqual(days);
  });

  it('asks the manager for a mentor at acceptance, D-14, D-7 and D-3, until somebody accepted (P5.4)', () => {
    const answered = nearlyReady();
    expect(sent(answered, 'P5.4')).toEqual(['2025-04-16 10:00']);
    const world = accepted();
    moveTo(world, '2025-05-09', '16:00');
    expect(sent(world, 'P5.4', people.manager)).toEqual([
      '2025-04-16 10:00',
      '2025-04-28 09:00',
      '2025-05-05 09:00',
      '2025-05-09 09:00',
    ]);
  });

  it('moves the prompts before day one with the day (D5.8)', () => {
    const world = accepted();
    must(world, people.hr, 'set_start', { on: '2025-05-19' });
    moveTo(world, '2025-05-16', '16:00');
    expect(sent(world, 'P5.4', people.manager)).toEqual([
      '2025-04-16 10:00',
      '2025-05-05 09:00',
      '2025-05-12 09:00',
      '2025-05-16 09:00',
    ]);
    expect(sent(world, 'P5.5', people.manager)).toEqual(['2025-05-09 09:00', '2025-05-16 09:00']);
  });

  it('tells HR and the candidate on 24 April that the check is pending; clear on the 29th ends it (P5.2)', () => {
    const world = nearlyReady();
    expect(sent(world, 'P5.2', people.candidate)).toEqual(['2025-04-24 09:00']);
    expect(rungs(world, 'P5.2')).toEqual([
      `2025-04-24 09:00 bd5 remind ${hr}`,
      `2025-04-24 09:00 bd5 inform ${people.candidate}`,
    ]);
  });

  it('orders no check without the consent (D5.2)', () => {
    const world = accepted();
    const orders = (who: string) => ask(world, who, 'order_check');
    expect(orders(people.background)).toMatchObject({ code: 'rule_blocks', rule: 'D5.2' });
    must(world, people.candidate, 'answer_consent', { answer: 'declined' });
    expect(orders(people.background)).toMatchObject({ code: 'rule_blocks', rule: 'D5.2' });
  });

  it('leaves the order to the background officer, and its debt too (D5.2)', () => {
    const world = accepted();
    must(world, people.candidate, 'answer_consent', { answer: 'given' });
    expect(ask(world, people.hr, 'order_check')).toMatchObject({ code: 'not_permitted' });
    const debt = world.obligations(id).find((one) => one.code === 'D5.2');
    expect(debt?.owner).toBe(holder('background_officer', site));
    must(world, people.background, 'order_check');
  });

  it('names everything that G5 lacks', () => {
    const world = accepted();
    const answer = ask(world, people.hr, 'confirm_day_one');
    expect(answer).toMatchObject({ code: 'gate_not_passed', rule: 'G5' });
    expect(answer).toHaveProperty('missing', [
      { code: 'D5.2', about: 'background' },
      { code: 'D5.3', about: 'pending' },
      { code: 'D5.4', about: 'pending' },
      { code: 'R5.2', about: 'not_qualified', who: people.supervisor },
      { code: 'R5.1', about: 'mentor' },
      { code: 'P5.5', about: 'accounts' },
      { code: 'P5.5', about: 'invitations' },
      { code: 'R6.5', about: 'E4', who: `hr@${site}` },
    ]);
  });

  it('asks about the place on 2 and 9 May, wants accounts as E5 says, and starts the employment (P5.5, G5)', () => {
    const world = nearlyReady();
    moveTo(world, '2025-05-09');
    expect(sent(world, 'P5.5', people.manager)).toEqual(['2025-05-02 09:00', '2025-05-09 09:00']);
    expect(sent(world, 'P5.6', people.mentor)).toEqual(['2025-05-09 09:00']);
    const much = { items: ['accounts'], access: ['read_all', 'write_own_notes'] };
    expect(ask(world, people.it, 'report_setup', much)).toMatchObject({ rule: 'G5' });
    must(world, people.it, 'report_setup', {
      items: ['accounts'],
      access: ['write_own_notes', 'read_limited'],
    });
    expect(ask(world, people.hr, 'confirm_day_one')).toMatchObject({
      missing: [{ code: 'P5.5', about: 'invitations' }],
    });
    must(world, people.manager, 'report_setup', { items: ['invitations'] });
    must(world, people.hr, 'confirm_day_one');
    const hired = world.rows.filter((row) => row.kind === 'hired').at(-1);
    expect(hired?.body).toEqual({
      employment: child(world, 'employment', 'employment'),
      dayOne: '2025-05-12',
      conditional: false,
    });
    expect(standing(world)?.final).toBe(true);
    expect(world.obligations(id)).toEqual([]);
  });

  it('keeps a conditional start under watch until the check has spoken (X7)', () => {
    const world = accepted();
    const clock = withRealCheck(world);
    nearlyReady(ordered(world));
    must(world, people.manager, 'report_setup', { items: ['invitations'] });
    expect(ask(world, people.hr, 'confirm_day_one')).toHaveProperty('missing', [
      { code: 'D5.2', about: 'background' },
      { code: 'P5.5', about: 'accounts' },
    ]);
    must(world, people.hr, 'set_start', { on: '2025-05-12', conditional: true });
    moveTo(world, '2025-05-07');
    must(world, people.hr, 'confirm_day_one');
    expect(world.obligations(id).map((one) => one.code)).toEqual(['P5.2', 'P5.2']);
    moveTo(world, '2025-05-09');
    expect(sent(world, 'P5.2', people.candidate)).toEqual([
      '2025-04-24 09:00',
      '2025-05-01 09:00',
      '2025-05-08 09:00',
    ]);
    const clear = { type: 'record_check', payload: { outcome: 'clear' } };
    expect(world.decide({ case: clock, actor: people.background, ...clear })).toHaveProperty('kinds');
    expect(standing(world)?.final).toBe(true);
  });

  it('starts no one on condition of a check that was never ordered', () => {
    const world = accepted();
    must(world, people.hr, 'set_start', { on: '2025-05-12', conditional: true });
    expect(ask(world, people.hr, 'confirm_day_one')).toHaveProperty(
      'missing',
      expect.arrayContaining([{ code: 'D5.2', about: 'background' }]),
    );
  });

  it('keeps mentor, supervisor and reviewer apart (R5.5), and a waiver short and covered (R5.2)', () => {
    const world = accepted();
    const as = (mentor: string) => ask(world, people.manager, 'assign_mentor', { mentor, kind: 'assigned' });
    for (const taken of [people.supervisor, people.second, people.manager])
      expect(as(taken)).toMatchObject({ rule: 'R5.5' });
    expect(as(people.candidate)).toMatchObject({ rule: 'R5.5' });
    const waiver = { supervisor: people.supervisor, outcome: 'waiver_until', until: '2025-07-12' };
    const supervise = (payload: object) => ask(world, people.hr, 'assign_supervisor', payload);
    expect(supervise({ ...waiver, until: '2025-06-30' })).toMatchObject({
      rule: 'R5.2',
      missing: [{ code: 'qualified_second_supervisor' }],
    });
    const covered = { ...waiver, second: people.second, secondTrained: '2024-10-01' };
    expect(supervise(covered)).toMatchObject({ missing: [{ code: 'waiver_too_long', about: '60' }] });
    expect(supervise({ ...covered, until: '2025-07-11' })).toHaveProperty('kinds');
    expect(world.obligations(id).map((one) => one.code)).not.toContain('P5.3');
  });

  it('takes an offer back only for a final outcome of a check, and by two people (R5.4, R5.7)', () => {
    const world = accepted();
    const reason = { reason: 'RC_CHECK' };
    expect(ask(world, people.hr, 'propose_rescind', reason)).toMatchObject({ rule: 'R5.4' });
    must(world, people.compliance, 'record_exclusion', { outcome: 'possible_match' });
    expect(ask(world, people.compliance, 'record_exclusion', { outcome: 'clear' })).toMatchObject({
      rule: 'D5.3',
    });
    must(world, people.compliance, 'record_exclusion', { outcome: 'match' });
    must(world, people.hr, 'propose_rescind', reason);
    world.assign(people.hr, 'hr_director');
    expect(ask(world, people.hr, 'confirm_rescind')).toMatchObject({ rule: 'R5.7' });
    must(world, people.accommodation, 'give_word', { word: 'clear' });
    must(world, people.hrDirector, 'confirm_rescind');
    expect(world.obligations(id).map((one) => one.code)).toEqual(['P4.5']);
  });

  it('lets the candidate leave up to the start of the employment and ends the check with it (X1)', () => {
    const world = accepted();
    const clock = withRealCheck(world);
    ordered(world);
    expect(world.cases.get(clock)?.final).toBe(false);
    must(world, people.candidate, 'withdraw', { reason: 'other_job' });
    expect(world.obligations(id).map((one) => one.code)).toEqual(['X1']);
    expect(world.cases.get(clock)?.final).toBe(true);
  });

  it('declines what comes too late from the opening, and says so', () => {
    const world = offered();
    tell(world, { kind: 'reserved', body: { until: '2025-07-09' } });
    expect(kinds(world).at(-1)).toBe('notice_declined');
  });
});

import { describe, expect, it } from 'vitest';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import { textKey } from '../../src/notify/prompt-texts.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  ask,
  debts,
  id,
  kindsOf,
  meets,
  must,
  neighbour,
  opening,
  openingSays,
  people,
  policyWith,
  role,
  rungs,
  interviewed,
  screened,
  selected,
  sent,
  sheet,
  tell,
} from './candidacy-world.ts';
import { caseOf, moveTo, person, site } from './house.ts';

/** From the slots to the sheets (stage 4), seen from one candidate. */

const hr = holder('hr', site);
const [marisol = '', theo = '', priya = ''] = people.raters;
const slots = [
  { on: '2025-04-03', at: '10:00' },
  { on: '2025-04-04', at: '13:30' },
];
const same = policyWith('P4.1', { same_hours: true });

function chosen(world: World = screened(), slot = 2): World {
  must(world, people.hr, 'offer_slots', { slots });
  must(world, people.candidate, 'choose_slot', { slot });
  return world;
}

describe('a day for the interview', () => {
  it('D4.2 offers slots with the zone they are meant in, and the same kindnesses to everybody', () => {
    const world = screened();
    must(world, people.hr, 'offer_slots', { slots });
    expect(world.rows.findLast((row) => row.kind === 'slots_offered')?.body).toEqual({
      slots,
      zone: 'America/New_York',
      offers: ['support_person', 'shorter_steps'],
    });
    expect(debts(world)).toContain(`SCHEDULE ${people.candidate}`);
  });

  it('D4.2 the message with the slots goes to the candidate as they are offered, and again as they are offered anew', () => {
    const world = screened();
    const told = (): readonly string[] =>
      rungs(world, 'SCHEDULE').filter((one) => one.endsWith(people.candidate));
    must(world, people.hr, 'offer_slots', { slots });
    expect(told()).toEqual([`2025-03-26 10:00 offered ask ${people.candidate}`]);
    moveTo(world, '2025-03-29', '09:00');
    expect(told().slice(1)).toEqual([`2025-03-28 09:00 s0 remind ${people.candidate}`]);
    must(world, people.candidate, 'choose_slot', { slot: 1 });
    must(world, people.candidate, 'ask_reschedule');
    // A Saturday: the message waits for the hours of the site.
    must(world, people.hr, 'offer_slots', { slots: slots.slice(1) });
    moveTo(world, '2025-03-31', '12:00');
    expect(told().slice(2)).toEqual([`2025-03-31 09:00 offered ask ${people.candidate}`]);
  });

  it('D4.2 sets the interview by the candidate’s own choice, before the panel that stands', () => {
    const world = chosen();
    const set = world.rows.find((row) => row.kind === 'interview_set')?.body;
    const hour = { place: 1, begins: Date.parse('2025-04-04T13:30:00-04:00'), minutes: 60 };
    expect(set).toEqual({ on: '2025-04-04', at: '13:30', raters: people.raters, place: 1, hour });
    expect(debts(world)).toContain(`P4.1 ${hr}`);
  });

  it('D4.2 offers no slot at which somebody of the panel said they cannot come', () => {
    const world = screened();
    const windows = [{ on: '2025-04-03', from: '09:00', to: '12:00' }];
    must(world, people.hr, 'note_availability', { rater: theo, windows });
    expect(ask(world, people.hr, 'offer_slots', { slots })).toMatchObject({
      rule: 'D4.2',
      missing: [{ code: 'panel_not_free', about: '2025-04-04 13:30', who: theo }],
    });
    must(world, people.hr, 'offer_slots', { slots: slots.slice(0, 1) });
    const stranger = { rater: person('stranger'), windows };
    expect(ask(world, people.hr, 'note_availability', stranger)).toMatchObject({ code: 'unknown_reference' });
  });

  it('D4.2 offers no slot in which somebody of the panel has to leave before its end', () => {
    const world = screened();
    const windows = [{ on: '2025-04-03', from: '09:00', to: '12:00' }];
    must(world, people.hr, 'note_availability', { rater: theo, windows });
    const at = (time: string) => ({ slots: [{ on: '2025-04-03', at: time }] });
    expect(ask(world, people.hr, 'offer_slots', at('11:01'))).toMatchObject({
      missing: [{ code: 'panel_not_free', about: '2025-04-03 11:01', who: theo }],
    });
    expect(ask(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '11:59' })).toMatchObject({
      missing: [{ code: 'panel_not_free', who: theo }],
    });
    expect(ask(world, people.hr, 'offer_slots', at('11:00'))).toHaveProperty('kinds');
  });

  it.each([
    ['day_is_past', [{ on: '2025-03-25', at: '10:00' }]],
    ['not_a_business_day', [{ on: '2025-04-05', at: '10:00' }]],
    ['slot_twice', [slots[0], slots[0]]],
  ])('D4.2 offers no slot that is none: %s', (code, offered) => {
    expect(ask(screened(), people.hr, 'offer_slots', { slots: offered })).toMatchObject({
      missing: [{ code }],
    });
  });

  it('D4.2 warns of a conversation that would go on after the site has closed', () => {
    const offer = (at: string) =>
      ask(screened(), people.hr, 'offer_slots', { slots: [{ on: '2025-04-03', at }] });
    const set = (at: string) => ask(screened(), people.hr, 'schedule_interview', { on: '2025-04-03', at });
    for (const door of [offer, set]) {
      expect(door('16:59')).toMatchObject({ code: 'acknowledgement_needed', rule: 'D4.2' });
      expect(door('16:01')).toMatchObject({ code: 'acknowledgement_needed', rule: 'D4.2' });
      expect(door('16:00')).toHaveProperty('kinds');
    }
    const none = policyWith('SCHEDULE', { meeting_min: 0 });
    const world = screened(none);
    const late = { slots: [{ on: '2025-04-03', at: '16:59' }] };
    expect(ask(world, people.hr, 'offer_slots', late)).toHaveProperty('kinds');
  });

  it('G3 comes before any slot', () => {
    const world = screened();
    openingSays(world, { posting: 'closed' });
    expect(ask(world, people.hr, 'offer_slots', { slots })).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G3',
    });
  });

  it('D4.2 lets the candidate move the day once, without a reason, and not a second time', () => {
    const world = chosen();
    must(world, people.candidate, 'ask_reschedule');
    expect(debts(world)).toContain(`SCHEDULE ${hr}`);
    expect(world.rows.findLast((row) => row.kind === 'reschedule_asked')?.body).toEqual({ n: 1 });
    chosen(world, 1);
    expect(ask(world, people.candidate, 'ask_reschedule')).toMatchObject({
      rule: 'D4.2',
      missing: [{ code: 'moves_used', about: '1' }],
    });
  });

  it('D4.2 none of the times suits: the candidate says so once, HR owes others, and no time is left to choose', () => {
    const world = screened();
    expect(ask(world, people.candidate, 'ask_reschedule')).toMatchObject({ missing: [{ code: 'stage' }] });
    must(world, people.hr, 'offer_slots', { slots });
    must(world, people.candidate, 'ask_reschedule');
    expect(debts(world)).toContain(`SCHEDULE ${hr}`);
    expect(debts(world)).not.toContain(`SCHEDULE ${people.candidate}`);
    expect(ask(world, people.candidate, 'choose_slot', { slot: 1 })).toMatchObject({
      missing: [{ code: 'no_such_slot' }],
    });
    must(world, people.hr, 'offer_slots', { slots: slots.slice(1) });
    expect(ask(world, people.candidate, 'ask_reschedule')).toMatchObject({
      missing: [{ code: 'moves_used' }],
    });
    must(world, people.candidate, 'choose_slot', { slot: 1 });
  });

  it('D4.2 keeps what a candidate chose of what all are offered, and asks nothing about it', () => {
    const world = chosen();
    must(world, people.candidate, 'choose_arrangements', { chosen: ['support_person'] });
    expect(world.state(id)).toMatchObject({ scheduling: { arrangements: ['support_person'], slots: [] } });
    expect(ask(world, people.hr, 'choose_arrangements', { chosen: [] })).toMatchObject({
      code: 'not_permitted',
    });
  });
});

describe('questions ahead', () => {
  it('P4.1 gives each candidate the questions the same number of hours ahead, however early HR sends them', () => {
    const told = [
      ['2025-04-03', '10:00'],
      ['2025-04-03', '13:30'],
      ['2025-04-04', '10:00'],
    ].map(([on, at]) => {
      const world = screened(same);
      must(world, people.hr, 'schedule_interview', { on, at });
      expect(ask(world, people.hr, 'send_questions', {}, ['P4.1'])).toHaveProperty('kinds');
      moveTo(world, '2025-04-03');
      return sent(world, 'P4.1', people.candidate);
    });
    expect(told).toEqual([['2025-04-01 10:00'], ['2025-04-01 13:30'], ['2025-04-02 10:00']]);
  });

  it('P4.1 questions released for an hour that falls away go ahead of the next one; those that went out stay', () => {
    for (const falls of ['ask_reschedule', 'interview_again'] as const) {
      const world = screened(same);
      must(world, people.hr, 'schedule_interview', { on: '2025-04-10', at: '10:00' });
      moveTo(world, '2025-04-08', '09:00');
      must(world, people.hr, 'send_questions');
      if (falls === 'ask_reschedule') must(world, people.candidate, falls);
      else tell(world, { kind: falls, body: {} });
      moveTo(world, '2025-04-10', '12:00');
      expect(sent(world, 'P4.1', people.candidate), falls).toEqual([]);
      must(world, people.hr, 'schedule_interview', { on: '2025-04-24', at: '10:00' });
      expect(debts(world)).toContain(`P4.1 ${hr}`);
      moveTo(world, '2025-04-22', '09:00');
      must(world, people.hr, 'send_questions');
      moveTo(world, '2025-04-24', '09:00');
      expect(sent(world, 'P4.1', people.candidate), falls).toEqual(['2025-04-22 10:00']);
    }
    const out = screened(same);
    must(out, people.hr, 'schedule_interview', { on: '2025-04-10', at: '10:00' });
    moveTo(out, '2025-04-08', '09:00');
    must(out, people.hr, 'send_questions');
    moveTo(out, '2025-04-09', '12:00');
    must(out, people.candidate, 'ask_reschedule');
    must(out, people.hr, 'schedule_interview', { on: '2025-04-24', at: '10:00' });
    expect(ask(out, people.hr, 'send_questions')).toMatchObject({ missing: [{ code: 'already_sent' }] });
  });

  it('P4.1 warns when a candidate had less time than the others', () => {
    const world = screened(same);
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    moveTo(world, '2025-04-02', '14:00');
    must(world, people.hr, 'send_questions');
    moveTo(world, '2025-04-04', '12:00');
    const record = (codes: string[]) =>
      ask(world, people.hr, 'record_interview', { held: '2025-04-04' }, codes);
    expect(record([])).toMatchObject({ code: 'acknowledgement_needed', rule: 'P4.1' });
    expect(record(['P4.1'])).toHaveProperty('kinds');
  });

  it('P4.1 wants no acknowledgement from one who sent them in time', () => {
    const world = screened(same);
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    moveTo(world, '2025-04-02');
    must(world, people.hr, 'send_questions');
    moveTo(world, '2025-04-04', '12:00');
    must(world, people.hr, 'record_interview', { held: '2025-04-04' });
  });
});

describe('rating sheets', () => {
  it('R4.4 stops a note in which the guard found a health word, and names the code alone', () => {
    const world = interviewed();
    expect(ask(world, marisol, 'submit_sheet', { ...sheet, findings: ['R4.4'] })).toMatchObject({
      code: 'rule_blocks',
      rule: 'R4.4',
      missing: [{ code: 'guard', about: 'R4.4' }],
    });
  });

  it('R4.4 lets a note through that is evidence of a skill, also with a finding that only warns', () => {
    const world = interviewed();
    const evidence = { crisis: 'txt_sheet_crisis' };
    must(world, marisol, 'submit_sheet', { ...sheet, evidence, findings: ['L4'] });
    const row = world.rows.findLast((one) => one.kind === 'sheet_submitted');
    expect(row?.body).toEqual({ by: marisol, ...sheet, evidence });
  });

  it('R4.3 holds no rating in what the case keeps, and sends none to the opening', () => {
    const world = selected();
    const { ratings } = sheet;
    expect(JSON.stringify(world.state(id))).not.toContain('sharing_experience');
    expect(Object.values(ratings)).not.toEqual([]);
    const facts = world.cases.get(id)?.facts ?? [];
    expect(JSON.stringify(facts)).not.toContain('sharing_experience');
  });

  it('D4.4 takes a late sheet, and says that it is late', () => {
    const world = interviewed();
    moveTo(world, '2025-04-07');
    must(world, priya, 'submit_sheet', sheet);
    expect(kindsOf(world)).toEqual(expect.arrayContaining(['sheet_submitted', 'answered_late']));
  });

  it('D4.4 takes none of a rater who was dropped for all', () => {
    const world = interviewed();
    tell(world, { kind: 'rater_dropped', body: { rater: priya } });
    expect(ask(world, priya, 'submit_sheet', sheet)).toMatchObject({ refused: true });
    expect(rungs(world, 'P4.3').filter((one) => one.endsWith(priya))).toHaveLength(1);
  });
});

const elsewhere = caseOf('opening', 'northside two');

/** What an opening says, of this search or of another one. */
function says(world: World, of: string, facts: Readonly<Record<string, string>>): void {
  if (of === opening) return openingSays(world, facts);
  const [first = '', second = ''] = people.screeners;
  const own = { screeners: `${first},${second}`, attested: `${first},${second}`, opening_role: `${role},1` };
  const all = Object.entries({ ...own, ...facts }).map(
    ([kind, value]) => [kind, [of, value] as const] as const,
  );
  neighbour(world, of, Object.fromEntries(all));
}

/** Another candidate, of the same search unless it is named, screened and in the pool. */
function another(world: World, of: string = opening, panel: readonly string[] = people.raters) {
  const other = caseOf('candidacy', 'c-103');
  const who = person('c-103');
  world.assign(who, 'candidate', other);
  const as = (actor: string, type: keyof typeof candidacyCommands, payload: object = {}) =>
    world.decide({ case: other, actor, type, payload: candidacyCommands[type].parse(payload) });
  const sure = (actor: string, type: keyof typeof candidacyCommands, payload: object = {}) =>
    expect(as(actor, type, payload)).not.toHaveProperty('refused');
  says(world, of, { posting: 'posted', panel: panel.join(',') });
  sure(who, 'open', { site, opening: of, person: who, attested: true });
  for (const reviewer of people.screeners) sure(reviewer, 'screen', meets);
  says(world, of, { posting: 'closed', pool_ready: 'yes', panel: panel.join(',') });
  return { other, who, as, sure };
}

describe('two conversations of one panel', () => {
  const inConversation = (about: string) => ({
    ...{ rule: 'D4.2', missing: [{ code: 'panel_in_conversation', about, who: marisol }] },
  });

  it('D4.2 the second candidate cannot choose an hour that goes into the first one’s, and is told no more than that', () => {
    const world = screened();
    const { who, as, sure } = another(world);
    const near = [
      { on: '2025-04-04', at: '14:29' },
      { on: '2025-04-04', at: '14:30' },
    ];
    must(world, people.hr, 'offer_slots', { slots });
    sure(people.hr, 'offer_slots', { slots: near });
    must(world, people.candidate, 'choose_slot', { slot: 2 });
    expect(as(who, 'choose_slot', { slot: 1 })).toMatchObject({
      ...{ code: 'not_expected_now', missing: [{ code: 'slot_no_longer_free', about: '2025-04-04 14:29' }] },
    });
    sure(who, 'choose_slot', { slot: 2 });
    expect(world.rows.findLast((row) => row.kind === 'interview_set')?.body).toMatchObject({ place: 2 });
  });

  it('D4.2 HR neither offers nor sets an hour that is taken, until it is free again', () => {
    const world = screened();
    const { as, sure } = another(world);
    must(world, people.hr, 'schedule_interview', slots[0]);
    const taken = { on: '2025-04-03', at: '09:01' };
    expect(as(people.hr, 'schedule_interview', taken)).toMatchObject(inConversation('2025-04-03 10:00'));
    expect(as(people.hr, 'offer_slots', { slots: [taken] })).toMatchObject(
      inConversation('2025-04-03 10:00'),
    );
    // Their own conversation stands in nobody's own way.
    must(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '10:30' });
    expect(as(people.hr, 'schedule_interview', { on: '2025-04-03', at: '09:31' })).toMatchObject(
      inConversation('2025-04-03 10:30'),
    );
    must(world, people.candidate, 'ask_reschedule');
    sure(people.hr, 'schedule_interview', { on: '2025-04-03', at: '09:31' });
    expect(ask(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '10:30' })).toMatchObject(
      inConversation('2025-04-03 09:31'),
    );
  });

  it('D4.2 where no time is left that can be had, HR is asked at once, and nobody waits for the candidate', () => {
    const world = screened();
    const { other, who, as, sure } = another(world);
    const one = { on: '2025-04-03', at: '10:30' };
    must(world, people.hr, 'offer_slots', { slots });
    sure(people.hr, 'offer_slots', { slots: [one, { on: '2025-03-27', at: '09:00' }] });
    must(world, people.candidate, 'choose_slot', { slot: 1 });
    moveTo(world, '2025-03-26', '15:00');
    expect(as(who, 'choose_slot', { slot: 1 })).toMatchObject({
      missing: [{ code: 'slot_no_longer_free', about: '2025-04-03 10:30' }],
    });
    // The other of the two has passed meanwhile.
    moveTo(world, '2025-03-27', '10:00');
    const owes = () => world.obligations(other).map(({ code, owner, since }) => ({ code, owner, since }));
    expect(owes()).toContainEqual(expect.objectContaining({ code: 'SCHEDULE', owner: who }));
    expect(as(who, 'choose_slot', { slot: 1 })).toMatchObject({ kinds: ['slots_gone'] });
    expect(owes()).toContainEqual({ code: 'SCHEDULE', owner: hr, since: world.now });
    expect(owes()).not.toContainEqual(expect.objectContaining({ owner: who }));
    expect(as(who, 'choose_slot', { slot: 1 })).toMatchObject({ missing: [{ code: 'no_such_slot' }] });
    sure(people.hr, 'offer_slots', { slots: [{ on: '2025-04-03', at: '14:00' }] });
    sure(who, 'choose_slot', { slot: 1 });
  });

  it('D4.2 whoever takes a seat and cannot come at the hour agreed: HR owes another time, until there is one', () => {
    const kim = person('kim');
    const again = (world: World) =>
      world.obligations(id).filter((one) => one.id.startsWith('SCHEDULE:again:'));
    const replaced = (at: string) => {
      const world = screened();
      const { sure } = another(world, elsewhere, [kim, person('ned'), person('lee')]);
      sure(people.hr, 'schedule_interview', { on: '2025-04-03', at });
      must(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '14:00' });
      expect(again(world)).toEqual([]);
      tell(world, { kind: 'rater_replaced', body: { rater: marisol, by: kim } });
      return world;
    };
    const free = replaced('10:00');
    expect(free.rows.at(-1)?.body).toEqual({ rater: marisol, by: kim });
    expect(again(free)).toEqual([]);
    const world = replaced('13:30');
    expect(world.rows.at(-1)?.body).toEqual({ rater: marisol, by: kim, cannot: true });
    expect(again(world)).toMatchObject([{ owner: hr, since: world.now }]);
    expect(textKey('SCHEDULE', again(world)[0]?.id ?? '')).toBe('SCHEDULE:again');
    // Another one who cannot come either: it is owed until both can.
    tell(world, { kind: 'rater_replaced', body: { rater: theo, by: person('lee') } });
    tell(world, { kind: 'rater_replaced', body: { rater: person('lee'), by: person('lou') } });
    expect(again(world)).toHaveLength(1);
    tell(world, { kind: 'rater_replaced', body: { rater: kim, by: person('max') } });
    expect(again(world)).toEqual([]);
    const moved = replaced('13:30');
    must(moved, people.hr, 'schedule_interview', { on: '2025-04-04', at: '09:00' });
    expect(again(moved)).toEqual([]);
  });

  it('D4.2 whoever says of the hour agreed that they cannot come then: HR owes another time, until they can', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '14:00' });
    const again = () => world.obligations(id).filter((one) => one.id.startsWith('SCHEDULE:again:'));
    const free = (from: string, to: string) =>
      must(world, theo, 'note_availability', { rater: theo, windows: [{ on: '2025-04-03', from, to }] });
    free('13:00', '16:00');
    expect(again()).toEqual([]);
    free('09:00', '10:00');
    expect(again()).toMatchObject([{ owner: hr }]);
    free('13:30', '16:00');
    expect(again()).toEqual([]);
  });

  it('D4.2 whoever sits on panels of several openings is in one of them at a time; which one the other is, is not told', () => {
    const world = screened();
    const { who, as, sure } = another(world, elsewhere, [person('kim'), theo, person('lee')]);
    const near = { on: '2025-04-03', at: '10:59' };
    const apart = { on: '2025-04-03', at: '11:00' };
    sure(people.hr, 'offer_slots', { slots: [near, apart] });
    must(world, people.hr, 'schedule_interview', slots[0]);
    const busy = { missing: [{ code: 'panel_in_conversation', about: '2025-04-03 10:00', who: theo }] };
    for (const no of [
      as(people.hr, 'schedule_interview', near),
      as(people.hr, 'offer_slots', { slots: [apart, near] }),
    ]) {
      expect(no).toMatchObject({ rule: 'D4.2', ...busy });
      expect(JSON.stringify(no)).not.toMatch(/opening-|candidacy-/);
    }
    const chosen = as(who, 'choose_slot', { slot: 1 });
    expect(chosen).toMatchObject({ missing: [{ code: 'slot_no_longer_free', about: '2025-04-03 10:59' }] });
    expect(JSON.stringify(chosen)).not.toContain(theo);
    // Once the first is moved the hour is free; each takes the place among the house's that it finds.
    must(world, people.hr, 'schedule_interview', { on: '2025-04-03', at: '14:00' });
    sure(people.hr, 'schedule_interview', near);
    const hours = world.rows.filter((row) => row.kind === 'interview_set').map((row) => row.body);
    expect(hours).toMatchObject([
      { place: 1, hour: { place: 1, minutes: 60 } },
      { place: 1, hour: { place: 1 } },
      { place: 1, hour: { place: 2 } },
    ]);
  });

  it('D4.2 another panel may talk at the same time', () => {
    const world = screened();
    const { sure } = another(world);
    must(world, people.hr, 'schedule_interview', slots[0]);
    openingSays(world, {
      posting: 'closed',
      pool_ready: 'yes',
      panel: [person('kim'), person('lee')].join(','),
    });
    sure(people.hr, 'schedule_interview', slots[0]);
  });
});

import { describe, expect, it } from 'vitest';
import { seesCase, sightOf } from '../../src/client/ask-reader.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { momentOf } from '../../src/sandbox/what-happened.ts';
import type { World } from '../../src/sandbox/world.ts';
import { staged } from '../scenarios.ts';
import type { Dated } from './northside-dates.ts';
import { foldsOf } from './scenario-checks.ts';

/** Two openings of one role, one pool, five candidates: X25 and X26 with X1 and X3 on the way. */

const { scenario, cast, calendar, terms } = staged('two-openings');
const { world, surprises, differences } = rehearse(scenario, cast, terms);
const candidates = ['c201', 'c202', 'c203', 'c204', 'c205'];
const day = cast.caseId('day');

const rowsOf = (word: string) =>
  world.rows
    .filter((row) => row.case === cast.caseId(word))
    .map((row) => ({ ...row, moment: momentOf(calendar, row.stamp.at) }));
const inWords = (body: object): string =>
  JSON.stringify(body).replace(/\b(prs|site)_[0-9a-z]{26}/g, (ref) => cast.wordOf(ref));

/** The scenario up to a moment, to go on from there another way. */
function until(moment: string): World {
  const acts = scenario.acts.filter((act) => act.at < moment);
  return rehearse({ ...scenario, acts, until: moment }, cast, terms).world;
}

function ask(from: World, moment: string, by: string, of: string, type: string, payload: object) {
  from.advanceTo(instantOf(calendar, moment.slice(0, 10), moment.slice(11)));
  const resolved = cast.resolve(payload) as object;
  return from.decide({ case: cast.caseId(of), actor: cast.person(by), type, payload: resolved });
}

/** Written down by hand from the rules, not from a play. */
const decisions: readonly Dated[] = [
  ['2026-01-12', 'readiness', 'readiness_accepted', { gate: 'G0' }],
  ['2026-01-28', 'role', 'version_adopted', { version: 1 }],
  ['2026-02-03', 'role', 'role_described', { version: 1, list: 1 }],
  ['2026-02-17', 'day', 'posted', { on: '2026-02-17', closeOn: '2026-03-10' }],
  // X26: the second seat joins while the first search is out; five apply for both, once.
  ['2026-02-23', 'day', 'seats_joined', { opening: '#evening', seats: 1, hiringManager: '@omar' }],
  ['2026-03-09', 'c204', 'screening_settled', { outcome: 'advance', how: 'hr' }],
  ['2026-03-10', 'day', 'posting_closed', { openDays: 21 }],
  ['2026-03-11', 'day', 'pool_accepted', { outcome: 'proceed' }],
  ['2026-03-16', 'c201', 'interview_set', { on: '2026-03-23', at: '10:00' }],
  ['2026-03-25', 'c205', 'interview_held', { on: '2026-03-25' }],
  // X1 between selection and confirmation: what was proposed is void.
  ['2026-03-27', 'c205', 'withdrawn', {}],
  ['2026-03-27', 'day', 'applicant_left', { candidacy: '#c205', why: 'withdrawn', voids: true }],
  ['2026-03-30', 'c205', 'withdrawal_acknowledged', {}],
  // D4.7: ninety days of reserve from 30 March.
  ['2026-03-30', 'c203', 'reserved', { until: '2026-06-28' }],
  ['2026-03-30', 'c201', 'selected', { seat: 1, hiringManager: '@gwen' }],
  ['2026-03-30', 'c202', 'selected', { seat: 2, hiringManager: '@omar' }],
  // Two offers at one minute, five business days each; one accepted, one extended by five and expired.
  ['2026-04-01', 'c201', 'offer_sent', { amount: 2380, expires: '2026-04-08' }],
  ['2026-04-01', 'c202', 'offer_sent', { amount: 2380, expires: '2026-04-08' }],
  ['2026-04-02', 'day', 'offer_settled', { candidacy: '#c201', seat: 1, how: 'accepted' }],
  ['2026-04-07', 'c202', 'offer_extended', { expires: '2026-04-15' }],
  ['2026-04-15', 'day', 'offer_settled', { candidacy: '#c202', seat: 2, how: 'expired' }],
  // X3: the next of the reserve, for the seat of the other opening.
  ['2026-04-16', 'day', 'next_offered', { candidacy: '#c203', seat: 2 }],
  ['2026-04-16', 'c203', 'selected', { seat: 2, hiringManager: '@omar' }],
  ['2026-04-17', 'day', 'seats_given_back', { opening: '#evening', seats: [] }],
  ['2026-04-20', 'evening', 'joined_seat_accepted', {}],
  ['2026-05-01', 'day', 'seat_filled', { candidacy: '#c201', seat: 1, dayOne: '2026-05-04' }],
  ['2026-05-08', 'day', 'seat_filled', { candidacy: '#c203', seat: 2, dayOne: '2026-05-11' }],
  ['2026-05-08', 'evening', 'joined_seat_filled', { dayOne: '2026-05-11' }],
  ['2026-05-08', 'c204', 'reserve_ended', { how: 'released' }],
];

/** Nothing that matches happens in the case from one moment until another. */
const periods: readonly (readonly [word: string, kind: RegExp, from: string, until: string])[] = [
  // X1: nothing more to whoever withdrew but that it was received; the panel owes nothing about them.
  ['c205', /prompted.*"to":\["(c205|marlon|iris|delia)"|status_note/, '2026-03-27 15:00', '2027'],
  // P5.1: an extension sends the note of day three no second time.
  ['c202', /prompted.*"P5.1"/, '2026-04-06 10:00', '2027'],
  // X26: whoever lent a seat is asked about it once, sixty days after somebody accepted it.
  ['evening', /prompted/, '2026-02-23 09:40', '2027'],
  // A reserve hears nothing while others are offered the seats.
  ['c204', /prompted/, '2026-04-01 17:00', '2026-05-08 11:40'],
];

describe('two openings of one role and five candidates, rehearsed in memory', () => {
  it('brings no surprise, and nothing that the scenario does not list', () => {
    expect(surprises).toEqual([]);
    expect(differences).toEqual({ missing: [], unlisted: [] });
  });

  const dated = decisions.map(([on, word, kind, body]) => ({ on, word, kind, body: body ?? {} }));
  it.each(dated)('$on: $word $kind $body', ({ on, word, kind, body }) => {
    const found = rowsOf(word).filter((row) => row.kind === kind && row.moment.startsWith(on));
    const wanted = cast.resolve(body) as object;
    expect(found.map((row) => row.body)).toContainEqual(expect.objectContaining(wanted));
  });

  it.each(periods)('has no entry of %s about %s between %s and %s', (word, kind, from, till) => {
    const inside = rowsOf(word).filter(
      ({ moment, kind: is, body }) => moment > from && moment < till && kind.test(`${is} ${inWords(body)}`),
    );
    expect(inside.map((row) => `${row.moment} ${row.kind}`)).toEqual([]);
  });

  it('X25 holds two people at most on two seats, nobody twice, after every row', () => {
    const folds = foldsOf(world, day).map(({ held }) => held.own as OpeningState);
    for (const { seats } of folds) {
      const holders = seats.flatMap((seat) => seat.c ?? []);
      expect(holders.length).toBeLessThanOrEqual(seats.length);
      expect(new Set(holders).size).toBe(holders.length);
    }
    const ways = [0, 1].map((place) => {
      const way = folds.flatMap(({ seats }) => seats[place]?.st ?? []);
      return way.filter((st, n) => st !== way[n - 1]);
    });
    expect(ways).toEqual([
      ['free', 'granted', 'accepted', 'filled'],
      ['free', 'granted', 'free', 'granted', 'accepted', 'filled'],
    ]);
  });

  it('X25 decides about all of the pool in one event, and each hears of it in the same instant', () => {
    const confirmed = rowsOf('day').filter((row) => row.kind === 'selection_confirmed');
    expect(confirmed.map((row) => row.body)).toEqual([
      cast.resolve({
        granted: [
          { candidacy: '#c201', seat: 1 },
          { candidacy: '#c202', seat: 2 },
        ],
        ...{ reserved: ['#c203', '#c204'], until: '2026-06-28', notSelected: [] },
      }),
    ]);
    const heard = candidates.map((word) =>
      rowsOf(word)
        .filter((row) => row.kind === 'selected' || row.kind === 'reserved')
        .map((row) => `${row.kind} ${row.moment}`),
    );
    expect(heard).toEqual([
      ['selected 2026-03-30 11:00'],
      ['selected 2026-03-30 11:00'],
      ['reserved 2026-03-30 11:00', 'selected 2026-04-16 09:31'],
      ['reserved 2026-03-30 11:00'],
      [],
    ]);
  });

  it('X26 gives each seat its own manager, supervisor and mentor', () => {
    const hires = ['employment-day', 'employment-evening'].map((word) => {
      const { job } = world.state(cast.caseId(word)) as EmploymentState;
      const people = [job?.person, job?.manager, job?.supervisor, job?.mentor];
      return people.map((one) => cast.wordOf(one ?? ''));
    });
    expect(hires).toEqual([
      ['c201', 'gwen', 'marlon', 'wilhelm'],
      ['c203', 'omar', 'delia', 'adaeze'],
    ]);
  });

  it('X26 ends both openings once as many are hired as there are seats', () => {
    const standing = (word: string) => deciderOf('opening').standing(world.state(cast.caseId(word)));
    expect(standing('day')).toEqual({ stage: 'filled', status: 'final' });
    expect(standing('evening')).toEqual({ stage: 'filled', status: 'final' });
    const over = candidates.map((word) => world.cases.get(cast.caseId(word))!.final);
    expect(over).toEqual([true, true, true, true, true]);
  });

  it('X1 keeps no reason that was not given', () => {
    const row = rowsOf('c205').find((one) => one.kind === 'withdrawn');
    expect(row?.body).toEqual({});
  });
});

describe('X25: who sees whom', () => {
  const moments = ['2026-02-25 09:00', '2026-03-27 16:00', '2026-04-16 12:00', '2026-05-11 17:00'];

  it.each(moments)(
    'on %s no candidate sees another, nor who is waited for in the search they are all in',
    (moment) => {
      const then = until(moment);
      const { assignments, delegations, now } = then;
      for (const who of candidates)
        for (const word of [...candidates, 'day', 'evening']) {
          const id = cast.caseId(word);
          const held = then.cases.get(id)?.held;
          if (held === undefined) continue;
          const place = { kind: kindOf(id)!, id, site: cast.site, org: cast.org };
          const sight = sightOf({ as: cast.person(who), now, assignments, delegations }, place, held);
          // An opening is open to all, what is owed about people in it is not.
          if (place.kind === 'candidacy')
            expect(seesCase(sight, place.kind), `${who} ${word}`).toBe(who === word);
          const kept = then
            .obligations(id)
            .filter((one) => one.owner !== cast.person(who) && one.visibility !== 'C0')
            .map((one) => ({ ...one, next: one.next ?? null, rung: null, reminded: 0 }));
          if (who !== word) expect(whyAll(kept, sight).every((why) => why.masked)).toBe(true);
        }
    },
  );
});

describe('X25: the race for the seat that fell free', () => {
  const offer = (from: World, by: string, candidacy: string) =>
    ask(from, '2026-04-16 09:31', by, 'day', 'offer_next', { candidacy });
  const selected = (from: World) =>
    from.rows.filter((row) => row.kind === 'selected' && row.stamp.at >= from.now).map((row) => row.case);

  it.each([
    ['bea', 'hugo'],
    ['hugo', 'bea'],
  ])('whether %s comes first or %s, one offer is written', (first, second) => {
    const from = until('2026-04-16 09:31');
    expect(offer(from, first, '#c203')).toMatchObject({ kinds: ['next_offered'] });
    expect(offer(from, second, '#c203')).toMatchObject({ rule: 'X25', missing: [{ code: 'seats_free' }] });
    expect(offer(from, second, '#c204')).toMatchObject({ rule: 'X25', missing: [{ code: 'seats_free' }] });
    expect(selected(from)).toEqual([cast.caseId('c203')]);
  });

  it('P5.1 leaves the seat to whoever accepts a minute before the end', () => {
    const from = until('2026-04-15 16:59');
    expect(ask(from, '2026-04-15 16:59', 'c202', 'c202', 'accept_offer', { version: 1 })).toMatchObject({
      kinds: ['offer_accepted'],
    });
    expect(offer(from, 'bea', '#c203')).toMatchObject({ rule: 'X25' });
    const { seats } = from.state(day) as OpeningState;
    expect(seats.map((seat) => seat.st)).toEqual(['accepted', 'accepted']);
  });

  it('X1 frees the seat of somebody who withdraws with an offer in hand, once', () => {
    const from = until('2026-04-03 09:00');
    expect(isRefusal(ask(from, '2026-04-03 09:00', 'c202', 'c202', 'withdraw', {}))).toBe(false);
    const next = (by: string, candidacy: string) =>
      ask(from, '2026-04-03 09:30', by, 'day', 'offer_next', { candidacy });
    expect(next('bea', '#c204')).toMatchObject({ rule: 'X3' });
    expect(next('bea', '#c203')).toMatchObject({ kinds: ['next_offered'] });
    expect(next('hugo', '#c204')).toMatchObject({ rule: 'X25' });
  });
});

describe('X26: what is not possible beside the search that holds the seats', () => {
  it('refuses at each try what would set two searches side by side, or pass somebody over', () => {
    const refusals = scenario.acts.flatMap((act) =>
      'do' in act && act.refused !== undefined ? [`${act.do} ${act.refused}`] : [],
    );
    for (const refusal of [
      ...['open X26', 'approve_posting X26', 'plan_interviews X26', 'cancel_opening X26', 'select X26'],
      ...['select X25', 'offer_next X25', 'offer_next X3', 'draft_offer not_expected_now'],
      ...['confirm_pool not_permitted', 'select not_permitted', 'assign_mentor not_permitted'],
      ...['choose_slot not_permitted', 'accept_offer not_permitted', 'accept_offer not_expected_now'],
    ])
      expect(refusals).toContain(refusal);
  });
});

import { describe, expect, it } from 'vitest';
import { loadGuard, remembering } from '../../src/client/guard-load.ts';
import { seesCase, sightOf } from '../../src/client/ask-reader.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import { classOf, pruned } from '../../src/domain/kernel/held.ts';
import { agendaOf } from '../../src/domain/kernel/obligations.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { momentOf } from '../../src/sandbox/what-happened.ts';
import { scenarioNames, staged, textsOf } from '../scenarios.ts';
import type { World } from '../../src/sandbox/world.ts';
import type { Staged } from '../scenarios.ts';
import { foldsOf, ownerless, sentencesIn } from './scenario-checks.ts';
import { ledgerOf, linesOf, papersOf, streamed, withHouse } from './ledger-play.ts';
import { stories } from './scenarios-dates.ts';

/** Every scenario beside the worked example, which has tests of its own: rehearsed in memory, with its texts read. */

const guard = remembering(await loadGuard());
const played = new Map(
  scenarioNames
    .filter((name) => name !== 'northside')
    .map((name) => {
      const stage = staged(name);
      const rehearsed = rehearse(stage.scenario, stage.cast, stage.terms, guard);
      return [name, { stage, ...rehearsed }] as const;
    }),
);
const names = [...played.keys()];
const of = (name: string) => played.get(name)!;

/** Rows of a case of a kind on a day, or within a time. */
function rowsIn({ stage, world }: ReturnType<typeof of>, word: string) {
  const id = stage.cast.caseId(word);
  return world.rows
    .filter((row) => row.case === id)
    .map((row) => ({ ...row, moment: momentOf(stage.calendar, row.stamp.at) }));
}

/** A body with the scenario's words for its refs. */
const inWords = ({ cast }: Staged, body: object): string =>
  JSON.stringify(body).replace(/\b(prs|site)_[0-9a-z]{26}/g, (ref) => cast.wordOf(ref));

describe.each(names)('the scenario %s, rehearsed in memory', (name) => {
  it('brings no surprise, and nothing that the scenario does not list', () => {
    const { stage, world, surprises, differences } = of(name);
    expect(surprises).toEqual([]);
    expect(differences).toEqual({ missing: [], unlisted: [] });
    const seen = [...world.cases.keys()].map((id) => stage.cast.wordOf(id));
    expect(seen.toSorted()).toEqual(Object.keys(stage.scenario.cases).toSorted());
  });

  it('has states that are the fold of their rows, and small ones', () => {
    const { stage, world } = of(name);
    for (const [id, place] of world.cases) {
      const decider = deciderOf(kindOf(id)!);
      const { held } = foldsOf(world, id).at(-1)!;
      const open = new Set(agendaOf(decider, held, stage.terms, id).map((one) => one.id));
      expect(canonical(pruned(held, open)), stage.cast.wordOf(id)).toBe(canonical(place.held));
      expect(JSON.stringify(place.held).length, stage.cast.wordOf(id)).toBeLessThan(8_000);
    }
  });

  it('owes something to a named owner by a date, in every case that is not final, after every step', () => {
    const { stage, world } = of(name);
    expect(ownerless(stage, world)).toEqual([]);
  });

  it('has bodies of refs, codes and dates only, each row in its class', () => {
    const { stage, world } = of(name);
    expect(textsOf(stage.scenario).length).toBeGreaterThan(10);
    expect(sentencesIn(stage, world)).toEqual([]);
    for (const row of world.rows)
      expect([row.visibility, row.retention]).toEqual(classOf(deciderOf(kindOf(row.case)!), row.kind));
  });

  it('is a ledger that can be proven', async () => {
    const { stage, world } = of(name);
    const house = withHouse(world, stage.cast.site, stage.terms, stage.start);
    const ledger = ledgerOf(house, papersOf(stage.terms, stage.policy));
    const verdict = await verifyExport(streamed(linesOf(ledger)));
    if (!verdict.ok) expect.fail(`${verdict.code} at ${verdict.place.position}: ${verdict.what}`);
    expect(verdict).toMatchObject({ ok: true, proves: 'organization', cases: world.cases.size });
  });
});

const dated = Object.entries(stories).flatMap(([name, { decisions }]) =>
  decisions.map(([on, word, kind, body]) => ({ name, on, word, kind, body: body ?? {} })),
);
const quiet = Object.entries(stories).flatMap(([name, { periods }]) =>
  periods.map(([word, kind, from, until]) => ({ name, word, kind, from, until })),
);

describe('what the scenarios tell, against dates written by hand', () => {
  it.each(dated)('$name $on: $word $kind $body', ({ name, on, word, kind, body }) => {
    const it = of(name);
    const found = rowsIn(it, word).filter((row) => row.kind === kind && row.moment.startsWith(on));
    const wanted = it.stage.cast.resolve(body) as object;
    expect(found.map((row) => row.body)).toContainEqual(expect.objectContaining(wanted));
  });

  it.each(quiet)(
    '$name: no entry of $word about $kind between $from and $until',
    ({ name, word, kind, from, until }) => {
      const it = of(name);
      const inside = rowsIn(it, word).filter(
        (row) =>
          kind.test(`${row.kind} ${inWords(it.stage, row.body)}`) && row.moment > from && row.moment < until,
      );
      expect(inside.map((row) => `${row.moment} ${row.kind}`)).toEqual([]);
    },
  );
});

describe('what is refused on the way', () => {
  const refusals = (name: string): readonly string[] =>
    of(name).stage.scenario.acts.flatMap((act) =>
      'do' in act && act.refused !== undefined ? [`${act.do} ${act.refused}`] : [],
    );

  it('X3, X4, X6 of a search that fails: nobody is passed over, nothing is said twice by one person', () => {
    expect(refusals('failed-search')).toEqual(
      expect.arrayContaining([
        'offer_next X3',
        'propose_pool X4',
        'open X4',
        'order_re_interview X6',
        'drop_rater X6',
        'confirm_pool D3.7',
        'confirm_verdicts D0.5',
        'post R3.3',
        'close_posting R3.3',
        'plan_interviews R4.6',
        'screen R3.2',
        'approve_posting guard_blocked',
      ]),
    );
  });

  it('X7, X8 of a finding: no notice too early, no end by one person, no end before the waiting days', () => {
    expect(refusals('background-finding')).toEqual(
      expect.arrayContaining([
        'order_check D5.2',
        'record_check D5.2',
        'record_check R5.4',
        'assess guard_blocked',
        'propose_rescind R5.4',
        'propose_adverse R5.4',
        'give_word not_permitted',
        'confirm_adverse D5.2',
        'confirm_adverse R5.7',
        'confirm_rescind R5.7',
        'keep_waiting X7',
        'confirm_day_one G5',
      ]),
    );
  });

  it('is refused by the guards only when they read: the texts that block are those the scenarios name', () => {
    for (const name of names) {
      const { stage } = of(name);
      const unread = rehearse(stage.scenario, stage.cast, stage.terms);
      const acts = stage.scenario.acts.filter(
        (act) => 'do' in act && ['guard_blocked', 'R3.2'].includes(act.refused ?? ''),
      );
      // Whoever let such a text pass would see the play go another way.
      expect(unread.surprises.length > 0, name).toBe(acts.length > 0);
    }
  });
});

describe('a finding, read by those whom it does not concern (X8)', () => {
  // A first notice given, an end proposed; a first notice given, a reply received.
  const moments = [
    { moment: '2026-04-08 15:00', word: 'c302', check: 'check-two' },
    { moment: '2026-04-16 15:00', word: 'c302', check: 'check-two' },
    { moment: '2026-05-15 15:00', word: 'c301', check: 'check-one' },
    { moment: '2026-05-20 15:00', word: 'c301', check: 'check-one' },
  ];

  function worldAt(moment: string) {
    const { scenario, cast, terms } = of('background-finding').stage;
    const acts = scenario.acts.filter((act) => act.at <= moment);
    return rehearse({ ...scenario, acts, until: moment }, cast, terms, guard).world;
  }

  /** What somebody learns of a case. */
  function learns(world: World, who: string, word: string) {
    const { cast } = of('background-finding').stage;
    const id = cast.caseId(word);
    const place = { kind: kindOf(id)!, id, site: cast.site, org: cast.org };
    const { assignments, delegations, now } = world;
    const sight = sightOf(
      { as: cast.person(who), now, assignments, delegations },
      place,
      world.cases.get(id)!.held,
    );
    const kept = world
      .obligations(id)
      .map((one) => ({ ...one, next: one.next ?? null, rung: null, reminded: 0 }));
    return { sees: seesCase(sight, place.kind), whys: whyAll(kept, sight) };
  }

  it.each(moments)('X8 $moment: supervisor, manager, panel and HR read nothing of $check', (one) => {
    const world = worldAt(one.moment);
    for (const who of ['marta', 'desta', 'simon', 'gwen', 'idris', 'conrad']) {
      const { sees, whys } = learns(world, who, one.check);
      expect(sees && who !== 'idris', who).toBe(false);
      // One line, if any: it waits for HR, and by when (domain 2.1).
      expect(whys.length, who).toBe(1);
      expect(whys[0], who).toEqual({ masked: true, owner: 'hr', due: expect.any(Number) as number });
    }
    const officer = learns(world, 'vic', one.check);
    expect(officer.sees && officer.whys.every((why) => !why.masked)).toBe(true);
  });

  it.each(moments)('X8 $moment: $word itself says that a check is pending, and no more', (one) => {
    const world = worldAt(one.moment);
    const id = of('background-finding').stage.cast.caseId(one.word);
    const rows = world.rows.filter((row) => row.case === id);
    expect(rows.filter((row) => row.visibility === 'C3')).toEqual([]);
    expect(rows.filter((row) => /assess|adverse|reply|settled|rescind/.test(row.kind)).map(kindsOf)).toEqual([
      'screening_settled',
    ]);
    expect(JSON.stringify(world.cases.get(id)!.held.own)).not.toMatch(/assessment|adverse|waiver/);
    // The supervisor hears of their own duties only, the manager of place and mentor.
    for (const who of ['marta', 'simon']) {
      const { whys } = learns(world, who, one.word);
      const codes = whys.flatMap((why) => (why.masked ? [] : [why.code]));
      expect(
        codes.filter((code) => !/^(G5|P5\.[2-6]|D4\.7)$/.test(code)),
        who,
      ).toEqual([]);
    }
  });
});

const kindsOf = (row: { readonly kind: string }): string => row.kind;

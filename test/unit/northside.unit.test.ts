import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import { classOf, pruned } from '../../src/domain/kernel/held.ts';
import { agendaOf } from '../../src/domain/kernel/obligations.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { momentOf } from '../../src/sandbox/what-happened.ts';
import { foldsOf, ownerless, sentencesIn } from './scenario-checks.ts';
import { ledgerOf, linesOf, papersOf, streamed, withHouse } from './ledger-play.ts';
import {
  calendar,
  cast,
  freeTexts,
  northsideTerms,
  policy,
  scenario,
  stage,
  start,
} from './northside-house.ts';
import { decisions, periods } from './northside-dates.ts';

const terms = northsideTerms();
const { world, surprises, differences } = rehearse(scenario, cast, terms);
const ids = [...world.cases.keys()];
const rowsOf = (id: string) => world.rows.filter((row) => row.case === id);

const folds = (id: string) => foldsOf(world, id);

describe('the worked example, rehearsed in memory', () => {
  it('brings no surprise, and nothing that the scenario does not list', () => {
    expect(surprises).toEqual([]);
    expect(differences).toEqual({ missing: [], unlisted: [] });
    expect(ids.map((id) => cast.wordOf(id)).toSorted()).toEqual(Object.keys(scenario.cases).toSorted());
  });

  const dated = decisions.map(([on, word, kind, body]) => ({ on, word, kind, body: body ?? {} }));
  it.each(dated)('$on: $word $kind $body', ({ on, word, kind, body }) => {
    const found = rowsOf(cast.caseId(word)).filter(
      (row) => row.kind === kind && momentOf(calendar, row.stamp.at).startsWith(on),
    );
    const wanted = cast.resolve(body) as object;
    expect(found.map((row) => row.body)).toContainEqual(expect.objectContaining(wanted));
  });

  it.each(periods)('has no entry of %s about %s between %s and %s', (word, kind, from, until) => {
    const inside = rowsOf(cast.caseId(word)).filter((row) => {
      const moment = momentOf(calendar, row.stamp.at);
      return kind.test(`${row.kind} ${inWords(row.body)}`) && moment >= from && moment < until;
    });
    expect(inside).toEqual([]);
  });

  it('has states that are the fold of their rows', () => {
    for (const id of ids) {
      const decider = deciderOf(kindOf(id)!);
      const { held } = folds(id).at(-1)!;
      const open = new Set(agendaOf(decider, held, terms, id).map((one) => one.id));
      expect(canonical(pruned(held, open)), cast.wordOf(id)).toBe(canonical(world.cases.get(id)!.held));
    }
  });

  it('owes something to a named owner by a date, in every case that is not final, after every step', () => {
    expect(ownerless(stage, world)).toEqual([]);
    expect(world.rows.length).toBeGreaterThan(500);
  });

  it('publishes the facts that gates of other cases need', () => {
    const facts = [...world.cases.values()].flatMap((place) =>
      place.facts.map(({ kind, subject, value }) => `${kind} ${cast.wordOf(subject)} ${value}`),
    );
    for (const fact of [
      'readiness northside ready',
      'team_oriented northside 2025-02-28',
      'policies_to_change northside 0',
      'role_version role 1',
      'role_described role 1',
      'pay_range role 2200-2500',
      'posting opening closed',
      'seat c102 1',
      'background c102 clear',
      'supervisor_qualified marisol 2025-05-01',
      'employed employment yes',
      'probation employment passed',
    ])
      expect(facts).toContain(fact);
  });

  it('has bodies of refs, codes and dates only', () => {
    const words = Object.keys(scenario.people).filter((word) => !/^c\d+$/.test(word));
    const names = Object.values(scenario.people).flatMap((one) => one.name.split(' '));
    const named = new RegExp(`\\b(${[...words, ...names].join('|')})\\b`, 'i');
    const texts = freeTexts();
    expect(texts.length).toBeGreaterThan(20);
    expect(sentencesIn(stage, world)).toEqual([]);
    for (const row of world.rows) {
      const body = JSON.stringify(row.body);
      expect(body).not.toMatch(named);
      expect(texts.some((text) => body.includes(text))).toBe(false);
    }
  });

  it('keeps what is confidential in rows of the vault', () => {
    const confidential = world.rows.filter((row) => row.visibility === 'C3');
    expect(new Set(confidential.map((row) => cast.wordOf(row.case)))).toEqual(
      new Set(['check', 'credential', 'leave', 'employment']),
    );
    // X22: that there is a matter, and that it is over, for the day on which all is to stop.
    const sealed = confidential.filter((row) => row.case === cast.caseId('employment'));
    expect(sealed.map((row) => row.kind)).toEqual(['matter_noted', 'matter_over_noted']);
    // Sickness, papers and findings are said nowhere else: the employment learns dates and outcomes only.
    const noted = rowsOf(cast.caseId('employment')).filter((row) => row.kind.startsWith('leave_'));
    expect(noted.map((row) => Object.keys(row.body))).toEqual([
      ['clock', 'from', 'to'],
      ['clock', 'returned', 'month'],
    ]);
    for (const row of world.rows)
      expect([row.visibility, row.retention]).toEqual(classOf(deciderOf(kindOf(row.case)!), row.kind));
  });

  it('has small states at every step', () => {
    for (const id of ids) {
      const sizes = folds(id).map(({ held }) => JSON.stringify(held).length);
      expect(Math.max(...sizes), cast.wordOf(id)).toBeLessThan(24_000);
      expect(JSON.stringify(world.cases.get(id)!.held).length, cast.wordOf(id)).toBeLessThan(8_000);
    }
  });

  it('is a ledger that can be proven', async () => {
    const ledger = ledgerOf(withHouse(world, cast.site, terms, start), papersOf(terms, policy));
    const verdict = await verifyExport(streamed(linesOf(ledger)));
    if (!verdict.ok) expect.fail(`${verdict.code} at ${verdict.place.position}: ${verdict.what}`);
    expect(verdict).toMatchObject({ ok: true, proves: 'organization', cases: ids.length });
  });
});

/** A body with the scenario's words for its refs. */
function inWords(body: object): string {
  return JSON.stringify(body).replace(/\b(prs|site)_[0-9a-z]{26}/g, (ref) => cast.wordOf(ref));
}

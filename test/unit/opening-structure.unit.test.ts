import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { openingCommands } from '../../src/contracts/opening.ts';
import { person } from './house.ts';
import { agreed, c102, c103, choice, interviewed, selected } from './opening-play.ts';

/** What has no place anywhere in stages 3 and 4: a value the software computes of a person, and what is never kept. */

const COMPUTED =
  /average|mean|median|^sum$|total|weight|percent|quantile|predict|likelihood|suitab|match|fit$/i;
const JUDGED = /score|rating|grade|points|stars/i;
const NEVER =
  /diagnos|treatment|medic|hospital|sober|relapse|story|benefit|family|audio|video|arrest|salary|gossip|mood|personality|stabil/i;

/** Names of all fields of a set of command schemas, at any depth. */
function fieldsOf(commands: Readonly<Record<string, z.ZodType>>): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
      visit(value);
    }
  };
  for (const schema of Object.values(commands)) visit(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  return names;
}

/** Names of all properties that the types of a file declare. */
function propertiesOf(path: string): ReadonlySet<string> {
  const text = readFileSync(new URL(`../../src/domain/${path}`, import.meta.url), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) names.add(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

const ofTypes = ['opening/events.ts', 'opening/state.ts', 'opening/course.ts', 'notices.ts'];
const ofCandidacy = ['candidacy/events.ts', 'candidacy/state.ts'];
const found = (names: Iterable<string>, banned: RegExp): readonly string[] =>
  [...names].filter((name) => banned.test(name));

describe('no field anywhere', () => {
  it('R3.7 holds a value computed of a person: commands, events, states and notices', () => {
    expect(fieldsOf(openingCommands).size).toBeGreaterThan(40);
    expect(found(fieldsOf(openingCommands), COMPUTED)).toEqual([]);
    expect(found(fieldsOf(candidacyCommands), COMPUTED)).toEqual([]);
    for (const path of [...ofTypes, ...ofCandidacy]) {
      expect(propertiesOf(path).size, path).toBeGreaterThan(8);
      expect(found(propertiesOf(path), COMPUTED), path).toEqual([]);
    }
  });

  it('R3.7 holds a rating outside the sheet its rater wrote: an opening knows who handed in, never what', () => {
    expect(found(fieldsOf(openingCommands), JUDGED)).toEqual([]);
    for (const path of ofTypes) expect(found(propertiesOf(path), JUDGED), path).toEqual([]);
  });

  it('R3.7 would be found', () => {
    expect(found(['averageScore', 'weight', 'candidacy'], COMPUTED)).toEqual(['averageScore', 'weight']);
    const schemas = { one: z.strictObject({ list: z.array(z.strictObject({ total: z.number() })) }) };
    expect(found(fieldsOf(schemas), COMPUTED)).toEqual(['total']);
  });

  it('holds what is never stored', () => {
    expect(found(fieldsOf(openingCommands), NEVER)).toEqual([]);
    for (const path of ofTypes) expect(found(propertiesOf(path), NEVER), path).toEqual([]);
  });
});

describe('before the panel has spoken', () => {
  it('R3.7 shows no number about a candidate: each row says who handed in, and on which day they met', () => {
    const rows = interviewed()
      .state()
      .rows.filter((row) => row.s === 'ad');
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(['c', 'on', 'q', 's', 'sh']);
  });

  it('R3.7 never makes an order of its own: the ranks of the reserve are those people gave', () => {
    const stage = selected();
    const given = choice.outcomes.find((one) => one.candidacy === c103)?.rank;
    expect(stage.state().rows.find((row) => row.s === 're')?.rank).toBe(given);
    const bare = { candidacy: c103, outcome: 'reserve', reasons: [] };
    const answer = agreed().ask('marisol', 'select', {
      outcomes: [{ candidacy: c102, outcome: 'select', reasons: [] }, bare],
    });
    expect(answer).toMatchObject({ rule: 'D4.7', missing: [{ code: 'rank_of_each_in_reserve' }] });
  });
});

describe('the consensus', () => {
  const stated = () => {
    const stage = interviewed().to('2025-04-10');
    stage.must('marisol', 'state_consensus', {
      results: [
        { candidacy: c102, outcome: 'recommend_1', reasons: [] },
        { candidacy: c103, outcome: 'not_recommended', reasons: ['RC_TEAM'] },
      ],
    });
    return stage;
  };

  it('D4.5 keeps a dissent with its name and its reasons, also after the selection', () => {
    const stage = stated();
    const dissents = [{ candidacy: c103, reasons: ['RC_REL'] }];
    stage.must('theo', 'answer_consensus', { dissents });
    stage.must('ana', 'answer_consensus', { dissents: [] });
    stage.must('marisol', 'select', {
      outcomes: [
        { candidacy: c102, outcome: 'select', reasons: [] },
        { candidacy: c103, outcome: 'not_selected', reasons: ['RC_TEAM'] },
      ],
    });
    stage.must('dana', 'confirm_selection');
    const kept = stage.rows.filter((row) => row.kind === 'consensus_answered').map((row) => row.body);
    expect(kept).toContainEqual({ by: person('theo'), version: 1, dissents });
  });

  it('D4.5 takes no word of somebody who does not sit on the panel, and none about a stranger', () => {
    const stage = stated();
    expect(stage.ask('priya', 'answer_consensus', { dissents: [] })).toMatchObject({ rule: 'D4.5' });
    const about = { dissents: [{ candidacy: `candidacy-${'9'.repeat(26)}`, reasons: ['RC_REL'] }] };
    expect(stage.ask('theo', 'answer_consensus', about)).toMatchObject({ code: 'unknown_reference' });
  });

  it('D4.6 records references of all alike, and names those whose referees did not answer', () => {
    const stage = interviewed();
    const record = (unreachable: readonly string[]) =>
      stage.ask('dana', 'record_references', { outcome: 'done_same_questions', unreachable });
    expect(record([`candidacy-${'9'.repeat(26)}`])).toMatchObject({ rule: 'D4.6' });
    expect(record([c103])).toMatchObject({ kinds: ['references_recorded'] });
    expect(
      selected().ask('dana', 'record_references', { outcome: 'waived_for_all', unreachable: [] }),
    ).toMatchObject({
      rule: 'D4.6',
    });
  });
});

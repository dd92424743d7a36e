import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { openingCommands } from '../../src/contracts/opening.ts';
import { forbiddenQuestions, reasonCodes } from '../../src/domain/opening/words.ts';
import { screeningReasons } from '../../src/domain/candidacy/words.ts';
import { labelOf } from '../../src/web/app/labels.ts';
import { kindsAt, mayName, runningIn } from '../../src/web/forms/case-fields.ts';
import { laidOut, layoutOf } from '../../src/web/forms/layout.ts';
import { kindOfField } from '../../src/web/forms/shape.ts';
import type { Shape } from '../../src/web/forms/shape.ts';

/** Which cases a form offers, and how the decision about everybody of a search is asked. */

/** Paths of the fields of a command that name a case. */
function casesIn(shape: Shape, path: string): readonly string[] {
  const kind = kindOfField(shape);
  if (kind.is === 'case') return [path];
  if (kind.is === 'list') return casesIn(kind.item, `${path}.0`);
  if (kind.is === 'maybe') return casesIn(kind.inner, path);
  if (kind.is === 'either') return kind.of.flatMap((one) => casesIn(one, path));
  if (kind.is !== 'group') return [];
  return Object.entries(kind.fields).flatMap(([name, one]) =>
    casesIn(one, path === '' ? name : `${path}.${name}`),
  );
}
const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
const all = Object.entries(commandSchemas).flatMap(([kind, schemas]) =>
  Object.entries(schemas as Record<string, z.ZodType>).flatMap(([type, schema]) =>
    casesIn(shapeOf(schema), '').map((path) => [`${kind}/${type}`, path] as const),
  ),
);

const [here, there] = ['opening-here', 'opening-there'];
const board = [
  { case: 'candidacy-a', kind: 'candidacy', stage: 'rating' },
  { case: 'candidacy-b', kind: 'candidacy', stage: 'ended' },
  { case: 'candidacy-c', kind: 'candidacy', stage: 'rating' },
  { case: 'clock-d', kind: 'clock', stage: 'open' },
  { case: 'candidacy-e', kind: 'candidacy', stage: 'pool' },
];
const searches: Readonly<Record<string, string>> = {
  ...{ 'candidacy-a': here, 'candidacy-b': here, 'candidacy-c': there, 'candidacy-e': here },
};
const searchOf = (id: string): string | null => searches[id] ?? null;

describe('a field that names a case', () => {
  it.each(all)('%s %s offers no confidential matter', (_, path) => {
    expect(kindsAt(path)).not.toContain('clock');
    expect(kindsAt(path).length).toBeGreaterThan(0);
  });

  it('D4.5 D4.8 in a search is somebody who applied there', () => {
    const offered = (path: string, form: string) =>
      board.filter((one) => mayName(path, form, one, searchOf)).map((one) => one.case);
    for (const path of ['results.0.candidacy', 'candidacy', 'unreachable.1'])
      expect(offered(path, here)).toEqual(['candidacy-a', 'candidacy-b', 'candidacy-e']);
    expect(offered('role', here)).toEqual([]);
  });

  it('D4.7 everybody in the running is of this search and not yet decided', () => {
    expect(runningIn(here, board, searchOf)).toEqual(['candidacy-a', 'candidacy-e']);
  });
});

describe('a decision about everybody of a search', () => {
  const asked = (type: 'select' | 'state_consensus', value: object): Shape =>
    laidOut(shapeOf(openingCommands[type]), layoutOf('opening', type), value);

  it('D4.7 has one entry for each, and asks for a place where there is an order', () => {
    const list = asked('select', { outcomes: [{}, {}] }).properties?.['outcomes'];
    expect(list).toMatchObject({ each: true });
    expect(Object.keys(list?.items?.properties ?? {}).slice(0, 2)).toEqual(['outcome', 'rank']);
    expect(list?.items?.properties?.['rank']?.when).toEqual(['outcome', 'select', 'reserve']);
  });

  it('D4.5 offers as many places as there are entries, each as the contract takes it', () => {
    const list = asked('state_consensus', { results: [{}, {}, {}] }).properties?.['results'];
    const { enum: of = [], pattern = '' } = list?.items?.properties?.['outcome'] ?? {};
    expect(of).toEqual(['recommend_1', 'recommend_2', 'recommend_3', 'acceptable', 'not_recommended']);
    for (const one of of) expect(one).toMatch(new RegExp(pattern));
  });

  it.each([...reasonCodes, ...screeningReasons, ...forbiddenQuestions])('%s has words', (code) => {
    expect(labelOf(code)).not.toBeNull();
  });
});

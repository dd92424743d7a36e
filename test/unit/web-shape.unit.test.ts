import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { civilDate } from '../../src/contracts/common.ts';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { kernelCommands } from '../../src/contracts/kernel.ts';
import { initial, kindOfField, lacking, pruned } from '../../src/web/forms/shape.ts';
import type { Shape, Value } from '../../src/web/forms/shape.ts';

/** Forms are made from the contracts: what a form lets one fill in is what the contract takes. */

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any' },
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === (civilDate as unknown)) jsonSchema.format = 'date';
    },
  }) as Shape;

const commands = Object.entries(commandSchemas).flatMap(([kind, schemas]) =>
  Object.entries({ ...kernelCommands, ...schemas } as Record<string, z.ZodType>).map(
    ([type, schema]) => [`${kind}/${type}`, schema] as const,
  ),
);

const id = '0'.repeat(26);
/** Words with a pattern of their own that no list says: an id of a duty, a code of an element. */
const words = [
  'a1',
  'RC_REL',
  'E1',
  'D1',
  'Q1',
  'alternate',
  'panel:1',
  'recommend_1',
  'session:2026-03-06',
  `row_${id}`,
  'T1',
  'x'.repeat(12),
];

function wordFor({ pattern }: Shape): string {
  return words.find((word) => pattern === undefined || new RegExp(pattern).test(word)) ?? 'a1';
}

/** Fills a field in as somebody would who answers everything that is asked, and nothing else. */
function filled(shape: Shape): Value {
  const kind = kindOfField(shape);
  switch (kind.is) {
    case 'text':
      return 'txt_dec_1_text';
    case 'person':
      return `prs_${id}`;
    case 'site':
      return `site_${id}`;
    case 'case':
      return `candidacy-${id}`;
    case 'day':
      return '2026-03-06';
    case 'time':
      return '09:30';
    case 'month':
      return '2026-03';
    case 'word':
      return wordFor(shape);
    case 'question':
      return 'question-crisis-1';
    case 'questions':
      return ['Q1'];
    case 'library':
      return 'duty-meets-people';
    case 'tick':
    case 'agree':
      return true;
    case 'fixed':
      return kind.value;
    case 'one':
      return kind.of[0];
    case 'some':
      return kind.of.slice(0, Math.max(shape.minItems ?? 0, 1));
    case 'number':
      return Math.max(shape.minimum ?? 1, Math.min(1, shape.maximum ?? 1));
    case 'list':
      return Array.from({ length: Math.max(shape.minItems ?? 0, 1) }, () => filled(kind.item));
    case 'group':
      return Object.fromEntries(
        kind.required.map((name) => [name, filled(kind.fields[name] ?? {})] as const),
      );
    case 'named':
      return Object.fromEntries(
        [...kind.names, wordFor(shape.propertyNames ?? {})]
          .slice(0, 1)
          .map((name) => [name, filled(kind.item)]),
      );
    case 'maybe':
      return filled(kind.inner);
    case 'either':
      return filled(kind.of[0] ?? {});
    default: {
      const never: never = kind;
      return never;
    }
  }
}

describe('a form made from a contract', () => {
  it('knows more than 250 commands', () => {
    expect(commands.length).toBeGreaterThan(250);
  });

  it.each(commands)('%s: lacks nothing once everything asked for is filled in', (_, schema) => {
    const shape = shapeOf(schema);
    expect(lacking(shape, filled(shape))).toEqual([]);
  });

  it.each(commands)('%s: what it sends is what the contract takes', (_, schema) => {
    const sent = pruned(filled(shapeOf(schema)));
    const parsed = schema.safeParse(sent);
    expect(parsed.success ? [] : parsed.error.issues.map(({ path, code }) => [path.join('.'), code])).toEqual(
      [],
    );
  });

  it.each(commands)('%s: begins with nothing that anybody said', (_, schema) => {
    const shape = shapeOf(schema);
    const begun = initial(shape);
    const asked = kindOfField(shape);
    const required = asked.is === 'group' ? asked.required : [];
    // What may be an empty list, an unticked box or "nobody" is an answer; everything else waits for one.
    for (const name of required) {
      const inner = asked.is === 'group' ? kindOfField(asked.fields[name] ?? {}) : null;
      if (inner?.is === 'one' || inner?.is === 'text' || inner?.is === 'person' || inner?.is === 'agree')
        expect(lacking(shape, begun)).toContain(name);
    }
  });
});

describe('what is sent', () => {
  it('leaves out what was left empty, and keeps no, zero and nobody', () => {
    expect(
      pruned({ a: '', b: undefined, c: false, d: 0, e: null, f: { text: ' ' }, g: { text: 'x' } }),
    ).toEqual({
      ...{ c: false, d: 0, e: null },
      g: { text: 'x' },
    });
  });
});

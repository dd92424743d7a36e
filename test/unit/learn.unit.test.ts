import { describe, expect, it } from 'vitest';
import { gatesText } from '../../src/cli/case.ts';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { cardsOf } from '../../src/cli/learn.ts';
import { run } from '../../src/cli/program.ts';
import { doingCodes } from '../../src/cli/doing.ts';
import { ruleText } from '../../src/cli/rules.ts';
import { refusalLines } from '../../src/cli/sentences.ts';
import { learningCards } from '../../src/content/index.ts';
import { refuse } from '../../src/domain/kernel/refusal.ts';

function listener() {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ...{ env: { PEER_HIRE_HOME: '/nowhere' }, color: false, stdin: async () => null },
  };
  return { io, out, err };
}

describe('learning cards', () => {
  it.each(['G0', 'G1', 'G2', 'G3', 'G4', 'G5'])('%s has a card, and it comes first', (gate) => {
    expect(cardsOf(gate)[0]?.about).toEqual({ kind: 'gate', ref: gate });
    expect(cardsOf(gate.toLowerCase())).toEqual(cardsOf(gate));
  });

  it('are found by what they are shown at, by their own code, by their id and by a word', () => {
    expect(cardsOf('R3.2').map((card) => card.id)).toContain('card-m2');
    expect(cardsOf('E9')[0]?.id).toBe('card-e9');
    expect(cardsOf('M4')[0]?.id).toBe('card-m4');
    expect(cardsOf('card-ac2').map((card) => card.id)).toEqual(['card-ac2']);
    expect(cardsOf('paperwork').map((card) => card.id)).toContain('card-ac6');
    expect(cardsOf('P0.3').map((card) => card.id)).toEqual(['card-ac7']);
    expect(cardsOf('P0.3')[0]?.doNow).toContain('toolbox orientation');
    expect(cardsOf('G9')).toEqual([]);
    expect(cardsOf('xyzzy')).toEqual([]);
  });

  it('are listed, shown and given as data without an installation', async () => {
    const all = listener();
    expect(await run(all.io, ['learn'])).toBe(EXIT.done);
    for (const card of learningCards()) expect(all.out[0]).toContain(card.about.ref);
    const one = listener();
    expect(await run(one.io, ['learn', 'G5'])).toBe(EXIT.done);
    expect(one.out[0]).toMatch(/Often thought: .*\nWhat is so: .*\nWhat to do now: /);
    expect(one.out[0]).toContain('D5.7:');
    const data = listener();
    expect(await run(data.io, ['learn', 'G5', '--json'])).toBe(EXIT.done);
    expect((JSON.parse(data.out[0] ?? '') as { cards: { id: string }[] }).cards[0]?.id).toBe('card-g5');
    const none = listener();
    expect(await run(none.io, ['learn', 'Q9'])).toBe(EXIT.usage);
    expect(none.err[0]).toContain('G0 to G5');
  });

  it.each(['D0.1', 'p3.2', 'R4.1'])(
    '%s has none of its own and is told those of its stage’s gate',
    async (code) => {
      expect(cardsOf(code)).toEqual([]);
      const told = listener();
      expect(await run(told.io, ['learn', code])).toBe(EXIT.done);
      const gate = `G${code[1] ?? ''}`;
      expect(told.out[0]).toContain(`leads to ${gate}`);
      expect(told.out[1]).toContain(`${gate} `);
      const later = listener();
      expect(await run(later.io, ['learn', 'D9.8'])).toBe(EXIT.usage);
    },
  );

  it('are found for each decision of a search, and for each exception that has one', async () => {
    const decisions = doingCodes.filter((code) => /^D[0-5]\.\d+$/u.test(code));
    expect(decisions.length).toBeGreaterThan(40);
    for (const code of decisions) {
      const { io, out } = listener();
      expect(await run(io, ['learn', code]), code).toBe(EXIT.done);
      expect(out.join('\n'), code).toContain('What is so: ');
    }
    const own = [
      ['X6', 'card-g4'],
      ['X7', 'card-g5'],
      ['X8', 'card-ac8'],
      ['X10', 'card-e4'],
      ['D4.8', 'card-m9'],
    ];
    for (const [code, id] of own)
      expect(
        cardsOf(code ?? '').map((card) => card.id),
        code,
      ).toContain(id);
  });

  it.each(Array.from({ length: 33 }, (_, n) => `X${n + 1}`))(
    '%s says its rule and the cards of its gate where it has no card, and that it has none where nothing belongs to it',
    async (code) => {
      const { io, out } = listener();
      expect(await run(io, ['learn', code])).toBe(EXIT.done);
      const said = out.join('\n');
      if (cardsOf(code).length > 0) return expect(said).not.toContain('No card');
      expect(said).toContain(`${code}: ${ruleText(code)}`);
      return expect(said).toMatch(/leads to G[345]:|No card belongs to this\./);
    },
  );

  it('names the gate of an exception of a search, also as data', async () => {
    const { io, out } = listener();
    await run(io, ['learn', 'x25', '--json']);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      ...{ of: 'G4', rule: expect.stringMatching(/^X25: /) as unknown, cards: [{ id: 'card-g4' }] },
    });
  });

  it('are named where a gate refuses, and where its lines are shown', () => {
    const missing = [{ code: 'R5.1' }];
    expect(refusalLines(refuse('gate_not_passed', 'G5', missing)).at(-1)).toContain('peer-hire learn G5');
    expect(refusalLines(refuse('gate_not_passed', 'G8', missing)).join('\n')).not.toContain('learn');
    expect(refusalLines(refuse('rule_blocks', 'R4.3', missing)).join('\n')).not.toContain('learn');
    const gate = {
      ...{ gate: 'G2', guards: ['posted'], passed: false, holds: false, missing: [{ code: 'R2.4' }] },
      acknowledged: [],
    };
    expect(gatesText(listener().io, [gate])).toContain('peer-hire learn G2');
    const held = { ...gate, holds: true, missing: [] };
    expect(gatesText(listener().io, [held, { ...gate, passed: true }])).not.toContain('learn');
  });
});

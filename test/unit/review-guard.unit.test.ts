import { describe, expect, it } from 'vitest';
import { loadGuard } from '../../src/client/guard-load.ts';
import { guarded } from '../../src/client/guard-texts.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { textRef } from '../../src/directory/texts.ts';
import { noWayAround } from '../../src/domain/findings.ts';
import { caseOf, person } from './house.ts';
import { draft } from './review-house.ts';

/** R8.2: what the guards find in the texts of a review goes with the command, to the place its schema has for it. */

const decisionId = 'dec_review-guard';
const ref = (field: string): string => textRef(decisionId, field);
const health = 'The missed sessions come from their depression and a change of medication.';
const work = 'Two plans were written late; the third was on time after the talk in May.';

async function read(type: string, payload: Record<string, unknown>, words: Record<string, string>) {
  const head = { v: 1, decisionId, case: caseOf('review', 'g'), actor: person('ana') } as const;
  const envelope: Envelope = { ...head, type, how: 'asserted_local', payload };
  const texts = Object.entries(words).map(([field, text]) => ({
    ...{ decisionId, field, subject: person('ana'), text },
  }));
  return guarded(envelope, texts, await loadGuard());
}

const step = (n: number) => ({ after_d: n * 30, text: ref(`textsteps${n}`) });

describe('R8.2 in the texts of a review', () => {
  it.each([
    ['submit_draft', draft({ text: ref('texttext') }), 'texttext'],
    ['submit_draft', draft({ followUps: ['goal'], goals: [ref('textgoals0')] }), 'textgoals0'],
    ['share_feedback', { text: ref('texttext') }, 'texttext'],
    ['keep_feedback', { text: ref('texttext') }, 'texttext'],
    ['enter_served_feedback', { answers: 6, text: ref('texttext') }, 'texttext'],
    ['check_standard', { result: 'differs', justification: ref('textwhy') }, 'textwhy'],
    ['settle_dispute', { outcome: 'kept', text: ref('texttext') }, 'texttext'],
  ])('%s: health stops at the author, and its code would reach the case', async (type, payload, field) => {
    const got = await read(type, payload, { [field]: health });
    expect(got.blocked).toHaveLength(1);
    const codes = got.envelope.payload['findings'] as string[];
    expect(codes.some(noWayAround)).toBe(true);
    expect(parseCommand('review', type, got.envelope.payload)).not.toMatchObject({ refused: true });
    const fine = await read(type, payload, { [field]: work });
    expect(fine.blocked).toEqual([]);
    expect(fine.envelope.payload).toEqual(payload);
  });

  it('write_plan: each step has its own findings', async () => {
    const payload = { from: '2025-11-17', steps: [step(1), step(2), step(3)] };
    const words = { textsteps1: work, textsteps2: health, textsteps3: work };
    const got = await read('write_plan', payload, words);
    const steps = got.envelope.payload['steps'] as { findings?: string[] }[];
    expect(steps.map((one) => (one.findings ?? []).some(noWayAround))).toEqual([false, true, false]);
    expect(parseCommand('review', 'write_plan', got.envelope.payload)).not.toMatchObject({ refused: true });
  });

  it.each(['keep_self_review', 'share_self_review'])(
    '%s: what people write about themselves is read by nobody',
    async (type) => {
      const got = await read(type, { text: ref('texttext') }, { texttext: health });
      expect(got).toMatchObject({ found: [], blocked: [] });
    },
  );
});

import { describe, expect, it } from 'vitest';
import { loadGuard } from '../../src/client/guard-load.ts';
import { guarded } from '../../src/client/guard-texts.ts';
import { withoutTexts } from '../../src/client/taken-texts.ts';
import { withTexts } from '../../src/cli/texts.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { textRef } from '../../src/directory/texts.ts';
import { textRefTwice } from '../../src/ledger/step-store.ts';
import { caseOf, person } from './house.ts';

/** A text is read on the surface of each place that names it, and a command names it in one. */

const decisionId = 'dec_places';
const ref = (field: string): string => textRef(decisionId, field);
const envelope = (payload: Record<string, unknown>): Envelope => ({
  ...{ v: 1, decisionId, case: caseOf('opening', 'g'), type: 'mark_questions', actor: person('dana') },
  ...{ how: 'asserted_local', payload },
});
const typed = (field: string, text: string) => ({ decisionId, field, subject: person('dana'), text });

describe('a text that stands in two places', () => {
  const one = ref('textquestions1text');
  const questions = [
    { id: 'Q1', status: 'approved', text: one },
    { id: 'Q2', status: 'needs_review', text: one },
  ];

  it('D4.1, R4.2 has its codes beside both: no forbidden question is approved by another one’s place', async () => {
    const words = [typed('textquestions1text', 'Which medication are you on?')];
    const read = guarded(envelope({ questions }), words, await loadGuard());
    const marked = read.envelope.payload['questions'] as readonly { readonly findings?: string[] }[];
    expect(marked.map((each) => each.findings)).toEqual([['Q_MEDS'], ['Q_MEDS']]);
    expect(read.found.map((each) => each.field)).toEqual(['questions.0.text', 'questions.1.text']);
  });

  it('is refused as such before the rules, and texts with a place each are not', () => {
    expect(textRefTwice({ questions })).toBe(one);
    const other = [{ ...questions[0] }, { ...questions[1], text: ref('textquestions0text') }];
    expect(textRefTwice({ questions: other })).toBeNull();
    expect(textRefTwice({ note: 'dana' })).toBeNull();
  });
});

describe('a text given by its place', () => {
  it('goes into a list that stays a list', () => {
    const payload = { proposals: [{ element: 'E1', choices: [] }] };
    const taken = withoutTexts(
      decisionId,
      person('dana'),
      withTexts(payload, ['proposals.0.text=Less alone']),
    );
    expect(taken.payload).toEqual({
      proposals: [{ element: 'E1', choices: [], text: ref('textproposals0text') }],
    });
    expect(taken.texts.map(({ text }) => text)).toEqual(['Less alone']);
    expect(payload).toEqual({ proposals: [{ element: 'E1', choices: [] }] });
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EXIT } from '../../src/cli/exit.ts';
import { loadGuard } from '../../src/client/guard-load.ts';
import { foundLines } from '../../src/cli/guard-words.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { guardedField, guardedFields } from '../../src/client/guard-surfaces.ts';
import { guarded } from '../../src/client/guard-texts.ts';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { textRef as textRefSchema } from '../../src/contracts/common.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { MAX_TEXT_BYTES, textRef } from '../../src/directory/texts.ts';
import { caseOf, person } from './house.ts';

interface Said {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

async function guard(surface: string, input: string | null, ...more: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ...{ env: { PEER_HIRE_HOME: '/nowhere' }, color: false, stdin: async () => input },
  };
  return { code: await run(io, ['guard', '--surface', surface, ...more]), out, err };
}

interface Answer {
  readonly id?: string | number;
  readonly line?: number;
  readonly error?: string;
  readonly findings?: readonly { rule: string; level: string; why: string; instead: string }[];
}
const answers = (said: Said): readonly Answer[] => said.out.map((line) => JSON.parse(line) as Answer);

const bad = 'Do you think you could cope if things got rough for you again?';
const good = 'A person tells you they stopped their medication. What do you do?';

describe('peer-hire guard', () => {
  it('answers plain lines by their number and JSON lines by their id, one line each', async () => {
    const json = JSON.stringify({ id: 'q-1', text: bad, voice: 'passed over' });
    const said = await guard('question', `${good}\n\n${json}\n${bad}\n`);
    expect(said.code).toBe(EXIT.done);
    const [first, second, third] = answers(said);
    expect(said.out).toHaveLength(3);
    expect(first).toEqual({ id: 1, findings: [] });
    expect(second).toMatchObject({ id: 'q-1' });
    expect(third).toMatchObject({ id: 4, findings: second?.findings });
    expect(second?.findings?.map(({ rule }) => rule).join(' ')).toMatch(/Q_/);
    for (const one of second?.findings ?? []) {
      expect(Object.keys(one)).toEqual(['rule', 'level', 'why', 'instead']);
      expect(one.why).not.toBe('');
    }
  });

  it('gives a line it cannot read an error of its own, goes on, and ends with 2', async () => {
    const long = 'x'.repeat(MAX_TEXT_BYTES + 1);
    const lines = [
      ...['{"id": "a", "text": ', '{"id": "b"}', '{"text": 7}', JSON.stringify({ id: 'c', text: long })],
      ...[long, `{"id": "d", "text": ${JSON.stringify(good)}}`],
    ];
    const said = await guard('question', lines.join('\r\n'));
    expect(said.code).toBe(EXIT.refused);
    expect(answers(said)).toEqual([
      { line: 1, error: 'broken_json' },
      { id: 'b', error: 'no_text' },
      { line: 3, error: 'no_text' },
      { id: 'c', error: 'too_long' },
      { id: 5, error: 'too_long' },
      { id: 'd', findings: [] },
    ]);
    expect(said.out.join('').length).toBeLessThan(1000);
  });

  it('gives the lines back with they and their, in the form they came in, and changes nothing else', async () => {
    const plain = 'Each applicant brings his or her own papers.';
    const json = JSON.stringify({ id: 'p-1', text: 'The candidate says whether he/she agrees.' });
    const other = 'Our peers meet people.';
    const said = await guard('posting', `${plain}\n${json}\n{"id": "b"}\n${other}\n`, '--fix');
    expect(said.out).toEqual([
      'Each applicant brings their own papers.',
      JSON.stringify({ id: 'p-1', text: 'The candidate says whether they agree.' }),
      other,
    ]);
    expect(said.err).toEqual([JSON.stringify({ id: 'b', error: 'no_text' })]);
    expect(said.code).toBe(EXIT.refused);
    const both = await guard('posting', plain, '--fix', '--explain');
    expect([both.code, both.out]).toEqual([EXIT.usage, []]);
    expect((await guard('own_words', plain, '--fix')).out).toEqual([plain]);
  });

  it('keeps the words that a template lists so that nobody writes them, in what it offers', async () => {
    const listed = 'Each person brings his or her papers. Do not write: he or she, the peers.';
    const [fixed] = (await guard('template', listed, '--fix')).out;
    expect(fixed).toBe('Each person brings their papers. Do not write: he or she, the peers.');
  });

  it('says of each line of UTF-16 that it is not UTF-8, and not that nothing was found', async () => {
    const said = await guard('question', Buffer.from(`${bad}\n${bad}\n`, 'utf16le').toString('utf8'));
    expect(said.code).toBe(EXIT.refused);
    expect(answers(said)).toEqual([1, 2, 3].map((line) => ({ line, error: 'not_utf8' })));
  });

  it('explains for people, and takes only surfaces it knows and input that is there', async () => {
    const said = await guard('question', bad, '--explain');
    expect(said.out[0]).toMatch(/Q_[A-Z]+ \((not possible|look again)\): .*\n {4}instead: /);
    expect((await guard('question', good, '--explain')).out[0]).toContain('nothing found');
    const unknown = await guard('diary', good);
    expect(unknown.code).toBe(EXIT.usage);
    expect(unknown.err.join('')).toContain('own_words');
    expect((await guard('question', null)).code).toBe(EXIT.usage);
    expect(await guard('question', '')).toMatchObject({ code: EXIT.done, out: [] });
  });

  it('says nothing of anybody’s own words', async () => {
    const words = 'I relapsed in March, the peers at the clinic helped, I take my medication.';
    expect(answers(await guard('own_words', words))).toEqual([{ id: 1, findings: [] }]);
  });
});

/** Paths of all free texts in a schema; `*` for any place in a list and any name of a record. */
function textPaths(schema: unknown, path: readonly string[] = []): readonly string[] {
  if (schema === textRefSchema) return [path.join('.')];
  const within = (inner: unknown, part?: string): readonly string[] =>
    textPaths(inner, part === undefined ? path : [...path, part]);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return within(schema.unwrap());
  if (schema instanceof z.ZodArray) return within(schema.element, '*');
  if (schema instanceof z.ZodRecord) return within(schema.valueType, '*');
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => within(one));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, unknown>).flatMap(([key, inner]) =>
      within(inner, key),
    );
  return [];
}

describe('the surface of each text', () => {
  const all = Object.entries(commandSchemas).flatMap(([kind, commands]) =>
    Object.entries(commands).flatMap(([type, schema]) =>
      textPaths(schema).map((path) => `${kind}.${type}.${path}`),
    ),
  );

  it('is known for every free text of every command, and no other is', () => {
    expect(all.length).toBeGreaterThan(20);
    expect([...guardedFields].toSorted()).toEqual([...new Set(all)].toSorted());
  });

  it('is one’s own words where people write about themselves', () => {
    expect(guardedField('review', 'share_self_review', ['text'])?.surface).toBe('own_words');
    expect(guardedField('candidacy', 'screen', ['rationale'])?.surface).toBe('rationale');
    expect(guardedField('role', 'enter_duties', ['duties', '3', 'text'])?.surface).toBe('duty');
    expect(guardedField('role', 'enter_duties', ['duties', 'text'])).toBeNull();
    expect(guardedField('candidacy', 'open', ['note'])).toBeNull();
  });
});

const decisionId = 'dec_guard-texts';
async function read(id: string, type: string, payload: Record<string, unknown>, words: object) {
  const envelope: Envelope = {
    ...{ v: 1, decisionId, case: id, type, actor: person('ana'), how: 'asserted_local', payload },
  };
  const texts = Object.entries(words).map(([field, text]) => ({
    ...{ decisionId, field, subject: person('ana'), text: String(text) },
  }));
  return guarded(envelope, texts, await loadGuard());
}
const ref = (field: string): string => textRef(decisionId, field);

describe('the texts of a command', () => {
  it('R4.4 stops a rater’s note about health, with codes and pack beside it and the reason for the author', async () => {
    const note = 'They seemed fragile and will probably relapse under stress.';
    const payload = { ratings: {}, notes: ref('textnotes') };
    const got = await read(caseOf('candidacy', 'g'), 'submit_sheet', payload, { textnotes: note });
    expect(got.blocked).toHaveLength(1);
    expect(got.blocked[0]).toMatchObject({ field: 'notes', surface: 'note_about_person' });
    const codes = got.blocked[0]?.findings.map(({ rule }) => rule) ?? [];
    expect(got.envelope.payload['findings']).toEqual(expect.arrayContaining(codes));
    expect(got.texts[0]?.findings).toEqual(expect.arrayContaining(codes));
    expect(got.texts[0]?.pack).toMatch(/^language@.+/);
    expect(foundLines(got.blocked).join('\n')).toContain(codes[0] ?? 'a code');
    expect(foundLines(got.blocked).join('\n')).not.toContain('fragile and will');
  });

  it('R4.4 lets a note on evidence of a skill pass', async () => {
    const words = { textnotes: 'Gave two examples of listening first and asked what the person wanted.' };
    const payload = { ratings: {}, notes: ref('textnotes') };
    const got = await read(caseOf('candidacy', 'g'), 'submit_sheet', payload, words);
    expect(got.blocked).toEqual([]);
    expect(got.envelope.payload).toEqual(payload);
  });

  it('D4.1 hands the codes of a question to the case, which knows what was called wrong about the text', async () => {
    const payload = { questions: [{ id: 'Q1', status: 'needs_review', text: ref('textquestions0text') }] };
    const words = { textquestions0text: 'Which psychiatric medication do you take at present?' };
    const got = await read(caseOf('opening', 'g'), 'mark_questions', payload, words);
    expect(got.blocked).toEqual([]);
    const [question] = got.envelope.payload['questions'] as { findings: string[]; pack: string }[];
    expect(question?.findings).toContain('Q_MEDS');
    expect(question?.pack).toMatch(/^questions@.{3,}/);
    expect(question?.pack.length).toBeLessThanOrEqual(60);
  });

  it('R2.2 marks an unbounded duty, and hints on duties decide nothing', async () => {
    const duties = [
      { duty: 'd1', text: ref('textduties0text'), share: 50 },
      { duty: 'd2', text: ref('textduties1text'), share: 50 },
    ];
    const words = {
      textduties0text: 'Other duties as assigned',
      textduties1text: 'Makes sure that residents swallow their evening pills',
    };
    const got = await read(caseOf('role', 'g'), 'enter_duties', { duties }, words);
    const [first, second] = got.envelope.payload['duties'] as { findings?: string[] }[];
    expect(first?.findings).toEqual(['OTHER_DUTIES']);
    expect(second).not.toHaveProperty('findings');
    expect(got.blocked).toEqual([]);
    expect(got.found.map(({ field }) => field)).toContain('duties.1.text');
  });

  it('own words are sealed as they are', async () => {
    const words = { texttext: 'I had a hard spring, I relapsed once, and the peers held me up.' };
    const got = await read(caseOf('review', 'g'), 'share_self_review', { text: ref('texttext') }, words);
    expect(got).toMatchObject({ found: [], blocked: [], texts: [{ text: words.texttext }] });
    expect(got.texts[0]).not.toHaveProperty('findings');
  });
});

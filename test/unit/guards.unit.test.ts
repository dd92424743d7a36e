import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsOf, guardsEdition } from '../../src/guards/index.ts';
import type { Finding, Surface } from '../../src/guards/index.ts';
import { PACKS, ruleOf } from '../../src/guards/packs.ts';
import { packSchema } from '../../src/guards/schema.ts';
import { RULE_CODES, SURFACES } from '../../src/guards/words.ts';
import questions from '../../src/guards/packs/questions.json' with { type: 'json' };

interface Line {
  readonly text: string;
  readonly codes: readonly string[];
}
const examples = (name: string): Line[] =>
  readFileSync(new URL(`../guards/sets/${name}.x.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const rules = (surface: Surface, text: string, own: RegExp): string[] =>
  findingsOf(surface, text)
    .map((each) => each.rule)
    .filter((rule) => own.test(rule));

describe('the packs', () => {
  it('hold one rule for every code, each with a source, a date and a better wording', () => {
    expect(PACKS.flatMap((pack) => [...pack.rules.keys()]).toSorted()).toStrictEqual(RULE_CODES.toSorted());
    for (const code of RULE_CODES) {
      const rule = ruleOf(code);
      expect([rule.source, rule.instead, rule.why].every((words) => words.length > 3)).toBe(true);
      expect(Object.isFrozen(rule)).toBe(true);
    }
  });
  it('have editions that change with a word', () => {
    const [first] = PACKS;
    expect(guardsEdition().packs[0]).toStrictEqual({
      pack: 'questions',
      version: first.version,
      digest: first.digest,
    });
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/u);
  });
  it('are refused with an unknown code, a code twice, or a broken phrase', () => {
    const [rule] = questions.rules;
    const pack = { ...questions, rules: [rule] };
    expect(packSchema.safeParse(pack).success).toBe(true);
    const broken = [
      { ...pack, rules: [{ ...rule, code: 'Q_SHOE_SIZE' }] },
      { ...pack, rules: [rule, rule] },
      { ...pack, rules: [{ ...rule, phrases: ['(unclosed'] }] },
      { ...pack, rules: [{ ...rule, source: '' }] },
    ];
    for (const each of broken) expect(packSchema.safeParse(each).success).toBe(false);
  });
});

describe('the question guard', () => {
  const own = (text: string) => rules('question', text, /^Q_/u);
  const lines = examples('questions');
  it.each(lines.filter((line) => line.codes.length === 0).map((line) => line.text))(
    'has nothing against: %s',
    (text) => {
      expect(own(text)).toStrictEqual([]);
    },
  );
  it.each(lines.filter((line) => line.codes.length > 0).map((line) => line.text))('refuses: %s', (text) => {
    const found = findingsOf('question', text).filter((each) => each.rule.startsWith('Q_'));
    expect(found.map((each) => each.level)).toContain('block');
  });
  it.each([
    ['Q_DISABILITY', 'What is your diagnosis?'],
    ['Q_TREATMENT', 'Have you ever been in hospital for your mental health?'],
    ['Q_MEDS', 'Which medication are you on?'],
    ['Q_ADDICTION_HIST', 'How long have you been sober?'],
    ['Q_STABILITY', 'How can we be sure you will not relapse under stress?'],
    ['Q_STABILITY', 'Do you think you could cope if things got rough for you again?'],
    ['Q_STORY', 'Tell us your recovery story.'],
    ['Q_SICK_DAYS', 'How many sick days did you take last year?'],
    ['Q_SERVICES_HERE', 'Did you ever get services here?'],
    ['Q_BENEFITS', 'Are you on disability benefits?'],
    ['Q_FAMILY', 'Do you have children to look after?'],
    ['Q_ARREST', 'Ever arrested?'],
    ['Q_SALARY', 'What did your last job pay?'],
  ])('names %s in: %s', (code, text) => {
    expect(own(text)).toContain(code);
  });
  it('keeps a question about somebody else’s medication apart from one about the candidate’s', () => {
    expect(own('A person tells you they stopped their medication. What do you do?')).toStrictEqual([]);
    expect(own('Tell us when you stopped your medication.')).toContain('Q_MEDS');
  });
});

describe('the duty guard', () => {
  it.each(examples('duties').map((line) => [line.codes[0] ?? 'nothing', line.text, line] as const))(
    'says %s to: %s',
    (wanted, text, line) => {
      const found = rules('duty', text, /^(?:[PN]_|R2\.2)/u);
      if (line.codes.length === 0) expect(found).toStrictEqual([]);
      else expect(found).toContain(wanted);
    },
  );
  it('only hints at classes, and refuses the open-ended duty (R2.2)', () => {
    const level = (text: string) => findingsOf('duty', text)[0]?.level;
    expect(level('Drives the clinic van every morning')).toBe('warn');
    expect(level('Other duties as assigned')).toBe('block');
  });
});

describe('the language guard', () => {
  const first = (surface: Surface, text: string): Finding | undefined => findingsOf(surface, text)[0];
  it('L1 comes with the whole text as it should read', () => {
    const text = 'Each applicant brings his or her certificate.';
    expect(first('posting', text)).toMatchObject({
      rule: 'L1',
      level: 'fix',
      instead: 'Each applicant brings their certificate.',
    });
  });
  it('L2 refuses in a posting and a template, warns elsewhere', () => {
    expect(first('posting', 'The peer works evenings.')).toMatchObject({ rule: 'L2', level: 'block' });
    expect(first('template', 'Peer name: ____')).toMatchObject({ rule: 'L2', level: 'block' });
    const inDuty = findingsOf('duty', 'Relieves the other peer at noon').find((each) => each.rule === 'L2');
    expect(inDuty?.level).toBe('warn');
  });
  it('L3, L4, L6, L8 warn', () => {
    const level = (surface: Surface, text: string, rule: string) =>
      findingsOf(surface, text).find((each) => each.rule === rule)?.level;
    expect(level('posting', 'We serve the mentally ill.', 'L3')).toBe('warn');
    expect(level('posting', 'You will meet clients at home.', 'L4')).toBe('warn');
    expect(level('feedback', 'You raised medication compliance on the floor.', 'L6')).toBe('warn');
    expect(level('posting', 'Be a mini-therapist on our team.', 'L8')).toBe('warn');
  });
  it('L5 refuses in an employee record and offers dates only, with the stage rule beside it', () => {
    const found = findingsOf('employee_record', 'Relapsed in March, back at work since.');
    expect(found.map((each) => [each.rule, each.level])).toStrictEqual([
      ['L5', 'block'],
      ['R7.3', 'block'],
    ]);
    expect(found[0]?.instead).toContain('leave dates');
  });
  it('R4.4 and R8.2 stand beside L5 in an interview note and in feedback', () => {
    const codes = (surface: Surface, text: string) => findingsOf(surface, text).map((each) => each.rule);
    expect(codes('note_about_person', 'Told us they take lithium.')).toContain('R4.4');
    expect(codes('feedback', 'Your work suffered from your depression.')).toContain('R8.2');
  });
  it('L7 refuses in a note about a person', () => {
    const found = findingsOf('note_about_person', 'Kind, but not stable enough for this work.');
    expect(found.find((each) => each.rule === 'L7')?.level).toBe('block');
  });
  it.each([
    'It would be good for them to have this job.',
    'The work will help their recovery.',
    'They deserve a chance.',
  ])('R3.2 refuses the reason: %s', (text) => {
    expect(rules('rationale', text, /^R3/u)).toStrictEqual(['R3.2']);
  });
  it('R3.2 leaves a reason of the job alone', () => {
    expect(rules('rationale', 'Led three groups and kept to what was agreed.', /^R3/u)).toStrictEqual([]);
  });
  it('a reason that speaks of health is called so, and not R3.2', () => {
    expect(rules('rationale', 'Is stable on medication and sober for two years.', /./u)).toStrictEqual([
      'L5',
    ]);
    expect(rules('rationale', 'We fear a relapse within the year.', /./u)).toStrictEqual(['L7']);
  });
  it('R1.3 refuses an obligation to disclose, and not a choice', () => {
    const codes = (text: string) => rules('role_element', text, /^R1/u);
    expect(codes('The specialist must tell their own story to every person.')).toStrictEqual(['R1.3']);
    expect(codes('The specialist is expected to share personal recovery experience.')).toStrictEqual([
      'R1.3',
    ]);
    expect(codes('The specialist decides what to tell and to whom.')).toStrictEqual([]);
    expect(codes('Shares own experience when it may help.')).toStrictEqual([]);
  });
  it.each(['I relapsed in 2019 and I am the best client they ever had.', 'As a peer I was mentally ill.'])(
    'says nothing about own words: %s',
    (text) => {
      expect(findingsOf('own_words', text)).toStrictEqual([]);
    },
  );
});

describe('any text at all', () => {
  it.each(['', '   ', '🙂', 'x'.repeat(5000), 'ا ب ت', '\u0000\u202e', '????'])('is read: %j', (text) => {
    for (const surface of SURFACES) {
      for (const each of findingsOf(surface, text)) expect(RULE_CODES).toContain(each.rule);
    }
  });
});

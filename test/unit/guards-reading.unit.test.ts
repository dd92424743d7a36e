import { describe, expect, it } from 'vitest';
import type { Encoder } from '../../src/guards/encoder/encoder.ts';
import { findingsWith } from '../../src/guards/findings.ts';
import type { Finding } from '../../src/guards/findings.ts';
import { guardsModel } from '../../src/guards/model.ts';
import { partsOf, sentencesOf } from '../../src/guards/parts.ts';
import { asSeen } from '../../src/guards/text.ts';
import type { Surface } from '../../src/guards/words.ts';

/** An encoder that is sure of one code on every line, or of none; it counts how often it is asked. */
function sureOf(code?: string): Encoder & { readonly lines: string[] } {
  const chance = code === undefined ? 0 : 1;
  const lines: string[] = [];
  return {
    header: guardsModel().header,
    lines,
    fits: (line) => line.length <= 300,
    read(line) {
      lines.push(line);
      return {
        flags: { question: chance, duty: chance, language: chance },
        codes: code === undefined ? {} : { [code]: 1 },
      };
    },
  };
}
const rules = (surface: Surface, text: string, code?: string): string[] =>
  findingsWith(sureOf(code), surface, text).map((each) => each.rule);

describe('a duty that goes round all colleagues', () => {
  it.each([
    'Waters the plants in rotation with nursing',
    'Shovels the step if first in, as any worker does',
    'Takes a turn at the door; the list covers all staff',
    'Each of us washes up when it is their turn',
  ])('is no misfit duty (N_): %s', (text) => {
    expect(rules('duty', text, 'N_CLEAN')).not.toContain('N_CLEAN');
  });
  it('is still one that contradicts the role (P_) when it does', () => {
    expect(rules('duty', 'Checks rooms in rotation with nursing', 'P_SURVEIL')).toContain('P_SURVEIL');
  });
  it('is a misfit duty (N_) when nobody shares it', () => {
    expect(rules('duty', 'Mops the hall each evening', 'N_CLEAN')).toContain('N_CLEAN');
  });
});

describe('the phrases', () => {
  it.each<[Surface, string]>([
    ['question', 'What do you make of hearing voices groups?'],
    ['question', 'You think it is a poor moment. What is your job here?'],
    ['question', "A person asks you, 'Have you been hospitalized too?' How do you answer?"],
    ['question', 'A nurse says "the mentally ill". What do you say?'],
    ['duty', 'Never takes part in restraint'],
    ['template', 'Style sheet. We avoid: addict, the mentally ill, the peers, he/she.'],
  ])('on %s have nothing against: %s', (surface, text) => {
    expect(rules(surface, text)).toStrictEqual([]);
  });
  it.each<[Surface, string, string]>([
    ['question', 'What does your current job pay?', 'Q_SALARY'],
    ['question', 'What was your last salary?', 'Q_SALARY'],
    ['question', 'Have you been hospitalized?', 'Q_TREATMENT'],
    ['duty', 'Takes part in restraint', 'P_COERCE'],
    ['duty', 'Visits crazy people at home', 'L3'],
    ['posting', 'We avoid: addict, the mentally ill.', 'L3'],
    ['template', 'Avoid: addict. The mentally ill are welcome.', 'L3'],
    ['template', 'Avoid: addict.\n\nThe peers meet on Monday.', 'L2'],
    ['template', 'Avoid: no. Holders must tell their own story at intake.', 'R1.3'],
    ['template', 'Avoid delay: holders must tell their own story at intake.', 'R1.3'],
    ['posting', 'Bring a 14" screen. Our peers meet on Monday.', 'L2'],
    ['posting', 'Bring a 14" screen for the mentally ill.', 'L3'],
  ])('on %s see: %s', (surface, text, rule) => {
    expect(rules(surface, text)).toContain(rule);
  });
});

describe('reading', () => {
  it('asks the encoder once for a line that two guards read alike', () => {
    const encoder = sureOf();
    findingsWith(encoder, 'question', 'Which days could you start?');
    expect(encoder.lines).toStrictEqual(['question: Which days could you start?']);
  });

  const plain = 'You would meet people in the morning, plan with the team, and write your own notes. ';
  it('of a text longer than the encoder sees goes on to its end', () => {
    const encoder = sureOf();
    findingsWith(encoder, 'question', `${plain.repeat(6)}Which days could you start?`);
    expect(encoder.lines.length).toBeGreaterThan(1);
    expect(encoder.lines.every((line) => line.startsWith('question: ') && line.length <= 300)).toBe(true);
    expect(encoder.lines.at(-1)).toMatch(/Which days could you start\?$/u);
  });
  it.each<[Surface, string, string]>([
    ['question', 'Have you spent time on a ward?', 'Q_TREATMENT'],
    ['question', 'What do you swallow each morning to keep going?', 'Q_MEDS'],
    ['note_about_person', 'They looked drowsy from what they take.', 'R4.4'],
  ])('on %s sees at the end of a long text: %s', (surface, text, rule) => {
    const found = findingsWith(guardsModel(), surface, plain.repeat(9) + text);
    expect(found.map((each) => each.rule)).toContain(rule);
  });
});

describe('a plain sentence before a bad one', () => {
  const bad = 'They told me they were back on the bottle again.';
  const plain = [
    'They came on time and took notes.',
    'The plan for the week was written together.',
    'We talked about the schedule for May.',
  ];
  it.each<[Surface, string]>([
    ['note_about_person', 'R4.4'],
    ['employee_record', 'R7.3'],
  ])('on %s makes no warning of what %s stops', (surface, rule) => {
    const level = (text: string) =>
      findingsWith(guardsModel(), surface, text).find((one) => one.rule === rule)?.level;
    for (const one of plain) expect([one, level(`${one} ${bad}`)]).toEqual([one, 'block']);
    expect(level(`${plain.join(' ')}\n${bad} ${plain.join(' ')}`)).toBe('block');
    expect(level(plain.join(' '))).toBeUndefined();
  });
  it('is read alone on these surfaces only', () => {
    const [first = '', second = ''] = plain;
    const read = (surface: Surface) => {
      const encoder = sureOf();
      findingsWith(encoder, surface, `${first} ${second}`);
      return encoder.lines;
    };
    expect(read('employee_record').slice(1)).toEqual([
      `employee record: ${first}`,
      `employee record: ${second}`,
    ]);
    expect(read('rationale')).toHaveLength(3);
    expect(read('feedback')).toHaveLength(1);
  });
  it('is one piece with very short neighbours', () => {
    expect(sentencesOf('Yes. It went well enough. No. They came on time. Good.')).toStrictEqual([
      'Yes. It went well enough.',
      'No. They came on time. Good.',
    ]);
    expect(sentencesOf('Yes. No.')).toStrictEqual(['Yes. No.']);
    expect(sentencesOf('They came on time.')).toStrictEqual([]);
  });
  it('is one piece with its neighbours where there are very many, and none is left out', () => {
    const many = Array.from({ length: 130 }, (_, n) => `They named example number ${n}.`);
    const pieces = sentencesOf(many.join(' '));
    expect(pieces.length).toBeLessThanOrEqual(60);
    expect(pieces.join(' ')).toBe(many.join(' '));
    expect(sentencesOf(many.slice(0, 60).join('\n'))).toHaveLength(60);
  });
});

describe('parts of a long text', () => {
  const fits = (part: string) => part.length <= 40;
  it('are the text itself where it fits', () => {
    expect(partsOf('One. Two.\nThree.', fits)).toStrictEqual(['One. Two.\nThree.']);
  });
  it('are whole sentences, as many as fit', () => {
    expect(partsOf('The first is here. The second is too. And a third one.', fits)).toStrictEqual([
      'The first is here. The second is too.',
      'And a third one.',
    ]);
  });
  it('leave no word of a long sentence out, nor a run without a blank', () => {
    const long = Array.from({ length: 30 }, (_, n) => `word${n}`).join(' ');
    const parts = partsOf(`Short. ${long}. ${'x'.repeat(30)}`, fits);
    expect(parts.every(fits)).toBe(true);
    for (const word of long.split(' '))
      expect(parts.some((part) => part.split(' ').includes(word) || part.includes(`${word}.`))).toBe(true);
    expect(parts.at(-1)).toBe('x'.repeat(30));
  });
});

describe('the one question that asks all about accommodation', () => {
  it.each([
    'Can you do these duties, with or without accommodation?',
    'Are you able to perform the essential functions of the job with or without reasonable accommodation?',
  ])('is not read by the encoder: %s', (text) => {
    const encoder = sureOf('Q_DISABILITY');
    expect(findingsWith(encoder, 'question', text).filter(({ level }) => level === 'block')).toStrictEqual(
      [],
    );
  });
  it.each([
    ['Can you do shifts while looking after small children with or without accommodation?', 'Q_FAMILY'],
    ['Could you do the work given your bipolar moods with or without accommodation?', 'Q_DISABILITY'],
  ])('hides no other: %s', (text, rule) => {
    expect(rules('question', text, rule)).toContain(rule);
  });
});

describe('letters that nobody sees', () => {
  const unseen = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e'];
  const texts: readonly (readonly [Surface, string, string])[] = [
    ['posting', 'Our peers run the group.', 'peers'],
    ['question', 'What medication do you take?', 'medication'],
    ['employee_record', 'Nadia relapsed in spring.', 'relapsed'],
    ['template', 'Each applicant brings his or her papers.', 'or'],
  ];

  it.each(texts)(
    'hide no word of a %s from a rule, and the place is the one in the text as typed',
    (surface, text, word) => {
      const shown = findingsWith(guardsModel(), surface, text);
      expect(shown).not.toEqual([]);
      for (const letter of unseen) {
        const typed = text.replace(word, word.split('').join(letter));
        const found = findingsWith(guardsModel(), surface, typed);
        expect([letter, found.map(({ rule, level }) => [rule, level])]).toEqual([
          ...[letter, shown.map(({ rule, level }) => [rule, level])],
        ]);
        const stretch = (of: string, { at }: Finding) => (at === undefined ? '' : of.slice(at.from, at.to));
        expect(found.map((one) => stretch(typed, one).replaceAll(letter, ''))).toEqual(
          shown.map((one) => stretch(text, one)),
        );
      }
    },
  );

  it('stand inside of what is seen, whole letters of two units kept together', () => {
    const { seen, typed } = asSeen('a\u200b😀\u00adb');
    expect(seen).toBe('a😀b');
    expect(typed({ from: 0, to: 1 })).toEqual({ from: 0, to: 1 });
    expect(typed({ from: 1, to: 3 })).toEqual({ from: 2, to: 4 });
    expect(typed({ from: 3, to: 4 })).toEqual({ from: 5, to: 6 });
  });
});

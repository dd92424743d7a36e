import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../src/cli/learn.ts';
import { doingOf, followsOf, silenceOf } from '../../src/cli/doing.ts';
import { ruleText } from '../../src/cli/rules.ts';
import { learnLine, missingText, refusalLines } from '../../src/cli/sentences.ts';
import { neededWords } from '../../src/cli/words-needed.ts';
import { standingWords } from '../../src/cli/words-standing.ts';
import { ITEM_WAITING, owingTexts } from '../../src/notify/owing-texts.ts';
import { promptText, promptTexts, textKey } from '../../src/notify/prompt-texts.ts';
import { assessmentFactors, checkOutcomes, noticeEnclosures } from '../../src/domain/clock/words.ts';
import { deciders } from '../../src/domain/cases.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { isRefusal, refuse } from '../../src/domain/kernel/refusal.ts';
import { forbiddenQuestions } from '../../src/domain/opening/words.ts';
import { dutyCodes, elementStatuses } from '../../src/domain/role/words.ts';
import { domainCodes } from './domain-codes.ts';

const codes = domainCodes();
const without = (all: Iterable<string>, has: (code: string) => boolean): readonly string[] =>
  [...all].filter((code) => !has(code)).toSorted();
const spaced = (code: string): string => code.replaceAll('_', ' ');

/** What is owed under these codes lies in the vault, or the words would tell: the mail says that an item waits. */
const silent = [
  'D3.6',
  'D5.2',
  'D9.4',
  'P5.2',
  'R5.7',
  'R8.7',
  'R9.5',
  'X14',
  'X19',
  'X22',
  'X29',
  'X30',
  'X31',
  'X7',
];

describe('what somebody owes', () => {
  it('is found in the source of the rules', () => {
    expect(codes.owed.size).toBeGreaterThan(110);
    expect([...codes.owed]).toEqual(expect.arrayContaining(['CALENDAR', 'P0.1', 'D5.10', 'R6.3', 'X22']));
    expect([...codes.missing]).toEqual(
      expect.arrayContaining(['attestation', 'R6.5', 'second_person_needed']),
    );
  });

  it('has its words on the command line, and so has what follows', () => {
    const unknown = doingOf('nothing of the kind');
    expect(without(codes.owed, (code) => doingOf(code) !== unknown)).toEqual([]);
    expect(without(codes.next, (code) => !OF_LIFE.test(code) || followsOf(code) !== code)).toEqual([]);
  });

  it('has its sentence in the mails, of its own unless it is confidential', () => {
    const waits = [...codes.owed].filter((code) => promptText(textKey(code, code), false) === ITEM_WAITING);
    expect(waits.toSorted()).toEqual(silent);
    // A code of the list of prompts has its sentence there.
    expect(Object.keys(owingTexts).filter((code) => Object.hasOwn(promptTexts, code))).toEqual([]);
    expect(without(Object.keys(owingTexts), (code) => codes.owed.has(code))).toEqual([]);
  });

  it('says what happens if nobody acts', () => {
    expect(
      without(codes.silence, (code) => silenceOf(code) !== code && silenceOf(code) !== spaced(code)),
    ).toEqual([]);
  });
});

const OF_LIFE = /^[PDRGX]\d/;

/** Codes that are computed, with the lists they come from. */
const lists: readonly string[] = [
  ...assessmentFactors.map((one) => `assess_${one}`),
  ...noticeEnclosures.map((one) => `enclose_${one}`),
  ...elementStatuses.filter((one) => one !== 'proposed'),
  ...forbiddenQuestions,
  ...dutyCodes,
];

describe('what is missing', () => {
  const tables = { ...neededWords, ...standingWords };
  const worded = (code: string): boolean =>
    Object.hasOwn(tables, code) || missingText({ code }) !== spaced(code);
  /** Asked for by other words than its own: the first line of a refusal, or a reason in a record. */
  const elsewhere = new Set(['', 'asked', 'not_wanted', 'settled', 'UNDELIVERED']);

  it('has its words on the command line, whatever a rule or a gate asks for', () => {
    expect(without([...codes.missing, ...lists], (code) => elsewhere.has(code) || worded(code))).toEqual([]);
    for (const decider of Object.values(deciders))
      for (const gate of Object.keys(decider?.gates ?? {}))
        expect(missingText({ code: gate })).not.toBe(gate);
  });

  it('has no words for what no rule asks for, and none in two tables', () => {
    const named = new Set([...codes.missing, ...lists]);
    expect(without(Object.keys(tables), (code) => named.has(code))).toEqual([]);
    expect(Object.keys(neededWords).filter((code) => Object.hasOwn(standingWords, code))).toEqual([]);
  });

  it('reads whole, with what it is about and without', () => {
    expect(missingText({ code: 'open_for_days', about: '14' })).toBe(
      'the posting is open for at least 14 days',
    );
    expect(missingText({ code: 'sheet_already_in' })).toBe('your sheet is in already');
    expect(missingText({ code: 'duty', about: 'd7' })).toBe('a duty of the current list – d7');
    expect(missingText({ code: 'attestation' })).toContain('no applicant is looked up');
    expect(missingText({ code: 'R6.5', about: 'E4', who: 'hr@site_x' })).toMatch(
      /^R6\.5: .*kept or given a new day – E4 \(from hr@site_x\)$/,
    );
    for (const words of Object.values(tables)) expect(words).toMatch(/^(?:[^A-Z]|HR\b).*[^.:]$/);
  });
});

describe('a refusal', () => {
  it('of a word that is on no list says which ones are, and repeats none', () => {
    const no = parseCommand('clock', 'record_check', { outcome: 'words about somebody' });
    const text = isRefusal(no) ? refusalLines(no).join(' ') : '';
    expect(text).toContain('not one of the values allowed: outcome (');
    for (const outcome of checkOutcomes) expect(text).toContain(outcome);
    expect(text).not.toContain('somebody');
  });

  it('names its rule in words, whichever rule says no', () => {
    const rules = [...codes.refusing].filter((code) => /^[RX]/.test(code));
    expect(rules.length).toBeGreaterThan(40);
    expect(without(rules, (code) => ruleText(code) !== null)).toEqual([]);
  });

  it('by a gate of hiring names the card that explains it, and there is such a card (G0 to G5)', () => {
    for (const gate of ['G0', 'G1', 'G2', 'G3', 'G4', 'G5']) {
      expect(refusalLines(refuse('gate_not_passed', gate, [{ code: 'D0.2' }])).at(-1)).toBe(
        `Why it asks for this: peer-hire learn ${gate}`,
      );
      expect(cardsOf(gate)[0]?.about).toEqual({ kind: 'gate', ref: gate });
    }
    expect(learnLine('G6')).toEqual([]);
    expect(learnLine('R5.1')).toEqual([]);
  });
});

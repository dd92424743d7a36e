import { describe, expect, it } from 'vitest';
import { knownAnswers, answerWords, fieldWords, refusalWords } from '../../src/api/pages/words.ts';
import { hashOfToken, isToken, linkId, newToken, tokenFor } from '../../src/client/links/token.ts';
import { commandSchemas, parseCommand } from '../../src/contracts/commands.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { answersTo, linkCommands } from '../../src/domain/answers.ts';
import type { AnswerField, AnswerOffer } from '../../src/domain/answers.ts';
import { doingHere, doingOf } from '../../src/cli/doing.ts';
import { promptText, textKey } from '../../src/notify/prompt-texts.ts';
import { ownStage } from '../../src/domain/candidacy/own-page.ts';
import { initialCandidacy } from '../../src/domain/candidacy/state.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { endings, stages } from '../../src/domain/candidacy/words.ts';
import { caseKinds, kindOf } from '../../src/domain/kernel/words.ts';
import type { CaseKind } from '../../src/domain/kernel/words.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { caseOf, person } from './house.ts';
import { cast, northsideTerms, scenario } from './northside-house.ts';
import { SingleCase } from './single-case.ts';

/** What may be answered from a message, and how links are made. */

const { world } = rehearse(scenario, cast, northsideTerms());
const asked = world.prompts.map(({ key, obligation, code }) => ({
  ...{ case: [...world.cases.keys()].find((id) => key.startsWith(id)) ?? '', id: obligation, code },
}));

const sample = (field: AnswerField): unknown => {
  switch (field.is) {
    case 'day':
      return '2025-06-10';
    case 'number':
      return 25;
    case 'one':
      return field.of[0];
    case 'slot':
      return 1;
    case 'some':
      return field.of.slice(0, 2);
    default: {
      const never: never = field;
      return never;
    }
  }
};
const payloadOf = ({ payload, fields }: AnswerOffer) => ({
  ...payload,
  ...Object.fromEntries(fields.map((field) => [field.name, sample(field)])),
});

describe('the closed table of answers', () => {
  const open = asked.filter((one) => answersTo(one).length > 0);

  it('holds for what the worked example really asks, and every answer is a command as the contracts take it', () => {
    const codes = new Set(open.map(({ code }) => code));
    for (const code of ['P7.1', 'P6.2', 'D6.1', 'D6.4', 'P7.3', 'P6.4', 'P5.6', 'P4.2'])
      expect([...codes], code).toContain(code);
    for (const one of open)
      for (const offer of answersTo(one)) {
        const parsed = parseCommand(kindOf(one.case) as CaseKind, offer.type, payloadOf(offer));
        expect(parsed, `${one.code} ${offer.answer}`).toMatchObject({ type: offer.type });
      }
  });

  it('each of its commands is open to links, and each answer and field has words', () => {
    for (const one of open)
      for (const { type, answer, fields } of answersTo(one)) {
        expect(linkCommands, type).toContain(`${kindOf(one.case)}/${type}`);
        expect(knownAnswers, answer).toContain(answer);
        expect(answerWords(one.code, answer).button.length).toBeGreaterThan(3);
        for (const { name } of fields) expect(fieldWords(name), name).not.toBe(name);
      }
  });

  it('offers nothing where somebody has to sign in, or for an id of another kind', () => {
    const high = [
      'P5.1',
      'D5.10',
      'P4.3',
      'P8.1',
      'P8.5',
      'P6.6',
      'D8.3',
      'D9.5',
      'D7.1',
      'P3.3',
      'G4',
      'D4.7',
    ];
    for (const code of high) {
      for (const kind of caseKinds)
        expect(answersTo({ case: caseOf(kind, 'x'), code, id: `${code}:2025-06-10:1` })).toEqual([]);
      expect(open.map((one) => one.code)).not.toContain(code);
    }
    expect(
      answersTo({ case: caseOf('review', 'x'), code: 'P7.1', id: 'P7.1:2025-06-10:1:employee' }),
    ).toEqual([]);
    expect(answersTo({ case: caseOf('employment', 'x'), code: 'P7.1', id: 'D6.1:desk:2025-06-10' })).toEqual(
      [],
    );
    expect(answersTo({ case: caseOf('employment', 'x'), code: '__proto__', id: '__proto__:1' })).toEqual([]);
    // HR's half of a check-in, and whoever is told of a missed session.
    const employment = caseOf('employment', 'x');
    expect(answersTo({ case: employment, code: 'D6.4', id: 'D6.4:2025-05-05:30:hr' })).toEqual([]);
    expect(answersTo({ case: employment, code: 'P7.2', id: 'P7.2:2025-06-10:1:manager' })).toEqual([]);
  });

  it('who is only told of a session may choose another day, or say that the other one did not come', () => {
    const told = answersTo({
      ...{ case: caseOf('employment', 'x'), code: 'P7.1', id: 'P7.1:2025-06-10:1:employee' },
    });
    expect(told.map(({ answer }) => answer)).toEqual(['moved', 'not_held']);
    expect(told[1]?.payload).toMatchObject({ outcome: 'missed_supervisor' });
    const key = textKey('P7.1', 'P7.1:2025-06-10:1:employee');
    expect(promptText(key, false).asks).not.toMatch(/record the date/);
    expect(textKey('P7.1', `P7.1:2025-06-10:1:supervisor:${person('sol')}`)).toBe('P7.1');
    expect(doingHere({ code: 'P7.1', id: 'P7.1:2025-06-10:1:employee' })).not.toBe(doingOf('P7.1'));
  });
});

describe('a link gives no other command', () => {
  it('every command that is not in the list is refused, before anything else is looked at', () => {
    for (const kind of caseKinds)
      for (const type of Object.keys(commandSchemas[kind] ?? {})) {
        if (linkCommands.has(`${kind}/${type}`)) continue;
        const one = new SingleCase(caseOf(kind, 'link'), '2025-03-03');
        one.assign(person('dana'), 'hr_director');
        const answer = one.ask(person('dana'), type, {}, { how: 'link', unread: true });
        expect(answer, `${kind}/${type}`).toMatchObject({
          ...{ code: 'not_permitted', missing: [{ code: 'sign_in_needed' }] },
        });
      }
  });

  it('and none in it binds anybody, ends work, rates or judges', () => {
    const judged =
      /offer|separation|rescind|sheet|screen|review|selection|consent|measure|acknowledge|approve|exclusion/;
    for (const command of linkCommands) {
      expect(command).not.toMatch(judged);
      const [kind = '', type = ''] = command.split('/');
      expect(Object.keys(commandSchemas[kind as CaseKind] ?? {}), command).toContain(type);
    }
  });
});

describe('the page of a candidate', () => {
  const at = (over: Partial<CandidacyState>): CandidacyState => ({ ...initialCandidacy, ...over });

  it('never tells an outcome before HR did', () => {
    for (const what of endings) {
      const untold = ownStage(at({ stage: 'ended', outcome: { what, at: 1, told: false } }));
      const theirs = what === 'withdrawn' || what === 'declined';
      expect(untold, what).toBe(theirs ? 'withdrawn' : 'deciding');
      const told = ownStage(at({ stage: 'ended', outcome: { what, at: 1, told: true } }));
      expect(told, what).toBe(theirs ? 'withdrawn' : 'over');
    }
    for (const stage of ['rating', 'reserve', 'offer'] as const)
      expect(ownStage(at({ stage }))).toBe('deciding');
  });

  it('has a word for every stage', () => {
    for (const stage of stages) expect(typeof ownStage(at({ stage }))).toBe('string');
  });
});

describe('a token', () => {
  const keys = keyRing(Buffer.alloc(32, 7));
  const org = `org_${'a'.repeat(26)}`;

  it('has 256 bits, is the same for the same message, and another for everything else', () => {
    const one = tokenFor(keys, org, 'answer', 'key', 'prs_a');
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    expect(tokenFor(keys, org, 'answer', 'key', 'prs_a')).toBe(one);
    const others = [
      tokenFor(keys, org, 'answer', 'key', 'prs_b'),
      tokenFor(keys, org, 'answer', 'keyp', 'rs_a'),
      tokenFor(keys, org, 'candidate', 'key', 'prs_a'),
      tokenFor(keys, `org_${'b'.repeat(26)}`, 'answer', 'key', 'prs_a'),
      tokenFor(keyRing(Buffer.alloc(32, 8)), org, 'answer', 'key', 'prs_a'),
      newToken(),
    ];
    expect(new Set([one, ...others]).size).toBe(others.length + 1);
    expect([one, ...others].every(isToken)).toBe(true);
  });

  it('is not to be read from what is kept of it', () => {
    const token = newToken();
    const hash = hashOfToken(token);
    expect(hash).toHaveLength(32);
    expect(linkId(hash)).not.toContain(token.slice(0, 12));
    for (const wrong of ['', 'x', `${token}x`, token.slice(1), `${token.slice(0, 42)}/`, '..'])
      expect(isToken(wrong), wrong).toBe(false);
  });
});

describe('words of a refusal', () => {
  it('say what to do, and quote nothing', () => {
    expect(refusalWords(['business_day_ahead'])).toContain('working day');
    expect(refusalWords(['nobody knows this one'])).toContain('sign in');
    expect(refusalWords(['__proto__'])).toContain('sign in');
  });
});

import { describe, expect, it } from 'vitest';
import {
  listsToAvoid,
  peopleCalledClients,
  peopleCalledPeers,
  quoted,
  withoutSpans,
} from '../../src/guards/nouns.ts';
import { genericPronouns, mended } from '../../src/guards/pronouns.ts';
import { plain } from '../../src/guards/text.ts';
import type { Surface } from '../../src/guards/words.ts';

const places = (text: string, found: readonly { from: number; to: number }[]): string[] =>
  found.map((each) => text.slice(each.from, each.to));

describe('L1: he or she for one person of unknown gender', () => {
  it.each<[Surface, string, string]>([
    ['posting', 'Each applicant brings his or her own papers.', 'Each applicant brings their own papers.'],
    ['template', 'The candidate says whether he/she agrees.', 'The candidate says whether they agree.'],
    ['template', '(S)he reports to {supervisor}.', 'They report to {supervisor}.'],
    [
      'duty',
      'Goes with a person to see their room if he wishes.',
      'Goes with a person to see their room if they wish.',
    ],
    ['duty', 'Walks with a member at her speed', 'Walks with a member at their speed'],
    ['question', 'A person says he is lonely. What then?', 'A person says they are lonely. What then?'],
    ['posting', 'Whoever joins us sets her own hours.', 'Whoever joins us sets their own hours.'],
    ['feedback', 'Any colleague may say what she thinks.', 'Any colleague may say what they think.'],
    ['template', 'Keys were handed to him (her).', 'Keys were handed to them.'],
    ['posting', 'A good listener knows his limits.', 'A good listener knows their limits.'],
    [
      'template',
      'When a new hire arrives, show him the desk.',
      'When a new hire arrives, show them the desk.',
    ],
  ])('on %s mends: %s', (surface, text, wanted) => {
    expect(mended(text, genericPronouns(text, surface))).toBe(wanted);
  });

  it.each<[Surface, string]>([
    ['employee_record', 'Ms. Doe confirmed that she has her keys.'],
    ['feedback', 'She returns every call.'],
    ['duty', 'Sits with a woman who is waiting for her sister'],
    ['posting', 'Pronouns (she/her, he/him, they/them) if you like'],
    ['question', 'Mr. Roe asks whether he may join the group. What do you say?'],
    ['template', 'The specialist brings their own notes.'],
  ])('on %s leaves alone: %s', (surface, text) => {
    expect(genericPronouns(text, surface)).toStrictEqual([]);
  });
});

describe('L2: peer as the name of a person', () => {
  it.each([
    ['The peer opens the room.', ['peer']],
    ['We welcome our new peers on Monday.', ['peers']],
    ['The peer’s log is due.', ['peer']],
  ])('is found in: %s', (text, wanted) => {
    expect(places(text, peopleCalledPeers(text))).toStrictEqual(wanted);
  });
  it.each([
    'Peer support is a relation.',
    'A peer support specialist joins the team.',
    'People in peer roles vote.',
    'Works at a peer-run house.',
    'The journal is peer-reviewed.',
    'Say why "our peers" is not what we write.',
    'Helps young people support their peers at school.',
  ])('is not found in: %s', (text) => {
    expect(peopleCalledPeers(text)).toStrictEqual([]);
  });
});

describe('L4: client, patient, consumer, case for a person', () => {
  it.each([
    ['Meets clients at home.', ['clients']],
    ['A patient rings.', ['patient']],
    ['Two consumers sit on the board.', ['consumers']],
    ['Eleven open cases', ['cases']],
    ['The hardest part was a difficult case.', ['case']],
  ])('is found in: %s', (text, wanted) => {
    expect(places(text, peopleCalledClients(text))).toStrictEqual(wanted);
  });
  it.each([
    'Be patient with the form.',
    'Signs in to the patient portal.',
    'The case manager is on leave.',
    'In case of rain we meet inside.',
    'Set up your e-mail client.',
    'Ask the Consumer Affairs office.',
    'Makes a case for open notes.',
    'Holds the title "Consumer Provider".',
    'The Veterans Consumer Council read this first.',
  ])('is not found in: %s', (text) => {
    expect(peopleCalledClients(text)).toStrictEqual([]);
  });
});

describe('somebody else’s words', () => {
  const at = (text: string, word: string) => quoted(text, text.indexOf(word));
  it('are known by any kind of quotation marks', () => {
    expect(at('Someone says "high-functioning." What then?', 'high')).toBe(true);
    expect(at('Someone says “junkie” at lunch.', 'junkie')).toBe(true);
    expect(at("A caller presses you, 'But what's your diagnosis?'", 'what')).toBe(true);
  });
  it('are not the words before, after, or beside an apostrophe', () => {
    expect(at('Say "hello" to the junkie.', 'junkie')).toBe(false);
    expect(at("What's your diagnosis?", 'your')).toBe(false);
    expect(at("The residents' diagnosis isn't ours.", 'isn')).toBe(false);
  });
  it('are not what follows a mark of inches, or one that is never closed', () => {
    expect(at('A 14" screen. A junkie asks for it.', 'junkie')).toBe(false);
    expect(at('Say "hello. A junkie comes in.', 'junkie')).toBe(false);
    expect(at('Say "hello.\nA junkie says "no".', 'junkie')).toBe(false);
    expect(at('A 14" screen and the word "junkie".', 'junkie')).toBe(true);
  });
  const left = (text: string) => withoutSpans(text, listsToAvoid(text)).trim();
  it('stand in a style note, which lists what nobody should write', () => {
    expect(left('Writing guide, please avoid: the peers, addict')).toBe('Writing guide, please');
    expect(left('Don’t write: he/she.')).toBe('');
    expect(left('We avoid waiting rooms.')).toBe('We avoid waiting rooms.');
  });
  it('end with the sentence or the list they stand in', () => {
    expect(left('Avoid: "the peers". The peers meet.')).toBe('The peers meet.');
    expect(left('Avoid:\n- the peers\n- addict\n\nThe peers meet.')).toBe('The peers meet.');
    expect(left('Never say: the peers\nThe peers meet.')).toBe('The peers meet.');
  });
});

describe('the plain reading of a text', () => {
  it('keeps every letter at its place', () => {
    const text = 'Don’t “hurry” — É ß İstanbul\tnow';
    expect(plain(text)).toHaveLength(text.length);
    expect(plain(text).indexOf('now')).toBe(text.indexOf('now'));
  });
});

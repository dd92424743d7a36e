import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  ContentInvalid,
  contentOf,
  dutyLibrary,
  learningCards,
  orientation,
  questionBank,
  readinessItems,
  templateFields,
  templates,
} from '../../src/content/index.ts';
import type { Piece } from '../../src/content/index.ts';
import { competencies as ratedCompetencies } from '../../src/domain/candidacy/words.ts';
import { itemCount, reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { competencies, dutyCodes, elementChoices } from '../../src/domain/role/words.ts';
import { assertNeutralSubject } from '../../src/notify/subject.ts';

const contentFolder = new URL('../../content/', import.meta.url);
const letters = [
  'letter-acknowledgement',
  'letter-final-notice',
  'letter-interview-invitation',
  'letter-mentor-welcome',
  'letter-mentor',
  'letter-offer',
  'letter-orientation-invitation',
  'letter-outcome-check',
  'letter-outcome-closed',
  'letter-outcome-declined',
  'letter-outcome-expired',
  'letter-outcome-no-response',
  'letter-outcome-not-selected',
  'letter-outcome-rescinded',
  'letter-outcome-reserve-ended',
  'letter-outcome-reserve',
  'letter-outcome-selected',
  'letter-outcome-withdrawn',
  'letter-pre-adverse-notice',
  'letter-referee',
  'letter-status-note',
  'letter-welcome',
];

const wordsOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => {
      if ('text' in piece) return piece.text;
      return 'field' in piece ? `[${piece.field}]` : wordsOf(piece.pieces);
    })
    .join('');

interface Item {
  readonly id: string;
  readonly source: string;
  readonly owner: string;
  readonly reviewed: string;
  readonly version: number;
}
const everything = (): readonly Item[] => [
  ...readinessItems(),
  orientation(),
  ...dutyLibrary().duties,
  ...dutyLibrary().never,
  ...questionBank().questions,
  ...questionBank().practical,
  ...learningCards(),
  ...templates(),
];

describe('the toolbox: what is in it', () => {
  it('has 25 readiness items in four parts, each with three looks and a thing to do', () => {
    expect(readinessItems()).toHaveLength(itemCount);
    const sizes = new Map<string, number>();
    for (const { part } of readinessItems()) sizes.set(part, (sizes.get(part) ?? 0) + 1);
    expect(Object.fromEntries(sizes)).toEqual({ peer_practice: 6, culture: 6, hiring: 6, supervision: 7 });
    for (const { looksLike, whenOne } of readinessItems())
      expect(new Set([...Object.values(looksLike), whenOne]).size).toBe(4);
  });

  it('has an hour for the whole team whose parts add up', () => {
    const { minutes, parts, whatNotToDo } = orientation();
    expect(minutes).toBe(60);
    expect(parts.reduce((sum, part) => sum + part.minutes, 0)).toBe(60);
    expect(whatNotToDo.length).toBeGreaterThanOrEqual(5);
  });

  it('has sixty duties and more; they serve every competency and every goal', () => {
    const { duties } = dutyLibrary();
    expect(duties.length).toBeGreaterThanOrEqual(60);
    for (const kind of ['core', 'support', 'shared'])
      expect(duties.filter((duty) => duty.class === kind).length).toBeGreaterThanOrEqual(7);
    for (const id of competencies)
      expect(duties.filter((duty) => duty.competencies.includes(id)).length, id).toBeGreaterThanOrEqual(3);
    for (const goal of elementChoices['E1'] ?? [])
      expect(duties.filter((duty) => duty.goals.includes(goal)).length, goal).toBeGreaterThanOrEqual(3);
  });

  it('offers for each code of a task outside the role a duty in its place', () => {
    const { duties, never } = dutyLibrary();
    expect(never.map(({ code }) => code).sort()).toEqual([...dutyCodes].sort());
    for (const { instead } of never)
      expect(['core', 'support']).toContain(duties.find(({ id }) => id === instead)?.class);
  });

  it('takes no shared duty over the cap of the screen', () => {
    for (const duty of dutyLibrary().duties)
      if (duty.class === 'shared') expect(duty.sharePct.to, duty.id).toBeLessThanOrEqual(10);
  });

  it('has five questions and more for each of the twelve competencies, with anchors', () => {
    const bank = questionBank();
    expect(bank.competencies.map(({ id }) => id).sort()).toEqual([...competencies].sort());
    expect(bank.competencies.filter(({ ratedInInterview }) => ratedInInterview).map(({ id }) => id)).toEqual([
      ...ratedCompetencies,
    ]);
    for (const id of competencies)
      expect(bank.questions.filter((one) => one.competency === id).length, id).toBeGreaterThanOrEqual(5);
    for (const one of bank.questions) expect(one.also).not.toContain(one.competency);
    expect(new Set(bank.questions.map(({ text }) => text)).size).toBe(bank.questions.length);
  });

  it('has a card per misconception, element and gate, and cards on further concerns', () => {
    const refs = (kind: string): readonly string[] =>
      learningCards()
        .filter(({ about }) => about.kind === kind)
        .map(({ about }) => about.ref);
    const numbered = (letter: string, from: number, to: number): readonly string[] =>
      Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`);
    expect(refs('misconception')).toEqual(numbered('M', 1, 10));
    expect(refs('element')).toEqual(numbered('E', 1, 13));
    expect(refs('gate')).toEqual(numbered('G', 0, 5));
    expect(refs('concern').length).toBeGreaterThanOrEqual(4);
  });

  it('shows each gate its own card, and none at a code that no card names', () => {
    for (const card of learningCards())
      if (card.about.kind === 'gate') expect(learningCards(card.about.ref)).toContain(card);
    expect(learningCards('D9.8')).toEqual([]);
  });

  it('explains each line that a gate of these stages can say is missing', () => {
    // The gate of an offer's approvals explains itself: its lines are two signatures and the posted range.
    const plain = new Set(['D5.10', 'R5.6']);
    const asked = learningCards().flatMap(({ asks = [] }) => asks.map(({ code }) => code));
    for (const stage of ['readiness', 'role', 'opening', 'candidacy']) {
      const rules = readFileSync(new URL(`../../src/domain/${stage}/gates.ts`, import.meta.url), 'utf8');
      const lines = [...rules.matchAll(/\bcode: '([DPRX]\d[\d.]*)'/g)].map(([, code]) => code ?? '');
      expect(lines.length, stage).toBeGreaterThan(3);
      expect(
        lines.filter((code) => !plain.has(code) && !asked.includes(code)),
        stage,
      ).toEqual([]);
    }
  });

  it('has a template for each policy to review, the posting and each letter', () => {
    const of = (kind: string) => templates().filter((one) => one.kind === kind);
    expect(
      of('policy')
        .map(({ policy }) => String(policy))
        .sort(),
    ).toEqual([...reviewedPolicies].sort());
    expect(of('posting').map(({ id }) => id)).toEqual(['posting']);
    expect(of('letter').map(({ id }) => id)).toEqual(letters);
  });
});

describe('the toolbox: what must hold of all of it', () => {
  it('gives every item an id of its own, a day of review that has come, and a source', () => {
    const ids = everything().map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { id, reviewed, source, version } of everything()) {
      expect(reviewed, id).toBe('2026-11-22');
      expect(source, id).toMatch(/^(S00[0-3]|R|K|O)\b/);
      expect(version, id).toBe(1);
    }
  });

  it('names no decision, prompt, rule, gate or exception that the domain does not have', () => {
    const page = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
    const known = new Set([...page.matchAll(/^\| ([DPRGX]\d[\d.]*)\s*\|/gm)].map(([, code]) => code));
    expect(known.size).toBeGreaterThan(200);
    const named = [
      ...readinessItems().flatMap(({ prepares }) => prepares),
      ...[orientation(), ...learningCards(), ...templates()].flatMap(({ shownAt }) => shownAt),
      ...learningCards().flatMap(({ asks = [] }) => asks.map(({ code }) => code)),
    ];
    expect(named.filter((code) => !known.has(code))).toEqual([]);
  });

  it('writes each policy for all staff, and in a page', () => {
    for (const template of templates()) {
      const text = wordsOf(template.pieces);
      expect(text.split(/\s+/).length, template.id).toBeLessThanOrEqual(400);
      if (template.kind !== 'policy') continue;
      expect(text, template.id).toContain('All staff of [organization_name], in every role');
      expect(text, template.id).not.toMatch(/peer/i);
    }
  });

  it('says on every letter whether counsel read the profile, and is neutral in the subject line', () => {
    for (const { id, kind, subject = '', pieces } of templates()) {
      if (kind !== 'letter') continue;
      expect(wordsOf(pieces).trimEnd().endsWith('[counsel_line]'), id).toBe(true);
      expect(() => assertNeutralSubject(subject), id).not.toThrow();
    }
  });

  it('declares every field and section of a template, and knows what each field means', () => {
    const meanings = new Set(templateFields().map(({ name }) => name));
    for (const template of templates()) {
      const raw = readFileSync(new URL(`templates/${template.id}.md`, contentFolder), 'utf8');
      const names = (pattern: RegExp): readonly string[] =>
        [...new Set([...raw.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();
      expect([...template.fields].sort(), template.id).toEqual(names(/\{\{([^#/}]+)\}\}/g));
      expect(template.sections.map(({ name }) => name).sort(), template.id).toEqual(names(/\{\{#(.+)\}\}/g));
      for (const name of template.fields) expect(meanings.has(name), name).toBe(true);
    }
    const used = new Set(templates().flatMap(({ fields }) => fields));
    expect([...meanings].filter((name) => !used.has(name))).toEqual([]);
  });

  it('cannot be changed by those who read it', () => {
    const one = templates()[0];
    expect(() => Object.assign(readinessItems()[0]!, { statement: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(one!, { title: 'other' })).toThrow(TypeError);
    expect(() => (learningCards('G2') as unknown[]).pop()).toThrow(TypeError);
    expect(Object.isFrozen(dutyLibrary().duties[0]?.sharePct)).toBe(true);
    expect(readinessItems()).toBe(readinessItems());
  });
});

/** Words that the language rules do not want, as plain patterns; the second text must not be found. */
const unwanted: readonly (readonly [rule: string, pattern: RegExp, bad: string, good: string])[] = [
  [
    'L1',
    /\b(?:s?he\/s?he|he or she|she or he|his or hers?|his\/hers?|s\/he|hi[ms]|she|he|her|himself)\b/i,
    'each does his or her part',
    'each does their part',
  ],
  [
    'L2',
    /\b(?:the|an?|our|your|their|these|those|other) peers?\b(?! ?-?(?:roles?|support|run|work|respite|practice|pressure|staff|reflection|organi))/i,
    'our peers help',
    'a peer role, the peer support specialist',
  ],
  [
    'L2 alone',
    /(?:^|[.!?] |\b(?:of|for|with|by|to) )peers\b/i,
    'Peers see things differently',
    'people in peer roles',
  ],
  [
    'L3',
    /\b(?:mentally ill|the smi|addicts?|addicted|(?:got|being|stay(?:ing|s)?|is) clean|(?:high|low)[- ]functioning|ex-?patients?|the mentally|schizophrenics?|alcoholics?|junkies?)\b/i,
    'a mentally ill person',
    'mental-health challenges',
  ],
  [
    'L4',
    /\b(?:clients?|consumers?|patients?|cases?(?! manage))\b/i,
    'the client decides',
    'the person served, a case manager',
  ],
  [
    'L5',
    /\b(?:relaps\w+|fell off the wagon|falling off the wagon|decompensat\w+)\b/i,
    'after they relapsed',
    'after their leave',
  ],
  [
    'L6',
    /\b(?:complian(?:ce|t)|noncomplian\w+|adheren(?:ce|t)|get them to take)\b/i,
    'checks compliance',
    'explores options',
  ],
  [
    'L7',
    /\b(?:fragile|stable enough|emotionally stable|high[- ]risk hire|unstable)\b/i,
    'seems fragile',
    'has a mentor',
  ],
  [
    'L8',
    /\b(?:mini[- ](?:therapist|counsell?or|clinician)s?|junior (?:social worker|therapist|counsell?or|clinician)s?)\b/i,
    'a junior social worker',
    'a non-clinical role',
  ],
];

/** Every text of the toolbox, with where it stands; tasks outside the role are quoted as what not to write. */
function texts(): readonly (readonly [place: string, text: string])[] {
  const found: [string, string][] = [];
  const walk = (place: string, value: unknown): void => {
    if (typeof value === 'string') found.push([place, value]);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (!['source', 'alsoDoneBy', 'owner', 'ledBy'].includes(key)) walk(`${place}.${key}`, inner);
  };
  for (const item of [...everything(), ...questionBank().competencies, ...templateFields()]) {
    const { text: _quoted, ...rest } = item as { text?: string };
    const name = 'id' in item ? item.id : item.name;
    walk(name, name.startsWith('duty-never-') ? rest : item);
  }
  for (const template of templates()) walk(`${template.id} in full`, wordsOf(template.pieces));
  return found;
}

describe('the toolbox: its language', () => {
  it.each(unwanted)(
    'rule %s: no text of the toolbox has what it does not want',
    (_rule, pattern, bad, good) => {
      expect(bad).toMatch(pattern);
      expect(good).not.toMatch(pattern);
      expect(texts().length).toBeGreaterThan(1000);
      expect(texts().filter(([, text]) => pattern.test(text))).toEqual([]);
    },
  );

  it('asks in no question for health, history, family, age, faith, record or pay', () => {
    const outOfBounds =
      /\b(?:your|you(?:'ve| have)?(?: ever)?) (?:own )?(?:diagnos\w+|medication|treatment|therap\w+|recovery|story|hospital\w*|illness\w*|disabilit\w+|sober|sobriety|children|kids|spouse|age|religion|church|arrest\w*|convict\w*|salary|last pay|sick days)\b/i;
    expect('What is your diagnosis?').toMatch(outOfBounds);
    const asked = [
      ...questionBank().questions.flatMap(({ text, followUps }) => [text, ...followUps]),
      ...questionBank().practical.map(({ text }) => text),
    ];
    expect(asked.filter((text) => outOfBounds.test(text))).toEqual([]);
  });

  it('leaves "other duties" out of the posting and the library', () => {
    const open = /\bother duties\b/i;
    expect(texts().filter(([place, text]) => /^(posting|duty-)/.test(place) && open.test(text))).toEqual([]);
  });
});

describe('the toolbox: a faulty file is refused by name and place', () => {
  const made: string[] = [];
  afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

  /** A copy of the toolbox with one file changed. */
  function broken(file: string, change: (text: string) => string) {
    const folder = mkdtempSync(join(tmpdir(), 'content-'));
    made.push(folder);
    cpSync(contentFolder, folder, { recursive: true });
    const before = readFileSync(join(folder, file), 'utf8');
    const after = change(before);
    expect(after, 'the change must change something').not.toBe(before);
    writeFileSync(join(folder, file), after);
    return contentOf(pathToFileURL(`${folder}/`));
  }
  function refusal(run: () => unknown): ContentInvalid {
    try {
      run();
    } catch (error) {
      if (error instanceof ContentInvalid) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  }
  /** Sets the value at a path such as `cards.2.so`; `undefined` takes it out. */
  const put =
    (path: string, value: unknown) =>
    (text: string): string => {
      const whole: unknown = JSON.parse(text);
      const steps = path.split('.');
      const last = steps.pop() ?? '';
      const place = steps.reduce((at, step) => Reflect.get(at as object, step) as unknown, whole) as object;
      if (value === undefined) Reflect.deleteProperty(place, last);
      else Reflect.set(place, last, value);
      return JSON.stringify(whole);
    };

  it.each<[string, string, (text: string) => string, string]>([
    ['no JSON', 'cards.json', (text) => text.slice(0, -3), 'the whole file'],
    ['an empty text', 'cards.json', put('cards.2.so', ' '), 'cards[2].so'],
    ['a code of no kind', 'cards.json', put('cards.0.shownAt', ['Z1']), 'cards[0].shownAt[0]'],
    ['a source without its tag', 'cards.json', put('cards.1.source', 'a book'), 'cards[1].source'],
    ['a key that the form does not have', 'cards.json', put('cards.1.extra', 1), 'cards[1]'],
    ['an id that stands twice', 'cards.json', put('cards.4.id', 'card-m4'), 'cards[4]'],
    ['a gate that gives no reasons', 'cards.json', put('cards.34.asks', undefined), 'cards[34].asks'],
  ])('%s', (_what, file, change, place) => {
    const error = refusal(() => broken(file, change).learningCards());
    expect({ code: error.code, file: error.file, place: error.place }).toEqual({
      code: 'content_invalid',
      file,
      place,
    });
  });

  it.each<[string, string, unknown, string]>([
    ['a class the library may not suggest', 'duties.0.class', 'prohibited', 'duties[0].class'],
    ['a core duty without a goal', 'duties.0.goals', [], 'duties[0].goals'],
    ['an unknown duty in place of a task', 'never.1.instead', 'duty-none', 'never[1].instead'],
    ['a code with the wrong class', 'never.0.class', 'non_peer', 'never[0].class'],
  ])('duties: %s', (_what, path, value, place) => {
    expect(refusal(() => broken('duties.json', put(path, value)).dutyLibrary()).place).toBe(place);
  });

  it('readiness items out of order, and a competency rated that the interview does not rate', () => {
    const items = broken('readiness.json', put('items.0.number', 2));
    expect(refusal(items.readinessItems).place).toBe('items');
    const bank = broken('questions.json', put('competencies.1.ratedInInterview', true));
    expect(refusal(bank.questionBank).place).toBe('competencies[1].ratedInInterview');
  });

  const letter = 'templates/letter-status-note.md';
  it.each<[string, (text: string) => string, string | RegExp]>([
    ['a field that is not declared', (text) => `${text}{{start_date}}\n`, '{{start_date}}'],
    ['a declared field that is not used', (text) => text.replace('{{letter_date}}', ''), /^fields\[0\]$/],
    [
      'a field that no template may have',
      (text) => text.replaceAll('letter_date', 'diagnosis'),
      /^fields\[0\]$/,
    ],
    ['logic between the braces', (text) => text.replace('{{letter_date}}', '{{if a then b}}'), /^line \d+$/],
    [
      'a section in a section',
      (text) => text.replace('{{#check_open}}\n', '{{#check_open}}\n{{#check_open}}\n'),
      /^line \d+$/,
    ],
    ['a section that is not closed', (text) => text.replace('{{/check_open}}\n', ''), 'its end'],
    [
      'a section marker within a line',
      (text) => text.replace('{{#check_open}}\n', '{{#check_open}} '),
      /^line \d+$/,
    ],
    ['a letter without the line about counsel', (text) => text.replace(/,\s*"counsel_line"/, ''), 'fields'],
    ['front matter that is no JSON', (text) => text.replace('"kind"', 'kind'), 'line 2'],
    ['no front matter', (text) => text.replace('---json', '---'), 'line 1'],
    ['another id than its file', (text) => text.replace('letter-status-note', 'letter-other'), 'id'],
  ])('templates: %s', (_what, change, place) => {
    const error = refusal(() => broken(letter, change).templates());
    expect(error.file).toBe(letter);
    expect(error.place).toMatch(
      place instanceof RegExp ? place : new RegExp(`^${place.replace(/[{}[\]]/g, '\\$&')}$`),
    );
  });

  it('counts the lines of the file as an editor does', () => {
    const raw = readFileSync(new URL(letter, contentFolder), 'utf8');
    const at = raw.split('\n').findIndex((line) => line === '{{letter_date}}') + 1;
    const error = refusal(() =>
      broken(letter, (text) => text.replace('\n{{letter_date}}', '\n{{A}}')).templates(),
    );
    expect(error.place).toBe(`line ${at}`);
  });

  it('names a file that is not there, and keeps the others usable', () => {
    const folder = mkdtempSync(join(tmpdir(), 'content-'));
    made.push(folder);
    cpSync(contentFolder, folder, { recursive: true });
    rmSync(join(folder, 'cards.json'));
    const content = contentOf(pathToFileURL(`${folder}/`));
    expect(refusal(() => content.learningCards()).file).toBe('cards.json');
    expect(content.templates()).toHaveLength(readdirSync(new URL('templates/', contentFolder)).length);
  });
});

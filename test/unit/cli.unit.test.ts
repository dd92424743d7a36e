import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askedOf } from '../../src/cli/envelope.ts';
import type { DecideOptions } from '../../src/cli/envelope.ts';
import { EXIT, Stop, told } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { programFor, run } from '../../src/cli/program.ts';
import { refusalLines } from '../../src/cli/sentences.ts';
import { letterKinds } from '../../src/client/letters-kinds.ts';
import { TermsRefused } from '../../src/client/new-terms.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { MAX_COMMAND_BYTES } from '../../src/contracts/envelope.ts';
import { FieldInvalid, PersonConflict, TextRedacted } from '../../src/directory/errors.ts';
import { isRefusal, refuse } from '../../src/domain/kernel/refusal.ts';
import { NoInstallation } from '../../src/local/installation.ts';
import { PartUnreachable } from '../../src/local/parts.ts';
import { caseOf, person } from './house.ts';

const folder = mkdtempSync(join(tmpdir(), 'peer-hire-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Heard {
  readonly io: Io;
  readonly out: string[];
  readonly err: string[];
}

function listener(stdin: string | null = null): Heard {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    env: { PEER_HIRE_HOME: join(folder, 'empty'), HOME: folder },
    color: false,
    stdin: async () => stdin,
  };
  return { io, out, err };
}

const asked = (options: DecideOptions, stdin: string | null = null) => askedOf(listener(stdin).io, options);

const ana = person('ana');
const readiness = caseOf('readiness', 'northside');

describe('wrong usage', () => {
  it.each([
    [['dance']],
    [['board', '--nonsense']],
    [['case', 'show']],
    [['people', 'add']],
    [['site', 'add', 'Northside']],
    [['decide', '--case', 'x', '--new', 'readiness', '--type', 'open']],
    [['decide', '--new', 'banana', '--type', 'open', '--actor', 'prs_x']],
    [['decide', '--case', 'x', '--type', 'open', '--about', 'E5']],
    [['decide', '--case', 'x', '--type', 'open', '--actor', 'prs_x', '--text', 'words']],
    [['decide']],
    [['case', 'history', 'x', '--since', 'yesterday']],
    [['site', 'add', 'X', '--zone', 'America/New_York', '--hours', 'nine']],
    [['site', 'add', 'X', '--zone', 'America/New_York', '--policy', '/nowhere.json']],
    [['ledger', 'verify', '/nowhere.jsonl']],
    [['people', 'add', '--name', 'X', '--ref', 'prs_dana']],
    [['site', 'add', 'X', '--zone', 'America/New_York', '--ref', 'site_north']],
    [['role', 'matrix', readiness]],
    [['role', 'compare', caseOf('role', 'a'), caseOf('role', 'a')]],
    [['readiness', 'report', caseOf('role', 'a')]],
    [['letter', 'offer', '--case', 'x', '--as', ana, '--html', '--out', 'x.md']],
  ])('%j ends with 64 and says what is expected', async (argv) => {
    const heard = listener();
    expect(await run(heard.io, argv)).toBe(EXIT.usage);
    expect(heard.err.join('\n')).not.toMatch(/\n\s+at /);
    expect(heard.err.join('').length).toBeGreaterThan(10);
    const quiet = listener();
    expect(await run(quiet.io, [...argv, '--json'])).toBe(EXIT.usage);
    expect(quiet.err).toEqual([]);
    expect(quiet.out).toHaveLength(1);
    expect(JSON.parse(quiet.out[0] ?? '')).toMatchObject({ error: { code: 'usage' } });
  });

  it('is not what --help is', async () => {
    const heard = listener();
    expect(await run(heard.io, ['--help'])).toBe(EXIT.done);
    expect(heard.out.join('\n')).toContain('Exit codes');
  });
});

describe('a folder without an installation', () => {
  it.each([['board'], ['waiting'], ['doctor'], ['people', 'list'], ['case', 'show', 'x']])(
    '%s %s says how to begin, with 4',
    async (...argv) => {
      const heard = listener();
      expect(
        await run(
          heard.io,
          argv.filter((one) => typeof one === 'string'),
        ),
      ).toBe(EXIT.unavailable);
      expect(heard.err.join('\n')).toContain('peer-hire start');
    },
  );
});

describe('every command', () => {
  it('takes --json and --home', () => {
    const leaves = (command: ReturnType<typeof programFor>): ReturnType<typeof programFor>[] =>
      command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
    const all = leaves(programFor(listener().io, [], () => undefined));
    expect(all.length).toBeGreaterThan(20);
    for (const command of all) {
      const options = command.options.map((option) => option.long);
      expect(options).toEqual(expect.arrayContaining(['--json', '--home']));
      expect(command.description()).not.toBe('');
    }
  });
});

describe('a command that is typed', () => {
  const flags = { case: readiness, type: 'take_stance', actor: ana };

  it('is made of flags', async () => {
    const made = await asked({
      ...flags,
      payload: '{"stance":"later"}',
      about: 'E5@2',
      acknowledge: ['R0.3'],
    });
    expect(made).toMatchObject({
      envelope: {
        ...{ v: 1, case: readiness, type: 'take_stance', actor: ana, how: 'asserted_local' },
        ...{ payload: { stance: 'later' }, about: { subject: 'E5', version: 2 }, acknowledge: ['R0.3'] },
        decisionId: expect.stringMatching(/^dec_[0-9a-z]{26}$/),
      },
      texts: [],
    });
  });

  it('is made of JSON, with flags laid over it', async () => {
    const text = JSON.stringify({ case: readiness, type: 'open', actor: person('theo'), payload: { a: 1 } });
    const made = await asked({ actor: ana, decisionId: 'dec_again' }, text);
    expect(made).toMatchObject({ envelope: { actor: ana, decisionId: 'dec_again', payload: { a: 1 } } });
    const file = join(folder, 'command.json');
    writeFileSync(file, text);
    expect(await asked({ file })).toMatchObject({ envelope: { type: 'open' } });
  });

  it('begins the same case again under the same decision id', async () => {
    const options = { new: 'readiness', type: 'open', actor: ana };
    const once = await asked({ ...options, decisionId: 'dec_first' });
    expect(await asked({ ...options, decisionId: 'dec_first' })).toEqual(once);
    expect(await asked({ ...options, decisionId: 'dec_other' })).not.toEqual(once);
  });

  it('never carries a free text: its ref takes the place', async () => {
    const payload = JSON.stringify({ notes: [{ text: 'as agreed', about: person('jo') }], stance: 'later' });
    const made = await asked({ ...flags, payload, decisionId: 'dec_text', text: ['why=because of this'] });
    expect(made).toMatchObject({
      envelope: {
        payload: { notes: ['txt_dec_text_textnotes0'], stance: 'later', why: 'txt_dec_text_textwhy' },
      },
      texts: [
        { field: 'textnotes0', subject: person('jo'), text: 'as agreed' },
        { field: 'textwhy', subject: ana, text: 'because of this' },
      ],
    });
    expect(JSON.stringify((made as { envelope: object }).envelope)).not.toContain('agreed');
  });

  it('takes no payload for a text: a field may be called so', async () => {
    const made = await asked({ ...flags, payload: '{"text":"txt_dec_a_note"}' });
    expect(made).toMatchObject({ envelope: { payload: { text: 'txt_dec_a_note' } }, texts: [] });
    const typed = await asked({ ...flags, payload: '{"text":{"text":"as agreed"}}', decisionId: 'dec_b' });
    expect(typed).toMatchObject({ envelope: { payload: { text: 'txt_dec_b_texttext' } } });
  });

  it.each<[string, DecideOptions, string | null, string]>([
    ['broken JSON', {}, '{', 'malformed'],
    ['a list', {}, '[]', 'malformed'],
    ['a payload that is none', { ...flags, payload: '7' }, null, 'malformed'],
    ['no actor', { case: readiness, type: 'open' }, null, 'malformed'],
    ['an unknown kind of case', { ...flags, case: 'banana-1' }, null, 'malformed'],
    ['a field nobody knows', {}, JSON.stringify({ ...flags, extra: 1 }), 'malformed'],
    ['a capacity of their own choice', {}, JSON.stringify({ ...flags, capacity: 'hr' }), 'malformed'],
    ['how they were known, forged', {}, JSON.stringify({ ...flags, how: 'policy' }), 'malformed'],
    ['nesting without end', {}, `{"payload":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'malformed'],
    [
      'too much',
      { ...flags, payload: JSON.stringify({ x: 'y'.repeat(MAX_COMMAND_BYTES) }) },
      null,
      'oversized',
    ],
  ])('is refused with %s', async (_name, options, stdin, code) => {
    const answer = await asked(options, stdin);
    expect(isRefusal(answer) && answer.code).toBe(code);
    expect(JSON.stringify(answer)).not.toContain('yyyy');
  });

  it('is refused by the binary’s own code 2, before anything is opened', async () => {
    const heard = listener('{');
    expect(await run(heard.io, ['decide', '--json'])).toBe(EXIT.refused);
    expect(JSON.parse(heard.out[0] ?? '')).toMatchObject({ is: 'refused', refusal: { code: 'malformed' } });
  });
});

describe('letter', () => {
  it('lists its kinds as one value, and asks no question that an interview may not ask (R4.2)', async () => {
    const kinds = listener();
    expect(await run(kinds.io, ['letter', '--json'])).toBe(EXIT.done);
    expect(kinds.out).toHaveLength(1);
    const { letters } = JSON.parse(kinds.out[0] ?? '') as { letters: readonly { kind: string }[] };
    expect(letters.map(({ kind }) => kind)).toEqual(letterKinds);
    const asking = async (question: string) => {
      const heard = listener();
      const words = ['--field', `questions_list=${question}`];
      const exit = await run(heard.io, ['letter', 'interview', '--case', 'x', '--as', ana, ...words]);
      return { exit, err: heard.err.join(' ') };
    };
    const no = await asking('Do you take any medication for your depression?');
    expect(no).toMatchObject({ exit: EXIT.refused, err: expect.stringContaining('Q_MEDS') });
    expect(no.err).not.toContain('depression');
    // A lawful one goes on to the installation, which is not there.
    expect((await asking('How do you build trust with somebody new?')).exit).toBe(EXIT.unavailable);
  });
});

describe('errors', () => {
  const withCode = (name: string, code: string | number) =>
    Object.assign(new Error('words of a server about Dana'), { name, code });
  it.each<[unknown, number, string]>([
    [new NoInstallation('/x'), EXIT.unavailable, 'no_installation'],
    [new PartUnreachable('temporal', 'h:1', 'why'), EXIT.unavailable, 'PartUnreachable'],
    [withCode('Error', 'ECONNREFUSED'), EXIT.unavailable, 'database_unavailable'],
    [new AggregateError([withCode('Error', 'ECONNREFUSED')]), EXIT.unavailable, 'database_unavailable'],
    [withCode('error', '57P01'), EXIT.unavailable, 'database_unavailable'],
    [withCode('TransportError', 14), EXIT.unavailable, 'temporal_unavailable'],
    [new TextRedacted('txt_dec_note', person('ana'), 'hidden'), EXIT.refused, 'text_redacted'],
    [new TermsRefused('terms_do_not_fit', readiness), EXIT.refused, 'terms_do_not_fit'],
    [new FieldInvalid('email', 'it is not one plain mail address'), EXIT.refused, 'field_invalid'],
    [new PersonConflict('prs_1'), EXIT.refused, 'person_conflict'],
    [new Stop(EXIT.usage, 'usage', 'x'), EXIT.usage, 'usage'],
    [new TypeError('x is not a function'), EXIT.internal, 'internal'],
    ['thrown text', EXIT.internal, 'internal'],
  ])('%s becomes exit code %i', (error, exit, code) => {
    const answer = told(error);
    expect(answer).toMatchObject({ exit, code });
    expect(answer.message).not.toMatch(/Dana|\n\s+at /);
  });
});

describe('a refusal in words', () => {
  it('of a command that nobody knows names the known ones in one line', () => {
    const no = parseCommand('candidacy', 'dance', {});
    const lines = isRefusal(no) ? refusalLines(no) : [];
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^It knows: accept_offer, acknowledge, .*withdraw\.$/);
  });

  it('about a day beyond the calendar says up to which day that goes', () => {
    const lines = refusalLines(
      refuse('out_of_calendar', 'CALENDAR', [{ code: 'calendar_to', about: '2028-12-31' }]),
    );
    expect(lines.join(' ')).toContain('2028-12-31');
    expect(
      refusalLines(refuse('unknown_reference', undefined, [{ code: 'person_known', about: ana }])).at(-1),
    ).toBe(`  - somebody in the directory (see "peer-hire people list"): ${ana}`);
  });

  it('names the rule, and each missing thing with its code', () => {
    const lines = refusalLines(
      refuse('gate_not_passed', 'G5', [
        { code: 'R5.1' },
        { code: 'D5.4', about: 'peer_support' },
        { code: 'needs_capacity', about: 'hr_director' },
        { code: 'two_different_people' },
      ]),
    );
    expect(lines[0]).toContain('(gate_not_passed G5)');
    expect(lines.slice(2)).toEqual([
      '  - R5.1: no first day without a mentor',
      '  - D5.4: record the certificate – peer_support',
      '  - needs somebody who is hr director here',
      '  - two different people',
      'Why it asks for this: peer-hire learn G5',
    ]);
  });
});

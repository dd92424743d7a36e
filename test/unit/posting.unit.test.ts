import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { templates } from '../../src/content/index.ts';
import { counselLine, profileSchema } from '../../src/contracts/policy.ts';
import { textRef } from '../../src/directory/texts.ts';
import type { FieldValue } from '../../src/documents/letters.ts';
import { letterOf, missingFields } from '../../src/documents/letters.ts';
import { postingFields, postingTexts } from '../../src/documents/posting.ts';
import type { PostedAs } from '../../src/documents/posting.ts';
import { roleRecord } from '../../src/documents/role-record.ts';
import type { RecordedEvent } from '../../src/documents/role-record.ts';
import { wordings } from '../../src/documents/words.ts';
import { findingsOf } from '../../src/guards/index.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { decisionIdOf, written } from '../../src/sandbox/written.ts';
import { cast, northsideTerms, scenario } from './northside-house.ts';
import { moveTo } from './house.ts';
import { describedRole, must, people, role as ownRole } from './role-house.ts';

/** The posting of the worked example, from what its role and its opening recorded. */

const terms = northsideTerms();
const { world } = rehearse(scenario, cast, terms);
const role = cast.caseId('role');
const postedRow = world.rows.find((row) => row.kind === 'posted')!;

const texts = new Map(
  scenario.acts.flatMap((act, n) =>
    'do' in act
      ? written(act, cast, decisionIdOf(scenario, n), null).texts.map(
          ({ decisionId, field, text }) => [textRef(decisionId, field), text] as const,
        )
      : [],
  ),
);
const eventsOf = (rows: typeof world.rows, id: string, until = Infinity) =>
  rows
    .filter((row) => row.case === id && row.stamp.at <= until)
    .map((row) => ({ kind: row.kind, body: row.body, at: row.stamp.at }) as RecordedEvent);
const record = (until?: number) => roleRecord(eventsOf(world.rows, role, until));
const words = { texts, wordings };
const out: PostedAs = { version: 1, seats: 1, on: '2025-03-03', until: '2025-03-24', range: '2200-2500' };

function fieldsOf(as: PostedAs, of = record(postedRow.stamp.at)) {
  const found = postingFields(of, words, as);
  if ('gaps' in found) throw new Error(found.gaps.join(' '));
  return found;
}

const template = templates().find(({ kind }) => kind === 'posting')!;
/** What the ledger does not know. */
const house: Record<string, FieldValue> = {
  ...{ position_title: 'Peer support specialist', organization_name: 'Cedar Bridge', site_name: 'Northside' },
  ...{ team_name: 'Northside', hours_per_week: '40 hours', schedule: 'Monday to Friday', answer_days: '2' },
  ...{ benefits_summary: 'Health insurance and 20 days of leave', ways_to_apply: ['Online', 'By telephone'] },
  ...{ accommodation_contact: 'Tomas Berg, 555 0100', benefits_advice_contact: '555 0101' },
  counsel_line: counselLine(profileSchema.parse(terms.profile)),
};
function letter(as: PostedAs) {
  const { fixed, usual, sections } = fieldsOf(as);
  const values = { ...house, ...usual, ...fixed };
  const parts = ['supervision', 'training', 'growth'].filter((one) => Object.hasOwn(values, `${one}_text`));
  const input = { values, sections: new Set([...sections, ...parts]) };
  return { input, letter: letterOf(template, input) };
}

describe('a posting', () => {
  it('D3.1 says duties with shares, requirements, pay, hours and days as they were decided, and nothing else', () => {
    const { markdown, html } = letter(out).letter;
    expect(markdown).toMatch(
      /^# Peer support specialist\n\nCedar Bridge, Northside, team Northside\. Posted 3 Mar/,
    );
    expect(markdown).toContain('open until 24 Mar 2025');
    expect(markdown).toContain(
      'Pay: $22.00 to $25.00 per hour. Its middle lies 4 % under that of a comparable job',
    );
    expect(markdown).toContain('Full time, with benefits. 40 hours a week');
    expect(markdown).toContain('- Computer skill (essential)');
    expect(markdown).not.toMatch(/degree|driving/i);
    expect(markdown).toContain('Certification within 12 months');
    expect(markdown).toContain('You choose what you share.');
    expect(markdown).toContain('- Supervision: by two people');
    const list = fieldsOf(out).fixed['duties_list'] as readonly string[];
    expect(list.length).toBe(postingTexts(record(), 1).length);
    expect(list.every((line) => /: \d+ %$/.test(line))).toBe(true);
    expect(html).toContain('<h1>Peer support specialist</h1>');
    expect(html).not.toMatch(/<script|src=|href=/);
  });

  it('names nobody of the team: their own texts of the elements stay in the house', () => {
    const { markdown } = letter(out).letter;
    for (const { name } of Object.values(scenario.people))
      if (name !== 'Tomas Berg') expect(markdown).not.toContain(name.split(' ')[0]);
  });

  it('has nothing in it that the language guard stops on a posting', () => {
    const { input } = letter(out);
    for (const field of template.fields)
      for (const text of [input.values[field] ?? []].flat())
        expect(
          findingsOf('posting', text).filter(({ level }) => level === 'block'),
          text,
        ).toEqual([]);
    expect(findingsOf('posting', 'Our peers help clients.').some(({ level }) => level === 'block')).toBe(
      true,
    );
  });

  it('ends with the line that counsel has not read the profile, until somebody has', () => {
    const { letter: made, input } = letter(out);
    expect(made.markdown.trimEnd().endsWith('This profile was not read by counsel.')).toBe(true);
    const read = { ...input, values: { ...input.values, counsel_line: '' } };
    expect(letterOf(template, read).markdown).not.toContain('counsel');
    const { counsel_line: _line, ...open } = input.values;
    expect(missingFields(template, { ...input, values: open })).toEqual(['counsel_line']);
  });

  it('R5.6 prints the range it went out with, and before that the one in force; the last day is asked for', () => {
    const range = (as: PostedAs) => fieldsOf(as).fixed['pay_range'];
    expect(range({ ...out, range: '2100-2400' })).toBe('$21.00 to $24.00');
    expect(range({ ...out, range: null })).toBe('$22.00 to $25.00');
    const planned = fieldsOf({ ...out, until: null, range: null });
    expect(planned.fixed).not.toHaveProperty('closing_date');
    expect(fieldsOf({ ...out, seats: 2 }).sections).toContain('several_seats');
    expect(fieldsOf(out).sections).toEqual(['lived_experience', 'requirements', 'benefits']);
  });

  it('D2.8 is not made of what nobody approved, and says which decisions are open', () => {
    const approved = world.rows.find((row) => row.kind === 'description_approved')!.stamp.at;
    expect(postingFields(record(approved - 1), words, out)).toEqual({ gaps: ['D2.8'] });
    expect(postingFields(record(), words, { ...out, version: 7 })).toMatchObject({
      gaps: ['G1', 'D2.2', 'D2.8'],
    });
    expect(postingFields(roleRecord([]), words, out)).toEqual({
      gaps: ['G1', 'D2.2', 'D2.5', 'D2.6', 'D2.8'],
    });
  });

  it('G2 another range voids the approval here as it does in the role', () => {
    const own = describedRole();
    const of = () => postingFields(roleRecord(eventsOf(own.rows, ownRole)), words, { ...out, range: null });
    expect(of()).toHaveProperty('fixed');
    moveTo(own, '2025-03-10');
    const pay = { grade: 'g5', low: 2300, high: 2600, comparatorRole: 'case_manager', reason: 'comparator' };
    must(own, people.compensation, 'propose_pay', pay);
    must(own, people.hrDirector, 'approve_pay', { outcome: 'approved' });
    expect(of()).toEqual({ gaps: ['D2.8'] });
  });
});

async function said(argv: readonly string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const put = (text: string): void => void lines.push(text);
  const env = { PEER_HIRE_HOME: '/nowhere' };
  const io: Io = { out: put, err: put, env, color: false, stdin: () => Promise.resolve(null) };
  return { code: await run(io, argv), text: lines.join('\n') };
}

describe('peer-hire opening posting', () => {
  const of = ['opening', 'posting', cast.caseId('opening'), '--as', cast.person('dana')];

  it.each([
    ['a role in place of an opening', ['opening', 'posting', role, '--as', cast.person('dana')]],
    ['nobody who posts it', of.slice(0, 3)],
    ['a page in a Markdown file', [...of, '--html', '--out', 'posting.md']],
    ['a field without words', [...of, '--field', 'schedule']],
  ])('does not take %s', async (_what, argv) => {
    expect((await said(argv)).code).toBe(EXIT.usage);
  });

  it('is where `letter posting` leads to', async () => {
    const { code, text } = await said(['letter', 'posting', '--case', of[2]!, '--as', of[4]!]);
    expect(code).toBe(EXIT.usage);
    expect(text).toContain('peer-hire opening posting CASE');
  });
});

import { describe, expect, it } from 'vitest';
import { describe as describeRole, digestOf } from '../../src/documents/description.ts';
import { toHtml, toMarkdown } from '../../src/documents/render.ts';
import { roleRecord } from '../../src/documents/role-record.ts';
import type { RecordedEvent } from '../../src/documents/role-record.ts';
import { wordings } from '../../src/documents/words.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo } from './house.ts';
import {
  adoptedRole,
  ask,
  classify,
  describedRole,
  descriptionApproved,
  enter,
  goodDuties,
  must,
  payApproved,
  people,
  role,
  termsConfirmed,
  text,
} from './role-house.ts';

/** The description is generated from the adopted version, the duties and the pay record; nothing of it is typed. */

const { program, theo, dana, marisol } = people;

const recordOf = (world: World) =>
  roleRecord(
    world.rows
      .filter((row) => row.case === role)
      .map((row) => ({ kind: row.kind, body: row.body, at: row.stamp.at }) as RecordedEvent),
  );
const documentOf = (world: World, texts: readonly (readonly [string, string])[] = []) =>
  describeRole(recordOf(world), {
    title: 'Peer support specialist',
    texts: new Map(texts),
    wordings,
  });

describe('the document', () => {
  const world = describedRole();
  const said = [
    [text('one_to_one'), 'Meets people one to one where they choose'],
    [text('E1_1'), 'People are less alone.'],
  ] as const;
  const document = documentOf(world, said);
  const markdown = toMarkdown(document);

  it('D2.8 says the duties with their shares, what is asked for, hours and pay, and every element', () => {
    expect(document).toMatchObject({ version: 1, status: 'approved', gaps: [] });
    expect(markdown).toContain('# Peer support specialist\n\nVersion 1\n');
    expect(markdown).toContain(
      '| Meets people one to one where they choose | 30 % | Core | Relationships, Support |',
    );
    expect(markdown).toContain('Shared, in turn with: Case manager');
    expect(markdown).toContain('- Lived experience (essential)');
    expect(markdown).toContain('You choose what you share.');
    expect(markdown).toContain('Certification within 12 months');
    expect(markdown).toContain('$22.00 to $25.00 an hour, grade G5.');
    expect(markdown).toContain('Full time, with benefits.');
    expect(markdown).toContain(
      '## What the role is for\n\nPeople are less alone.\n\n- Activation\n- Less isolation',
    );
    expect(markdown.match(/^## /gm)).toHaveLength(13);
  });

  it('D2.8 is the same each time, and another one when a word of it is', () => {
    expect(digestOf(toMarkdown(documentOf(world, said)))).toBe(digestOf(markdown));
    expect(digestOf(toMarkdown(documentOf(world, said.slice(1))))).not.toBe(digestOf(markdown));
    expect(digestOf(markdown)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('D2.3 leaves out a requirement that was removed, D2.4 prints no wording that is with counsel', () => {
    expect(markdown).not.toContain('egree');
    const open = adoptedRole();
    must(open, dana, 'propose_terms', { wording: 'needs_counsel' });
    must(open, people.compliance, 'confirm_terms', {});
    const early = documentOf(open);
    expect(early.gaps).toEqual(['D2.2', 'D2.3', 'D2.4', 'D2.5', 'D2.6', 'D2.8']);
    expect(toMarkdown(early)).not.toContain('You choose');
  });

  it('prints every text as text: no mark, tag or table cell of its own', () => {
    const nasty = '<script>alert(1)</script> **bold** | cell\n# head [link](http://x) & "q"';
    const odd = documentOf(world, [
      [text('one_to_one'), nasty],
      [text('E2_1'), '1. first\n\n2. second'],
    ]);
    const page = toHtml(odd);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; **bold** | cell');
    expect(page).not.toMatch(/<script|http:\/\/x"|<a |src=/);
    expect(page).toContain('<p>1. first</p>\n<p>2. second</p>');
    const plain = toMarkdown(odd);
    expect(plain).toContain(
      '\\<script\\>alert(1)\\</script\\> \\*\\*bold\\*\\* \\| cell \\# head \\[link\\](http://x) \\&',
    );
    expect(plain).toContain('1\\. first\n\n2\\. second');
  });
});

describe('what became of it', () => {
  it('D2.8 records the digest of what the approver read', () => {
    const world = adoptedRole();
    moveTo(world, '2025-02-25');
    enter(world, goodDuties);
    classify(world, 1, goodDuties);
    termsConfirmed(world);
    payApproved(world);
    const draft = { text: text('d'), requirements: [], hours: 'part_time', benefits: false };
    must(world, dana, 'draft_description', { ...draft, partTimeReason: 'pilot' });
    const read = digestOf(toMarkdown(documentOf(world)));
    expect(() => ask(world, marisol, 'approve_description', { documentDigest: 'short' })).toThrow();
    must(world, marisol, 'approve_description', { documentDigest: read });
    const { description } = world.state(role) as RoleState;
    expect(description.draft).toMatchObject({ approved: true, document: read });
    expect(recordOf(world).drafts).toMatchObject([{ status: 'approved', documentDigest: read }]);
    expect(digestOf(toMarkdown(documentOf(world)))).toBe(read);
    expect(toMarkdown(documentOf(world))).toContain('Part time (Pilot), without benefits.');
  });

  it('D1.3 and D2.8 are superseded by the next version, D1.3 is retired with the role', () => {
    const world = describedRole();
    expect(recordOf(world).versions.map((one) => one.status)).toEqual(['adopted']);
    moveTo(world, '2025-03-10');
    const change = { outcome: 'reopen_element', elements: ['E6'], reason: 'concern', heard: [theo] };
    must(world, program, 'decide_change', change);
    must(world, people.facilitator, 'plan_meeting', { on: '2025-03-10', elements: ['E6'] });
    must(world, people.facilitator, 'propose_elements', {
      proposals: [{ element: 'E6', text: text('E6_2'), choices: ['peer'] }],
    });
    const { meetings } = world.state(role) as RoleState;
    const held = { meeting: meetings, held: '2025-03-10', attended: [theo], elements: ['E6'] };
    must(world, people.facilitator, 'record_meeting', held);
    for (const who of [marisol, program, theo, people.priya, people.luis])
      must(world, who, 'give_positions', { positions: [{ element: 'E6', position: 'agree' }] });
    must(world, people.facilitator, 'conclude_elements', { elements: ['E6'] });
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    const record = recordOf(world);
    expect(record.versions.map((one) => one.status)).toEqual(['superseded', 'adopted']);
    expect(record.drafts.map((one) => one.status)).toEqual(['superseded']);
    expect(documentOf(world)).toMatchObject({ version: 2, status: 'draft' });
    must(world, program, 'retire_role', {});
    expect(recordOf(world).versions.map((one) => one.status)).toEqual(['superseded', 'retired']);
  });

  it('D2.8 approves no draft in which the language guard found something, and one in which it found nothing', () => {
    const world = adoptedRole();
    enter(world, goodDuties);
    classify(world, 1, goodDuties);
    termsConfirmed(world);
    const draft = { text: text('d'), requirements: [], hours: 'full_time', benefits: true };
    must(world, dana, 'draft_description', { ...draft, findings: ['L2'] });
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject({
      missing: [{ code: 'language_guard' }],
    });
    descriptionApproved(world);
    expect(recordOf(world).drafts.map((one) => one.status)).toEqual(['draft', 'approved']);
  });

  it('D1.2 prints what the leader decided as not consensus', () => {
    const record = recordOf(describedRole());
    const [version] = record.versions;
    const elements = version!.elements.map((one, n) =>
      n === 0 ? { ...one, how: 'leader_decided' as const } : one,
    );
    const decided = { ...record, versions: [{ ...version!, elements }] };
    const words = { title: 'x', texts: new Map<string, string>(), wordings };
    const print = (one: typeof record) => toMarkdown(describeRole(one, words));
    expect(print(decided).match(/not consensus/g)).toHaveLength(1);
    expect(print(record)).not.toContain('not consensus');
  });
});

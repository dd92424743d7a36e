import { beforeAll, describe, expect, it } from 'vitest';
import { foundInDocument, readsDocument, withFound } from '../../src/client/guard-document.ts';
import { loadGuard, remembering } from '../../src/client/guard-load.ts';
import type { Guard, Guarded } from '../../src/client/guard-texts.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { templates } from '../../src/content/index.ts';
import type { Piece } from '../../src/content/index.ts';
import { describe as printDescription } from '../../src/documents/description.ts';
import { toMarkdown } from '../../src/documents/render.ts';
import { titleOf, wordings } from '../../src/documents/words.ts';
import {
  competencies,
  dutyClasses,
  elementChoices,
  partTimeReasons,
  peerKind,
} from '../../src/domain/role/words.ts';
import { wordings as approvedWordings } from '../../src/domain/role/words.ts';
import { roleRecord } from '../../src/documents/role-record.ts';
import type { RecordedEvent, RoleRecord } from '../../src/documents/role-record.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  adoptedRole,
  ask,
  classify,
  enter,
  goodDuties,
  must,
  payApproved,
  people,
  role,
  tenElements,
  termsConfirmed,
  text,
} from './role-house.ts';

/** G2: the language guard reads the description that is printed, not only what was typed for it. */

const { dana, marisol, theo, director } = people;
let guard: Guard;
beforeAll(async () => {
  guard = remembering(await loadGuard());
});

const draft = { requirements: ['lived_experience'], hours: 'full_time', benefits: true };
const words: ReadonlyMap<string, string> = new Map([
  ...goodDuties.map(({ duty }) => [text(duty), 'Runs a group together with a colleague'] as const),
  ...tenElements.map((one) => [text(`${one}_1`), 'The team and the person decide together.'] as const),
]);
const spoilt = new Map([
  ...words,
  [text('groups'), 'Supports the peers and our ex-patients in groups; he/she leads'] as const,
]);

/** A command as the façade hands it on, once the document was read. */
function asRead(world: World, type: string, payload: Record<string, unknown>, texts = words): Guarded {
  const envelope: Envelope = {
    ...{ v: 1, decisionId: 'dec_guard', case: role, type, actor: dana, how: 'asserted_local', payload },
  };
  const rows = world.rows.filter((row) => row.case === role);
  const events = rows.map(({ kind, body, stamp }) => ({ kind, body, at: stamp.at }) as RecordedEvent);
  const read: Guarded = { envelope, texts: [], found: [], blocked: [], warned: [] };
  return withFound(read, foundInDocument(roleRecord(events), envelope, texts, guard));
}
const payloadOf = (...args: Parameters<typeof asRead>) => asRead(...args).envelope.payload;

function ready(): World {
  const world = adoptedRole();
  enter(world, goodDuties);
  classify(world, 1, goodDuties);
  termsConfirmed(world);
  payApproved(world);
  return world;
}

describe('G2 the description the language guard reads', () => {
  it('is that of two commands of a role', () => {
    const of = (type: string, id = role) => readsDocument({ type, case: id } as Envelope);
    expect([of('draft_description'), of('approve_description'), of('enter_duties')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(of('draft_description', `opening-${'1'.repeat(26)}`)).toBe(false);
  });

  it('holds the duties: what they say wrong makes the draft one that nobody approves', () => {
    const world = ready();
    const read = asRead(world, 'draft_description', draft, spoilt);
    expect(read.envelope.payload['findings']).toEqual(expect.arrayContaining(['L1', 'L2']));
    expect(read.found.map((one) => one.field)).toContain('document: Duties');
    must(world, dana, 'draft_description', read.envelope.payload);
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject({
      rule: 'D2.8',
      missing: [{ code: 'language_guard' }],
    });
    expect(ask(world, dana, 'complete_description', {})).toMatchObject({
      missing: expect.arrayContaining([{ code: 'language_guard' }]) as unknown,
    });
  });

  it('is read again before it is approved, whatever the draft was said to hold', () => {
    const world = ready();
    must(world, dana, 'draft_description', draft);
    const late = payloadOf(world, 'approve_description', {}, spoilt);
    expect(ask(world, marisol, 'approve_description', late)).toMatchObject({
      rule: 'D2.8',
      missing: [{ code: 'language_guard', about: 'L1, L2' }],
    });
    const clean = payloadOf(world, 'approve_description', {});
    expect(clean).toEqual({});
    must(world, marisol, 'approve_description', clean);
    must(world, dana, 'complete_description', {});
  });

  it('is approved where author, director and adviser called the rule wrong about it (D2.8)', () => {
    const world = ready();
    must(world, dana, 'draft_description', payloadOf(world, 'draft_description', draft, spoilt));
    for (const finding of ['L1', 'L2']) {
      must(world, dana, 'dispute_finding', { finding });
      for (const who of [director, theo])
        must(world, who, 'settle_dispute', { finding, outcome: 'wrong_about_text' });
    }
    must(world, marisol, 'approve_description', payloadOf(world, 'approve_description', {}, spoilt));
  });

  it('says nothing against the product’s own words, nor against a requirement by a plain name', () => {
    const world = ready();
    expect(payloadOf(world, 'draft_description', draft)).toEqual(draft);
    const named = payloadOf(world, 'draft_description', { ...draft, requirements: ['one_of_the_peers'] });
    expect(named['findings']).toEqual(['L2']);
  });
});

/** All that a description and a posting can say of themselves, whatever was decided: no text of anybody's. */
describe('G2 the product’s own words', () => {
  const elements = [...Object.keys(elementChoices), ...Array.from({ length: 13 }, (_, n) => `E${n + 1}`)];
  const credentials = ['required_at_start', 'within_n_months:12', 'not_required'];

  const whole = (wording: (typeof approvedWordings)[number], n: number): RoleRecord => ({
    kind: peerKind,
    versions: [
      {
        ...{ version: 1, adoptedAt: 0, status: 'adopted' },
        elements: [...new Set(elements)].map((element) => ({
          ...{ element, text: '', choices: elementChoices[element] ?? [], how: 'leader_decided' as const },
        })),
      },
    ],
    lists: [
      {
        ...{ list: 1, version: 1, result: 'pass' },
        duties: dutyClasses.map((_, at) => ({
          ...{ duty: `task_${at}`, text: '', share: 20, alsoDoneBy: 'all_colleagues' },
        })),
        classes: dutyClasses.map((one, at) => ({ duty: `task_${at}`, class: one, competencies })),
      },
    ],
    terms: {
      wording,
      credential: credentials[n % credentials.length] ?? null,
      requirements: { lived_experience: 'equivalent_accepted', certification: 'essential' },
    },
    pay: {
      difference: null,
      low: 2200,
      high: 2500,
      grade: 'G5',
      comparatorRole: 'case_aide',
      reason: 'funding',
      on: '2025-03-01',
    },
    drafts: partTimeReasons.map((partTimeReason, at) => ({
      ...{ version: 1, list: 1, status: 'draft', documentDigest: null, benefits: at !== n },
      ...{ hours: 'part_time', partTimeReason, requirements: ['lived_experience', 'certification'] },
    })),
  });
  const printed = (record: RoleRecord) =>
    printDescription(record, { title: titleOf(record.kind), texts: new Map(), wordings });
  const stopping = (line: string) =>
    guard.findingsOf('posting', line).filter(({ level }) => level !== 'warn');

  it('of every heading, choice, class, skill, rule and wording of a description hold nothing that stops one', () => {
    const said: string[] = [];
    for (const wording of approvedWordings)
      for (const [n] of credentials.entries())
        for (const [at] of partTimeReasons.entries()) {
          const record = whole(wording, n);
          said.push(toMarkdown(printed({ ...record, drafts: record.drafts.slice(at, at + 1) })));
        }
    const lines = new Set(said.flatMap((one) => one.split('\n')));
    // The words are there: headings, choices, a table's head, and all three sentences on the credential.
    for (const one of ['## Sharing own experience', 'Share of time', 'No certification is needed.'])
      expect(
        [...lines].some((line) => line.includes(one)),
        one,
      ).toBe(true);
    expect(lines.size).toBeGreaterThan(60);
    for (const line of lines) expect(stopping(line), line).toEqual([]);
    for (const one of said.slice(0, 2)) expect(stopping(one)).toEqual([]);
  });

  it('of a posting hold nothing either, read as one', () => {
    const words = (pieces: readonly Piece[]): string =>
      pieces
        .map((piece) => ('text' in piece ? piece.text : 'pieces' in piece ? words(piece.pieces) : 'ten'))
        .join('');
    const posting = templates().filter(({ kind }) => kind === 'posting');
    expect(posting.length).toBeGreaterThan(0);
    for (const { pieces } of posting)
      for (const line of words(pieces).split('\n')) expect(stopping(line), line).toEqual([]);
  });

  it('are read with the head of a table', () => {
    const read: string[] = [];
    const listening: Guard = {
      packOf: () => 'language@1',
      findingsOf: (_, line) => {
        read.push(line);
        return [];
      },
    };
    const record = whole('approved_text_A', 0);
    const envelope = { type: 'approve_description', payload: {} } as unknown as Envelope;
    foundInDocument(record, envelope, new Map(), listening);
    for (const block of printed(record).blocks)
      if (block.is === 'table') expect(read).toEqual(expect.arrayContaining([...block.head]));
    expect(read).toContain('Share of time');
  });
});

import { writeFile } from 'node:fs/promises';
import { askRole, askRoleEvents, askTexts } from '../client/ask-roles.ts';
import type { As, ReadingOffice } from '../client/ask-reader.ts';
import { describe, digestOf } from '../documents/description.ts';
import { toHtml, toMarkdown } from '../documents/render.ts';
import { roleRecord } from '../documents/role-record.ts';
import type { RoleRecord } from '../documents/role-record.ts';
import { peerTitleOnOther, phrase, titleOf, wordings } from '../documents/words.ts';
import { compareTeams } from '../domain/role/compare.ts';
import type { ComparedElement } from '../domain/role/compare.ts';
import { agreementMatrix } from '../domain/role/matrix.ts';
import type { AgreementMatrix, MatrixRow } from '../domain/role/matrix.ts';
import { mustTakeFile } from '../local/place-check.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { mustBe } from './ids.ts';
import { within } from './open.ts';
import { missingText } from './sentences.ts';

/** Widths of columns in characters: a text of some lines is read beside another one. */
const PAGE = 110;
const LEAST_COLUMN = 28;

/** One sign per position, so that a row of twelve fits a terminal. */
const signs: Readonly<Record<string, string>> = {
  agree: '+',
  agree_with_concern: '+?',
  stand_aside: '=',
  block: '#',
  no_response: '0',
};

function statusText({ status, notConsensus, concern }: MatrixRow): string {
  const decided = 'decided by leader, NOT consensus';
  if (notConsensus) return status === 'leader_decided' ? decided : `${phrase(status)}; before: ${decided}`;
  return concern ? `${phrase(status)} (look again)` : phrase(status);
}

function matrixText(io: Io, matrix: AgreementMatrix, names: ReadonlyMap<string, string>): string {
  const people = matrix.people.map(({ person, capacity, left }, n) => {
    const gone = left === null ? '' : `, left (${phrase(left)})`;
    return `  ${n + 1}  ${names.get(person) ?? person} (${phrase(capacity)})${gone}`;
  });
  const objected = matrix.rows.flatMap(({ element, objections }) =>
    objections.map(
      ({ person, round }) =>
        `  ${element}, round ${round}: ${names.get(person) ?? person} blocked the text then`,
    ),
  );
  const rows = matrix.rows.map((row) => [
    row.mandatory ? row.element : `${row.element}*`,
    statusText(row),
    String(row.round),
    ...row.said.map((one) => (one === null ? '.' : (signs[one] ?? one))),
  ]);
  const head = ['element', 'status', 'round', ...matrix.people.map((_, n) => String(n + 1))];
  const version = matrix.version === null ? 'no version adopted yet' : `version ${matrix.version}`;
  return [
    styled(io, 'bold', `Who stands where · ${version}${matrix.draft ? ' · a definition is under way' : ''}`),
    table(io, head, rows),
    '+ agree   +? agree with concern   = stand aside   # block   0 no response   . not said   * not asked by G1',
    ...people,
    ...(objected.length === 0 ? [] : ['Earlier objections', ...objected]),
  ].join('\n');
}

/** `role matrix`: elements by people. */
export async function roleMatrix(io: Io, id: string, options: CaseOptions): Promise<Exit> {
  mustBe('role', id);
  return within(options, io.env, async ({ office }) => {
    const { state, names } = await askRole(office, asOf(options.as), id);
    const matrix = agreementMatrix(state);
    if (options.json === true) io.out(JSON.stringify({ case: id, ...matrix }));
    else io.out(matrixText(io, matrix, await names(matrix.people.map((one) => one.person))));
    return EXIT.done;
  });
}

function sideText(side: ComparedElement['sides'][number], words: ReadonlyMap<string, string>): string {
  if (side === null) return 'none';
  const { status, choices, text } = side;
  const said = text === null ? '' : (words.get(text) ?? '(text not for this reader)');
  return [phrase(status), choices.map(phrase).join(', '), said].filter((part) => part !== '').join('\n');
}

/** `role compare`: versions of several teams side by side. */
export async function roleCompare(io: Io, ids: readonly string[], options: CaseOptions): Promise<Exit> {
  for (const id of ids) mustBe('role', id);
  if (new Set(ids).size < 2) throw new Stop(EXIT.usage, 'usage', 'Name two roles or more to compare.');
  return within(options, io.env, async ({ office }) => {
    const as = asOf(options.as);
    const roles = [];
    for (const id of ids) roles.push({ case: id, state: (await askRole(office, as, id)).state });
    const refs = roles.flatMap(({ state }) =>
      Object.values(state.elements).flatMap(({ text }) => (text === null ? [] : [text])),
    );
    const words = await askTexts(office, as, refs);
    const { sides, elements } = compareTeams(roles, words);
    if (options.json === true) {
      io.out(JSON.stringify({ sides, elements }));
      return EXIT.done;
    }
    const head = [
      'element',
      ...sides.map(({ case: id, team, version }) => `${team ?? id} v${version ?? '-'}`),
    ];
    const rows = elements.map((one) => [
      one.differs ? `${one.element} differs` : one.element,
      ...one.sides.map((side) => sideText(side, words)),
    ]);
    const each = Math.max(LEAST_COLUMN, Math.floor(PAGE / sides.length));
    io.out(table(io, head, rows, { widths: [14, ...sides.map(() => each)] }));
    return EXIT.done;
  });
}

export interface DescriptionOptions extends CaseOptions {
  readonly html?: boolean | undefined;
  readonly out?: string | undefined;
  readonly title?: string | undefined;
}

function refsOf(record: RoleRecord): readonly string[] {
  const elements = record.versions.at(-1)?.elements ?? [];
  return [...elements.map((one) => one.text), ...(record.lists.at(-1)?.duties ?? []).map((one) => one.text)];
}

/** The description of a role as a reader may read it. @throws Stop (title), ReadingRefused */
export async function documentOf(office: ReadingOffice, as: As, id: string, given: string | undefined) {
  const record = roleRecord(await askRoleEvents(office, as, id));
  const title = given ?? titleOf(record.kind);
  if (peerTitleOnOther(record.kind, title))
    throw new Stop(
      EXIT.refused,
      'title',
      'This role is of another kind: it is not shown under the title of a peer role (R1.6).',
    );
  const refs = refsOf(record);
  const texts = await askTexts(office, as, refs);
  const unread = refs.filter((ref) => ref !== '' && !texts.has(ref)).length;
  const document = describe(record, { title, texts, wordings });
  const approved = record.drafts.filter((one) => one.version === document.version).at(-1)?.documentDigest;
  return { document, unread, approved: approved ?? null };
}

/** Where the document differs from what was approved, what it lacks and what the reader may not read: one line each. */
function notes(
  gaps: readonly string[],
  unread: number,
  approved: string | null,
  digest: string,
): readonly string[] {
  return [
    ...(gaps.length === 0 ? [] : ['Not decided yet:']),
    ...gaps.map((code) => `  - ${missingText({ code })}`),
    ...(unread === 0 ? [] : [`${unread} of its texts are not for this reader and are left out.`]),
    ...(approved === null || approved === digest ? [] : ['It is not the document that was approved.']),
    `Digest of the Markdown: ${digest}`,
  ];
}

/** `role description`: the generated document, on the screen or in a file. */
export async function roleDescription(io: Io, id: string, options: DescriptionOptions): Promise<Exit> {
  mustBe('role', id);
  if (options.out !== undefined) mustTakeFile(options.out);
  return within(options, io.env, async ({ office }) => {
    const { document, unread, approved } = await documentOf(office, asOf(options.as), id, options.title);
    const markdown = toMarkdown(document);
    const digest = digestOf(markdown);
    const text = options.html === true ? toHtml(document) : markdown;
    if (options.out !== undefined) await writeNew(options.out, text);
    const { version, status, gaps } = document;
    if (options.json === true)
      io.out(JSON.stringify({ case: id, version, status, gaps, unread, digest, approved, text }));
    else {
      if (options.out === undefined) io.out(text.trimEnd());
      for (const line of notes(gaps, unread, approved, digest)) io.err(line);
    }
    return EXIT.done;
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch {
    throw new Stop(
      EXIT.usage,
      'not_written',
      'The file is there already or cannot be written; name another.',
    );
  }
}

import type { Envelope } from '../contracts/envelope.ts';
import { describe } from '../documents/description.ts';
import type { DescriptionBlock } from '../documents/description.ts';
import { roleRecord } from '../documents/role-record.ts';
import type { RecordedEvent, RoleRecord } from '../documents/role-record.ts';
import { titleOf, wordings } from '../documents/words.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { ReadingRefused } from './ask-reader.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { askRoleEvents, askTexts } from './ask-roles.ts';
import type { Reading } from './guard-load.ts';
import type { FoundInText, Guard, Guarded } from './guard-texts.ts';

/** Commands by which the generated description comes to be approved (D2.8, G2). */
const aboutDocument: readonly string[] = ['draft_description', 'approve_description'];
const surface = 'posting';

/** @returns true for a command whose whole document the language guard reads */
export function readsDocument({ case: id, type }: Envelope): boolean {
  return kindOf(id) === 'role' && aboutDocument.includes(type);
}

/** What a role's record would say once this draft is made: only what the document prints of it. */
function withDraft(record: RoleRecord, { type, payload }: Envelope): RoleRecord {
  if (type !== 'draft_description') return record;
  const given = payload['requirements'];
  const requirements = Array.isArray(given)
    ? given.filter((one): one is string => typeof one === 'string')
    : [];
  const version = record.versions.at(-1)?.version ?? 0;
  const list = record.lists.at(-1)?.list ?? 0;
  const rest = { hours: 'full_time', partTimeReason: null, benefits: true, documentDigest: null } as const;
  return {
    ...record,
    drafts: [...record.drafts, { version, list, ...rest, requirements, status: 'draft' }],
  };
}

function linesOf(block: DescriptionBlock): readonly string[] {
  switch (block.is) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items;
    case 'table':
      return [...block.head, ...block.rows.flat()];
    default: {
      const unknown: never = block;
      return unknown;
    }
  }
}

/** Every line of the document, under the heading it stands in. */
function placedLines(blocks: readonly DescriptionBlock[]): readonly (readonly [string, string])[] {
  let under = 'document';
  return blocks.flatMap((block) => {
    if (block.is === 'heading') under = `document: ${block.text}`;
    return linesOf(block).map((line) => [under, line] as const);
  });
}

/**
 * What the language guard finds in the description that would be printed, whoever wrote which part of it: duties,
 * elements, requirements, pay (G2 "language guard clean").
 * @param texts opened texts of the role by ref
 */
export function foundInDocument(
  record: RoleRecord,
  envelope: Envelope,
  texts: ReadonlyMap<string, string>,
  guard: Guard,
): readonly FoundInText[] {
  const whole = withDraft(record, envelope);
  const { title, blocks } = describe(whole, { title: titleOf(record.kind), texts, wordings });
  const placed = [['document: title', title] as const, ...placedLines(blocks)];
  // Each line once: a class or a share stands beside many duties.
  const lines = new Map(placed.map(([field, line]) => [line, field]));
  return [...lines].flatMap(([line, field]): readonly FoundInText[] => {
    const findings = guard.findingsOf(surface, line).filter(({ level }) => level !== 'warn');
    return findings.length === 0 ? [] : [{ field, surface, pack: guard.packOf(surface), findings }];
  });
}

/** Texts that the document of the newest version prints. */
function printedTexts(record: RoleRecord): readonly string[] {
  const elements = record.versions.at(-1)?.elements ?? [];
  const duties = record.lists.at(-1)?.duties ?? [];
  return [...elements, ...duties].map(({ text }) => text).filter((ref) => ref !== '');
}

/** The command with what was found in its document: the codes for the case, the reasons for its author. */
export function withFound(read: Guarded, found: readonly FoundInText[]): Guarded {
  if (found.length === 0) return read;
  const { payload } = read.envelope;
  const before = payload['findings'];
  const known = Array.isArray(before) ? before.filter((one): one is string => typeof one === 'string') : [];
  const codes = found.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  const findings = [...new Set([...known, ...codes])];
  return {
    ...read,
    envelope: { ...read.envelope, payload: { ...payload, findings } },
    found: [...read.found, ...found],
  };
}

/** The events of a role before a decision: of one the ledger has, as they stood when it was made, so that it is the same. */
async function eventsBefore(
  office: ReadingOffice,
  { actor, case: id, decisionId }: Envelope,
): Promise<readonly RecordedEvent[] | null> {
  try {
    const events = await askRoleEvents(office, actor, id);
    const known = events.findIndex((one) => one.decisionId === decisionId);
    return known < 0 ? events : events.slice(0, known);
  } catch (error) {
    if (error instanceof ReadingRefused) return null;
    throw error;
  }
}

/**
 * Reads the document of a role as its author may read it. Whoever may not read the role decides nothing in it either:
 * the command then goes on unread, and the rules refuse it.
 */
export async function guardedDocument(
  office: ReadingOffice,
  read: Guarded,
  reading: Reading,
): Promise<Guarded> {
  const { envelope } = read;
  if (!readsDocument(envelope)) return read;
  const before = await eventsBefore(office, envelope);
  if (before === null) return read;
  const record = roleRecord(before);
  const texts = await askTexts(office, envelope.actor, printedTexts(record));
  return withFound(read, await reading((guard) => foundInDocument(record, envelope, texts, guard)));
}

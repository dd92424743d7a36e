import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { ChainRow } from './row-hash.ts';
import { Wrong, nowhere } from './verdict.ts';
import type { Place } from './verdict.ts';

export const FORMAT = 'peer-hire/export/1';

/** First line of an export. */
export interface Header {
  readonly format: string;
  readonly org: string;
  /** Ledger time of the last row. */
  readonly at: number;
  /** Of whose rows: the organization's, or of one case, which proves less. */
  readonly case: string | null;
  /** Which fold each kind of case had when this was written. */
  readonly foldVersions: Readonly<Record<string, number>>;
}

/** A document of terms; `hash` is that of `body`. */
export interface DocumentLine {
  readonly hash: string;
  readonly kind: string;
  readonly body: string;
}

/** Last line of an export. */
export interface Head {
  readonly position: number;
  readonly hash: string;
  readonly rows: number;
  /** SHA-256 of all lines before this one, each with its line feed. */
  readonly checksum: string;
}

export type Line =
  | { readonly is: 'document'; readonly document: DocumentLine }
  | { readonly is: 'row'; readonly row: ChainRow }
  | { readonly is: 'head'; readonly head: Head };

type Kind = 'string' | 'number';
const rowFields: readonly (readonly [keyof ChainRow, Kind])[] = [
  ...([
    ['org', 'string'],
    ['position', 'number'],
    ['case_id', 'string'],
    ['sequence', 'number'],
    ['kind', 'string'],
    ['at', 'number'],
    ['actor', 'string'],
    ['how', 'string'],
    ['capacity', 'string'],
    ['on_behalf_of', 'string'],
    ['decision_id', 'string'],
    ['decision_index', 'number'],
    ['asked_at', 'number'],
    ['supersedes', 'string'],
    ['visibility', 'string'],
    ['retention', 'string'],
    ['facts', 'string'],
    ['terms', 'string'],
    ['texts', 'string'],
    ['body', 'string'],
    ['prev', 'string'],
    ['hash', 'string'],
  ] as const),
];
const documentFields = [
  ['hash', 'string'],
  ['kind', 'string'],
  ['body', 'string'],
] as const;
const headFields = [
  ['position', 'number'],
  ['hash', 'string'],
  ['rows', 'number'],
  ['checksum', 'string'],
] as const;

/** @returns only the fields of the format, in its order. */
function picked(fields: readonly (readonly [string, Kind])[], from: object): Record<string, unknown> {
  return Object.fromEntries(fields.map(([name]) => [name, (from as Record<string, unknown>)[name]]));
}

export const headerLine = (header: Header): string => {
  const { format, org, at, case: caseId, foldVersions } = header;
  return JSON.stringify({ format, org, at, case: caseId, foldVersions });
};
export const documentLine = (document: DocumentLine): string =>
  JSON.stringify({ document: picked(documentFields, document) });
export const rowLine = (row: ChainRow): string => JSON.stringify({ row: picked(rowFields, row) });
export const headLine = (head: Head): string => JSON.stringify({ head: picked(headFields, head) });

function json(line: string, place: Place): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new Wrong(place, 'malformed_line', 'not a line of JSON');
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

function fits(value: unknown, kind: Kind): boolean {
  // A lone half of a character pair hashes like any other: it could stand in for what was there.
  if (kind === 'string') return typeof value === 'string' && !LONE_SURROGATE.test(value);
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function shaped(value: unknown, fields: readonly (readonly [string, Kind])[], place: Place): unknown {
  if (typeof value !== 'object' || value === null) throw new Wrong(place, 'malformed_line', 'no object');
  const given = value as Record<string, unknown>;
  for (const [name, kind] of fields)
    if (!fits(given[name], kind)) throw new Wrong(place, 'malformed_line', `${name} is not as it must be`);
  return picked(fields, given);
}

/** Parses an export's first line. @throws Wrong */
export function parseHeader(line: string): Header {
  const { format, org, at, case: caseId, foldVersions } = json(line, nowhere);
  if (format !== FORMAT) throw new Wrong(nowhere, 'format_unknown', `this release reads ${FORMAT}`);
  const known =
    typeof org === 'string' &&
    fits(at, 'number') &&
    (caseId === null || typeof caseId === 'string') &&
    typeof foldVersions === 'object' &&
    foldVersions !== null;
  const header = { format: FORMAT, org, at, case: caseId, foldVersions } as Header;
  if (!known || headerLine(header) !== line) throw new Wrong(nowhere, 'malformed_line', 'the header');
  return header;
}

/** Parses any further line; one that says the same in other bytes is malformed. @throws Wrong */
export function parseLine(line: string, place: Place): Line {
  const value = json(line, place);
  const parsed = lineOf(value, place);
  const again =
    parsed.is === 'row'
      ? rowLine(parsed.row)
      : parsed.is === 'head'
        ? headLine(parsed.head)
        : documentLine(parsed.document);
  if (again !== line) throw new Wrong(place, 'malformed_line', 'bytes that do not belong here');
  return parsed;
}

function lineOf(value: Record<string, unknown>, place: Place): Line {
  if (value['row'] !== undefined)
    return { is: 'row', row: shaped(value['row'], rowFields, place) as ChainRow };
  if (value['document'] !== undefined)
    return { is: 'document', document: shaped(value['document'], documentFields, place) as DocumentLine };
  if (value['head'] !== undefined)
    return { is: 'head', head: shaped(value['head'], headFields, place) as Head };
  throw new Wrong(place, 'malformed_line', 'neither row nor document nor head');
}

/** The checksum over the lines of an export, added one by one. */
export class Checksum {
  private readonly hash: Hash = createHash('sha256');

  add(line: string): void {
    this.hash.update(line, 'utf8').update('\n');
  }

  hex(): string {
    return this.hash.copy().digest('hex');
  }
}

import { CsvError, parse } from 'csv-parse/sync';
import { FieldInvalid } from '../directory/errors.ts';
import { checkField, turnsWriting } from '../directory/person-fields.ts';
import type { PersonField } from '../directory/person-fields.ts';

/** Columns of the file: those of the directory, and the number an applicant has where the file comes from. */
export const importColumns = ['name', 'email', 'phone', 'zone', 'channel', 'key'] as const;
type Column = (typeof importColumns)[number];
const needed: readonly Column[] = ['name'];

/** Longest file in bytes, and most rows: no opening holds more people. */
export const MAX_IMPORT_BYTES = 5_242_880;
export const MAX_IMPORT_ROWS = 400;

/** An applicant as the file has them. */
export interface ImportRow {
  /** The line in the file, from 1, where the row begins. */
  readonly line: number;
  /** What tells rows apart and makes the same file again the same applications. */
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly zone: string | null;
  readonly channel: string;
}

/** What is wrong with a row; names the column, never what stands there. */
export interface RowError {
  readonly line: number;
  readonly code: string;
  readonly column?: string;
}

export type FileFault =
  | 'file_too_long'
  | 'encoding_wrong'
  | 'csv_broken'
  | 'not_commas'
  | 'columns_unknown'
  | 'columns_missing'
  | 'columns_double'
  | 'no_rows'
  | 'too_many_rows';

const sentences: Readonly<Record<FileFault, (about: string) => string>> = {
  file_too_long: () => `The file is longer than ${MAX_IMPORT_BYTES} bytes. Split it.`,
  encoding_wrong: () => 'The file is not UTF-8. Save it as CSV in UTF-8, with or without a byte order mark.',
  csv_broken: (about) => `The file is not well-formed CSV at line ${about}: look at its quotes there.`,
  not_commas: (about) =>
    `The first line sets its columns apart by ${about}. They are set apart by commas: save the file as CSV with commas.`,
  columns_unknown: (about) =>
    `The file has columns that are not imported: ${about}. Known are ${importColumns.join(', ')}. What candidates say about themselves, a statement on lived experience above all, is never imported: take the column out.`,
  columns_missing: (about) => `The first line has to name the columns; missing: ${about}.`,
  columns_double: (about) => `The file names a column twice: ${about}.`,
  no_rows: () => 'The file has no row below its column names.',
  too_many_rows: () => `The file has more than ${MAX_IMPORT_ROWS} rows: no opening holds more applicants.`,
};

/** The whole file is refused; nothing was read into the house. */
export class ImportRefused extends Error {
  readonly code: FileFault;
  constructor(code: FileFault, about = '') {
    super(sentences[code](about));
    this.name = 'ImportRefused';
    this.code = code;
  }
}

const otherMarks: readonly (readonly [string, string])[] = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'upright lines'],
];

/** One column whose name holds another mark: what a table program writes where a comma belongs to numbers. */
function checkMarks(columns: readonly string[]): void {
  const mark = columns.length === 1 ? otherMarks.find(([one]) => columns[0]?.includes(one)) : undefined;
  if (mark !== undefined) throw new ImportRefused('not_commas', mark[1]);
}

/** Column names, or numbers of columns without a proper one: a cell of the first line may be somebody's name. */
const columnNames = (columns: readonly string[], wrong: readonly number[]): string =>
  wrong
    .map((at) => (/^[a-z][a-z_]{0,30}$/.test(columns[at] ?? '') ? columns[at] : `number ${at + 1}`))
    .join(', ');

function checkColumns(columns: readonly string[]): void {
  const known: readonly string[] = importColumns;
  const places = columns.map((_, at) => at);
  // A file without column names has people in its first line: then the missing ones are what is said.
  const missing = needed.filter((one) => !columns.includes(one));
  if (missing.length > 0) throw new ImportRefused('columns_missing', missing.join(', '));
  const unknown = places.filter((at) => !known.includes(columns[at] ?? ''));
  if (unknown.length > 0) throw new ImportRefused('columns_unknown', columnNames(columns, unknown));
  const double = places.filter((at) => columns.indexOf(columns[at] ?? '') !== at);
  if (double.length > 0) throw new ImportRefused('columns_double', columnNames(columns, double));
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_IMPORT_BYTES) throw new ImportRefused('file_too_long');
  try {
    // Takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ImportRefused('encoding_wrong');
  }
}

interface Line {
  readonly record: readonly string[];
  readonly line: number;
}

/** The records with the lines they begin at; empty lines are passed over. */
function recordsOf(text: string): readonly Line[] {
  try {
    const found = parse(text, { relax_column_count: true, skip_empty_lines: true, raw: true, info: true });
    return (found as unknown as { record: string[]; raw: string; info: { lines: number } }[]).map(
      // The parser counts to the end of a record: a quoted line break makes it begin earlier, empty lines before do not.
      ({ record, raw, info }) => ({
        record,
        line: info.lines - raw.replaceAll(/^[\r\n]+|(\r\n|\n|\r)$/g, '').split(/\r\n|\n|\r/).length + 1,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    throw new ImportRefused('csv_broken', String(lines ?? 1));
  }
}

function faultsOf(row: Record<PersonField, string | null>, line: number): readonly RowError[] {
  const faults: RowError[] = [];
  for (const [field, value] of Object.entries(row) as [PersonField, string | null][]) {
    if (value === null) {
      if (field === 'name') faults.push({ line, code: 'empty', column: field });
      continue;
    }
    try {
      checkField(field, value);
    } catch (error) {
      if (!(error instanceof FieldInvalid)) throw error;
      faults.push({ line, code: 'not_valid', column: field });
    }
  }
  return faults;
}

function rowOf(columns: readonly string[], { record, line }: Line): ImportRow | readonly RowError[] {
  if (record.length !== columns.length) return [{ line, code: 'cells_wrong' }];
  const cell = (column: Column): string | null => {
    // One letter may be written in two ways; the same words have to be the same row.
    const value = record[columns.indexOf(column)]?.normalize('NFC').trim() ?? '';
    return value === '' ? null : value;
  };
  const fields = {
    ...{ name: cell('name'), email: cell('email'), phone: cell('phone'), zone: cell('zone') },
    channel: cell('channel') ?? 'mail',
  };
  const turned = (['name', 'key'] as const).filter((column) => turnsWriting(cell(column) ?? ''));
  const faults = turned.map((column): RowError => ({ line, code: 'turns_writing', column }));
  if (!turned.includes('name')) faults.push(...faultsOf(fields, line));
  if (faults.length > 0) return faults;
  const key = cell('key') ?? fields.email?.toLowerCase() ?? fields.phone;
  if (key === null || key.length > 200) return [{ line, code: 'no_key', column: 'key' }];
  return { line, key, ...fields, name: fields.name ?? '' };
}

/** One word however its letters are composed, and in capitals or not. */
const folded = (value: string): string => value.normalize('NFC').toLowerCase();

/**
 * What makes somebody the same applicant as another: their address in any case, their number however it is spaced under the
 * same name. A number alone does not: people who live together, or in one house, may have one. Pure.
 */
export function marksOf({
  email,
  phone,
  name,
}: Pick<ImportRow, 'email' | 'phone' | 'name'>): readonly (readonly [Column, string])[] {
  return [
    ...(email === null ? [] : [['email', folded(email)] as const]),
    ...(phone === null ? [] : [['phone', `${phone.replaceAll(/[ ()./-]/g, '')} ${folded(name)}`] as const]),
  ];
}

/** What a file holds: rows that are well-formed, and what is wrong with the others. */
export interface ReadRows {
  readonly rows: readonly ImportRow[];
  readonly errors: readonly RowError[];
}

/**
 * Reads a CSV file of applicants: UTF-8, commas, the first line with the columns in any order.
 * @throws ImportRefused for a file that cannot be read as a whole
 */
export function readRows(bytes: Uint8Array): ReadRows {
  const [head, ...body] = recordsOf(textOf(bytes));
  const columns = (head?.record ?? []).map((name) => name.trim().toLowerCase());
  checkMarks(columns);
  checkColumns(columns);
  if (body.length === 0) throw new ImportRefused('no_rows');
  if (body.length > MAX_IMPORT_ROWS) throw new ImportRefused('too_many_rows');
  const rows: ImportRow[] = [];
  const errors: RowError[] = [];
  const seen = new Set<string>();
  for (const one of body) {
    const row = rowOf(columns, one);
    if (!('key' in row)) {
      errors.push(...row);
      continue;
    }
    const all = [['key', row.key] as const, ...marksOf(row)];
    const marks = all.map(([column, mark]) => ({ column, name: `${column} ${mark}` }));
    const twice = marks.find(({ name }) => seen.has(name));
    for (const { name } of marks) seen.add(name);
    if (twice === undefined) rows.push(row);
    else errors.push({ line: row.line, code: 'twice_in_file', column: twice.column });
  }
  return { rows, errors };
}

import { readFileSync } from 'node:fs';
import { ImportRefused } from '../client/import-rows.ts';
import type { RowError } from '../client/import-rows.ts';
import { carryOut, planImport } from '../client/import.ts';
import type { Imported, Plan, PlannedRow } from '../client/import.ts';
import { rowFault } from '../contracts/row-faults.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';
import { missingText } from './sentences.ts';

export interface ImportOptions extends Common {
  readonly opening: string;
  readonly as: string;
  readonly acknowledge?: readonly string[] | undefined;
  readonly dryRun?: boolean | undefined;
}

/** A row that a rule refuses: by its codes, and in words. */
function refusedText(codes: string): string {
  const [, ...rest] = codes.split(' ');
  return `refused (${codes})${rest.length === 0 ? '' : `: ${rest.map((code) => missingText({ code })).join('; ')}`}`;
}

function errorText({ line, code, column }: RowError): string {
  return `  line ${line}${column === undefined ? '' : `, ${column}`}: ${rowFault(code) ?? refusedText(code)}`;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Stop(EXIT.usage, 'usage', `The file ${file} cannot be read.`);
  }
}

function tellErrors(io: Io, json: boolean, errors: readonly RowError[]): Exit {
  if (json) io.out(JSON.stringify({ is: 'refused', refusal: { code: 'rows_invalid' }, errors }));
  else {
    io.err(`Refused (rows_invalid). Nothing was imported; ${errors.length} to mend:`);
    for (const one of errors) io.err(errorText(one));
  }
  return EXIT.refused;
}

const rowText = (row: PlannedRow): string =>
  `  line ${row.line}: ${row.candidacy} ${row.person}${row.is === 'there' ? ' (was there already)' : ''}`;

function tellPlan(io: Io, json: boolean, { rows }: Plan): Exit {
  const fresh = rows.filter((row) => row.is === 'new').length;
  if (json) io.out(JSON.stringify({ is: 'would', rows }));
  else {
    io.out(`It would be imported: ${fresh} new, ${rows.length - fresh} there already. Nothing was changed.`);
    for (const row of rows) io.out(rowText(row));
  }
  return EXIT.done;
}

function tellImported(io: Io, json: boolean, imported: Imported): Exit {
  const { rows } = imported;
  const fresh = rows.filter((row) => row.is === 'new').length;
  if (json) io.out(JSON.stringify(imported));
  else {
    io.out(`Imported: ${fresh} new, ${rows.length - fresh} there already.`);
    for (const row of rows) io.out(rowText(row));
  }
  if (imported.is === 'done') return EXIT.done;
  if (!json)
    io.err(
      `Stopped at line ${imported.line} (${imported.why}). The same file again is safe and goes on there.`,
    );
  return imported.why === 'refused' ? EXIT.refused : EXIT.notConfirmed;
}

/** `import`: applications from a CSV file, all rows or none. docs/import.md describes the file. */
export async function importCommand(io: Io, file: string, options: ImportOptions): Promise<Exit> {
  const json = options.json === true;
  const bytes = bytesOf(file);
  return within(options, io.env, async (opened) => {
    const { opening, as: actor } = options;
    const plan = await planned(() =>
      planImport(opened.office, { opening, actor, acknowledge: options.acknowledge ?? [] }, bytes),
    );
    if (plan.errors.length > 0) return tellErrors(io, json, plan.errors);
    if (options.dryRun === true) return tellPlan(io, json, plan);
    return tellImported(io, json, await carryOut(await opened.house(), plan));
  });
}

async function planned(work: () => Promise<Plan>): Promise<Plan> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportRefused) throw new Stop(EXIT.refused, error.code, error.message);
    throw error;
  }
}

import type { Command } from 'commander';
import { asText, common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { ExplainOptions } from './explain.ts';
import type { SearchOptions } from './search.ts';
import type { Io } from './io.ts';
import type { PacketOptions } from './packet.ts';
import type { ReportOptions } from './report.ts';

/** `report NAME`: numbers from events, each of which opens into its cases. */
export function addReports(program: Command, io: Io, does: Does): void {
  common(program.command('report <name>'))
    .description(
      'funnel, time-to-fill, time-in-stage, overdue, supervision-dose, retention, fairness or role: counted from events',
    )
    .option('--as <ref>', asText)
    .option('--site <ref>', 'only one site')
    .option('--from <year>', 'only cases that began in this year or later')
    .option('--to <year>', 'only cases that began in this year or before')
    .option('--cases', 'with the cases and rows behind each number')
    .option('--csv', 'as lines for a spreadsheet')
    .action((name: string, options: ReportOptions) =>
      does(async () => (await import('./report.ts')).reportCommand(io, name, options)),
    );
}

/** `history search`: over all cases a reader may know of. */
export function addHistory(program: Command, io: Io, does: Does): void {
  const group = program.command('history').description('what happened, over all cases you may see');
  common(group.command('search [words...]'))
    .description('actor:REF kind:EVENT case:ID since:DAY until:DAY; a day may be a span back, e.g. since:30d')
    .option('--as <ref>', asText)
    .option('--limit <n>', 'so many rows at most, the latest', '200')
    .action((words: readonly string[], options: SearchOptions) =>
      does(async () => (await import('./search.ts')).historySearch(io, words, options)),
    );
}

/** `case packet` and `case explain`: papers made from the ledger. */
export function addPapers(group: Command, io: Io, does: Does): void {
  common(group.command('packet <opening>'))
    .description(
      'one printable file of a search: posting, questions, outcomes with reasons, notices, readings',
    )
    .requiredOption('--as <ref>', 'a person of HR; the reading is recorded')
    .option('--names', 'with the names of people in place of their refs')
    .option('--html', 'as a page to print; else Markdown')
    .option('--out <file>', 'to a new file; else on standard output')
    .action((id: string, options: PacketOptions) =>
      does(async () => (await import('./packet.ts')).casePacket(io, id, options)),
    );
  common(group.command('explain <id>'))
    .description('one page in plain sentences: what was decided by whom, which gates, and how to prove it')
    .option('--as <ref>', asText)
    .option('--out <file>', 'to a new file; else on standard output')
    .action((id: string, options: ExplainOptions) =>
      does(async () => (await import('./explain.ts')).caseExplain(io, id, options)),
    );
}

import type { Command } from 'commander';
import type { CaseOptions } from './case.ts';
import { asText, common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { Io } from './io.ts';
import type { PostingOptions } from './posting.ts';
import type { DescriptionOptions } from './role.ts';

/** `readiness …`, `role …` and `opening …`: what the first stages have come to, to look at and to print. */
export function addRoles(program: Command, io: Io, does: Does): void {
  const readiness = program.command('readiness').description('the readiness of a site');
  common(readiness.command('report <case>'))
    .description('the self-check once it is revealed, the policies, the timeline as dates')
    .option('--as <ref>', asText)
    .action((id: string, options: CaseOptions) =>
      does(async () => (await import('./readiness.ts')).readinessReport(io, id, options)),
    );
  const role = program.command('role').description('a role as its team has defined it');
  common(role.command('matrix <case>'))
    .description('who stands where: elements by people')
    .option('--as <ref>', asText)
    .action((id: string, options: CaseOptions) =>
      does(async () => (await import('./role.ts')).roleMatrix(io, id, options)),
    );
  common(role.command('compare <case...>'))
    .description('the versions of several teams side by side')
    .option('--as <ref>', asText)
    .action((ids: readonly string[], options: CaseOptions) =>
      does(async () => (await import('./role.ts')).roleCompare(io, ids, options)),
    );
  common(role.command('description <case>'))
    .description('the description, generated from the adopted version, the duties and the pay record')
    .option('--as <ref>', asText)
    .option('--html', 'as a page to print; else Markdown')
    .option('--out <file>', 'to a new file; else to standard output')
    .option('--title <title>', 'the title the role is shown under; else the one of its kind')
    .action((id: string, options: DescriptionOptions) =>
      does(async () => (await import('./role.ts')).roleDescription(io, id, options)),
    );
  const opening = program.command('opening').description('an opening: what goes out of the house');
  common(opening.command('posting <case>'))
    .description('the posting, generated from the approved description, the pay record and the dates')
    .requiredOption('--as <ref>', 'who posts it: a person of HR, prs_…')
    .option('--out <file>', 'a new file, .md or .html; else on standard output')
    .option('--html', 'as a page to print; else Markdown')
    .option('--field <name=words...>', 'what the ledger does not know')
    .option('--fields <file>', 'JSON with what stands in all letters of the house')
    .action((id: string, options: PostingOptions) =>
      does(async () => (await import('./posting.ts')).postingCommand(io, id, options)),
    );
}

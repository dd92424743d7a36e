import type { Command } from 'commander';
import type { CaseOptions } from './case.ts';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { ConcernOptions } from './concern.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';
import type { DelegateOptions } from './people.ts';

/** `people delegate` and `people undelegate`: who answers while somebody is away. */
export function addStandIns(group: Command, io: Io, does: Does): void {
  common(group.command('delegate <ref>'))
    .description('names a stand-in for open and new items')
    .requiredOption('--to <ref>', 'who stands in')
    .option('--until <date>', 'until this day or instant')
    .action((ref: string, options: DelegateOptions) =>
      does(async () => (await import('./people.ts')).peopleDelegate(io, ref, options)),
    );
  common(group.command('undelegate <ref>'))
    .description('ends a standing-in now: what is open comes back')
    .action((ref: string, options: Common) =>
      does(async () => (await import('./people.ts')).peopleUndelegate(io, ref, options)),
    );
}

/** `report-concern` and `guarded` (X19). */
export function addConcerns(program: Command, io: Io, does: Does): void {
  common(program.command('report-concern <case>'))
    .description('reports what happened to you at work; only the office you choose reads it')
    .requiredOption('--as <ref>', 'who reports, for themselves')
    .requiredOption('--concern <code>', 'harassment, forced_disclosure or talked_about')
    .option('--to <office>', 'investigating_officer (if left out), accommodation_officer or leave_officer')
    .option('--against <ref>', 'who must not look into it')
    .option('--text <words>', 'what happened, in your own words; - is standard input')
    .option('--decision-id <id>', 'the same id again gets the first receipt')
    .option('--dry-run', 'only say what it would come to')
    .action((about: string, options: ConcernOptions) =>
      does(async () => (await import('./concern.ts')).reportConcern(io, about, options)),
    );
  common(program.command('guarded <person>'))
    .description('what a person may not be made to pay for, for an office that reports go to')
    .requiredOption('--as <ref>', 'an officer: each sees what was brought to their own office')
    .action((person: string, options: CaseOptions) =>
      does(async () => (await import('./concern.ts')).guardedCommand(io, person, options)),
    );
}

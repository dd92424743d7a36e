import type { Command } from 'commander';
import type { BackupOptions } from './backup.ts';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { Io } from './io.ts';
import type { RestoreOptions } from './restore.ts';

/** `backup` and `restore`: a copy of the house, and the way back. */
export function addCopies(program: Command, io: Io, does: Does): void {
  common(program.command('backup'))
    .description(
      'copies everything the organization has in its database, while it runs; the key is not in it',
    )
    .requiredOption('--to <folder>', 'a new folder, at best on another disk')
    .action((options: BackupOptions) => does(async () => (await import('./backup.ts')).backup(io, options)));
  common(program.command('restore <folder>'))
    .description(
      'puts a copy into an empty house and erases again what was erased since; 1 when it does not hold',
    )
    .option('--check', 'only try: into a database that is thrown away, proven there')
    .option('--key <file>', 'the master key; else that in the data folder')
    .option(
      '--erased <file>',
      'the list of what was erased, besides those at hand; none where it is lost for good',
    )
    .option('--pass-damaged', 'go on without lines of that list that cannot be read')
    .option('--anchors <path>', 'signed heads kept elsewhere; else those in the data folder')
    .option('--anchor-key <file>', 'the public key they were signed with; else that in the data folder')
    .action((folder: string, options: RestoreOptions) =>
      does(async () => (await import('./restore.ts')).restore(io, folder, options)),
    );
}

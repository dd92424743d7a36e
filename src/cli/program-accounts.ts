import type { Command } from 'commander';
import type { AccountAddOptions } from './account.ts';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';

/** `account …`: how people sign in to the console. */
export function addAccounts(program: Command, io: Io, does: Does): void {
  const group = program.command('account').description('how people sign in to the console');
  common(group.command('add <login>'))
    .description(
      'a login for a person, or a new passphrase for the one they have; they change it when they sign in',
    )
    .requiredOption('--person <ref>', 'whose login it is')
    .option('--password-file <path>', 'a file with the passphrase; else one is made and shown once')
    .action((login: string, options: AccountAddOptions) =>
      does(async () => (await import('./account.ts')).accountAdd(io, login, options)),
    );
  common(group.command('list'))
    .description('every login, and who came through the identity provider')
    .action((options: Common) => does(async () => (await import('./account.ts')).accountList(io, options)));
  common(group.command('remove <login>'))
    .description('takes a login away; whoever is signed in with it is signed out')
    .action((login: string, options: Common) =>
      does(async () => (await import('./account.ts')).accountRemove(io, login, options)),
    );
  common(group.command('sign-out <person>'))
    .description('ends the sessions, tokens and calendar address of a person; their way to sign in stays')
    .action((person: string, options: Common) =>
      does(async () => (await import('./account.ts')).accountSignOut(io, person, options)),
    );
  common(group.command('link <code>'))
    .description('says who came through the identity provider under this code')
    .requiredOption('--person <ref>', 'who it is')
    .action((code: string, options: AccountAddOptions) =>
      does(async () => (await import('./account.ts')).accountLink(io, code, options)),
    );
}

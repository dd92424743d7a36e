import type { Command } from 'commander';
import type { Exit } from './exit.ts';

/** Adds commands to a group; each gives its exit code. */
export type Does = (work: () => Promise<Exit>) => Promise<void>;

const homeText = 'the data folder (else PEER_HIRE_HOME, else ~/.local/share/peer-hire)';
export const sandboxText =
  'play in this folder, which is empty or holds this play, and keep it (else a throw-away one)';

/** Adds what every command has. */
export function common(command: Command, home = homeText): Command {
  return command
    .option('--json', 'print one JSON value on standard output and nothing else')
    .option('--home <dir>', home);
}

export const asText = 'read as this person; without it as the installation, which sees no people';

/** Adds what commands have that may also be asked of a server. */
export function anywhere(command: Command): Command {
  return common(command).option(
    '--server <url>',
    'ask this server, with the token of PEER_HIRE_TOKEN_FILE (else PEER_HIRE_SERVER, else this machine)',
  );
}

import type { Command } from 'commander';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { Io } from './io.ts';
import type { BouncedOptions, PreferOptions } from './mail.ts';
import type { Common } from './open.ts';

const collect = (value: string, list: readonly string[] = []): readonly string[] => [...list, value];

/** `mail …`: what becomes of messages. */
export function addMail(program: Command, io: Io, does: Does): void {
  const group = program.command('mail').description('messages: what a person wishes, and those given back');
  common(group.command('bounced <message-id>'))
    .description('a mail server gave this message back: its address is marked, and HR owes another way')
    .option('--soft', 'only for now, a full mailbox: it is tried again for a day')
    .option('--address <address>', 'the address the report names; else the person’s present one')
    .action((messageId: string, options: BouncedOptions) =>
      does(async () => (await import('./mail.ts')).mailBounced(io, messageId, options)),
    );
  common(group.command('good <ref>'))
    .description('a person’s address is good again')
    .action((ref: string, options: Common) =>
      does(async () => (await import('./mail.ts')).mailGood(io, ref, options)),
    );
  common(group.command('prefer'))
    .description('your own wishes: one list a day, and codes without mail; shows them when none is given')
    .requiredOption('--as <ref>', 'whose wishes')
    .option('--style <style>', 'immediate or digest')
    .option('--mute <code>', 'no mail about this code; may be repeated', collect)
    .option('--unmute <code>', 'mail about it again; may be repeated', collect)
    .action((options: PreferOptions) =>
      does(async () => (await import('./mail.ts')).mailPrefer(io, options)),
    );
}

import type { Command } from 'commander';
import type { AccessOptions } from './access.ts';
import type { CaseOptions } from './case.ts';
import { asText, common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { Io } from './io.ts';
import { addPolicyReading } from './program-hiring.ts';
import type { SettleOptions } from './text.ts';
import type { ApplyCalendarOptions, ApplyPolicyOptions } from './terms.ts';

/** `text …`. */
export function addText(program: Command, io: Io, does: Does): void {
  const group = program.command('text').description('free texts that were typed for decisions');
  common(group.command('show <ref>'))
    .description('one text, if you may read the row that names it; the reading is recorded')
    .option('--as <ref>', asText)
    .action((ref: string, options: CaseOptions) =>
      does(async () => (await import('./text.ts')).textShow(io, ref, options)),
    );
  common(group.command('redact <ref>'))
    .description('hides a text at once that does not belong where it stands; HR looks at it within a day')
    .requiredOption('--as <ref>', 'who hides it')
    .action((ref: string, options: CaseOptions) =>
      does(async () => (await import('./text.ts')).textRedact(io, ref, options)),
    );
  common(group.command('settle <ref>'))
    .description('what becomes of a hidden text; by HR, and not by whoever hid it')
    .requiredOption('--as <ref>', 'a person of HR')
    .requiredOption('--outcome <outcome>', 'deleted, vaulted or restored')
    .action((ref: string, options: SettleOptions) =>
      does(async () => (await import('./text.ts')).textSettle(io, ref, options)),
    );
}

/** `access …`. */
export function addAccess(program: Command, io: Io, does: Does): void {
  const group = program.command('access').description('who has read selection or confidential matters');
  common(group.command('list'))
    .description('every reading that showed something about you')
    .requiredOption('--about <ref>', 'the person concerned')
    .requiredOption('--as <ref>', 'who asks: the same person, nobody else may')
    .action((options: AccessOptions) =>
      does(async () => (await import('./access.ts')).accessList(io, options)),
    );
}

/** `policy …` and `calendar …`: new terms, for new cases and for the open ones that are told. */
export function addTerms(program: Command, io: Io, does: Does): void {
  const policy = program.command('policy').description('the numbers and ladders that cases stand under');
  addPolicyReading(policy, io, does);
  common(policy.command('apply <file>'))
    .description('puts a policy in force at a site: for new cases, and for open ones that are named')
    .option('--site <ref>', 'the site; may be left out where there is one')
    .option('--profile <file>', 'another jurisdiction: a file, or one that comes with the product')
    .option('--cases <id...>', 'open cases that adopt it; what was sent to them stays sent')
    .option('--all', 'every open case of the site adopts it')
    .action((file: string, options: ApplyPolicyOptions) =>
      does(async () => (await import('./terms.ts')).policyApply(io, file, options)),
    );
  const calendar = program.command('calendar').description('hours and holidays of a site');
  common(calendar.command('apply'))
    .description(
      'puts a calendar in force at a site, for new cases and every open one; due dates are computed anew',
    )
    .requiredOption('--holidays <file>', 'holiday rules: a file, or one that comes with the product')
    .option('--site <ref>', 'the site; may be left out where there is one')
    .option('--hours <from-to>', 'business hours; else as they are')
    .option('--workdays <days>', 'days of the week, Monday is 1; else as they are')
    .option('--last-year <year>', 'the last year it covers; else four years on, or as far as it goes now')
    .action((options: ApplyCalendarOptions) =>
      does(async () => (await import('./terms.ts')).calendarApply(io, options)),
    );
}

import type { Command } from 'commander';
import type { ArrangementOptions } from './arrangement.ts';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { GuardOptions } from './guard.ts';
import type { ImportOptions } from './import.ts';
import type { Io } from './io.ts';
import type { LetterOptions } from './letter.ts';
import type { Common } from './open.ts';
import type { ComparatorOptions, ShowPolicyOptions } from './policy.ts';
import type { ToolboxOptions } from './toolbox.ts';

const asWho = 'who does it: a person of HR, prs_…';

/** `guard` and `learn`: need no installation. */
function addReadingTools(program: Command, io: Io, does: Does): void {
  common(program.command('guard'))
    .description('what the guards say of texts: plain lines or JSON lines {id, text} on standard input')
    .requiredOption('--surface <surface>', 'question, duty, posting, template, employee_record, …')
    .option('--explain', 'in words for people')
    .option('--fix', 'the lines themselves, with they and their where the rule has one answer (L1)')
    .action((options: GuardOptions) =>
      does(async () => (await import('./guard.ts')).guardCommand(io, options)),
    );
  common(program.command('learn [topic]'))
    .description('what is often thought, what is so, what to do now: for a topic, a gate or a decision')
    .action((topic: string | undefined, options: Common) =>
      does(async () => (await import('./learn.ts')).learn(io, topic, options)),
    );
}

function addToolbox(program: Command, io: Io, does: Does): void {
  common(program.command('toolbox [drawer]'))
    .description(
      'items, duties, questions, the orientation, templates: what the product brings along to start from',
    )
    .option('--find <word>', 'only entries with this word')
    .option('--out <file>', 'a new file; else on standard output')
    .action((drawer: string | undefined, options: ToolboxOptions) =>
      does(async () => (await import('./toolbox.ts')).toolbox(io, drawer, options)),
    );
}

/** The commands around hiring: guards, cards, imported applications, letters. */
export function addHiring(program: Command, io: Io, does: Does): void {
  addReadingTools(program, io, does);
  addToolbox(program, io, does);
  common(program.command('import <file>'))
    .description('applications from a CSV file: all rows or none; the same file again adds nothing')
    .requiredOption('--opening <case>', 'the opening they are for')
    .requiredOption('--as <ref>', asWho)
    .option('--acknowledge <rule...>', 'codes of warnings that were read')
    .option('--dry-run', 'only say what each row would come to')
    .action((file: string, options: ImportOptions) =>
      does(async () => (await import('./import.ts')).importCommand(io, file, options)),
    );
  common(program.command('request-arrangement <case>'))
    .description('asks for a change that lets you apply or work; only its officer reads it')
    .requiredOption('--as <ref>', 'who asks, for themselves')
    .option('--text <words>', 'what would help, in your own words; - is standard input')
    .option('--decision-id <id>', 'the same id again gets the first receipt')
    .option('--dry-run', 'only say what it would come to')
    .action((about: string, options: ArrangementOptions) =>
      does(async () => (await import('./arrangement.ts')).requestArrangement(io, about, options)),
    );
  common(program.command('letter [kind]'))
    .description('a letter of a case as Markdown or printable HTML; without a kind, which letters there are')
    .option('--case <id>', 'the candidacy, the check, or the readiness of a site')
    .option('--as <ref>', 'who signs it')
    .option('--out <file>', 'a new file, .md or .html; else on standard output')
    .option('--html', 'as a page to print; else Markdown')
    .option('--field <name=words...>', 'what the ledger does not know')
    .option('--fields <file>', 'JSON with what stands in all letters of the house')
    .option('--section <name...>', 'an optional part that belongs into it')
    .action((kind: string | undefined, options: LetterOptions) =>
      does(async () => (await import('./letter.ts')).letterCommand(io, kind, options)),
    );
}

/** `policy show`, `policy diff` and `site comparator`, beside what those groups have. */
export function addPolicyReading(policy: Command, io: Io, does: Does): void {
  common(policy.command('show'))
    .description('every number with its source and day, as it holds under a profile')
    .option('--policy <file>', 'a file, or one that comes with the product', 'default')
    .option('--profile <file>', 'a jurisdiction: a file, or one that comes with the product')
    .option('--site <ref>', 'what is in force at a site, in place of the files')
    .action((options: ShowPolicyOptions) =>
      does(async () => (await import('./policy.ts')).policyShow(io, options)),
    );
  common(policy.command('diff <a> <b>'))
    .description('where two policies, or two profiles, differ')
    .action((a: string, b: string, options: Common) =>
      does(async () => (await import('./policy.ts')).policyDiff(io, a, b, options)),
    );
}

/** `site comparator`. */
export function addComparator(site: Command, io: Io, does: Does): void {
  common(site.command('comparator <ref>'))
    .description('what is the same for all staff of a site; with --file, HR enters it')
    .option('--file <file>', 'JSON with source, recorded and values')
    .option('--as <ref>', asWho)
    .option('--cases <id...>', 'open cases that adopt it')
    .option('--all', 'every open case of the site adopts it')
    .action((ref: string, options: ComparatorOptions) =>
      does(async () => (await import('./policy.ts')).siteComparator(io, ref, options)),
    );
}

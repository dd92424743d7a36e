import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { BoardOptions, WaitingOptions } from './board.ts';
import { anywhere, asText, common, sandboxText } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { CaseOptions, HistoryOptions, ShowOptions } from './case.ts';
import type { DemoOptions } from './demo.ts';
import type { DecideOptions } from './envelope.ts';
import { EXIT, tell } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import type { AnchorOptions, ExportCommandOptions, VerifyOptions } from './ledger.ts';
import type { Common } from './open.ts';
import type { AddPersonOptions, PeopleOptions } from './people.ts';
import { addAccounts } from './program-accounts.ts';
import { addAnswers, addForecast } from './program-answers.ts';
import { addCopies } from './program-copies.ts';
import { addComparator, addHiring } from './program-hiring.ts';
import { addConcerns, addStandIns } from './program-people.ts';
import { addMail } from './program-mail.ts';
import { addErase, addHolds, addRecords } from './program-records.ts';
import { addHistory, addPapers, addReports } from './program-reports.ts';
import { addRoles } from './program-roles.ts';
import { addAccess, addTerms, addText } from './program-terms.ts';
import type { RecoverOptions } from './recover.ts';
import type { AddSiteOptions } from './site.ts';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

function addReading(program: Command, io: Io, does: Does): void {
  anywhere(program.command('board'))
    .description('every case you may see, and whom it waits for')
    .option('--as <ref>', asText)
    .option('--kind <kind>', 'only cases of one kind')
    .option('--all', 'final cases too')
    .action((options: BoardOptions) => does(async () => (await import('./board.ts')).board(io, options)));
  anywhere(program.command('waiting'))
    .description('what waits: on whom, since when, due when, and what if nobody acts')
    .option('--mine <ref>', 'only what this person, or whom they stand in for, is asked')
    .option('--late', 'only what is past its due date')
    .option('--hires', 'a line for each hire: whom it waits for, how late, and the next step')
    .option('--as <ref>', asText)
    .action((options: WaitingOptions) =>
      does(async () => (await import('./board.ts')).waitingCommand(io, options)),
    );
}

function addCase(program: Command, io: Io, does: Does): void {
  const group = program.command('case').description('one case');
  anywhere(group.command('show <id>'))
    .description('where it stands, what it has published, what it waits for')
    .option('--as <ref>', asText)
    .option('--as-of <instant>', 'as it stood then: stage, gates, what was owed, who could read it')
    .action((id: string, options: ShowOptions) =>
      does(async () => (await import('./case.ts')).caseShow(io, id, options)),
    );
  anywhere(group.command('timeline <id>'))
    .description('what happened, and the dates ahead')
    .option('--as <ref>', asText)
    .action((id: string, options: CaseOptions) =>
      does(async () => (await import('./case.ts')).caseTimeline(io, id, options)),
    );
  anywhere(group.command('gates <id>'))
    .description('every gate, and what each still lacks')
    .option('--as <ref>', asText)
    .action((id: string, options: CaseOptions) =>
      does(async () => (await import('./case.ts')).caseGates(io, id, options)),
    );
  anywhere(group.command('history <id>'))
    .description('the rows of the ledger')
    .option('--as <ref>', asText)
    .option('--since <date>', 'from this day or instant on')
    .option('--actor <ref>', 'only what this actor did')
    .option('--kind <kind>', 'only events of this kind')
    .action((id: string, options: HistoryOptions) =>
      does(async () => (await import('./case.ts')).caseHistory(io, id, options)),
    );
  addPapers(group, io, does);
  addForecast(group, io, does);
  common(group.command('verify <id>').alias('proof'))
    .description('proves the ledger the case stands in: gates, facts, rights, chain')
    .action((id: string, options: Common) =>
      does(async () => (await import('./ledger.ts')).caseVerify(io, id, options)),
    );
}

function addLedger(program: Command, io: Io, does: Does): void {
  const group = program.command('ledger').description('the record of every decision');
  common(group.command('verify [file]'))
    .description('proves the ledger, or an export of it without any server; 1 when something is wrong')
    .option('--anchors <path>', 'a signed head, or a folder of them, kept outside the database')
    .option('--anchor-key <file>', 'the public key they were signed with')
    .action((file: string | undefined, options: VerifyOptions) =>
      does(async () => (await import('./ledger.ts')).ledgerVerify(io, file, options)),
    );
  common(group.command('export'))
    .description('JSON lines of the whole ledger: no texts, no names, no keys')
    .option('--out <file>', 'to a new file; else to standard output')
    .option('--case <id>', 'only one case: proves less')
    .action((options: ExportCommandOptions) =>
      does(async () => (await import('./ledger.ts')).ledgerExport(io, options)),
    );
  common(group.command('as-of <case> <instant>'))
    .description('a case as it stood: stage, gates, what was owed, who could read it')
    .option('--as <ref>', asText)
    .action((id: string, at: string, options: CaseOptions) =>
      does(async () => (await import('./case.ts')).caseAsOf(io, id, at, options)),
    );
  common(group.command('anchor'))
    .description('writes a signed head outside the database')
    .option('--key <file>', 'the signing key; made when it is not there')
    .option('--to <dir>', 'the folder of the signed heads')
    .action((options: AnchorOptions) =>
      does(async () => (await import('./ledger.ts')).ledgerAnchor(io, options)),
    );
}

function addDecide(program: Command, io: Io, does: Does): void {
  anywhere(program.command('decide'))
    .description('asks a case to decide: a command as JSON (standard input or --file) or by flags')
    .option('--file <path>', 'read the command from a file; - is standard input')
    .option('--case <id>', 'the case')
    .option('--new <kind>', 'begin a case of this kind, under a new id')
    .option('--type <command>', 'the command, e.g. open')
    .option('--actor <ref>', 'who decides')
    .option('--behalf-of <ref>', 'for whom they stand in')
    .option('--payload <json>', 'what the command says, as a JSON object')
    .option('--decision-id <id>', 'the same id again gets the first receipt')
    .option('--acknowledge <rule>', 'the code of a warning that was read; may be repeated', collect)
    .option('--about <subject@version>', 'the version that was seen; another one is stale')
    .option('--text <field=words>', 'a free text; it is sealed and its ref put in place', collect)
    .option('--text-about <ref>', 'the person the texts are about; else the actor')
    .option('--dry-run', 'only say what it would come to')
    .action((options: DecideOptions) =>
      does(async () => (await import('./decide.ts')).decideCommand(io, options)),
    );
}

function addPeople(program: Command, io: Io, does: Does): void {
  const group = program.command('people').description('the directory and who is what');
  common(group.command('list'))
    .option('--as <ref>', asText)
    .description('everybody, by ref; names where you may see them')
    .action((options: PeopleOptions) =>
      does(async () => (await import('./people.ts')).peopleList(io, options)),
    );
  common(group.command('add'))
    .description('adds a person; their name and addresses are sealed under a key of their own')
    .requiredOption('--name <name>', 'the name they go by')
    .option('--email <address>')
    .option('--phone <number>')
    .option('--zone <zone>', 'their time zone, if it is not the site’s')
    .option('--channel <channel>', 'mail, phone or letter')
    .option('--ref <ref>', 'a ref of your own choice: prs_ and 26 small letters or digits')
    .option('--capacity <capacity[@scope]>', 'what they are, and where; may be repeated', collect)
    .action((options: AddPersonOptions) =>
      does(async () => (await import('./people.ts')).peopleAdd(io, options)),
    );
  common(group.command('assign <ref> <capacity...>'))
    .description('gives a person capacities: capacity[@site, organization or case]')
    .action((ref: string, words: readonly string[], options: Common) =>
      does(async () => (await import('./people.ts')).peopleAssign(io, ref, words, options, false)),
    );
  common(group.command('unassign <ref> <capacity...>'))
    .description('ends capacities from now on')
    .action((ref: string, words: readonly string[], options: Common) =>
      does(async () => (await import('./people.ts')).peopleAssign(io, ref, words, options, true)),
    );
  addStandIns(group, io, does);
  addErase(group, io, does);
}

function addSite(program: Command, io: Io, does: Does): void {
  const group = program.command('site').description('places of work');
  addComparator(group, io, does);
  common(group.command('list'))
    .description('all sites')
    .action((options: Common) => does(async () => (await import('./site.ts')).siteList(io, options)));
  common(group.command('add <name>'))
    .description('adds a site with its hours, holidays, policy and jurisdiction')
    .requiredOption('--zone <zone>', 'IANA time zone, e.g. America/New_York')
    .option('--hours <from-to>', 'business hours', '09:00-17:00')
    .option('--workdays <days>', 'days of the week, Monday is 1', '1,2,3,4,5')
    .option('--holidays <file>', 'holiday rules: a file, or one that comes with the product', 'us-federal')
    .option('--policy <file>', 'policy: a file, or one that comes with the product', 'default')
    .option('--profile <file>', 'jurisdiction: a file, or one that comes with the product', 'generic')
    .option('--comparator <file>', 'what is the same for all staff: source, recorded, values')
    .option('--ref <ref>', 'a ref of your own choice: site_ and 26 small letters or digits')
    .action((name: string, options: AddSiteOptions) =>
      does(async () => (await import('./site.ts')).siteAdd(io, name, options)),
    );
}

function addRunning(program: Command, io: Io, does: Does): void {
  common(program.command('start'))
    .description('starts everything in the data folder and stays up until it is stopped')
    .action((options: Common) => does(async () => (await import('./start.ts')).start(io, options)));
  common(program.command('demo'), sandboxText)
    .description(
      'plays twelve people over all stages on real servers in a throw-away folder, and stays up; 1 as for play',
    )
    .option('--exit', 'play, print and leave')
    .action((options: DemoOptions) => does(async () => (await import('./demo.ts')).demo(io, options)));
  common(program.command('play <scenario>'), sandboxText)
    .description('plays a scenario in a throw-away sandbox; 1 when something came otherwise than listed')
    .action((given: string, options: Common) =>
      does(async () => (await import('./play.ts')).playCommand(io, given, options)),
    );
  common(program.command('doctor'))
    .description('what is in use, what it promises, and what is wrong')
    .action((options: Common) => does(async () => (await import('./doctor.ts')).doctor(io, options)));
  const back = program.command('recover').description('after a loss: the ledger wins');
  common(back.command('temporal'))
    .description('gives every open case its run again')
    .action((options: Common) =>
      does(async () => (await import('./recover.ts')).recover(io, 'temporal', options)),
    );
  common(back.command('db'))
    .description('after the database was restored from an older copy; heads signed since are named as lost')
    .option('--anchors <path>', 'signed heads kept elsewhere; else those in the data folder')
    .option('--anchor-key <file>', 'the public key they were signed with; else that in the data folder')
    .action((options: RecoverOptions) =>
      does(async () => (await import('./recover.ts')).recover(io, 'db', options)),
    );
  const clock = program.command('clock').description('the clock of a sandbox');
  common(clock.command('advance <to>'))
    .description('to a day, an instant, or by a span such as 10d or 36h (sandbox only)')
    .action((to: string, options: Common) =>
      does(async () => (await import('./clock.ts')).clockAdvance(io, to, options)),
    );
}

/** As `package.json` beside the build says it. */
function versionText(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Builds the whole command line. @param done takes the exit code of the command that ran */
export function programFor(io: Io, argv: readonly string[], done: (exit: Exit) => void): Command {
  const program = new Command('peer-hire');
  const json = argv.includes('--json');
  const does: Does = async (work) => {
    try {
      done(await work());
    } catch (error) {
      done(tell(io, json, error));
    }
  };
  program
    .description('carries a hire into a peer support role, from readiness to years of employment')
    .version(versionText(), '--version', 'which build this is')
    .showHelpAfterError('(add --help for what is possible)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 not as it must be (ledger verify, restore, demo, play), 2 refused, 3 not confirmed, 4 unavailable,\n64 wrong usage, 70 something failed inside, 130 stopped before it was through.',
    );
  addRunning(program, io, does);
  addCopies(program, io, does);
  addReading(program, io, does);
  addCase(program, io, does);
  addAnswers(program, io, does);
  addDecide(program, io, does);
  addLedger(program, io, does);
  addPeople(program, io, does);
  addSite(program, io, does);
  addHiring(program, io, does);
  addTerms(program, io, does);
  addText(program, io, does);
  addAccess(program, io, does);
  addHolds(program, io, does);
  addConcerns(program, io, does);
  addRecords(program, io, does);
  addMail(program, io, does);
  addAccounts(program, io, does);
  addRoles(program, io, does);
  addReports(program, io, does);
  addHistory(program, io, does);
  settle(program, io, json);
  return program;
}

/** Commander must neither end the process nor write past `io`, in any subcommand; with `--json` it stays silent. */
function settle(command: Command, io: Io, json: boolean): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.out(text.trimEnd()),
    writeErr: (text) => {
      if (!json) io.err(text.trimEnd());
    },
  });
  for (const sub of command.commands) settle(sub, io, json);
}

/** Runs a command line. @returns its exit code */
export async function run(io: Io, argv: readonly string[]): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = programFor(io, argv, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return tell(io, argv.includes('--json'), error);
    if (error.exitCode === 0) return EXIT.done;
    if (argv.includes('--json'))
      io.out(JSON.stringify({ error: { code: 'usage', message: error.message.replace(/^error: /, '') } }));
    return EXIT.usage;
  }
  return exit;
}

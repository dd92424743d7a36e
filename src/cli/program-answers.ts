import type { Command } from 'commander';
import type { AdoptOptions, AgendaOptions, CheckinOptions, ReviewOptions } from './answers.ts';
import { asText, common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type { ForecastOptions } from './forecast.ts';
import type { PersonalOptions } from './inbox.ts';
import type { Io } from './io.ts';
import type { DelegateOptions } from './people.ts';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** `case forecast`: what will be asked of whom and when. */
export function addForecast(group: Command, io: Io, does: Does): void {
  common(group.command('forecast <id>'))
    .description('what will be asked of whom and when, in the case and in what it starts: by the rules alone')
    .requiredOption('--days <n>', 'so many days ahead')
    .option('--if-silent', 'if nobody does anything (this is meant when neither is said)')
    .option('--if-on-time', 'if everybody does what they owe on its day')
    .option('--as <ref>', asText)
    .action((id: string, options: ForecastOptions) =>
      does(async () => (await import('./forecast.ts')).caseForecast(io, id, options)),
    );
}

/** What every answer of one command takes. */
const personal = (command: Command): Command => common(command).requiredOption('--as <ref>', 'who you are');
const answering = (command: Command): Command =>
  personal(command)
    .option('--behalf-of <ref>', 'for whom you stand in')
    .option('--decision-id <id>', 'the same id again gets the first receipt')
    .option('--acknowledge <rule>', 'the code of a warning that was read; may be repeated', collect)
    .option('--dry-run', 'only say what it would come to');

function addCheckin(program: Command, io: Io, does: Does): void {
  answering(program.command('checkin <employment>'))
    .description('a supervision session: the supervisor writes it down, the employee says whether they agree')
    .option('--session <day>', 'which one; else the one that waits for you')
    .option('--outcome <outcome>', 'held, missed_supervisor or missed_employee', 'held')
    .option('--on <day>', 'the day it was held, if it was another one')
    .option('--minutes <n>', 'how long', '60')
    .option('--mode <mode>', 'in_person, video or phone', 'in_person')
    .option('--topic <topic>', 'what it was about, by code; may be repeated', collect)
    .option('--action <code:owner:day>', 'what was agreed; may be repeated', collect)
    .option('--note <words>', 'a line about the work; it is sealed, and a guard reads it first')
    .option('--agrees', 'the line about me is right')
    .option('--differs', 'I see it differently')
    .option('--comment <words>', 'your own words beside the line')
    .action((id: string, options: CheckinOptions) =>
      does(async () => (await import('./answers.ts')).checkin(io, id, options)),
    );
  const agenda = program.command('agenda').description('what the two want to talk about in the next session');
  answering(agenda.command('add <employment>'))
    .description('puts topics down; they stay until they were talked about')
    .requiredOption('--topic <topic>', 'a topic of supervision, by code; may be repeated', collect)
    .action((id: string, options: AgendaOptions) =>
      does(async () => (await import('./answers.ts')).agendaAdd(io, id, options)),
    );
}

function addReview(program: Command, io: Io, does: Does): void {
  answering(program.command('review <case>'))
    .description('one answer in a review, by whoever is asked for it')
    .option('--colleague <ref>', 'the supervisor names a colleague; may be repeated', collect)
    .option('--self <words>', 'the employee shares their own view')
    .option('--feedback <words>', 'a colleague shares theirs')
    .option('--draft <file>', 'the supervisor’s draft, as JSON')
    .option('--share', 'the draft is open to the employee from now on')
    .option('--held <day>', 'the talk took place on this day')
    .option('--goals <state>', 'with --held: on_track, adjusted, reached or dropped')
    .option('--sign <response>', 'signed, signed_with_comment, disputed or refused')
    .option('--comment <words>', 'with --sign: your own words')
    .action((id: string, options: ReviewOptions) =>
      does(async () => (await import('./answers.ts')).review(io, id, options)),
    );
}

function addAdopt(program: Command, io: Io, does: Does): void {
  answering(program.command('adopt'))
    .description(
      'enters an employment that began elsewhere: the gates before it stay “not witnessed” for ever',
    )
    .requiredOption('--site <ref>', 'where they work')
    .requiredOption('--person <ref>', 'who it is')
    .requiredOption('--role <case>', 'their role, as it is described here')
    .requiredOption('--day-one <day>', 'their first day, where it began')
    .requiredOption('--supervisor <ref>', 'who supervises them')
    .option('--second <ref>', 'a second supervisor, in turns')
    .requiredOption('--manager <ref>', 'the supervisor’s manager')
    .requiredOption('--credential <status@day>', 'verified or in_progress_with_deadline, and until when')
    .requiredOption('--exclusion-checked <day>', 'the day of the last register search')
    .option('--trained <day>', 'when the supervisor was trained, where it is not on record here')
    .option('--second-trained <day>', 'the same for the second supervisor')
    .option('--weeks <n>', 'weeks between sessions, as it was kept so far', '1')
    .action((options: AdoptOptions) => does(async () => (await import('./answers.ts')).adopt(io, options)));
}

/** What one person is asked, and the commands that answer it. */
export function addAnswers(program: Command, io: Io, does: Does): void {
  personal(program.command('inbox'))
    .description('what is asked of you and of whom you stand in for, soonest due first')
    .action((options: PersonalOptions) =>
      does(async () => (await import('./inbox.ts')).inboxCommand(io, options)),
    );
  personal(program.command('brief <employment>'))
    .description('one page before a supervision session')
    .action((id: string, options: PersonalOptions) =>
      does(async () => (await import('./inbox.ts')).briefCommand(io, id, options)),
    );
  addCheckin(program, io, does);
  addReview(program, io, does);
  personal(program.command('delegate'))
    .description('names who stands in for you, for open and new items, until a day')
    .requiredOption('--to <ref>', 'who stands in')
    .requiredOption('--until <day>', 'until this day or instant')
    .action((options: DelegateOptions & PersonalOptions) =>
      does(async () => (await import('./people.ts')).peopleDelegate(io, options.as, options)),
    );
  addAdopt(program, io, does);
}

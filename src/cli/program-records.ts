import type { Command } from 'commander';
import type { CaseOptions } from './case.ts';
import { common } from './command-group.ts';
import type { Does } from './command-group.ts';
import type {
  HoldListOptions,
  HoldOffOptions,
  HoldOnOptions,
  HoldOptions,
  HoldReviewOptions,
} from './hold.ts';
import type { Io } from './io.ts';

const officer = 'who does it: compliance, the privacy officer or the HR director';
const keeper = 'who does it: the privacy officer or the HR director';
const again = 'the same id again gets the first receipt';

function addLifting(group: Command, io: Io, does: Does): void {
  common(group.command('off <clock>'))
    .description('lifts a hold: one person proposes it with reason and day, another confirms')
    .requiredOption('--as <ref>', officer)
    .option('--reason <reason>', 'final_disposition, settled, withdrawn or set_in_error')
    .option('--date <day>', 'the day it was over')
    .option('--confirm', 'confirms what somebody else proposed')
    .option('--decision-id <id>', again)
    .action((clock: string, options: HoldOffOptions) =>
      does(async () => (await import('./hold.ts')).holdOff(io, clock, options)),
    );
  common(group.command('keep <clock>'))
    .description('does not follow a proposal to lift it: it stands as before')
    .requiredOption('--as <ref>', officer)
    .option('--decision-id <id>', again)
    .action((clock: string, options: HoldOptions) =>
      does(async () => (await import('./hold.ts')).holdKeep(io, clock, options)),
    );
}

/** `hold …` (X29). */
export function addHolds(program: Command, io: Io, does: Does): void {
  const group = program
    .command('hold')
    .description('legal holds: while one stands nothing under it is purged, erased or deleted');
  common(group.command('on <subject>'))
    .description('sets a hold on a case or a person, at once; a second person confirms it')
    .requiredOption('--as <ref>', officer)
    .requiredOption('--reason <reason>', 'charge, suit, inquiry or audit')
    .requiredOption('--date <day>', 'the day of it')
    .requiredOption('--review <day>', 'when it is looked at again')
    .option('--site <ref>', 'where it is looked after; for a person where there are several sites')
    .option('--decision-id <id>', again)
    .action((subject: string, options: HoldOnOptions) =>
      does(async () => (await import('./hold.ts')).holdOn(io, subject, options)),
    );
  common(group.command('confirm <clock>'))
    .description('the second person’s word that a hold is rightly set')
    .requiredOption('--as <ref>', officer)
    .option('--decision-id <id>', again)
    .action((clock: string, options: HoldOptions) =>
      does(async () => (await import('./hold.ts')).holdConfirm(io, clock, options)),
    );
  common(group.command('review <clock>'))
    .description('looked at, still needed, and looked at again on that day')
    .requiredOption('--as <ref>', officer)
    .requiredOption('--until <day>', 'the next look')
    .option('--decision-id <id>', again)
    .action((clock: string, options: HoldReviewOptions) =>
      does(async () => (await import('./hold.ts')).holdReview(io, clock, options)),
    );
  addLifting(group, io, does);
  common(group.command('list'))
    .description('every hold that stands; the reading is recorded')
    .requiredOption('--as <ref>', officer)
    .option('--lifted', 'those that were lifted instead, with the two who lifted each')
    .action((options: HoldListOptions) =>
      does(async () => (await import('./hold.ts')).holdList(io, options)),
    );
}

/** `records …`: how long what is over is kept. */
export function addRecords(program: Command, io: Io, does: Does): void {
  const group = program.command('records').description('how long the records of what is over are kept');
  common(group.command('list'))
    .description('cases that are over, until when their texts are kept, and what a hold keeps')
    .requiredOption('--as <ref>', keeper)
    .action((options: CaseOptions) =>
      does(async () => (await import('./records.ts')).recordsList(io, options)),
    );
  common(group.command('purge'))
    .description('deletes the texts of records whose day has come; what is held is passed over and named')
    .requiredOption('--as <ref>', keeper)
    .action((options: CaseOptions) =>
      does(async () => (await import('./records.ts')).recordsPurge(io, options)),
    );
}

/** `people erase`. */
export function addErase(people: Command, io: Io, does: Does): void {
  common(people.command('erase <ref>'))
    .description('destroys a person’s key: name, addresses and texts are gone for good, the ref stays')
    .requiredOption('--as <ref>', keeper)
    .action((ref: string, options: CaseOptions) =>
      does(async () => (await import('./records.ts')).peopleErase(io, ref, options)),
    );
}

import { askHolds, askLiftedHolds } from '../client/ask-holds.ts';
import type { LiftedHold, ShownHold } from '../client/ask-holds.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { decideCommand } from './decide.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Opened } from './open.ts';

export interface HoldOptions extends CaseOptions {
  readonly decisionId?: string | undefined;
}
export interface HoldOnOptions extends HoldOptions {
  readonly reason: string;
  readonly date: string;
  readonly review: string;
  readonly site?: string | undefined;
}
export interface HoldOffOptions extends HoldOptions {
  readonly reason?: string | undefined;
  readonly date?: string | undefined;
  readonly confirm?: boolean | undefined;
}
export interface HoldReviewOptions extends HoldOptions {
  readonly until: string;
}

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

/** The site of the case that is held; of a person the site named, or the only one. */
async function siteOf(opened: Opened, subject: string, given: string | undefined): Promise<string> {
  const { pool, org } = opened.office;
  const found = await pool.query<{ site: string }>(
    'select site from cases where org = $1 and case_id = $2 union all select ref from sites where org = $1 and ref = $3',
    [org, subject, given ?? ''],
  );
  if (found.rows[0] !== undefined) return found.rows[0].site;
  const known = await pool.query('select 1 from persons where org = $1 and ref = $2', [org, subject]);
  if (known.rows.length === 0)
    throw new Stop(EXIT.refused, 'unknown_subject', `${subject.slice(0, 80)} is no case and no person here.`);
  const { rows } = await pool.query<{ ref: string }>('select ref from sites where org = $1 order by ref', [
    org,
  ]);
  if (rows.length === 1 && rows[0] !== undefined && given === undefined) return rows[0].ref;
  throw usage(`Say with --site where it is looked after: ${rows.map((row) => row.ref).join(', ')}.`);
}

const lean = ({ json, home, decisionId }: HoldOptions) => ({ json, home, decisionId });

/** A command to the clock of a hold. */
function ask(io: Io, clock: string, type: string, payload: object, options: HoldOptions): Promise<Exit> {
  const actor = asOf(options.as);
  return decideCommand(io, { ...lean(options), case: clock, type, actor, payload: JSON.stringify(payload) });
}

/** `hold on` (X29): in force at once; a second person is asked to confirm it. */
export async function holdOn(io: Io, subject: string, options: HoldOnOptions): Promise<Exit> {
  const site = await within(options, io.env, (opened) => siteOf(opened, subject, options.site));
  const { reason, date: on, review } = options;
  const payload = JSON.stringify({ site, subject, reason, on, review });
  const actor = asOf(options.as);
  return decideCommand(io, { ...lean(options), new: 'clock', type: 'hold_on', actor, payload });
}

/** `hold confirm`: the second person's word that it is rightly set. */
export const holdConfirm = (io: Io, clock: string, options: HoldOptions): Promise<Exit> =>
  ask(io, clock, 'confirm_hold', {}, options);

/** `hold review`: looked at, still needed. */
export const holdReview = (io: Io, clock: string, options: HoldReviewOptions): Promise<Exit> =>
  ask(io, clock, 'review_hold', { review: options.until }, options);

/** `hold keep`: a proposal to lift it is not followed. */
export const holdKeep = (io: Io, clock: string, options: HoldOptions): Promise<Exit> =>
  ask(io, clock, 'keep_hold', {}, options);

/** `hold off`: proposed by one person with a reason and a day, confirmed by another with `--confirm`. */
export async function holdOff(io: Io, clock: string, options: HoldOffOptions): Promise<Exit> {
  const { reason, date: on, confirm } = options;
  if (confirm === true) {
    if (reason !== undefined || on !== undefined)
      throw usage('--confirm takes neither --reason nor --date: they stand in the proposal.');
    return ask(io, clock, 'confirm_hold_off', {}, options);
  }
  if (reason === undefined || on === undefined)
    throw usage('Say why and since when it is over (--reason, --date), or --confirm what another proposed.');
  return ask(io, clock, 'propose_hold_off', { reason, on }, options);
}

function holdText(one: ShownHold): string {
  const second = one.confirmed ? '' : ' · waits for a second person';
  const lifting =
    one.lifting === null
      ? ''
      : ` · to be lifted: ${one.lifting.reason} on ${one.lifting.on}, proposed by ${one.lifting.by}`;
  return `${one.clock} · ${one.subject} · ${one.reason} of ${one.on} · looked after by ${one.owner}, again by ${one.review}${second}${lifting}`;
}

function liftedText({ clock, subject, reason, on, lifted }: LiftedHold): string {
  const { proposedBy, confirmedBy, position } = lifted;
  return `${clock} · ${subject} · ${reason} of ${on} · lifted: ${lifted.reason} on ${lifted.on}, proposed by ${proposedBy}, confirmed by ${confirmedBy} [row ${position}]`;
}

export interface HoldListOptions extends CaseOptions {
  readonly lifted?: boolean | undefined;
}

/** `hold list`: every hold that stands, or with `--lifted` every one that stood, for those who look after holds. */
export async function holdList(io: Io, options: HoldListOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    if (options.lifted === true) {
      const over = await askLiftedHolds(office, asOf(options.as));
      if (options.json === true) io.out(JSON.stringify({ holds: over }));
      else if (over.length === 0) io.out('No legal hold was lifted.');
      else for (const one of over) io.out(liftedText(one));
      return EXIT.done;
    }
    const list = await askHolds(office, asOf(options.as));
    if (options.json === true) io.out(JSON.stringify({ holds: list }));
    else if (list.length === 0) io.out('No legal hold stands.');
    else for (const one of list) io.out(holdText(one));
    return EXIT.done;
  });
}

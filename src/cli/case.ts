import { askAsOf } from '../client/ask-as-of.ts';
import type { ShownThen } from '../client/ask-as-of.ts';
import type { Why } from '../domain/kernel/why.ts';
import { askCase } from '../client/ask-cases.ts';
import type { ShownCase } from '../client/ask-cases.ts';
import { rulesTaken } from '../client/acknowledged.ts';
import type { Acknowledged } from '../client/acknowledged.ts';
import { askGates } from '../client/ask-gates.ts';
import { askRetention } from '../client/ask-retention.ts';
import type { Forecast } from '../client/ask-retention.ts';
import type { GateNow } from '../client/ask-gates.ts';
import { askHistory, askTimeline } from '../client/ask-history.ts';
import type { Happened, Recipient } from '../client/ask-history.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import { checkKind } from '../client/known-kinds.ts';
import { asOf, waitingText } from './board.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { beginsAt, endsAt, typedFrom, zoneFor } from './moments.ts';
import { within } from './open.ts';
import { ofServer, readAnywhere, serverOf } from './remote.ts';
import type { Anywhere } from './remote.ts';
import { learnLine, missingText, when, whoText } from './sentences.ts';
import { doingHere } from './doing.ts';

export type CaseOptions = Anywhere;

function shownText(io: Io, shown: ShownCase): string {
  const facts =
    shown.facts === null
      ? ['Published facts: not for this reader.']
      : shown.facts.map((fact) => `  ${fact.kind} ${fact.subject} = ${fact.value}`);
  return [
    styled(io, 'bold', `${shown.case} (${shown.kind})`),
    `Site: ${shown.siteName} (${shown.zone})`,
    `Stage: ${shown.stage} · ${shown.status}${shown.sequence === null ? '' : ` · sequence ${shown.sequence}`}`,
    `Opened ${when(shown.openedAt, shown.zone)}${shown.movedAt === null ? '' : ` · moved last ${when(shown.movedAt, shown.zone)}`}`,
    ...(shown.facts !== null && shown.facts.length > 0 ? ['Published facts:'] : []),
    ...facts,
    shown.waiting.length === 0 ? 'Nothing is owed here.' : 'Open:',
    ...(shown.waiting.length === 0 ? [] : [waitingText(io, shown.waiting)]),
  ].join('\n');
}

function retentionLine(retention: Forecast | null): readonly string[] {
  if (retention === null) return [];
  const { from, purge } = retention;
  return [`Records may be purged from ${purge} (forecast, counted from ${from}; a legal hold goes first)`];
}

export interface ShowOptions extends CaseOptions {
  readonly asOf?: string | undefined;
}

type Shown = Awaited<ReturnType<typeof askCase>>;

/** `case show`, now or as it stood. */
export async function caseShow(io: Io, id: string, options: ShowOptions): Promise<Exit> {
  if (options.asOf !== undefined) return caseAsOf(io, id, options.asOf, options);
  const read = async (): Promise<{ now: number; shown: ShownCase; retention: Forecast | null }> => {
    const server = serverOf(options, io);
    if (server !== null) return { retention: null, ...(await ofServer<Shown>(io, server, `/cases/${id}`)) };
    return within(options, io.env, async ({ office }) => {
      const asked = await askCase(office, asOf(options.as), id);
      // Whoever may not see what the case published does not learn when its records end either.
      return { ...asked, retention: asked.shown.facts === null ? null : await askRetention(office, id) };
    });
  };
  const { now, shown, retention } = await read();
  if (options.json === true) io.out(JSON.stringify({ now, ...shown, retention }));
  else io.out([shownText(io, shown), ...retentionLine(retention)].join('\n'));
  return EXIT.done;
}

/** By name where the reader may see it; who held a capacity then is not looked up now. */
function recipientText({ owner, name }: Recipient): string {
  const [capacity = owner, place] = owner.split('@');
  return name ?? (place === undefined ? owner : `whoever was ${capacity.replaceAll('_', ' ')}`);
}

/** The code in an event that says what it is about: which prompt, which rule. */
function detailOf(one: Happened): string {
  const { code, rung, rule } = (one.body ?? {}) as Record<string, unknown>;
  if (one.kind === 'prompted')
    return ` ${String(code)} ${String(rung)} to ${one.to.map(recipientText).join(', ')}`;
  if (one.kind === 'warning_acknowledged') return ` ${String(rule)}`;
  const taken = rulesTaken(one);
  if (taken.length > 0) return ` (a text was let stand against ${taken.join(', ')})`;
  return one.kind === 'answered_late' ? ` ${String(code)}` : '';
}

export function actorText(one: Happened): string {
  const actor = one.actorName ?? one.actor ?? '';
  if (actor.startsWith('policy:')) return 'policy';
  return one.capacity === '' || one.capacity === null
    ? actor
    : `${actor} (${one.capacity.replaceAll('_', ' ')})`;
}

export function pastCells(one: Happened, zone: string): readonly string[] {
  const what = one.masked
    ? `${one.kind ?? 'not for this reader'} (masked)`
    : `${one.kind ?? ''}${detailOf(one)}`;
  return [String(one.sequence ?? ''), when(one.at, zone), what, actorText(one)];
}

/** What is ahead at an instant: how it comes, what it is about, and whom it asks. */
interface Ahead {
  readonly at: number;
  readonly zone: string;
  readonly what: readonly [how: string, about: string, who: string];
}

function aheadOf(one: Waiting): readonly Ahead[] {
  const { why, who, zone } = one;
  if (why.masked || who === null) return [{ at: why.due, zone, what: ['due', 'waiting for HR', ''] }];
  const due: Ahead = { at: why.due, zone, what: ['due', doingHere(why), whoText(who)] };
  if (why.rung === null) return [due];
  const to = one.nextTo.map(whoText).join(', ');
  const how = to === '' ? 'policy acts' : 'next prompt';
  return [{ at: why.rung.at, zone, what: [how, doingHere(why), to] }, due];
}

/** Dates ahead in the order of time; of one instant in the order of what is owed. */
export function aheadRows(list: readonly Waiting[]): readonly Ahead[] {
  return list.flatMap(aheadOf).toSorted((a, b) => a.at - b.at);
}

/** A hire's timeline as text: what was, and what is ahead. */
export function timelineText(
  io: Io,
  line: { readonly zone: string; readonly past: readonly Happened[]; readonly ahead: readonly Waiting[] },
): string {
  const past = line.past.map((one) => pastCells(one, line.zone));
  // Who may not know what else a case holds sees no numbers: a gap would count it.
  const numbered = line.past.some((one) => one.sequence !== null);
  const head = ['#', 'when', 'what', 'who'];
  const ahead = aheadRows(line.ahead).map(({ at, zone, what }) => [when(at, zone), ...what]);
  return [
    styled(io, 'bold', 'What happened'),
    numbered
      ? table(io, head, past)
      : table(
          io,
          head.slice(1),
          past.map((cells) => cells.slice(1)),
        ),
    styled(io, 'bold', 'What is ahead'),
    ahead.length === 0 ? 'Nothing is owed.' : table(io, ['when', '', 'what', 'who'], ahead),
  ].join('\n');
}

/** `case timeline`. */
export async function caseTimeline(io: Io, id: string, options: CaseOptions): Promise<Exit> {
  const line = await readAnywhere(
    io,
    options,
    ({ office }) => askTimeline(office, asOf(options.as), id),
    `/cases/${id}/timeline`,
  );
  io.out(options.json === true ? JSON.stringify({ case: id, ...line }) : timelineText(io, line));
  return EXIT.done;
}

/** A warning that was read and let stand with what a gate guards. */
function acknowledgedText({ rules, about, actor, actorName, position }: Acknowledged): string {
  const of = about === null ? '' : ` about ${about}`;
  return `  - warning ${rules.join(', ')}${of} acknowledged by ${actorName ?? actor ?? 'somebody not named here'} [row ${position}]`;
}

/** The gate ladder of a case as text. */
export function gatesText(io: Io, list: readonly GateNow[]): string {
  if (list.length === 0) return 'This case has no gates.';
  return list
    .flatMap((one) => {
      if (one.notWitnessed === true)
        return [
          `${styled(io, 'bold', one.gate)} ${styled(io, 'yellow', 'not witnessed')}  (before it came here)`,
        ];
      const state = one.passed ? 'passed' : one.holds ? 'holds' : `lacks ${one.missing.length}`;
      const color = one.passed || one.holds ? 'green' : 'yellow';
      const head = `${styled(io, 'bold', one.gate)} ${styled(io, color, state)}  (before: ${one.guards.join(', ')})`;
      const stands = one.acknowledged.map(acknowledgedText);
      if (one.passed || one.missing.length === 0) return [head, ...stands];
      return [
        head,
        ...stands,
        ...one.missing.map((item) => `  - ${missingText(item)}`),
        ...learnLine(one.gate).map((line) => `  ${line}`),
      ];
    })
    .join('\n');
}

/** `case gates`. */
export async function caseGates(io: Io, id: string, options: CaseOptions): Promise<Exit> {
  const { now, list } = await readAnywhere(
    io,
    options,
    ({ office }) => askGates(office, asOf(options.as), id),
    `/cases/${id}/gates`,
  );
  io.out(options.json === true ? JSON.stringify({ case: id, now, gates: list }) : gatesText(io, list));
  return EXIT.done;
}

function thenText(io: Io, then: ShownThen): string {
  const gates = then.gates.map(({ gate, missing }) =>
    missing.length === 0 ? `${gate} held` : `${gate} lacked ${missing.length}`,
  );
  const open = then.waiting.map((why) =>
    why.masked ? `waiting for HR · due ${when(why.due, then.zone)}` : pastWhy(why, then.zone),
  );
  return [
    styled(io, 'bold', `${then.case} as of ${when(then.at, then.zone)}`),
    `Stage: ${then.stage} · ${then.status} · sequence ${then.sequence}`,
    ...(gates.length === 0 ? [] : [`Gates: ${gates.join(' · ')}`]),
    open.length === 0 ? 'Nothing was owed.' : 'Owed then:',
    ...open.map((line) => `  ${line}`),
    ...(then.readers === null
      ? []
      : [
          'Who could read it then:',
          ...then.readers.map((one) => `  ${one.person ?? 'the person it is about'}: ${one.reads.join(' ')}`),
        ]),
  ].join('\n');
}

function pastWhy(why: Extract<Why, { masked: false }>, zone: string): string {
  return `${why.owner} to ${doingHere(why)} [${why.code}] · due ${when(why.due, zone)}`;
}

/** `ledger as-of`: a case as it stood; on a day means at its end, where the case is. */
export async function caseAsOf(io: Io, id: string, at: string, options: CaseOptions): Promise<Exit> {
  const typed = typedFrom(at, 'as-of');
  return within(options, io.env, async ({ office }) => {
    // The rows of the last instant count: a day ends one before the next begins.
    const zone = await zoneFor(office, id);
    const moment = 'at' in typed ? typed : { at: endsAt(typed, zone) - 1, from: beginsAt(typed, zone) };
    const then = await askAsOf(office, asOf(options.as), id, moment);
    if (then === null)
      throw new Stop(
        EXIT.refused,
        'not_there_yet',
        `The case ${id.slice(0, 80)} was not open at that moment.`,
      );
    io.out(options.json === true ? JSON.stringify(then) : thenText(io, then));
    return EXIT.done;
  });
}

/** Where each day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

export interface HistoryOptions extends CaseOptions {
  readonly since?: string | undefined;
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
}

/** `case history`. */
export async function caseHistory(io: Io, id: string, options: HistoryOptions): Promise<Exit> {
  const since = options.since === undefined ? null : typedFrom(options.since, '--since');
  const { actor, kind } = options;
  checkKind(kind);
  // Where the case is shows only in the answer: asked for is what may fit anywhere on earth.
  const filter = { since: since === null ? undefined : beginsAt(since, EARLIEST_ZONE), actor, kind };
  const { zone, list: all } = await readAnywhere(
    io,
    options,
    ({ office }) => askHistory(office, asOf(options.as), id, filter),
    `/cases/${id}/history`,
    filter,
  );
  const list = since === null ? all : all.filter((one) => one.at >= beginsAt(since, zone));
  if (options.json === true) io.out(JSON.stringify({ case: id, zone, rows: list }));
  else if (list.length === 0) io.out('No row fits.');
  else {
    const cells = list.map((one) => [
      ...pastCells(one, zone),
      one.body === null ? '' : JSON.stringify(one.body),
    ]);
    io.out(cells.map((row) => row.filter((cell) => cell !== '').join(' · ')).join('\n'));
  }
  return EXIT.done;
}

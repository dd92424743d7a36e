import { askBoard } from '../client/ask-cases.ts';
import type { BoardRow } from '../client/ask-cases.ts';
import type { As } from '../client/ask-reader.ts';
import { askWaiting } from '../client/ask-waiting.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import { caseKinds } from '../domain/kernel/words.ts';
import { doingHere, followsOf } from './doing.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { readAnywhere } from './remote.ts';
import type { Anywhere } from './remote.ts';
import { when, whoText, whySentence } from './sentences.ts';

export interface BoardOptions extends Anywhere {
  readonly all?: boolean | undefined;
  readonly kind?: string | undefined;
}

/** The reader of a reading command: a person named with `--as`, else the installation. */
export function asOf(as: string | undefined): As {
  return as ?? 'installation';
}

function cellsOf(io: Io, row: BoardRow, time: typeof when): readonly string[] {
  const { waiting, zone } = row;
  if (waiting === null) return [row.case, row.stage, row.status === 'open' ? '' : row.status, '', ''];
  const due = time(waiting.why.due, zone);
  const { why, who } = waiting;
  const whom = why.masked || who === null ? 'HR' : `${whoText(who)} to ${doingHere(why)}`;
  return [row.case, row.stage, whom, due, waiting.late ? styled(io, 'red', 'late') : ''];
}

/** How a board is laid out: the widths of its columns, and how an instant is written. */
export interface BoardLook {
  readonly widths: readonly number[];
  readonly time: typeof when;
}

/** The board as text: cases by kind, each with whom it waits for. */
export function boardText(io: Io, list: readonly BoardRow[], look?: BoardLook): string {
  const kinds = [...new Set(list.map((row) => row.kind))];
  const parts = kinds.flatMap((kind) => {
    const rows = list.filter((row) => row.kind === kind);
    const head = ['case', 'stage', 'waiting for', 'due', ''];
    return [
      styled(io, 'bold', `${kind} (${rows.length})`),
      table(
        io,
        head,
        rows.map((row) => cellsOf(io, row, look?.time ?? when)),
        look === undefined ? {} : { widths: look.widths, dense: true },
      ),
    ];
  });
  return parts.join('\n');
}

/** `board`: every case the reader may know of. */
export async function board(io: Io, options: BoardOptions): Promise<Exit> {
  const { all, kind } = options;
  if (kind !== undefined && !caseKinds.some((known) => known === kind))
    throw new Stop(EXIT.usage, 'usage', `--kind takes one of ${caseKinds.join(', ')}.`);
  const as = asOf(options.as);
  const { now, list } = await readAnywhere(
    io,
    options,
    ({ office }) => askBoard(office, { as, all, kind }),
    '/cases',
    { all, kind },
  );
  if (options.json === true) io.out(JSON.stringify({ now, as, cases: list }));
  else if (list.length === 0)
    io.out('No case that you may see. Begin one with "peer-hire decide --new readiness …".');
  else io.out(boardText(io, list));
  return EXIT.done;
}

export interface WaitingOptions extends Anywhere {
  readonly mine?: string | undefined;
  readonly late?: boolean | undefined;
  readonly hires?: boolean | undefined;
}

/** Why-waiting as text: a sentence for each thing, under its case. */
export function waitingText(io: Io, list: readonly Waiting[]): string {
  const lines: string[] = [];
  let last = '';
  for (const one of list) {
    const head = `${one.case} · ${one.stage} · ${one.siteName}`;
    if (head !== last) lines.push(styled(io, 'bold', head));
    last = head;
    const sentence = whySentence(one);
    lines.push(`  ${one.late ? styled(io, 'red', sentence) : sentence}`);
  }
  return lines.join('\n');
}

const DAY_MS = 86_400_000;

/** How far past its day something is; nothing for what is in time. */
export function latenessText(due: number, now: number): string {
  if (due >= now) return '';
  const days = Math.floor((now - due) / DAY_MS);
  return days === 0 ? 'late today' : `${days} ${days === 1 ? 'day' : 'days'} late`;
}

/** What follows once it is done; else who is asked next. */
function nextStep(one: Waiting): string {
  const { why, nextTo, zone } = one;
  if (why.masked) return '';
  if (why.next !== null) return followsOf(why.next);
  if (why.rung === null) return '';
  const to = nextTo.map(whoText).join(' and ');
  return to === '' ? `by itself, ${when(why.rung.at, zone)}` : `${to} is asked, ${when(why.rung.at, zone)}`;
}

/** Every hire with all it waits for: from the application to the last day, one line each, soonest due first. */
export function hiresText(io: Io, list: readonly Waiting[], now: number): string {
  const rows = list.map((one) => {
    const { why, who, zone } = one;
    const whom = why.masked || who === null ? 'HR' : `${whoText(who)} to ${doingHere(why)}`;
    const late = latenessText(why.due, now);
    return [
      `${one.case} · ${one.stage}`,
      whom,
      when(why.due, zone),
      late === '' ? '' : styled(io, 'red', late),
      nextStep(one),
    ];
  });
  return table(io, ['hire', 'waiting for', 'due', 'late', 'next step'], rows);
}

const isHire = ({ kind }: Waiting): boolean => ['candidacy', 'employment', 'review'].includes(kind);

/** `waiting`: what waits, on whom, since when, due when. `--mine REF` is read as that person unless `--as` says else. */
export async function waitingCommand(io: Io, options: WaitingOptions): Promise<Exit> {
  const { mine, late } = options;
  const as = asOf(options.as ?? mine);
  const { now, list: all } = await readAnywhere(
    io,
    options,
    ({ office }) => askWaiting(office, { as, mine, late }),
    '/waiting',
    // On a server it is always one's own list: the token says whose.
    { late, mine: mine === undefined ? undefined : true },
  );
  const list = options.hires === true ? all.filter(isHire) : all;
  if (options.json === true) io.out(JSON.stringify({ now, as, waiting: list }));
  else if (list.length === 0) io.out(late === true ? 'Nothing is late.' : 'Nothing waits.');
  else io.out(options.hires === true ? hiresText(io, list, now) : waitingText(io, list));
  return EXIT.done;
}

import type { BoardRow } from '../client/ask-cases.ts';
import type { PassedGate } from '../client/ask-gate-ladder.ts';
import type { Happened } from '../client/ask-history.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { momentOf } from '../sandbox/what-happened.ts';
import { boardText } from './board.ts';
import { aheadRows, pastCells } from './case.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import type { Staged } from './stage-play.ts';

/** What the demo shows is to be read on a usual terminal, from the first line to the last. */

const BORDERS = 1;
const MOST_COLUMNS = 118;
const [BOARD_CASE, BOARD_STAGE, BOARD_DUE, BOARD_LATE] = [40, 14, 18, 6] as const;
const BOARD = [BOARD_CASE, BOARD_STAGE, 0, BOARD_DUE, BOARD_LATE];
const TIMELINE = [18, 58, 0];
const AHEAD = [18, 14, 0, 34];
const LADDER = [6, 18, 0, 40];
const BEGAN = 8;
const LATELY = 6;
const AHEAD_MOST = 10;

/** The column of width 0 takes what the others leave. */
export function filled(widths: readonly number[]): readonly number[] {
  const rest = MOST_COLUMNS - widths.reduce((sum, one) => sum + one + BORDERS, BORDERS);
  return widths.map((one) => (one === 0 ? rest : one));
}

/** Open cases by kind; final ones are counted. @param more the command that shows all of them */
export function boardShown(io: Io, { calendar }: Staged, list: readonly BoardRow[], more: string): string {
  const open = list.filter((row) => row.status !== 'final');
  const text = boardText(io, open, { widths: filled(BOARD), time: (at) => momentOf(calendar, at) });
  return open.length === list.length ? text : `${text}\n… ${list.length - open.length} more, final: ${more}`;
}

interface Line {
  readonly zone: string;
  readonly past: readonly Happened[];
  readonly ahead: readonly Waiting[];
}

/** How one hire began, what happened lately and what is ahead. @param more the command that shows all of it */
export function hireShown(io: Io, { calendar }: Staged, line: Line, more: string): string {
  const time = (at: number): string => momentOf(calendar, at);
  const past = line.past.map((one) => {
    const [, , what = '', who = ''] = pastCells(one, line.zone);
    return [time(one.at), what, who];
  });
  const between = past.length - BEGAN - LATELY;
  const shown =
    between <= 1
      ? past
      : [...past.slice(0, BEGAN), ['…', `… ${between} more between`, ''], ...past.slice(-LATELY)];
  const all = aheadRows(line.ahead).map(({ at, what }) => [time(at), ...what]);
  const later = all.length - AHEAD_MOST;
  return [
    styled(io, 'bold', 'What happened'),
    table(io, ['when', 'what', 'who'], shown, { widths: filled(TIMELINE), dense: true }),
    styled(io, 'bold', 'What is ahead'),
    table(io, ['when', '', 'what', 'who'], all.slice(0, AHEAD_MOST), {
      ...{ widths: filled(AHEAD), dense: true },
    }),
    `… ${Math.max(between, 0) + Math.max(later, 0)} more: ${more}`,
  ].join('\n');
}

const ID_SHOWN = 4;

/** As on the board, as far as it takes to tell one from another. */
function shortly(id: string): string {
  const kind = kindOf(id);
  return kind === null ? id : `${id.slice(0, kind.length + 1 + ID_SHOWN)}…`;
}

/** Each gate of the lifecycle: passed when, by which event, by whom, and under which policy. */
export function ladderShown(io: Io, staged: Staged, passed: readonly PassedGate[]): string {
  const { cast, calendar, scenario } = staged;
  const nameOf = (ref: string): string => scenario.people[cast.wordOf(ref)]?.name ?? cast.wordOf(ref);
  const policies = [...new Set(passed.map((one) => one.policy))];
  const rows = passed
    .toSorted((a, b) => (a.gate < b.gate ? -1 : a.gate > b.gate ? 1 : a.at - b.at))
    .map((one) => [
      one.gate,
      momentOf(calendar, one.at),
      `${shortly(one.case)} ${one.event}${policies.length > 1 ? ` (policy ${one.policy})` : ''}`,
      `${nameOf(one.actor)} (${one.capacity.replaceAll('_', ' ')})`,
    ]);
  const head = ['gate', 'passed', 'by which event', 'by whom'];
  return [
    table(io, head, rows, { widths: filled(LADDER), dense: true }),
    ...(policies.length === 1 ? [`All under policy ${policies[0] ?? ''}.`] : []),
  ].join('\n');
}

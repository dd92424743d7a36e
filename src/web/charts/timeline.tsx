import type { Happened, Waiting } from '../app/types.ts';
import { dayText, monthText } from '../app/words.ts';
import { ChartFrame } from './frame.tsx';
import { middleOf } from './life-line.ts';
import type { GatePassed, Planned, Rest } from './life-line.ts';

const WIDTH = 960;
const LEFT = 24;
const GATES = 46;
const MID = 104;
const PLANS = 132;
const HEIGHT = 178;
const DAY_MS = 86_400_000;
/** What lies further ahead than this stands in the table only: it would press everything else together. */
const FAR_MS = 400 * DAY_MS;
/** Names of gates that are nearer than this stand above each other. */
const NEAR = 40;

/** First days of months between two instants, at most a dozen of them. */
function ticks(from: number, to: number): readonly number[] {
  const months = Math.max(1, Math.ceil((to - from) / (30 * DAY_MS * 12)));
  const start = new Date(from);
  const all = Array.from({ length: 60 }, (_, n) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + (n + 1) * months, 1),
  );
  return all.filter((at) => at > from && at < to);
}

/** Everything a timeline shows. */
export interface Line {
  readonly past: readonly Happened[];
  readonly ahead: readonly Waiting[];
  readonly gates: readonly GatePassed[];
  readonly rests: readonly Rest[];
  readonly planned: readonly Planned[];
  readonly now: number;
  readonly zone: string;
}

const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

/** The timeline in words. */
export function lineText({ past, ahead, gates, rests, planned, now, zone }: Line): string {
  const passed = gates.filter((one) => one.at !== null).map((one) => one.gate);
  const parts = [
    `From ${dayText(past[0]?.at ?? now, zone)}: ${many(past.length, 'entry', 'entries')} so far, ${many(ahead.length, 'date', 'dates')} ahead, ${ahead.filter((one) => one.late).length} of them late.`,
    passed.length === 0 ? 'No gate passed yet.' : `Gates passed: ${passed.join(', ')}.`,
    planned.length === 0 ? '' : `${many(planned.length, 'day', 'days')} planned.`,
    ...rests.map(
      (one) =>
        `${one.words}: ${dayText(Date.parse(one.from), 'UTC')} to ${dayText(Date.parse(one.to), 'UTC')}.`,
    ),
  ];
  return parts.filter((one) => one !== '').join(' ');
}

type X = (at: number) => number;
const diamond = (x: number, y: number, r: number): string =>
  `M${x} ${y - r} L${x + r} ${y} L${x} ${y + r} L${x - r} ${y} Z`;

/** Gates stand above the line at the moment they were passed; names that would lie on each other take turns. */
function Gates({ gates, x }: { readonly gates: readonly GatePassed[]; readonly x: X }) {
  const rows: number[] = [];
  return gates.map(({ gate, at }) => {
    if (at === null) return null;
    const left = x(at);
    const row = Math.max(
      0,
      [0, 1, 2].findIndex((n) => left - (rows[n] ?? -NEAR) >= NEAR),
    );
    rows[row] = left;
    const y = GATES + (row - 1) * 15 + 4;
    return (
      <g key={gate} className="gate gate-passed">
        <line x1={left} x2={left} y1={GATES + 22} y2={MID - 6} className="gate-stem" />
        <path className="gate-shape" d={diamond(left, GATES + 26, 7)} />
        <text x={left} y={y} textAnchor="middle" className="gate-name">
          {gate}
        </text>
      </g>
    );
  });
}

/** Leave, and whatever else stands still, is hatched over its days. */
function Rests({ rests, x }: { readonly rests: readonly Rest[]; readonly x: X }) {
  return rests.map(({ words, from, to }) => (
    <rect
      key={`${words} ${from}`}
      className="rest"
      x={x(Date.parse(from))}
      y={MID - 12}
      width={Math.max(4, x(Date.parse(to)) - x(Date.parse(from)))}
      height={24}
      fill="url(#rest-hatch)"
    />
  ));
}

/** Planned days as squares below the line; one that was is filled, with a stroke to the day it really was. */
function Plans({ planned, x }: { readonly planned: readonly Planned[]; readonly x: X }) {
  return planned.map(({ words, on, real }) => {
    const left = x(middleOf(on));
    const was = real === null ? null : x(middleOf(real));
    return (
      <g key={`${words} ${on} ${real ?? ''}`}>
        {was === null ? null : <line x1={left} x2={was} y1={PLANS} y2={MID + 5} className="plan-stem" />}
        <rect
          {...{ x: left - 4, y: PLANS - 4, width: 8, height: 8 }}
          className={real === null ? 'plan' : 'plan plan-real'}
        />
      </g>
    );
  });
}

const keyOf = ({ why }: Waiting): string => (why.masked ? String(why.due) : why.id);

/** Past solid, future dashed, a line for now; entries as dots, gates above, planned days below, leave hatched. */
export function TimelineChart({ line }: { readonly line: Line }) {
  const { past, ahead, gates, rests, planned, now, zone } = line;
  const shown = ahead.filter((one) => one.why.due - now < FAR_MS);
  const near = planned.filter((one) => middleOf(one.on) - now < FAR_MS);
  const days = [...near.map((one) => middleOf(one.on)), ...rests.map((one) => Date.parse(one.to))];
  const starts = [...past.map((one) => one.at), ...near.map((one) => middleOf(one.on))];
  const from = Math.min(now - DAY_MS, ...starts);
  const to = Math.max(now + 14 * DAY_MS, ...days, ...shown.map((one) => one.why.due)) + DAY_MS;
  const x: X = (at) => LEFT + ((at - from) / (to - from)) * (WIDTH - 2 * LEFT);
  const words = lineText(line);
  return (
    <figure className="figure">
      <ChartFrame kind="timeline" label="Picture of the timeline" says={words} width={WIDTH} height={HEIGHT}>
        <defs>
          <pattern
            id="rest-hatch"
            {...{ width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }}
          >
            <line x1="0" y1="0" x2="0" y2="6" className="hatch" />
          </pattern>
        </defs>
        <line x1={x(from)} x2={x(now)} y1={MID} y2={MID} className="line-past" />
        <line x1={x(now)} x2={x(to)} y1={MID} y2={MID} className="line-ahead" />
        <Rests rests={rests} x={x} />
        {ticks(from, to).map((at) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1={MID - 4} y2={MID + 4} className="axis" />
            <text x={x(at)} y={HEIGHT - 12} textAnchor="middle" className="tick">
              {monthText(at, zone)}
            </text>
          </g>
        ))}
        {past.map((one) => (
          <circle key={one.position} cx={x(one.at)} cy={MID} r="3.500" className="dot" />
        ))}
        <Plans planned={near} x={x} />
        <Gates gates={gates} x={x} />
        {shown.map((one) => (
          <path
            key={keyOf(one)}
            d={diamond(x(one.why.due), MID, 9)}
            className={one.late ? 'due-mark due-mark-late' : 'due-mark'}
          />
        ))}
        <line x1={x(now)} x2={x(now)} y1={20} y2={PLANS + 14} className="now" />
        <text x={x(now)} y={14} textAnchor="middle" className="now-name">
          now
        </text>
      </ChartFrame>
      <figcaption>
        {words} On the line, dots: what happened; diamonds: what is due, a filled one is late. Above: gates,
        when they were passed. Below, squares: planned days, a filled one has been. Hatched: leave, or another
        rest.
      </figcaption>
    </figure>
  );
}

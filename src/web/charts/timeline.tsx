import type { Happened, Waiting } from '../app/types.ts';
import { dayText, monthText } from '../app/words.ts';
import { ChartFrame } from './frame.tsx';

const WIDTH = 960;
const LEFT = 24;
const MID = 60;
const DAY_MS = 86_400_000;
/** What lies further ahead than this stands in the table only: it would press everything else together. */
const FAR_MS = 400 * DAY_MS;

/** First days of months between two instants, at most a dozen of them. */
function ticks(from: number, to: number): readonly number[] {
  const months = Math.max(1, Math.ceil((to - from) / (30 * DAY_MS * 12)));
  const start = new Date(from);
  const all = Array.from({ length: 60 }, (_, n) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + (n + 1) * months, 1),
  );
  return all.filter((at) => at > from && at < to);
}

/** Past solid, future dashed, a line for now; entries as dots, dates ahead as diamonds. */
export function TimelineChart({
  past,
  ahead,
  now,
  zone,
}: {
  readonly past: readonly Happened[];
  readonly ahead: readonly Waiting[];
  readonly now: number;
  readonly zone: string;
}) {
  const shown = ahead.filter((one) => one.why.due - now < FAR_MS);
  const from = Math.min(now - DAY_MS, ...past.map((one) => one.at));
  const to = Math.max(now + 14 * DAY_MS, ...shown.map((one) => one.why.due)) + DAY_MS;
  const x = (at: number): number => LEFT + ((at - from) / (to - from)) * (WIDTH - 2 * LEFT);
  const first = past[0]?.at ?? now;
  const words = `From ${dayText(first, zone)}: ${past.length} entries so far, ${ahead.length} dates ahead, ${
    ahead.filter((one) => one.late).length
  } of them late.`;
  return (
    <figure className="figure">
      <ChartFrame kind="timeline" label="Picture of the timeline" says={words} width={WIDTH} height={118}>
        <line x1={x(from)} x2={x(now)} y1={MID} y2={MID} className="line-past" />
        <line x1={x(now)} x2={x(to)} y1={MID} y2={MID} className="line-ahead" />
        {ticks(from, to).map((at) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1={MID - 4} y2={MID + 4} className="axis" />
            <text x={x(at)} y={MID + 44} textAnchor="middle" className="tick">
              {monthText(at, zone)}
            </text>
          </g>
        ))}
        {past.map((one) => (
          <circle key={one.position} cx={x(one.at)} cy={MID} r="3.500" className="dot" />
        ))}
        {shown.map((one) => {
          const at = x(one.why.due);
          return (
            <path
              key={one.why.masked ? String(one.why.due) : one.why.id}
              d={`M${at} ${MID - 9} L${at + 9} ${MID} L${at} ${MID + 9} L${at - 9} ${MID} Z`}
              className={one.late ? 'due-mark due-mark-late' : 'due-mark'}
            />
          );
        })}
        <line x1={x(now)} x2={x(now)} y1={18} y2={MID + 24} className="now" />
        <text x={x(now)} y={12} textAnchor="middle" className="now-name">
          now
        </text>
      </ChartFrame>
      <figcaption>{words} Dots: what happened. Diamonds: what is due; a filled one is late.</figcaption>
    </figure>
  );
}

import { Table } from '../parts/table.tsx';
import { ChartFrame } from './frame.tsx';

/** One bar: its name and the parts it is made of. */
export interface Bar {
  readonly name: string;
  readonly parts: readonly { readonly name: string; readonly value: number }[];
}

const ROW = 30;
const LABEL = 190;
const WIDTH = 720;

const sum = (bar: Bar): number => bar.parts.reduce((all, { value }) => all + value, 0);
const numberText = (n: number): string => (Number.isInteger(n) ? String(n) : n.toFixed(1));

/** The parts of a bar, each where the last one ended. */
function partsOf(bar: Bar, scale: number) {
  let x = LABEL;
  return bar.parts.map((part) => {
    const from = x;
    x += part.value * scale;
    return { ...part, from, width: part.value * scale };
  });
}

function Row({ bar, row, scale }: { readonly bar: Bar; readonly row: number; readonly scale: number }) {
  const top = row * ROW;
  return (
    <g>
      <text x={LABEL - 10} y={top + 22} textAnchor="end" className="bar-name">
        {bar.name}
      </text>
      {partsOf(bar, scale).map((part, n) =>
        part.value === 0 ? null : (
          <g key={part.name}>
            <rect x={part.from} y={top + 6} width={part.width} height={ROW - 9} className={`bar bar-${n}`} />
            <text
              x={part.from + part.width / 2}
              y={top + 22}
              textAnchor="middle"
              className={`bar-number bar-number-${n}`}
            >
              {numberText(part.value)}
            </text>
          </g>
        ),
      )}
    </g>
  );
}

function Legend({ names }: { readonly names: readonly string[] }) {
  if (names.length < 2) return null;
  return (
    <p className="legend">
      {names.map((name, n) => (
        <span key={name}>
          <svg viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">
            <rect width="16" height="12" className={`bar bar-${n}`} />
          </svg>{' '}
          {name}
        </span>
      ))}
    </p>
  );
}

interface BarsProps {
  readonly caption: string;
  readonly first: string;
  readonly list: readonly Bar[];
  /** Left out where a table with the same numbers stands below already. */
  readonly twin?: boolean;
}

function Twin({ caption, first, list, names }: BarsProps & { readonly names: readonly string[] }) {
  const numbers = names.map((name, n) => ({
    name,
    cell: (bar: Bar) => numberText(bar.parts[n]?.value ?? 0),
    number: true,
  }));
  return (
    <details className="twin">
      <summary>The same as a table</summary>
      <Table
        caption={caption}
        rows={list}
        keyOf={(bar) => bar.name}
        columns={[{ name: first, cell: (bar) => bar.name }, ...numbers]}
      />
    </details>
  );
}

/** Bars that lie, each part with its number in it; the same numbers as a table. */
export function Bars(props: BarsProps) {
  const { caption, list, twin = true } = props;
  const scale = (WIDTH - LABEL - 60) / Math.max(1, ...list.map(sum));
  const height = list.length * ROW + 8;
  const names = list[0]?.parts.map(({ name }) => name) ?? [];
  return (
    <figure className="figure">
      <ChartFrame kind="bars" label={`Picture: ${caption}`} says={caption} width={WIDTH} height={height}>
        {list.map((bar, row) => (
          <Row key={bar.name} bar={bar} row={row} scale={scale} />
        ))}
      </ChartFrame>
      <Legend names={names} />
      {twin ? <Twin {...props} names={names} /> : null}
    </figure>
  );
}

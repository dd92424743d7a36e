import type { z } from 'zod';
import type { report } from '../../contracts/api/reports.ts';
import { titled } from '../app/words.ts';
import { ChartFrame } from './frame.tsx';

type Report = z.output<typeof report>;

const CELL_W = 120;
const CELL_H = 36;
const LABEL = 190;

/** How much is late, by kind and number: the number stands in each cell, and how dark it is comes second. */
export function HeatMap({
  found,
  group,
}: {
  readonly found: Report;
  readonly group: Report['groups'][number];
}) {
  const { columns } = found;
  const width = LABEL + columns.length * CELL_W;
  const height = (group.lines.length + 1) * CELL_H;
  const value = (line: (typeof group.lines)[number], id: string): number => line.cells[id]?.value ?? 0;
  const most = Math.max(1, ...group.lines.flatMap((line) => columns.map(({ id }) => value(line, id))));
  return (
    <ChartFrame
      kind="heat"
      label="Map of what is late"
      says={`Late: ${group.lines.length} lines`}
      width={width}
      height={height}
    >
      {columns.map((column, n) => (
        <text
          key={column.id}
          x={LABEL + n * CELL_W + CELL_W / 2}
          y={24}
          textAnchor="middle"
          className="bar-name"
        >
          {titled(column.id.replaceAll('-', '_'))}
        </text>
      ))}
      {group.lines.map((line, row) => (
        <g key={line.about}>
          <text x={LABEL - 10} y={(row + 1) * CELL_H + 23} textAnchor="end" className="bar-name">
            {titled(line.about)}
          </text>
          {columns.map((column, n) => {
            const here = value(line, column.id);
            const step = here === 0 ? 0 : Math.ceil((here / most) * 3);
            return (
              <g key={column.id}>
                <rect
                  x={LABEL + n * CELL_W + 2}
                  y={(row + 1) * CELL_H + 2}
                  width={CELL_W - 4}
                  height={CELL_H - 4}
                  rx="4"
                  className={`heat-cell heat-${step}`}
                />
                <text
                  x={LABEL + n * CELL_W + CELL_W / 2}
                  y={(row + 1) * CELL_H + 23}
                  textAnchor="middle"
                  className={`heat-number heat-number-${step}`}
                >
                  {Number.isInteger(here) ? here : here.toFixed(1)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </ChartFrame>
  );
}

import { ChartFrame } from './frame.tsx';
import { lateText } from './late-map.ts';
import type { LateMap } from './late-map.ts';

const CELL_W = 116;
const CELL_H = 36;
const LABEL = 190;
const LINE_H = 15;
/** As many letters as fit over a cell. */
const LETTERS = 16;
const MOST_LINES = 4;

/** Words over a column, in as many short lines as they need. */
function linesOf(words: string): readonly string[] {
  const lines = words.split(' ').reduce<readonly string[]>((all, word) => {
    const last = all.at(-1);
    if (last === undefined || last.length + word.length + 1 > LETTERS) return [...all, word];
    return [...all.slice(0, -1), `${last} ${word}`];
  }, []);
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1] ?? ''} …`];
}

function Head({ map, height }: { readonly map: LateMap; readonly height: number }) {
  return map.kinds.map(({ code, words }, n) => {
    const lines = linesOf(words);
    return (
      <text key={code} textAnchor="middle" className="bar-name">
        <title>{words}</title>
        {lines.map((line, at) => (
          <tspan
            key={line}
            x={LABEL + n * CELL_W + CELL_W / 2}
            y={height - 8 - (lines.length - 1 - at) * LINE_H}
          >
            {line}
          </tspan>
        ))}
      </text>
    );
  });
}

/** Who is late with what: the number stands in each cell, and how dark it is comes second. */
export function HeatMap({ map }: { readonly map: LateMap }) {
  const head = 12 + MOST_LINES * LINE_H;
  const width = LABEL + map.kinds.length * CELL_W;
  const height = head + map.rows.length * CELL_H;
  // Up to three of a kind the shade says as much as the number.
  const most = Math.max(
    3,
    ...map.rows.flatMap((row) => Object.values(row.cells).map((items) => items.length)),
  );
  return (
    <ChartFrame kind="heat" label="Map of what is late" says={lateText(map)} width={width} height={height}>
      <Head map={map} height={head} />
      {map.rows.map((row, y) => (
        <g key={row.who}>
          <text x={LABEL - 10} y={head + y * CELL_H + 23} textAnchor="end" className="bar-name">
            {row.who}
          </text>
          {map.kinds.map(({ code }, x) => {
            const here = row.cells[code]?.length ?? 0;
            const step = here === 0 ? 0 : Math.ceil((here / most) * 3);
            const [left, top] = [LABEL + x * CELL_W, head + y * CELL_H];
            return (
              <g key={code}>
                <rect
                  {...{ x: left + 2, y: top + 2, width: CELL_W - 4, height: CELL_H - 4, rx: 4 }}
                  className={`heat-cell heat-${step}`}
                />
                <text
                  {...{ x: left + CELL_W / 2, y: top + 23, textAnchor: 'middle' }}
                  className={`heat-number heat-number-${step}`}
                >
                  {here}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </ChartFrame>
  );
}

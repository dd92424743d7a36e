import type { GateNow } from '../app/types.ts';
import { ChartFrame } from './frame.tsx';

const STEP = 92;
const TOP = 40;

const stateOf = ({ passed, holds, notWitnessed }: GateNow): 'passed' | 'open' | 'closed' | 'unseen' => {
  if (notWitnessed === true) return 'unseen';
  if (passed) return 'passed';
  return holds ? 'open' : 'closed';
};

const marks = { passed: '✓', open: '○', closed: '–', unseen: '?' } as const;

/** Gates as diamonds on a line: filled when passed, outlined when open, hatched when closed. The table below says the same. */
export function GateLadder({ list }: { readonly list: readonly GateNow[] }) {
  const width = list.length * STEP;
  const passed = list.filter((one) => one.passed).length;
  return (
    <ChartFrame
      kind="ladder"
      label="Ladder of gates"
      says={`${passed} of ${list.length} gates passed`}
      width={width}
      height={96}
    >
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" className="hatch" />
        </pattern>
      </defs>
      <line x1={STEP / 2} x2={width - STEP / 2} y1={TOP} y2={TOP} className="axis" />
      {list.map((one, n) => {
        const x = STEP / 2 + n * STEP;
        const state = stateOf(one);
        return (
          <g key={`${one.gate} ${one.guards.join(' ')}`} className={`gate gate-${state}`}>
            <path
              className="gate-back"
              d={`M${x} ${TOP - 22} L${x + 22} ${TOP} L${x} ${TOP + 22} L${x - 22} ${TOP} Z`}
            />
            <path
              className="gate-shape"
              d={`M${x} ${TOP - 22} L${x + 22} ${TOP} L${x} ${TOP + 22} L${x - 22} ${TOP} Z`}
            />
            <text x={x} y={TOP + 6} textAnchor="middle" className="gate-mark">
              {marks[state]}
            </text>
            <text x={x} y={TOP + 44} textAnchor="middle" className="gate-name">
              {one.gate}
            </text>
          </g>
        );
      })}
    </ChartFrame>
  );
}

import { dueText, nearness } from '../app/words.ts';
import type { Nearness } from '../app/words.ts';

/** A shape for each word, so that nothing is said by colour alone. */
const shapes: Readonly<Record<Nearness, string>> = {
  late: 'M8 1 L15 8 L8 15 L1 8 Z',
  today: 'M8 2 L15 14 L1 14 Z',
  soon: 'M8 2 A6 6 0 1 1 7.990 2 Z M8 2 A6 6 0 0 1 8 14 Z',
  later: 'M8 2.500 A5.500 5.500 0 1 1 7.990 2.500 Z',
};

/** How late or how near something is: a word, a shape, and a colour besides. */
export function Due({
  due,
  now,
  told = false,
}: {
  readonly due: number;
  readonly now: number;
  /** Their partner answers for both: past its day it is over for them, and they are not late. */
  readonly told?: boolean;
}) {
  const over = told && due < now;
  const near = over ? 'later' : nearness(due, now);
  return (
    <span className={`due due-${near}`}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
        <path d={shapes[near]} />
      </svg>
      {over ? 'its day has passed' : dueText(due, now)}
    </span>
  );
}

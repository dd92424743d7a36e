import { Link } from '@tanstack/react-router';
import { useState } from 'react';

const KEY = 'peer-hire-tried';

const tries = [
  ['late', 'Find what is late, and read what happens if nobody acts.', '/'],
  ['board', 'Look at the board of everybody, then at the same numbers as a table.', '/people'],
  ['gates', 'Open a case and see which gates hold, and what each still lacks.', '/people'],
  ['then', 'In a case, move the date back and see how it stood.', '/people'],
  ['clock', 'Move the clock by a day, above, and see what falls due.', '/'],
] as const;

function known(): readonly string[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as readonly string[];
  } catch {
    return [];
  }
}

/** Five things to try in a sandbox, each under a minute; ticks stay in this browser. */
export function Tries() {
  const [done, setDone] = useState(known);
  const toggle = (id: string): void => {
    const next = done.includes(id) ? done.filter((one) => one !== id) : [...done, id];
    setDone(next);
    localStorage.setItem(KEY, JSON.stringify(next));
  };
  return (
    <details className="tries" open={done.length < tries.length}>
      <summary>
        Five things to try here <span className="count">{`${done.length} of ${tries.length}`}</span>
      </summary>
      <ul>
        {tries.map(([id, words, to]) => (
          <li key={id}>
            <label className="switch">
              <input type="checkbox" checked={done.includes(id)} onChange={() => toggle(id)} /> {words}
            </label>{' '}
            {to === '/' ? null : <Link to={to}>Go there</Link>}
          </li>
        ))}
      </ul>
    </details>
  );
}

import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { compared, rehearsal } from '../../contracts/api/terms.ts';
import { doingOf } from '../../cli/doing.ts';
import { dayText, kindName, shortRef, spaced, titled } from '../app/words.ts';
import { useTitles } from '../pages/today.tsx';
import { Empty, Section } from './page.tsx';
import { Table } from './table.tsx';

export type Compared = z.output<typeof compared>;
export type Rehearsed = z.output<typeof rehearsal>;
type OneCase = Rehearsed['list'][number];

/** In what the new one differs from what is in force. */
export function Differences({ found }: { readonly found: Compared }) {
  const list = found.differences;
  return (
    <Section title="What would be different" says="Against what is in force today, number by number.">
      {list.length === 0 ? (
        <Empty title="It says the same">Nothing would change: change a number first.</Empty>
      ) : (
        <Table
          caption="What would be different"
          rows={list}
          keyOf={(one) => `${one.of} ${one.key}`}
          columns={[
            { name: 'What', cell: (one) => spaced(one.key) },
            { name: 'In force', cell: (one) => one.now ?? 'nothing' },
            { name: 'New', cell: (one) => <strong>{one.proposed ?? 'nothing'}</strong> },
          ]}
        />
      )}
    </Section>
  );
}

const day = (at: number | null, zone: string): string => (at === null ? 'not asked' : dayText(at, zone));

const DAY_MS = 86_400_000;
function byHowMuch({ before, after }: OneCase['moved'][number]): string {
  if (before === null) return 'new';
  if (after === null) return 'falls away';
  const days = Math.round((after - before) / DAY_MS);
  if (days === 0) return 'by hours';
  return `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days > 0 ? 'later' : 'sooner'}`;
}

function Moved({ one }: { readonly one: OneCase }) {
  if (!one.fits)
    return (
      <p className="note note-problem">
        This case could not be carried on under it. Leave it where it is, or change the number.
      </p>
    );
  return (
    <Table
      caption={`Dates before and after: ${shortRef(one.case)}`}
      rows={one.moved.map((row, n) => ({ ...row, n }))}
      keyOf={(row) => String(row.n)}
      columns={[
        { name: 'What is asked', cell: (row) => titled(doingOf(row.what)) },
        { name: 'Before', cell: (row) => day(row.before, one.zone) },
        { name: 'After', cell: (row) => <strong>{day(row.after, one.zone)}</strong> },
        { name: 'Moves', cell: byHowMuch },
      ]}
    />
  );
}

/** Each open case it would touch, with its dates before and after; ticked: those that are to be moved. */
export function RehearsalList({
  found,
  ticked,
  onTick,
}: {
  readonly found: Rehearsed;
  readonly ticked: readonly string[];
  readonly onTick: (cases: readonly string[]) => void;
}) {
  const title = useTitles();
  const called = (one: OneCase): string => `${kindName(one.kind)} · ${title(one.case) ?? shortRef(one.case)}`;
  const { list, unmoved, left } = found;
  const zone = list[0]?.zone ?? 'UTC';
  return (
    <Section
      title="What it would do to each"
      says={`Tried on a copy of every open case up to ${dayText(found.until, zone)}, as if everybody were on time. Nothing has changed yet.`}
    >
      <p role="status">
        {list.length === 0
          ? `No date of the ${unmoved.length} open cases would move.`
          : `${list.length} open ${list.length === 1 ? 'case' : 'cases'} would have other dates; ${unmoved.length} would go on as they do.`}
        {left > 0 ? ` ${left} more were not tried.` : ''}
      </p>
      {list.map((one) => (
        <article key={one.case} className="panel">
          <label className="switch">
            <input
              type="checkbox"
              checked={ticked.includes(one.case)}
              disabled={!one.fits}
              onChange={() =>
                onTick(
                  ticked.includes(one.case) ? ticked.filter((id) => id !== one.case) : [...ticked, one.case],
                )
              }
            />{' '}
            Move this one: {called(one)}
          </label>
          <Moved one={one} />
          <p>
            <Link to="/cases/$case" params={{ case: one.case }}>
              Look at {called(one)}
            </Link>
          </p>
        </article>
      ))}
    </Section>
  );
}

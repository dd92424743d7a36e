import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { report } from '../../contracts/api/reports.ts';
import { doingOf } from '../../cli/doing.ts';
import { ask } from '../app/api.ts';
import { shortRef, titled } from '../app/words.ts';
import { Bars } from '../charts/bars.tsx';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { LateNow } from './reports-late.tsx';
import { useTitles } from './today.tsx';

type Report = z.output<typeof report>;
type GroupOf = Report['groups'][number];
type Cell = GroupOf['lines'][number]['cells'][string];

/** A number, or why it is not given. */
function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.withheld === 'small') return 'fewer than five';
  if (cell.value === null) return '–';
  return Number.isInteger(cell.value) ? String(cell.value) : cell.value.toFixed(1);
}

/** A number that opens into the cases it was counted from. */
function CellOf({ cell }: { readonly cell: Cell | undefined }) {
  const titles = useTitles();
  const behind = cell?.cases ?? [];
  if (behind.length === 0) return cellText(cell);
  return (
    <details className="more opens">
      <summary>{cellText(cell)}</summary>
      <ul className="plain-list">
        {behind.map((id) => (
          <li key={id}>
            <Link to="/cases/$case" params={{ case: id }}>
              {titles(id) ?? shortRef(id)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

const columnName = (one: Report['columns'][number]): string => titled(one.id.replaceAll('-', '_'));

/** What a line is about: of what is asked, in words beside its code. */
const aboutText = (name: string, about: string): string =>
  name === 'overdue' ? `${titled(doingOf(about))} (${about})` : titled(about);

function Numbers({ found, group }: { readonly found: Report; readonly group: GroupOf }) {
  return (
    <Table
      caption={`${titled(found.name)}, ${group.span}`}
      rows={group.lines}
      keyOf={(line) => line.about}
      columns={[
        { name: 'About', cell: (line) => aboutText(found.name, line.about) },
        ...found.columns.map((column) => ({
          name: columnName(column),
          cell: (line: GroupOf['lines'][number]) => <CellOf cell={line.cells[column.id]} />,
          number: true,
        })),
      ]}
    />
  );
}

/** Bars of the columns that count something; what is withheld has no bar. */
function Picture({ found, group }: { readonly found: Report; readonly group: GroupOf }) {
  const counted = found.columns
    .filter(({ is }) => is === 'count' || is === 'number' || is === 'days')
    .slice(0, 3);
  const columns = counted.length === 0 ? found.columns.slice(0, 1) : counted;
  // Who is late now is a map of its own, above; here is what was asked over the years.
  if (found.name === 'overdue') return null;
  const list = group.lines.map((line) => ({
    name: titled(line.about),
    parts: columns.map((column) => ({ name: columnName(column), value: line.cells[column.id]?.value ?? 0 })),
  }));
  return <Bars caption={`${titled(found.name)}, ${group.span}`} first="About" list={list} twin={false} />;
}

function Shown({ name }: { readonly name: string }) {
  const [cases, setCases] = useState(false);
  const found = useQuery({
    queryKey: ['report', name, cases],
    queryFn: () => ask<Report>('GET', `/reports/${name}${cases ? '?cases=true' : ''}`),
    placeholderData: keepPreviousData,
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const groups = found.data.groups.filter((one) => one.lines.length > 0);
  if (groups.length === 0)
    return (
      <Empty title="Nothing to count yet">
        This report counts events that happened. Once they have, they stand here.
      </Empty>
    );
  return (
    <>
      <label className="switch">
        <input type="checkbox" checked={cases} onChange={(event) => setCases(event.target.checked)} /> Numbers
        open into their cases (that you looked is recorded)
      </label>
      {name === 'overdue' ? <LateNow /> : null}
      <Groups found={found.data} groups={groups} name={name} />
    </>
  );
}

function Groups({
  found,
  groups,
  name,
}: {
  readonly found: Report;
  readonly groups: readonly GroupOf[];
  readonly name: string;
}) {
  return groups.map((group) => (
    <Section
      key={`${group.role ?? ''} ${group.span}`}
      title={`${titled(name.replaceAll('-', '_'))}${group.span === '' ? '' : `, ${group.span}`}`}
      says={`${group.people} ${group.people === 1 ? 'person' : 'people'} in ${group.cases} ${group.cases === 1 ? 'case' : 'cases'}. Groups of fewer than five are never shown apart.`}
    >
      <Picture found={found} group={group} />
      {name === 'overdue' ? (
        <details className="twin">
          <summary>
            What was asked, answered late and is late now, by kind{' '}
            <span className="count">{group.lines.length}</span>
          </summary>
          <Numbers found={found} group={group} />
        </details>
      ) : (
        <Numbers found={found} group={group} />
      )}
      <p className="no-print">
        <a className="button" href={`/api/reports/${name}/csv`} download>
          For a spreadsheet
        </a>
      </p>
    </Section>
  ));
}

/** Pictures of what happened, each with the same numbers as a table. */
export function Reports() {
  const [name, setName] = useState('funnel');
  const names = useQuery({
    queryKey: ['reports'],
    queryFn: () => ask<{ readonly list: readonly string[] }>('GET', '/reports'),
  });
  return (
    <Page title="Reports" lead="Counted from what happened, never from what should have.">
      {names.isError ? <ProblemNote error={names.error} /> : null}
      <div className="field">
        <label htmlFor="report">Report</label>
        <select id="report" value={name} onChange={(event) => setName(event.target.value)}>
          {(names.data?.list ?? [name]).map((one) => (
            <option key={one} value={one}>
              {titled(one.replaceAll('-', '_'))}
            </option>
          ))}
        </select>
      </div>
      {names.isSuccess ? <Shown name={name} /> : null}
    </Page>
  );
}

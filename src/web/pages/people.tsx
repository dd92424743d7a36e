import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { boardQuery, openersQuery, peopleQuery, selfQuery } from '../app/queries.ts';
import type { BoardRow } from '../app/types.ts';
import { commandName } from '../app/command-words.ts';
import { kindName, shortRef, spaced, timeText, titled } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ordered } from '../app/stages.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { askText, shortPerson, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { useTitles } from './today.tsx';

const kinds = ['candidacy', 'employment', 'review', 'opening', 'role', 'readiness'] as const;

/** Matters of the closed offices have no card, no stage and no name on a board (domain 5.1, C3): only that something waits. */
const onBoard = (one: BoardRow): boolean => one.kind !== 'clock';

function Aside({ rows, now }: { readonly rows: readonly BoardRow[]; readonly now: number }) {
  const waiting = rows.flatMap((one) => (one.waiting === null ? [] : [one.waiting]));
  if (waiting.length === 0) return null;
  return (
    <section className="lane" aria-label="Also waiting">
      <h3>
        Also waiting <span className="count">{waiting.length}</span>
      </h3>
      <ul className="waits">
        {waiting.map((one) => (
          <li key={one.case} className="wait-line">
            <Link to="/cases/$case" params={{ case: one.case }}>
              {one.who === null ? 'HR' : 'With whoever looks after it'}
            </Link>
            <Due due={one.why.due} now={now} told={isTold(one.why)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Seen {
  readonly rows: readonly BoardRow[];
  readonly now: number;
  readonly title: (id: string) => string | null;
}

/** A case on the board: whom one waits for and how late, and not just a name. */
function BoardCard({ one, seen }: { readonly one: BoardRow; readonly seen: Seen }) {
  const { waiting } = one;
  return (
    <li className={waiting?.late === true ? 'board-card card-late' : 'board-card'}>
      <Link to="/cases/$case" params={{ case: one.case }}>
        {seen.title(one.case) ?? `${kindName(one.kind)} ${shortRef(one.case)}`}
      </Link>
      {waiting === null ? (
        <span className="fine">waits for nobody</span>
      ) : (
        <>
          <span className="fine">{waiting.who === null ? 'HR' : whoText(waiting.who)}</span>
          <Due due={waiting.why.due} now={seen.now} told={isTold(waiting.why)} />
        </>
      )}
    </li>
  );
}

function Board({ seen }: { readonly seen: Seen }) {
  const present = kinds.filter((kind) => seen.rows.some((one) => one.kind === kind));
  return present.map((kind) => {
    const rows = seen.rows.filter((one) => one.kind === kind);
    const stages = ordered(rows.map((one) => one.stage));
    return (
      <section key={kind} className="lane" aria-label={kindName(kind)}>
        <h3>
          {kindName(kind)} <span className="count">{rows.length}</span>
        </h3>
        <div className="board">
          {stages.map((stage) => (
            <div key={stage} className="column">
              <h4>
                {titled(stage)}{' '}
                <span className="count">{rows.filter((one) => one.stage === stage).length}</span>
              </h4>
              <ul>
                {rows
                  .filter((one) => one.stage === stage)
                  .map((one) => (
                    <BoardCard key={one.case} one={one} seen={seen} />
                  ))}
              </ul>
            </div>
          ))}
        </div>
      </section>
    );
  });
}

function BoardTable({ seen }: { readonly seen: Seen }) {
  return (
    <Table
      caption="Everybody, by case"
      rows={seen.rows}
      keyOf={(one) => one.case}
      columns={[
        {
          name: 'Case',
          cell: (one) => (
            <Link to="/cases/$case" params={{ case: one.case }}>
              {seen.title(one.case) ?? shortRef(one.case)}
            </Link>
          ),
        },
        { name: 'Kind', cell: (one) => kindName(one.kind) },
        { name: 'Stage', cell: (one) => titled(one.stage) },
        {
          name: 'Waits for',
          cell: (one) =>
            one.waiting?.who == null ? (one.waiting === null ? 'nobody' : 'HR') : whoText(one.waiting.who),
        },
        { name: 'To', cell: (one) => (one.waiting === null ? '' : askText(one.waiting)) },
        { name: 'Due', cell: (one) => (one.waiting === null ? '' : timeText(one.waiting.why.due, one.zone)) },
        {
          name: 'How soon',
          cell: (one) =>
            one.waiting === null ? (
              ''
            ) : (
              <Due due={one.waiting.why.due} now={seen.now} told={isTold(one.waiting.why)} />
            ),
        },
      ]}
    />
  );
}

function Cases() {
  const [table, setTable] = useState(false);
  const [all, setAll] = useState(false);
  const title = useTitles();
  // As on Today: the list before stays until the next one is here.
  const found = useQuery({ ...boardQuery(all ? { all } : {}), placeholderData: keepPreviousData });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const seen: Seen = { rows: found.data.list.filter(onBoard), now: found.data.now, title };
  const others = found.data.list.filter((one) => !onBoard(one));
  return (
    <Section
      title="Where everybody stands"
      says="Columns are stages. A card says whom it waits for and how soon."
    >
      <div className="buttons">
        <button type="button" className="button" aria-pressed={!table} onClick={() => setTable(false)}>
          Board
        </button>
        <button type="button" className="button" aria-pressed={table} onClick={() => setTable(true)}>
          Table
        </button>
        <label className="switch">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> Also what
          is finished
        </label>
      </div>
      {found.isPlaceholderData ? <Loading /> : null}
      {seen.rows.length === 0 ? (
        <Empty title="No case is yours to see yet">
          Cases appear here when you are asked for something in them, or hold an office at their site. It
          begins with the readiness of a site, then a role.
        </Empty>
      ) : table ? (
        <BoardTable seen={seen} />
      ) : (
        <Board seen={seen} />
      )}
      <Aside rows={others} now={seen.now} />
    </Section>
  );
}

function Directory() {
  const found = useQuery(peopleQuery);
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <details className="twin">
      <summary>
        The directory <span className="count">{found.data.list.length}</span>
      </summary>
      <Table
        caption="The directory"
        rows={found.data.list}
        keyOf={(one) => one.person}
        columns={[
          { name: 'Person', cell: (one) => (one.erased ? 'erased' : (one.name ?? shortPerson(one.person))) },
          {
            name: 'Offices',
            cell: (one) =>
              [...new Set(one.capacities.map(({ capacity }) => spaced(capacity)))].join(', ') || '–',
          },
          { name: 'Away', cell: (one) => (one.standIn === null ? '' : 'somebody stands in') },
        ]}
      />
    </details>
  );
}

function Begin() {
  const found = useQuery(openersQuery);
  if (found.data === undefined) return null;
  return (
    <details className="twin">
      <summary>Begin something new</summary>
      <ul className="plain-list">
        {found.data.list.map((one) => (
          <li key={`${one.kind} ${one.type}`}>
            <Link to="/begin/$kind/$type" params={{ kind: one.kind, type: one.type }}>
              {commandName(one.kind, one.type)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

const historyReaders = ['hr', 'hr_director', 'compliance', 'auditor'];
const reportReaders = ['hr', 'hr_director', 'director', 'executive', 'auditor'];

/** People: the hires one may see. */
export function People() {
  const self = useQuery(selfQuery);
  const holds = (list: readonly string[]): boolean =>
    self.data?.capacities.some((one) => list.includes(one)) === true;
  const reads = holds(reportReaders);
  const searches = holds(historyReaders);
  const archives = holds(['hr', 'hr_director', 'compliance', 'privacy_officer']);
  const keeps = holds(['hr', 'hr_director', 'administrator']);
  return (
    <Page
      title="People"
      aside={
        <p className="buttons">
          {reads ? (
            <Link to="/reports" className="button">
              Reports
            </Link>
          ) : null}
          {searches ? (
            <Link to="/history" className="button">
              Search the history
            </Link>
          ) : null}
          {archives ? (
            <Link to="/records" className="button">
              Records
            </Link>
          ) : null}
          {keeps ? (
            <Link to="/directory" className="button">
              Who works here
            </Link>
          ) : null}
        </p>
      }
    >
      <Cases />
      <Directory />
      <Begin />
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { waitingQuery } from '../app/queries.ts';
import type { Waiting } from '../app/types.ts';
import { kindName, shortRef } from '../app/words.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { lateMap, lateText } from '../charts/late-map.ts';
import type { LateMap } from '../charts/late-map.ts';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { placeOf } from '../parts/waiting.tsx';
import { useTitles } from './today.tsx';

/** A number that opens into what it counts. */
function Items({ list }: { readonly list: readonly Waiting[] }) {
  const titles = useTitles();
  if (list.length === 0) return 0;
  return (
    <details className="more opens">
      <summary>{list.length}</summary>
      <ul className="plain-list">
        {list.map((one) => (
          <li key={`${one.case} ${placeOf(one)}`}>
            <Link to="/cases/$case" params={{ case: one.case }}>
              {kindName(one.kind)} · {titles(one.case) ?? shortRef(one.case)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The same numbers as the map, as a table: its last column is their sum. */
function Twin({ map }: { readonly map: LateMap }) {
  return (
    <Table
      caption="The map as a table: who is late with what"
      rows={map.rows}
      keyOf={(row) => row.who}
      columns={[
        { name: 'Who', cell: (row) => row.who },
        ...map.kinds.map(({ code, words }) => ({
          name: words,
          cell: (row: LateMap['rows'][number]) => <Items list={row.cells[code] ?? []} />,
          number: true,
        })),
        { name: 'Together', cell: (row) => row.late, number: true },
      ]}
    />
  );
}

/** Who is late with what now, as far as the reader may know of it. */
export function LateNow() {
  const found = useQuery(waitingQuery({ late: true }));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const map = lateMap(found.data.list);
  return (
    <Section
      title="Late now"
      says="Everybody who is late with something that you may know of, and with what. Offices stand in place of names that are not yours to read."
    >
      {map.late === 0 ? (
        <Empty title="Nothing is late">Once something is past its day, it stands here.</Empty>
      ) : (
        <>
          <p>{lateText(map)}</p>
          <HeatMap map={map} />
          <Twin map={map} />
        </>
      )}
    </Section>
  );
}

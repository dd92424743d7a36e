import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { boardQuery, subjectsQuery } from '../app/queries.ts';
import { ordered } from '../app/stages.ts';
import { shortRef, titled } from '../app/words.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { Empty, Section } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { askText, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';

/** The applications of a search, each with what it waits for: most of what a search owes is answered in them. */
export function Applications({ id }: { readonly id: string }) {
  const subjects = useQuery(subjectsQuery);
  const board = useQuery(boardQuery({ kind: 'candidacy', all: true }));
  if (subjects.data === undefined || board.data === undefined) return null;
  const mine = new Map(
    subjects.data.list.flatMap((one) => (one.search === id ? [[one.case, one.name] as const] : [])),
  );
  const found = board.data.list.filter((one) => mine.has(one.case));
  const stages = ordered(found.map((one) => one.stage));
  const rows = found.toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  return (
    <Section title="Applications" says="Everybody who applied in this search, and what each waits for.">
      {rows.length === 0 ? (
        <Empty title="Nobody has applied yet">
          Applications come by the page of the posting, from a list under Records, or are entered by HR under
          People.
        </Empty>
      ) : (
        <Table
          caption="Applications of this search"
          rows={rows}
          keyOf={(one) => one.case}
          columns={[
            {
              name: 'Application',
              cell: (one) => (
                <Link to="/cases/$case" params={{ case: one.case }}>
                  {mine.get(one.case) ?? shortRef(one.case)}
                </Link>
              ),
            },
            { name: 'Stage', cell: (one) => titled(one.stage) },
            {
              name: 'Waits for',
              cell: ({ waiting }) =>
                waiting === null
                  ? 'nobody'
                  : `${waiting.who === null ? 'HR' : whoText(waiting.who)}: ${askText(waiting)}`,
            },
            {
              name: 'How soon',
              cell: ({ waiting }) =>
                waiting === null ? (
                  ''
                ) : (
                  <Due due={waiting.why.due} now={board.data.now} told={isTold(waiting.why)} />
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}

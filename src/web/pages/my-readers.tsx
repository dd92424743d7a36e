import { useQuery } from '@tanstack/react-query';
import { ask, query } from '../app/api.ts';
import { spaced, timeText } from '../app/words.ts';
import { Empty, Loading } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { shortPerson } from '../parts/waiting.tsx';

interface Read {
  readonly at: number;
  readonly by: string;
  readonly name: string | null;
  readonly what: string;
  readonly classes: readonly string[];
}

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who read what about a person. */
export function Reading({ person }: { readonly person: string }) {
  const found = useQuery({
    queryKey: ['access', person],
    queryFn: () => ask<{ readonly list: readonly Read[] }>('GET', `/access${query({ about: person })}`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  if (found.data.list.length === 0)
    return (
      <Empty title="Nobody yet">When somebody reads more than daily work about you, it stands here.</Empty>
    );
  return (
    <Table
      caption="Who read about you"
      keyOf={(one) => `${one.at} ${one.by} ${one.what}`}
      rows={found.data.list}
      columns={[
        { name: 'When', cell: (one) => timeText(one.at, browserZone) },
        { name: 'Who', cell: (one) => one.name ?? shortPerson(one.by) },
        { name: 'What', cell: (one) => spaced(one.what) },
      ]}
    />
  );
}

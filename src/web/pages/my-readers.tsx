import { useQuery } from '@tanstack/react-query';
import { ask, query } from '../app/api.ts';
import { browserZone, dayText, spaced, timeText } from '../app/words.ts';
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

const whats: Readonly<Record<string, string>> = {
  board: 'a list of cases in which yours stands',
  case: 'the case',
  timeline: 'what happened in the case',
  text: 'a text',
  gates: 'what the case still lacks',
  history: 'the history',
};

interface Together extends Read {
  readonly times: number;
}

/** One line for each day, reader and thing read: who looked, and how often. One’s own readings are left out. */
function gathered(list: readonly Read[], person: string, zone: string): readonly Together[] {
  const found = new Map<string, Together>();
  for (const one of list) {
    if (one.by === person) continue;
    const key = `${dayText(one.at, zone)} ${one.by} ${one.what}`;
    const before = found.get(key);
    found.set(key, { ...(before ?? one), times: (before?.times ?? 0) + 1 });
  }
  return [...found.values()];
}

/** Who read what about a person. */
export function Reading({ person }: { readonly person: string }) {
  const found = useQuery({
    queryKey: ['access', person],
    queryFn: () => ask<{ readonly list: readonly Read[] }>('GET', `/access${query({ about: person })}`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const rows = gathered(found.data.list, person, browserZone);
  if (rows.length === 0)
    return (
      <Empty title="Nobody yet">When somebody reads more than daily work about you, it stands here.</Empty>
    );
  return (
    <Table
      caption="Who read about you"
      keyOf={(one) => `${one.at} ${one.by} ${one.what}`}
      rows={rows}
      columns={[
        { name: 'Last', cell: (one) => timeText(one.at, browserZone) },
        { name: 'Who', cell: (one) => one.name ?? shortPerson(one.by) },
        { name: 'What', cell: (one) => whats[one.what] ?? spaced(one.what) },
        { name: 'That day', cell: (one) => (one.times === 1 ? 'once' : `${one.times} times`) },
      ]}
    />
  );
}

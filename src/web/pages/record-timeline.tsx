import { useQuery } from '@tanstack/react-query';
import { timelineQuery } from '../app/queries.ts';
import { timeText, titled } from '../app/words.ts';
import { TimelineChart } from '../charts/timeline.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { askText, whoText } from '../parts/waiting.tsx';
import { Table } from '../parts/table.tsx';
import { Due } from '../parts/when.tsx';
import { actorText } from './record-history.tsx';
import { DoseView } from './record-dose.tsx';

/** What happened and what lies ahead, as a picture and as two tables. */
export function TimelineView({ id, kind }: { readonly id: string; readonly kind: string }) {
  const found = useQuery(timelineQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { past, ahead, zone, now } = found.data;
  const latest = past
    .filter((one) => one.kind !== 'prompted')
    .slice(-30)
    .toReversed();
  return (
    <>
      <Section title="Timeline">
        <TimelineChart past={past} ahead={ahead} now={now} zone={zone} />
      </Section>
      {kind === 'employment' ? <DoseView past={past} zone={zone} /> : null}
      <Section title="Ahead">
        <Table
          caption="Dates ahead, soonest first"
          rows={ahead}
          keyOf={(one) => (one.why.masked ? String(one.why.due) : one.why.id)}
          columns={[
            { name: 'Due', cell: (one) => timeText(one.why.due, zone) },
            { name: 'What', cell: askText },
            { name: 'Who', cell: (one) => (one.who === null ? 'HR' : whoText(one.who)) },
            { name: 'How soon', cell: (one) => <Due due={one.why.due} now={now} /> },
          ]}
        />
      </Section>
      <Section
        title="Lately"
        says="The last thirty entries besides reminders; all of them stand under History."
      >
        <Table
          caption="The last thirty entries"
          rows={latest}
          keyOf={(one) => String(one.position)}
          columns={[
            { name: 'When', cell: (one) => timeText(one.at, zone) },
            { name: 'What', cell: (one) => titled(one.kind ?? 'something confidential') },
            { name: 'Who', cell: actorText },
          ]}
        />
      </Section>
    </>
  );
}

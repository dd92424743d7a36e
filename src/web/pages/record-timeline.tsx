import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gatesQuery, timelineQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { dayText, timeText, titled } from '../app/words.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { gatesOn, plannedOn, restsOn } from '../charts/life-line.ts';
import { TimelineChart } from '../charts/timeline.tsx';
import type { Line } from '../charts/timeline.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { askText, whoText } from '../parts/waiting.tsx';
import { Table } from '../parts/table.tsx';
import { Due } from '../parts/when.tsx';
import { actorText } from './record-history.tsx';
import { DoseView } from './record-dose.tsx';

const dayWords = (on: string): string => dayText(Date.parse(on), 'UTC');

/** One mark of the picture that is no entry: a gate, a planned day, a rest. */
interface Mark {
  readonly what: string;
  readonly planned: string;
  readonly real: string;
}

/** Gates, planned days and rests in words: all that the picture shows beside its dots and diamonds. */
function marksOf({ gates, planned, rests, zone }: Line): readonly Mark[] {
  return [
    ...gates.map(({ gate, at }) => ({
      what: `Gate ${gate}`,
      planned: '',
      real: at === null ? 'not passed yet' : timeText(at, zone),
    })),
    ...planned.map(({ words, on, real }) => ({
      what: words,
      planned: dayWords(on),
      real: real === null ? 'not yet' : dayWords(real),
    })),
    ...rests.map(({ words, from, to }) => ({
      what: words,
      planned: '',
      real: `${dayWords(from)} to ${dayWords(to)}`,
    })),
  ];
}

/** The dots of the picture, every one, newest first; made only where somebody opens them. */
function Entries({ past, zone }: { readonly past: readonly Happened[]; readonly zone: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="twin" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        All entries as a table <span className="count">{past.length}</span>
      </summary>
      {open ? (
        <Table
          caption="All entries, newest first"
          rows={past.toReversed()}
          keyOf={(one) => String(one.position)}
          columns={[
            { name: 'When', cell: (one) => timeText(one.at, zone) },
            { name: 'What', cell: (one) => titled(one.kind ?? 'something confidential') },
            { name: 'Who', cell: actorText },
          ]}
        />
      ) : null}
    </details>
  );
}

/** What happened and what lies ahead, as a picture and as tables of the same. */
export function TimelineView({ id, kind }: { readonly id: string; readonly kind: string }) {
  const found = useQuery(timelineQuery(id));
  // Gates of a confidential matter are for its officer alone; the line is there without them.
  const gates = useQuery({ ...gatesQuery(id), enabled: kind !== 'clock' });
  if (found.isPending || (gates.isPending && kind !== 'clock')) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { past, ahead, zone, now } = found.data;
  const passed = gatesOn(past, gates.data?.list ?? []);
  const line: Line = {
    ...{ past, ahead, now, zone, gates: passed },
    ...{ rests: restsOn(past), planned: plannedOn(past) },
  };
  const marks = marksOf(line);
  return (
    <>
      <Section title="Timeline">
        <TimelineChart line={line} />
        <Entries past={past} zone={zone} />
      </Section>
      {marks.length === 0 ? null : (
        <Section title="Gates, planned days and leave">
          <Table
            caption="Gates, planned days and leave"
            rows={marks}
            keyOf={(one) => `${one.what} ${one.planned} ${one.real}`}
            columns={[
              { name: 'What', cell: (one) => one.what },
              { name: 'Planned', cell: (one) => one.planned },
              { name: 'Real', cell: (one) => one.real },
            ]}
          />
        </Section>
      )}
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
            { name: 'How soon', cell: (one) => <Due due={one.why.due} now={now} told={isTold(one.why)} /> },
          ]}
        />
      </Section>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { doingHere } from '../../cli/doing.ts';
import type { stoodThen } from '../../contracts/api/reading.ts';
import { ask, query } from '../app/api.ts';
import type { ShownCase } from '../app/types.ts';
import { civilText, spaced, timeText, titled } from '../app/words.ts';
import { useQuiet } from '../forms/sending.ts';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { MissingList, ProblemNote } from '../parts/problem.tsx';
import { useSaid } from '../parts/said.ts';
import { Table } from '../parts/table.tsx';
import { Fact } from '../parts/waiting.tsx';

type Then = z.output<typeof stoodThen>;
const HOUR_MS = 3_600_000;

function Readers({ readers }: { readonly readers: Then['readers'] }) {
  const said = useSaid();
  if (readers === null) return null;
  return (
    <details className="twin">
      <summary>
        Who could read it then <span className="count">{readers.length}</span>
      </summary>
      <Table
        caption="Who could read it then"
        rows={readers}
        keyOf={(one) => one.person ?? one.capacities.join()}
        columns={[
          {
            name: 'Person',
            cell: (one) => (one.person === null ? 'who it is about' : said(one.person)),
          },
          { name: 'As', cell: (one) => one.capacities.map(spaced).join(', ') },
          { name: 'Classes', cell: (one) => one.reads.join(', ') },
        ]}
      />
    </details>
  );
}

function Stood({ then }: { readonly then: Then }) {
  const missing = then.gates.filter((one) => one.missing.length > 0);
  return (
    <>
      <dl className="facts">
        <Fact name="Stage">{titled(then.stage)}</Fact>
        <Fact name="Status">{spaced(then.status)}</Fact>
        <Fact name="Last entry">{then.sequence}</Fact>
        <Fact name="Gates without anything missing">
          {then.gates
            .filter((one) => one.missing.length === 0)
            .map((one) => one.gate)
            .join(', ') || 'none'}
        </Fact>
      </dl>
      <h3>What was owed</h3>
      {then.waiting.length === 0 ? <p>Nothing was owed then.</p> : null}
      <ul className="plain-list">
        {then.waiting.map((one) => (
          <li key={one.masked ? String(one.due) : one.id}>
            {one.masked ? 'Something that HR had in hand' : titled(doingHere(one))}, due{' '}
            {timeText(one.due, then.zone)}
          </li>
        ))}
      </ul>
      {missing.length === 0 ? null : (
        <details className="twin">
          <summary>What the gates still lacked</summary>
          {missing.map((one) => (
            <div key={one.gate}>
              <h4>{one.gate}</h4>
              <MissingList list={one.missing} />
            </div>
          ))}
        </details>
      )}
      <Readers readers={then.readers} />
    </>
  );
}

/** The case as it stood: by a slider, or by a date and time that are typed. */
export function AsOf({ shown, now }: { readonly shown: ShownCase; readonly now: number }) {
  const [at, setAt] = useState(now);
  const quiet = useQuiet(at);
  const id = shown.case;
  const found = useQuery({
    queryKey: ['case', id, 'as-of', quiet],
    queryFn: () => ask<Then>('GET', `/cases/${encodeURIComponent(id)}/as-of${query({ at: quiet })}`),
    placeholderData: (before) => before,
    retry: false,
  });
  const day = civilText(at, shown.zone);
  // What was found for another moment stays on the page till the answer is there, and says so.
  const looking = quiet !== at || found.isPlaceholderData;
  return (
    <Section
      title="As of a day"
      says="What the case looked like then, and who could see it. The same question gives the same answer every time."
    >
      <div className="panel">
        <label htmlFor="slide">Move back and forth</label>
        <input
          id="slide"
          type="range"
          min={shown.openedAt}
          max={now}
          step={HOUR_MS}
          value={at}
          aria-valuetext={timeText(at, shown.zone)}
          onChange={(event) => setAt(Number(event.target.value))}
        />
        <div className="field">
          <label htmlFor="slide-day">Or name a day</label>
          <input
            id="slide-day"
            type="date"
            min={civilText(shown.openedAt, shown.zone)}
            max={civilText(now, shown.zone)}
            value={day}
            onChange={({ target: { value } }) => {
              const noon = Date.parse(`${value}T12:00:00Z`);
              if (!Number.isNaN(noon)) setAt(Math.min(Math.max(noon, shown.openedAt), now));
            }}
          />
        </div>
        <p role="status">
          <strong>{timeText(at, shown.zone)}</strong>
          {looking ? ' – looking it up; below still stands what was shown before' : ''}
        </p>
      </div>
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ProblemNote error={found.error} /> : null}
      <div aria-busy={looking}>
        {found.data === undefined ? null : <Stood then={found.data} />}
        {found.data === null ? (
          <Empty title="Not there yet">The case began later. Name a later day.</Empty>
        ) : null}
      </div>
    </Section>
  );
}

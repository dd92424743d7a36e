import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../app/api.ts';
import { meetingsQuery, waitingQuery } from '../app/queries.ts';
import type { Waiting } from '../app/types.ts';
import { clockText, dayText, kindName, monthText, shortRef } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { askText } from '../parts/waiting.tsx';
import { useTitles } from './today.tsx';

/** An address to subscribe to; it is shown once, and a new one ends the old one. */
function Subscribe() {
  const make = useMutation({ mutationFn: () => ask<{ readonly address: string }>('POST', '/me/calendar') });
  const end = useMutation({ mutationFn: () => ask('DELETE', '/me/calendar') });
  return (
    <Section
      title="In your own calendar"
      says="An address your calendar can subscribe to. It holds hours and references, and no name. Whoever has the address can read it; end it when you do not need it."
    >
      <p className="buttons">
        <button
          type="button"
          className="button"
          aria-disabled={make.isPending}
          onClick={() => make.isPending || make.mutate()}
        >
          Make an address
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={end.isPending}
          onClick={() => end.isPending || end.mutate()}
        >
          End my address
        </button>
      </p>
      <div role="status">
        {make.data === undefined ? null : (
          <p className="note note-ready">
            Copy it now, it is shown once: <code>{make.data.address}</code>
          </p>
        )}
        {end.isSuccess ? <p className="note note-ready">Your address has ended.</p> : null}
      </div>
      {make.isError ? <ProblemNote error={make.error} /> : null}
      {end.isError ? <ProblemNote error={end.error} /> : null}
    </Section>
  );
}

/** Meetings one takes part in: each with its hour, as it stands in the invitation. */
function Meetings({ titles }: { readonly titles: (id: string) => string | null }) {
  const found = useQuery(meetingsQuery);
  if (found.isError) return <ProblemNote error={found.error} />;
  const list = found.data?.list ?? [];
  if (list.length === 0) return null;
  return (
    <Section title="Meetings" says="Those you take part in. A calendar file for each came by mail.">
      <ol className="days">
        {list.map((one) => (
          <li key={`${one.case} ${one.id}`}>
            <span className="day">{dayText(one.at, one.zone)}</span>
            <span>
              {clockText(one.at, one.zone)} to {clockText(one.at + one.minutes * 60_000, one.zone)}{' '}
              <span className="fine">{one.zone}</span>
            </span>
            <span>
              <Link to="/cases/$case" params={{ case: one.case }}>
                {kindName(one.case.split('-')[0] ?? '')}
              </Link>{' '}
              <span className="fine">{titles(one.case) ?? shortRef(one.case)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** What is due for me, day by day. */
export function Calendar() {
  const found = useQuery(waitingQuery({ mine: true }));
  const titles = useTitles();
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const months = new Map<string, Waiting[]>();
  for (const one of found.data.list) {
    const month = monthText(one.why.due, one.zone);
    months.set(month, [...(months.get(month) ?? []), one]);
  }
  return (
    <Page title="Calendar" lead="What is due for you, day by day, each in the zone of its place.">
      <Meetings titles={titles} />
      {months.size === 0 ? (
        <Empty title="No date ahead">When something is due for you, its day stands here.</Empty>
      ) : null}
      {[...months].map(([month, list]) => (
        <Section key={month} title={month}>
          <ol className="days">
            {list.map((one) => (
              <li key={one.why.masked ? `${one.case} ${one.why.due}` : `${one.case} ${one.why.id}`}>
                <span className="day">{dayText(one.why.due, one.zone)}</span>
                <span>
                  {clockText(one.why.due, one.zone)} <span className="fine">{one.zone}</span>
                </span>
                <span>
                  <Link to="/cases/$case" params={{ case: one.case }}>
                    {askText(one)}
                  </Link>{' '}
                  <span className="fine">
                    {[kindName(one.kind), titles(one.case)].filter((part) => part !== null).join(' · ')}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </Section>
      ))}
      <Subscribe />
    </Page>
  );
}

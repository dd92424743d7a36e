import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ask, query } from '../app/api.ts';
import { peopleQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { shortRef, spaced, timeText, titled } from '../app/words.ts';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { TakeFile } from '../parts/take-file.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { actorText } from './record-history.tsx';

type Row = Happened & { readonly case: string; readonly zone: string };
interface FoundRows {
  readonly list: readonly Row[];
  readonly more: number;
  readonly next: number | null;
}

interface Asked {
  readonly actor?: string;
  readonly kind?: string;
  readonly since?: number;
  readonly until?: number;
}

const DAY_MS = 86_400_000;
const dayOf = (text: string): number | undefined => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at;
};

function Filters({ asked, onAsk }: { readonly asked: Asked; readonly onAsk: (asked: Asked) => void }) {
  const people = useQuery(peopleQuery);
  const [form, setForm] = useState({
    ...{ actor: asked.actor ?? '', kind: spaced(asked.kind ?? '') },
    since: dayIn(asked.since),
    until: asked.until === undefined ? '' : dayIn(asked.until - DAY_MS),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const since = dayOf(form.since);
    const until = dayOf(form.until);
    onAsk({
      ...(form.actor === '' ? {} : { actor: form.actor }),
      ...(form.kind.trim() === '' ? {} : { kind: form.kind.trim().toLowerCase().replaceAll(' ', '_') }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until: until + DAY_MS }),
    });
  };
  const set = (name: keyof typeof form) => (event: { readonly target: { readonly value: string } }) =>
    setForm({ ...form, [name]: event.target.value });
  return (
    <form className="filters panel" onSubmit={submit}>
      <div className="field">
        <label htmlFor="who">Who did it</label>
        <select id="who" value={form.actor} onChange={set('actor')}>
          <option value="">Anybody</option>
          {(people.data?.list ?? []).map((one) => (
            <option key={one.person} value={one.person}>
              {one.name ?? shortPerson(one.person)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="what">What happened</label>
        <input id="what" value={form.kind} onChange={set('kind')} placeholder="for example: session logged" />
      </div>
      <div className="field">
        <label htmlFor="since">From</label>
        <input id="since" type="date" value={form.since} onChange={set('since')} />
      </div>
      <div className="field">
        <label htmlFor="until">Until and with</label>
        <input id="until" type="date" value={form.until} onChange={set('until')} />
      </div>
      <div className="buttons">
        <button type="submit" className="button button-main">
          Search
        </button>
      </div>
    </form>
  );
}

const askedKeys = ['actor', 'kind', 'since', 'until'] as const;

/** What is asked stands in the address, as refs, codes and instants: a bookmark keeps a filter. */
function useAsked(): readonly [Asked, (asked: Asked) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const asked = Object.fromEntries(
    askedKeys.flatMap((key) => {
      const value = search[key];
      const fits = key === 'actor' || key === 'kind' ? typeof value === 'string' : typeof value === 'number';
      return fits ? [[key, value]] : [];
    }),
  ) as Asked;
  return [asked, (next) => void navigate({ to: '/history', search: { ...next } })];
}

const dayIn = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().slice(0, 10);

/** What was asked, in words: it stands over the entries and in the file. */
function askedText(asked: Asked, who: string | null): string {
  const parts = [
    ...(asked.actor === undefined ? [] : [`by ${who ?? shortPerson(asked.actor)}`]),
    ...(asked.kind === undefined ? [] : [titled(asked.kind).toLowerCase()]),
    ...(asked.since === undefined ? [] : [`from ${dayIn(asked.since)}`]),
    ...(asked.until === undefined ? [] : [`until ${dayIn(asked.until - DAY_MS)}`]),
  ];
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

/** Any event: who, what, when, on whose behalf. */
export function HistorySearch() {
  const [asked, setAsked] = useAsked();
  const found = useInfiniteQuery({
    queryKey: ['history', asked],
    queryFn: ({ pageParam }) =>
      ask<FoundRows>('GET', `/history${query({ ...asked, limit: 60, before: pageParam ?? undefined })}`),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  const people = useQuery(peopleQuery);
  const rows = (found.data?.pages ?? []).flatMap((page) => page.list.toReversed());
  return (
    <Page title="History" lead="Every entry of every case that you may know of, newest first.">
      <Filters asked={asked} onAsk={setAsked} />
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ProblemNote error={found.error} /> : null}
      {found.isSuccess ? (
        <div className="found">
          <p role="status">
            <strong>
              {rows.length}
              {found.hasNextPage ? ' or more' : ''} {rows.length === 1 ? 'entry' : 'entries'}
            </strong>{' '}
            for {askedText(asked, people.data?.list.find((one) => one.person === asked.actor)?.name ?? null)}.
            The address of this page keeps what you asked for: bookmark it to come back.
          </p>
          <TakeFile
            words="Take these entries along (CSV)"
            from={`/history/csv${query({ ...asked })}`}
            name="history.csv"
            type="text/csv"
          />
        </div>
      ) : null}
      {found.isSuccess && rows.length === 0 ? (
        <Empty title="No entry fits">Ask for a longer time, or for anybody.</Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <Table
          caption="Entries found"
          rows={rows}
          keyOf={(one) => String(one.position)}
          columns={[
            { name: 'When', cell: (one) => timeText(one.at, one.zone) },
            { name: 'What', cell: (one) => titled(one.kind ?? 'something confidential') },
            { name: 'Who', cell: (one) => actorText(one) },
            {
              name: 'Case',
              cell: (one) => (
                <Link to="/cases/$case/$view" params={{ case: one.case, view: 'history' }}>
                  {shortRef(one.case)}
                </Link>
              ),
            },
            { name: 'Position', cell: (one) => one.position, number: true },
          ]}
        />
      )}
      {found.hasNextPage ? (
        <p>
          <button
            type="button"
            className="button"
            aria-disabled={found.isFetching}
            onClick={() => found.isFetching || void found.fetchNextPage()}
          >
            Show earlier entries
          </button>
        </p>
      ) : null}
    </Page>
  );
}

import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { matrix } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { spaced, titled } from '../app/words.ts';
import { Section } from '../parts/page.tsx';

export type Matrix = z.output<typeof matrix>;

export const matrixQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'matrix'],
    queryFn: () => ask<Matrix>('GET', `/cases/${encodeURIComponent(id)}/matrix`),
    retry: false,
  });

const asking: readonly string[] = ['discussed', 'revised', 'blocked'];

/** What somebody is asked to take a position on: elements that were talked about, and are not settled. */
export const askedOn = ({ rows }: Matrix): Matrix['rows'] =>
  rows.filter(({ status }) => asking.includes(status));

/** The sheet as it begins: a line for each element they have said nothing on. */
export function positionsFor(found: Matrix, person: string): readonly { readonly element: string }[] {
  const place = found.people.findIndex((one) => one.person === person && one.left === null);
  const open = askedOn(found);
  const mine = open.filter(({ said }) => place < 0 || (said[place] ?? null) === null);
  return (mine.length === 0 ? open : mine).map(({ element }) => ({ element }));
}

/** The words that are on the table, as they were proposed last. */
export function Wordings({ found, only }: { readonly found: Matrix; readonly only?: Matrix['rows'] }) {
  const rows = (only ?? found.rows).filter((one) => one.words !== null || one.choices.length > 0);
  if (rows.length === 0) return null;
  return (
    <Section
      title={only === undefined ? 'The words' : 'What it is about'}
      says="As proposed last. The choices beneath come from a closed list."
    >
      {rows.map((one) => (
        <div key={one.element}>
          <h3>
            {one.element} · {one.heading} <span className="fine">({spaced(one.status)})</span>
          </h3>
          {one.words === null ? null : <blockquote className="typed">{one.words}</blockquote>}
          {one.choices.length === 0 ? null : (
            <p className="fine">Chosen: {one.choices.map((choice) => titled(choice)).join(' · ')}</p>
          )}
        </div>
      ))}
    </Section>
  );
}

/** Above the form in which somebody takes their position. */
export function OnTheTable({ id }: { readonly id: string }) {
  const found = useQuery(matrixQuery(id));
  return found.data === undefined ? null : <Wordings found={found.data} only={askedOn(found.data)} />;
}

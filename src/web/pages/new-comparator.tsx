import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { comparator } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import type { Site } from '../app/queries.ts';
import { sameForAll } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';

type Found = z.output<typeof comparator>;

/** What is the same for all staff of a place, as HR enters it. */
export function NewComparator({ site }: { readonly site: Site }) {
  const found = useQuery({
    queryKey: ['comparator', site.site],
    queryFn: () => ask<Found>('GET', `/sites/${site.site}/comparator`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const now = found.data.comparator;
  return (
    <Section
      title="What holds for everybody"
      says="Looked up today, in the handbook or the agreement. A rule that is stricter for people in peer roles alone is stopped against it. What you leave empty is not on record."
    >
      <PlainForm
        key={now?.recorded ?? ''}
        shape={sameForAll}
        from={now === null ? {} : { source: now.source, ...now.values }}
        words="Enter it for this place"
        done="On record, for every case from now on and for all that are open."
        send={({ source, recorded, ...values }) =>
          ask('PUT', `/sites/${site.site}/comparator`, {
            comparator: { source, recorded, values },
            cases: 'all',
          })
        }
      />
    </Section>
  );
}

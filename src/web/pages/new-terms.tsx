import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { sitesQuery } from '../app/queries.ts';
import { Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { NotFound } from '../app/shell.tsx';
import { NewComparator } from './new-comparator.tsx';
import { NewHours } from './new-hours.tsx';
import { NewPolicy } from './new-policy.tsx';

const titles: Readonly<Record<string, readonly [title: string, lead: string]>> = {
  policy: ['Change a number', 'First what it would do, to each open case; then for whom it is to hold.'],
  hours: ['Hours and holidays', 'Due dates of every open case are computed anew; what was sent stays sent.'],
  staff: [
    'The same for all staff',
    'What holds for everybody at this place, so that nobody is held to more.',
  ],
};

/** Something that holds at a place from now on. */
export function NewTerms() {
  const { site: of, what } = useParams({ from: '/policy/$site/$what' });
  const { key } = useSearch({ strict: false }) as { readonly key?: unknown };
  const sites = useQuery(sitesQuery);
  const [title, lead] = titles[what] ?? [];
  const site = sites.data?.list.find((one) => one.site === of);
  if (title === undefined || lead === undefined) return <NotFound />;
  if (sites.isPending) return <Loading />;
  if (sites.isError) return <ProblemNote error={sites.error} />;
  if (site === undefined) return <NotFound />;
  return (
    <Page
      title={title}
      lead={`${site.name}. ${lead}`}
      aside={
        <Link to="/policy" className="button">
          Back to Policy
        </Link>
      }
    >
      {what === 'policy' ? <NewPolicy site={site} from={typeof key === 'string' ? key : undefined} /> : null}
      {what === 'hours' ? <NewHours site={site} /> : null}
      {what === 'staff' ? <NewComparator site={site} /> : null}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { comparator, shownTerms } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import { sitesQuery } from '../app/queries.ts';
import type { Site } from '../app/queries.ts';
import { spaced } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { Fact } from '../parts/waiting.tsx';

type Terms = z.output<typeof shownTerms>;

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Values({ terms }: { readonly terms: Terms }) {
  const [word, setWord] = useState('');
  const rows = terms.values.filter((one) =>
    spaced(one.key).toLowerCase().includes(word.trim().toLowerCase()),
  );
  return (
    <Section
      title="Numbers in force"
      says="Each with where it comes from. A hire keeps the version it began under until somebody moves it on purpose."
    >
      <div className="field">
        <label htmlFor="find-value">Find a number</label>
        <input id="find-value" type="search" value={word} onChange={(event) => setWord(event.target.value)} />
      </div>
      <p role="status" className="fine">
        {rows.length} of {terms.values.length} numbers
      </p>
      <Table
        caption="Numbers in force"
        rows={rows}
        keyOf={(one) => one.key}
        columns={[
          { name: 'What', cell: (one) => spaced(one.key) },
          { name: 'Value', cell: (one) => valueText(one.value) },
          { name: 'From', cell: (one) => one.from },
          { name: 'Source', cell: (one) => one.source },
          { name: 'Day', cell: (one) => one.date },
        ]}
      />
    </Section>
  );
}

function Topics({ terms }: { readonly terms: Terms }) {
  if (terms.topics.length === 0) return null;
  return (
    <details className="twin">
      <summary>
        What the place adds, in words <span className="count">{terms.topics.length}</span>
      </summary>
      <Table
        caption="What the place adds"
        rows={terms.topics}
        keyOf={(one) => one.topic}
        columns={[
          { name: 'About', cell: (one) => spaced(one.topic) },
          { name: 'It says', cell: (one) => one.says ?? 'nothing on record' },
          { name: 'Source', cell: (one) => one.source ?? '' },
        ]}
      />
    </details>
  );
}

/** What is the same for all staff: what a rule for these roles is compared with. */
function SameForAll({ site }: { readonly site: string }) {
  const found = useQuery({
    queryKey: ['comparator', site],
    queryFn: () => ask<z.output<typeof comparator>>('GET', `/sites/${site}/comparator`),
    retry: false,
  });
  if (found.data === undefined) return null;
  const { comparator: record, blanks } = found.data;
  return (
    <Section
      title="The same for all staff"
      says="What holds for everybody at this place. A rule that is stricter only for people in peer roles is stopped or shown."
    >
      {record === null ? (
        <Empty title="Nothing on record yet">
          HR enters what holds for all staff; until then nothing can be compared with it.
        </Empty>
      ) : (
        <p>
          On record.{' '}
          {blanks === null || blanks.length === 0
            ? 'Nothing is left blank.'
            : `Still blank: ${blanks.map(spaced).join(', ')}.`}
        </p>
      )}
    </Section>
  );
}

function OfSite({ site }: { readonly site: Site }) {
  const found = useQuery({
    queryKey: ['terms', site.site],
    queryFn: () => ask<Terms>('GET', `/sites/${site.site}/policy`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { policy, profile, counsel, blank } = found.data;
  return (
    <>
      <dl className="facts">
        <Fact name="Policy">
          {policy.title} ({policy.id}), in force from {policy.effective}
        </Fact>
        <Fact name="Place">
          {profile === null ? 'no profile' : `${profile.title} (${profile.jurisdiction})`}
        </Fact>
        <Fact name="Read by counsel">
          {counsel === 'read' ? 'yes' : counsel === null ? 'not said' : 'not yet'}
        </Fact>
        <Fact name="Time zone">{site.zone}</Fact>
        {blank.length === 0 ? null : <Fact name="Left blank">{blank.map(spaced).join(', ')}</Fact>}
      </dl>
      <Values terms={found.data} />
      <Topics terms={found.data} />
      <SameForAll site={site.site} />
      <Section title="What a change would do" says="Before and after, for each hire it would touch.">
        <Empty title="No rehearsal yet">
          When a new policy is proposed, it is tried on a copy of every running hire, and the dates it would
          move stand here. Nothing changes by itself.
        </Empty>
      </Section>
    </>
  );
}

/** Policy: the numbers and words in force, each with its source. */
export function Policy() {
  const sites = useQuery(sitesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = sites.data?.list ?? [];
  const site = list.find((one) => one.site === chosen) ?? list[0];
  return (
    <Page title="Policy" lead="What holds at each place of work, and where every number comes from.">
      {sites.isPending ? <Loading /> : null}
      {sites.isError ? <ProblemNote error={sites.error} /> : null}
      {list.length > 1 ? (
        <div className="field">
          <label htmlFor="site">Place</label>
          <select id="site" value={site?.site ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {list.map((one) => (
              <option key={one.site} value={one.site}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {site === undefined ? null : <OfSite key={site.site} site={site} />}
      {sites.isSuccess && site === undefined ? (
        <Empty title="No place of work yet">
          A place has a name, a time zone, working days and holidays. Whoever set this up adds it first.
        </Empty>
      ) : null}
    </Page>
  );
}

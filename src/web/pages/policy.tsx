import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { comparator, shownTerms } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import { selfQuery, sitesQuery } from '../app/queries.ts';
import type { Site } from '../app/queries.ts';
import { spaced } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { Fact } from '../parts/waiting.tsx';

type Terms = z.output<typeof shownTerms>;

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Values({
  terms,
  changes,
}: {
  readonly terms: Terms;
  /** The place, for whoever may change its numbers. */
  readonly changes: string | null;
}) {
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
          ...(changes === null
            ? []
            : [
                {
                  name: 'Change',
                  cell: (one: Terms['values'][number]) =>
                    one.from === 'policy' ? (
                      <Link
                        to="/policy/$site/$what"
                        params={{ site: changes, what: 'policy' }}
                        search={{ key: one.key }}
                        aria-label={`Change ${spaced(one.key)}`}
                      >
                        Change
                      </Link>
                    ) : (
                      ''
                    ),
                },
              ]),
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
function SameForAll({ site, enters }: { readonly site: string; readonly enters: boolean }) {
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
      {enters ? (
        <p className="buttons">
          <Link to="/policy/$site/$what" params={{ site, what: 'staff' }} className="button">
            Enter what holds for all staff
          </Link>
        </p>
      ) : null}
    </Section>
  );
}

/** Where a change begins: tried first, on a copy of every open case. */
function WhatAChange({ site, changes }: { readonly site: Site; readonly changes: boolean }) {
  return (
    <Section
      title="What a change would do"
      says="A new number is tried on a copy of every open case first. The dates it would move stand before and after, case by case; nothing changes by itself."
    >
      {changes ? (
        <p className="buttons">
          <Link
            to="/policy/$site/$what"
            params={{ site: site.site, what: 'policy' }}
            className="button button-main"
          >
            Try a change
          </Link>
          <Link to="/policy/$site/$what" params={{ site: site.site, what: 'hours' }} className="button">
            Hours and holidays
          </Link>
        </p>
      ) : (
        <Empty title="Not yours to change">
          HR’s director, or whoever looks after the policy, tries a change here and puts it in force.
        </Empty>
      )}
    </Section>
  );
}

function OfSite({ site }: { readonly site: Site }) {
  const self = useQuery(selfQuery);
  const holds = (...list: readonly string[]): boolean =>
    self.data?.capacities.some((one) => list.includes(one)) === true;
  const changes = holds('hr_director', 'policy_owner');
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
      <Values terms={found.data} changes={changes ? site.site : null} />
      <Topics terms={found.data} />
      <SameForAll site={site.site} enters={holds('hr', 'hr_director')} />
      <WhatAChange site={site} changes={changes} />
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

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { selfQuery, subjectsQuery, waitingQuery } from '../app/queries.ts';
import type { WaitingList } from '../app/queries.ts';
import type { Waiting } from '../app/types.ts';
import { dayText, kindName, nearness, shortRef, timeText } from '../app/words.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { WaitingCard, askText, isOfSearch, silenceText, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { LookingAfter, StillToSetUp } from './looking-after.tsx';
import { Tries } from './tries.tsx';

const keyOf = (one: Waiting): string =>
  one.why.masked ? `${one.case} ${one.why.due}` : `${one.case} ${one.why.id}`;

/** Far off, and not asked yet: there to look through, and not in the way of what is asked now. */
const isAhead = ({ why }: Waiting, now: number): boolean =>
  !why.masked && why.since > now && nearness(why.due, now) === 'later';

/** Under which word something stands: what the other of two answers for is never late for whoever is told. */
const nearOf = ({ why }: Waiting, now: number) =>
  isTold(why) && why.due < now ? 'today' : nearness(why.due, now);

const groups = [
  ['late', 'Late'],
  ['today', 'Due within a day'],
  ['soon', 'Within a week'],
  ['later', 'Later'],
] as const;

function Cards({
  list,
  now,
  titles,
}: {
  readonly list: readonly Waiting[];
  readonly now: number;
  readonly titles: Titles;
}) {
  return (
    <div className="cards">
      {list.map((one) => (
        <WaitingCard key={keyOf(one)} one={one} now={now} own title={titles(one.case)} />
      ))}
    </div>
  );
}

/** What is owed, soonest first, under words that say how soon. */
function Owed({ found, titles }: { readonly found: WaitingList; readonly titles: Titles }) {
  const ahead = found.list.filter((one) => isAhead(one, found.now));
  const shown = groups.map(([near, name]) => {
    const list = found.list.filter((one) => !isAhead(one, found.now) && nearOf(one, found.now) === near);
    if (list.length === 0) return null;
    return (
      <div key={near} className="group">
        <h3 className="group-name">
          {name} <span className="count">{list.length}</span>
        </h3>
        <Cards list={list} now={found.now} titles={titles} />
      </div>
    );
  });
  return (
    <>
      {shown}
      {ahead.length === 0 ? null : (
        <details className="group">
          <summary>
            Ahead, not asked yet <span className="count">{ahead.length}</span>
          </summary>
          <Cards list={ahead} now={found.now} titles={titles} />
        </details>
      )}
    </>
  );
}

type Titles = (id: string) => string | null;

/** Whom a case is about, by its id; null where that is not for this reader. */
export function useTitles(): Titles {
  const { data } = useQuery(subjectsQuery);
  const names = new Map(data?.list.map((one) => [one.case, one.name]) ?? []);
  return (id) => names.get(id) ?? null;
}

const PAGE = 10;

function OthersTable({
  list,
  now,
  titles,
}: {
  readonly list: readonly Waiting[];
  readonly now: number;
  readonly titles: Titles;
}) {
  const [most, setMost] = useState(PAGE);
  return (
    <>
      <Table
        caption="What waits for others, soonest due first"
        rows={list.slice(0, most)}
        keyOf={keyOf}
        columns={[
          { name: 'How soon', cell: (one) => <Due due={one.why.due} now={now} told={isTold(one.why)} /> },
          {
            name: 'What',
            cell: (one) => (
              <Link to="/cases/$case" params={{ case: one.case }}>
                {askText(one)}
              </Link>
            ),
          },
          { name: 'Waits for', cell: (one) => (one.who === null ? 'HR' : whoText(one.who)) },
          {
            name: 'In',
            cell: (one) =>
              one.why.masked ? '' : `${kindName(one.kind)} · ${titles(one.case) ?? shortRef(one.case)}`,
          },
          { name: 'Due', cell: (one) => timeText(one.why.due, one.zone) },
          { name: 'Next, if nothing happens', cell: (one) => silenceText(one) ?? '' },
        ]}
      />
      {list.length <= most ? null : (
        <p>
          <button type="button" className="button" onClick={() => setMost(most + PAGE)}>
            Show {Math.min(PAGE, list.length - most)} more of {list.length}
          </button>
        </p>
      )}
    </>
  );
}

function Others({ mine }: { readonly mine: readonly Waiting[] }) {
  const [late, setLate] = useState(false);
  // The list before stays until the next one is here: the switch keeps its place, and the keyboard with it.
  const found = useQuery({ ...waitingQuery(late ? { late } : {}), placeholderData: keepPreviousData });
  const titles = useTitles();
  const own = new Set(mine.map(keyOf));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  // Past its day nobody waits for whoever was only told of it: the line of the other one says so.
  const over = (one: Waiting): boolean => isTold(one.why) && one.why.due < found.data.now;
  const list = found.data.list.filter((one) => !own.has(keyOf(one)) && !over(one));
  return (
    <Section
      title="What waits for others"
      says="Everything you may know of, soonest due first. Each line says on whom it waits."
    >
      <label className="switch">
        <input type="checkbox" checked={late} onChange={(event) => setLate(event.target.checked)} /> Only what
        is late
      </label>
      {found.isPlaceholderData ? <Loading /> : null}
      {list.length === 0 ? (
        <Empty title={late ? 'Nothing is late' : 'Nothing waits for others'}>
          When somebody is asked for something in a case that you may see, it stands here.
        </Empty>
      ) : (
        <OthersTable list={list} now={found.data.now} titles={titles} />
      )}
    </Section>
  );
}

/** What is asked where it stands: of a decision on a whole search that is its own item, and none of each application. */
const here = (found: WaitingList): WaitingList => ({
  ...found,
  list: found.list.filter((one) => !isOfSearch(one)),
});

/** Today: what I owe, soonest first; then what waits for others. */
export function Today() {
  const self = useQuery(selfQuery);
  const mine = useQuery(waitingQuery({ mine: true }));
  const asked = mine.data === undefined ? undefined : here(mine.data);
  const titles = useTitles();
  const zone = self.data?.zone ?? mine.data?.list[0]?.zone ?? 'UTC';
  const lead = mine.data === undefined ? undefined : `${dayText(mine.data.now, zone)} · ${zone}`;
  return (
    <Page
      title="Today"
      lead={lead}
      aside={
        <Link to="/dates" className="button">
          Calendar
        </Link>
      }
    >
      {mine.isPending ? <Loading /> : null}
      {mine.isError ? <ProblemNote error={mine.error} again={() => void mine.refetch()} /> : null}
      {asked !== undefined ? (
        <Section title="What you are asked for">
          {asked.list.length === 0 ? (
            <Empty title="You owe nobody anything today">
              When something needs you, it stands here, and you get one mail about it. Nothing is ever decided
              by your silence.
            </Empty>
          ) : (
            <Owed found={asked} titles={titles} />
          )}
        </Section>
      ) : null}
      {self.data?.capacities.includes('hr_director') === true ? <StillToSetUp /> : null}
      {self.data?.capacities.includes('administrator') === true ? <LookingAfter /> : null}
      {self.data?.sandbox === true ? <Tries /> : null}
      {mine.isSuccess ? <Others mine={mine.data.list} /> : null}
    </Page>
  );
}

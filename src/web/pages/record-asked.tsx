import { Link, useRouterState } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { peopleQuery } from '../app/queries.ts';
import type { CommandLine, ShownCase, Waiting } from '../app/types.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { answering } from '../forms/answering.ts';
import { ActLinks, actName } from '../parts/acts.tsx';
import { Section } from '../parts/page.tsx';
import { WhyWaiting, askText, isOfSearch, placeOf } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { holdersOf } from './confidence.ts';
import { openingOf } from './kit.tsx';

/** What tells two items of a case apart. */
export const keyOf = (one: Waiting): string => (one.why.masked ? String(one.why.due) : one.why.id);

const MOST_ANSWERS = 3;

/** Whoever is told of a session says of it only that it was not held: the other one records it. */
const toldOf = { log_session: 'It did not take place' };

/** What to do where no button answers: it is settled in another case, or by what others record. */
function Elsewhere({ one, shown }: { readonly one: Waiting; readonly shown: ShownCase }) {
  const search = isOfSearch(one) ? openingOf(shown) : undefined;
  if (search !== undefined)
    return (
      <p className="fine">
        This is decided for everybody of{' '}
        <Link to="/cases/$case" params={{ case: search }}>
          the search
        </Link>{' '}
        together.
      </p>
    );
  const inApplications = one.kind === 'opening';
  return (
    <p className="fine">
      {inApplications
        ? 'This is answered in the applications of this search: they stand below.'
        : 'No button of yours answers this: it is settled when those who look after it have recorded it. You are told when it is your turn.'}
    </p>
  );
}

/** Commands with which somebody hands on what they should not do, by the code of what is asked. */
const handingOn: Readonly<Record<string, readonly string[]>> = {
  'P8.2': ['decline_feedback'],
  'P4.2': ['decline_seat', 'declare'],
  'P4.3': ['decline_seat', 'declare'],
  'P4.4': ['decline_seat', 'declare'],
  'P5.4': ['answer_mentoring'],
  'D5.7': ['answer_mentoring'],
};

/** A way to hand it on that the rules know; then the ones everybody has. */
function Cannot({
  one,
  shown,
  list,
}: {
  readonly one: Waiting;
  readonly shown: ShownCase;
  readonly list: readonly CommandLine[];
}) {
  const people = useQuery(peopleQuery);
  if (one.why.masked) return null;
  const { code } = one.why;
  const ways = (handingOn[code] ?? []).flatMap((type) => list.filter((line) => line.type === type));
  const opening = shown.kind === 'candidacy' ? openingOf(shown) : undefined;
  const hr = holdersOf(people.data?.list ?? [], 'hr', one.site).flatMap(({ name }) =>
    name === null ? [] : [name],
  );
  return (
    <details className="more">
      <summary>I cannot do this</summary>
      <ul className="plain-list ways">
        {ways.map((line) => (
          <li key={line.type}>
            <Link to="/cases/$case/do/$type" params={{ case: shown.case, type: line.type }}>
              {actName(line)}
            </Link>
          </li>
        ))}
        {opening === undefined ? null : (
          <li>
            {/* D3.5: from all of a search, never from one applicant. */}A conflict of interest?{' '}
            <Link to="/cases/$case/do/$type" params={{ case: opening, type: 'declare' }}>
              Step back from this search
            </Link>
            . HR fills your place; no reason is asked.
          </li>
        )}
        <li>
          Away for a time?{' '}
          <Link to="/me" hash="away">
            Name a stand-in
          </Link>
          : open and new items go to them at once.
        </li>
        <li>
          Anything else: tell {hr.length === 0 ? 'HR' : `${hr.join(' or ')} (HR)`}. They see to it that
          somebody else does it; your silence decides nothing.
        </li>
      </ul>
    </details>
  );
}

/** One item: what, by when, and the buttons first; why and what else lies below. */
function Asked({
  one,
  now,
  open,
  shown,
  list,
}: {
  readonly one: Waiting;
  readonly now: number;
  readonly open: boolean;
  readonly shown: ShownCase;
  /** What they may decide here; null until it is known. */
  readonly list: readonly CommandLine[] | null;
}) {
  const box = useRef<HTMLDetailsElement>(null);
  const answers = list === null ? null : answering(one, list, now);
  const wanted =
    useRouterState({ select: (state) => decodeURIComponent(state.location.hash) }) === placeOf(one);
  useEffect(() => {
    if (!wanted || box.current === null) return;
    box.current.open = true;
    box.current.scrollIntoView({ block: 'center' });
  }, [wanted]);
  return (
    <li id={placeOf(one)}>
      <details className="asked" open={open || wanted} ref={box}>
        <summary>
          <span className="waits-what">{askText(one, true)}</span>
          <Due due={one.why.due} now={now} told={isTold(one.why)} />
        </summary>
        {answers?.length === 0 ? <Elsewhere one={one} shown={shown} /> : null}
        <ActLinks
          id={shown.case}
          list={(answers ?? []).slice(0, MOST_ANSWERS)}
          words={isTold(one.why) ? toldOf : {}}
        />
        <details className="more">
          <summary>Why and until when</summary>
          <WhyWaiting one={one} now={now} />
        </details>
        <Cannot one={one} shown={shown} list={list ?? []} />
      </details>
    </li>
  );
}

/** What the reader of a case is asked for in it, soonest first; the first is open. */
export function AskedHere({
  own,
  now,
  shown,
  list,
}: {
  readonly own: readonly Waiting[];
  readonly now: number;
  readonly shown: ShownCase;
  /** What they may decide here; null until it is known. */
  readonly list: readonly CommandLine[] | null;
}) {
  if (own.length === 0) return null;
  return (
    <Section title="You are asked">
      <ul className="asked-list">
        {own.map((one, n) => (
          <Asked key={keyOf(one)} one={one} now={now} open={n === 0} shown={shown} list={list} />
        ))}
      </ul>
    </Section>
  );
}

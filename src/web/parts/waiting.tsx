import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { doingHere, doingOf, silenceOf } from '../../cli/doing.ts';
import { isTold } from '../../domain/kernel/why.ts';
import type { Waiting, Who } from '../app/types.ts';
import { kindName, shortRef, spaced, timeText } from '../app/words.ts';
import { Due } from './when.tsx';

/** Who is asked, as far as the reader may know; also who stands in. */
export function whoText(who: Who): string {
  const capacity = who.capacity === null ? '' : ` (${spaced(who.capacity)})`;
  if (who.person === null) return `whoever is ${spaced(who.capacity ?? 'responsible')} (nobody is assigned)`;
  const person = `${who.name ?? shortPerson(who.person)}${capacity}`;
  return who.standIn === null ? person : `${who.standInName ?? 'a stand-in'}, standing in for ${person}`;
}

/** Somebody whose name is not for this reader. */
export const shortPerson = (ref: string): string => `person ${ref.slice(4, 8).toUpperCase()}`;

/** What is asked, as the start of a line; `own`: of the reader. */
export function askText({ why }: Waiting, own = false): string {
  if (why.masked) return 'HR has this in hand';
  const doing = doingHere(why);
  const said = own ? doing.replace('their own', 'your own') : doing;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function remindedText(times: number): string {
  if (times <= 0) return 'not asked by mail yet';
  if (times === 1) return 'asked once';
  return times === 2 ? 'reminded once' : `reminded ${times - 1} times`;
}

/** What happens by itself when nobody acts; null where the reader may not know. */
export function silenceText({ why, nextTo, zone }: Waiting): string | null {
  if (why.masked) return null;
  const end = silenceOf(why.atSilence);
  if (why.rung === null) return end;
  const at = timeText(why.rung.at, zone);
  if (nextTo.length === 0) return `${end}, on ${at}`;
  return `${nextTo.map(whoText).join(' and ')} ${nextTo.length === 1 ? 'is' : 'are'} asked on ${at}; in the end ${end}`;
}

/** Why something waits, part by part: on whom, since when, due when, and what happens if nobody acts. */
export function WhyWaiting({ one, now }: { readonly one: Waiting; readonly now: number }) {
  const { why, who, zone, unreached } = one;
  if (why.masked || who === null)
    return (
      <p className="why">
        Waiting for <strong>HR</strong>, due {timeText(why.due, zone)}. <Due due={why.due} now={now} />
      </p>
    );
  const silence = silenceText(one);
  return (
    <div className="why">
      <p>
        Waiting for <strong>{whoText(who)}</strong> to {doingHere(why)}.{' '}
        <Due due={why.due} now={now} told={isTold(why)} />
      </p>
      <dl className="facts">
        {unreached === null ? null : <Fact name="Not reached">{whoText(unreached)}</Fact>}
        <Fact name="Since">{timeText(why.since, zone)}</Fact>
        <Fact name="Due">{timeText(why.due, zone)}</Fact>
        <Fact name="Asked">{remindedText(why.reminded)}</Fact>
        {silence === null ? null : <Fact name="If nothing happens">{silence}</Fact>}
        {why.next === null ? null : <Fact name="Then">{doingOf(why.next)}</Fact>}
      </dl>
    </div>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Decided for everybody of a search at once: it stands in each application to be seen, and is asked for in the search. */
export const isOfSearch = ({ why }: Waiting): boolean =>
  !why.masked && why.atSilence === 'decided_in_opening';

/** Where an item stands on the page of its case. */
export const placeOf = ({ why }: Waiting): string => `asked-${why.masked ? String(why.due) : why.id}`;

/** Whoever stands in sees at once for whom. */
function InPlaceOf({ one: { who } }: { readonly one: Waiting }) {
  if (who?.standIn == null) return null;
  return <p className="card-who">In place of {who.name ?? 'somebody who is away'}</p>;
}

/** Something owed, as a card on Today. */
export function WaitingCard({
  one,
  now,
  title,
  own = false,
}: {
  readonly one: Waiting;
  readonly now: number;
  /** Whom the case is about, where the reader may know. */
  readonly title: string | null;
  /** The reader owes it: who is asked goes without saying. */
  readonly own?: boolean;
}) {
  const about = title === null ? shortRef(one.case) : `${title} (${shortRef(one.case)})`;
  return (
    <article className={one.late ? 'card card-late' : 'card'}>
      <div className="card-top">
        <h3>
          <Link to="/cases/$case" params={{ case: one.case }} hash={own ? placeOf(one) : ''}>
            {askText(one, own)}
          </Link>
        </h3>
        <Due due={one.why.due} now={now} told={isTold(one.why)} />
      </div>
      <p className="card-about">
        {kindName(one.kind)} · {about} · {one.siteName}
      </p>
      {own || one.who === null ? null : <p className="card-who">Waiting for {whoText(one.who)}</p>}
      {own ? <InPlaceOf one={one} /> : null}
      <details className="more">
        <summary>Why and until when</summary>
        <WhyWaiting one={one} now={now} />
      </details>
    </article>
  );
}

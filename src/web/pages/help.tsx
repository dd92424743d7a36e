import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { boardQuery, casePeopleQuery } from '../app/queries.ts';
import { shortRef, spaced, titled } from '../app/words.ts';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { Fact } from '../parts/waiting.tsx';
import { holdersOf, officeName, useOwn } from './confidence.ts';
import type { Own } from './confidence.ts';

const ways = [
  {
    type: 'report_concern',
    title: 'Report something',
    says: 'Harassment, being pressed to tell your story, or somebody talking about what is yours to tell.',
    offices: ['investigating_officer', 'accommodation_officer', 'leave_officer'],
  },
  {
    type: 'request_accommodation',
    title: 'Ask for an arrangement',
    says: 'Something in the way you work that should be otherwise. You need not say why.',
    offices: ['accommodation_officer'],
  },
  {
    type: 'open_leave',
    title: 'Ask for a leave',
    says: 'Days away from work. Your supervisor sees the days, and never why.',
    offices: ['leave_officer'],
  },
] as const;

/** Who has it then, by office and name. */
function goesTo(own: Own, offices: readonly string[]): string | null {
  const held = offices.flatMap((office) => {
    const names = holdersOf(own.people, office, own.site).map(({ name }) => name ?? 'whoever holds it');
    return names.length === 0 ? [] : [`${officeName(office)} (${names.join(', ')})`];
  });
  return held.length === 0 ? null : held.join(', or ');
}

function Ways({ own }: { readonly own: Own }) {
  if (own.employment === null)
    return (
      <Empty title="For people who work here">
        Once your employment has begun, you can report something here, ask for an arrangement, or for a leave.
      </Empty>
    );
  return (
    <div className="cards">
      {ways.map(({ type, title, says, offices }) => {
        const to = goesTo(own, offices);
        return (
          <article key={type} className="card">
            <h3>{title}</h3>
            <p>{says}</p>
            {to === null ? (
              <p className="fine">
                Nobody holds that office here at the moment. Ask HR who stands in for it.
              </p>
            ) : (
              <>
                <p className="fine">It goes to: {to}. Nobody else reads it.</p>
                <p className="buttons">
                  <Link className="button" to="/begin/$kind/$type" params={{ kind: 'clock', type }}>
                    {title}
                  </Link>
                </p>
              </>
            )}
          </article>
        );
      })}
    </div>
  );
}

/** What was asked or reported before, for its own person and the office: by reference, without a word of what about. */
function Matters() {
  const board = useQuery(boardQuery({ all: true, kind: 'clock' }));
  const list = board.data?.list ?? [];
  if (list.length === 0) return null;
  return (
    <Section
      title="Your confidential matters"
      says="Certificates, leaves, requests and reports. Only you and the office concerned see what they are."
    >
      <ul className="plain-list">
        {list.map((one) => (
          <li key={one.case}>
            <Link to="/cases/$case" params={{ case: one.case }}>
              Matter {shortRef(one.case)}
            </Link>{' '}
            <span className="fine">{one.status === 'final' ? 'closed' : spaced(one.status)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const near = ['supervisor', 'mentor', 'manager'];

/** Who is near: of one's own case, then of the place. */
function WhoToAsk({ own }: { readonly own: Own }) {
  const related = useQuery({
    ...casePeopleQuery(own.employment ?? ''),
    enabled: own.employment !== null,
  });
  const beside = (related.data?.list ?? []).filter(({ capacity }) => near.includes(capacity));
  const hr = holdersOf(own.people, 'hr', own.site);
  return (
    <dl className="facts">
      {beside.map((one) => (
        <Fact key={`${one.person} ${one.capacity}`} name={`Your ${spaced(one.capacity)}`}>
          {one.name ?? titled(one.capacity)}
        </Fact>
      ))}
      {hr.map((one) => (
        <Fact key={one.person} name="HR">
          {one.name ?? 'whoever is HR here'}
        </Fact>
      ))}
    </dl>
  );
}

/** Whom to turn to, and what goes to an officer and to nobody else. The same place on every page leads here. */
export function Help() {
  const own = useOwn();
  if (own === null) return <Loading />;
  return (
    <Page title="Help, and in confidence" lead="Whom to turn to, and what only an officer reads.">
      <Section title="In confidence">
        <Ways own={own} />
      </Section>
      <Section title="Whom to ask about everyday work">
        <WhoToAsk own={own} />
      </Section>
      {own.employment === null ? null : (
        <>
          <p className="buttons">
            <Link className="button" to="/cases/$case" params={{ case: own.employment }}>
              Your case
            </Link>
            <Link className="button" to="/me" hash="readers">
              Who read about you
            </Link>
          </p>
          <Matters />
        </>
      )}
      <Section title="How this works">
        <ul className="plain-list">
          <li>Today lists what you are asked for, soonest first. Nothing is ever decided by your silence.</li>
          <li>Open a case to see why it waits, on whom, and what happens if nobody acts.</li>
          <li>
            What you cannot or should not answer, you can hand on: each item has “I cannot do this”. For a
            time away, name a stand-in under your name.
          </li>
          <li>What you typed and did not send is a draft that only you can see.</li>
        </ul>
      </Section>
    </Page>
  );
}

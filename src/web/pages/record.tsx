import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { casePeopleQuery, caseQuery } from '../app/queries.ts';
import type { ShownCase } from '../app/types.ts';
import { kindName, shortRef, spaced, titled } from '../app/words.ts';
import { Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { Documents } from './record-documents.tsx';
import { Gates } from './record-gates.tsx';
import { History } from './record-history.tsx';
import { Overview } from './record-overview.tsx';
import { MatrixView } from './record-matrix.tsx';
import { Fees, Guests } from './record-guests.tsx';
import { CasePeople } from './record-people.tsx';
import { AsOf } from './record-as-of.tsx';
import { Proof } from './record-proof.tsx';
import { RoleByMonth } from './record-role.tsx';
import { Sessions } from './record-sessions.tsx';
import { TimelineView } from './record-timeline.tsx';

const views = [
  ['now', 'Now'],
  ['sessions', 'Sessions'],
  ['role', 'Role by month'],
  ['timeline', 'Timeline'],
  ['gates', 'Gates'],
  ['agreement', 'Agreement'],
  ['people', 'People'],
  ['documents', 'Documents'],
  ['history', 'History'],
  ['then', 'As of a day'],
  ['proof', 'Proof'],
] as const;
type View = (typeof views)[number][0];

/** Parts that only one kind of case has. */
const kindOfView: Partial<Record<View, string>> = {
  agreement: 'role',
  sessions: 'employment',
  role: 'employment',
};

/** Of a confidential matter these tell how it goes: they are for whoever reads it, and nobody else is offered them. */
const ofReaders: ReadonlySet<View> = new Set(['gates', 'then', 'proof']);

/** The parts of a case that its reader has: those of its kind, and of a confidential matter only what they may read. */
function viewsOf({ kind, facts }: ShownCase): readonly View[] {
  const all = views.map(([view]) => view).filter((view) => (kindOfView[view] ?? kind) === kind);
  return kind === 'clock' && facts === null ? all.filter((view) => !ofReaders.has(view)) : all;
}

const isView = (word: string): word is View => views.some(([view]) => view === word);

function Body({
  view,
  shown,
  now,
}: {
  readonly view: View;
  readonly shown: ShownCase;
  readonly now: number;
}) {
  switch (view) {
    case 'now':
      return (
        <>
          <Overview shown={shown} now={now} />
          <Fees id={shown.case} />
        </>
      );
    case 'sessions':
      return <Sessions id={shown.case} />;
    case 'role':
      return <RoleByMonth id={shown.case} />;
    case 'timeline':
      return <TimelineView id={shown.case} kind={shown.kind} />;
    case 'gates':
      return <Gates id={shown.case} />;
    case 'agreement':
      return <MatrixView id={shown.case} />;
    case 'people':
      return (
        <>
          <CasePeople id={shown.case} />
          <Guests id={shown.case} />
        </>
      );
    case 'documents':
      return <Documents shown={shown} />;
    case 'history':
      return <History id={shown.case} />;
    case 'then':
      return <AsOf shown={shown} now={now} />;
    case 'proof':
      return <Proof id={shown.case} />;
    default: {
      const never: never = view;
      return never;
    }
  }
}

/** One case: why it waits, what happened, who is in it, how it stood, and the proof. */
export function Record() {
  const { case: id, view: word = 'now' } = useParams({ strict: false }) as { case: string; view?: string };
  const found = useQuery(caseQuery(id));
  const people = useQuery(casePeopleQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError)
    return (
      <Page title="This cannot be shown">
        <ProblemNote error={found.error} again={() => void found.refetch()} />
      </Page>
    );
  const { shown, now } = found.data;
  const offered = viewsOf(shown);
  const view = isView(word) && offered.includes(word) ? word : 'now';
  const subject = people.data?.list.find(
    ({ capacity }) => capacity === 'candidate' || capacity === 'employee',
  );
  const name = subject === undefined ? null : (subject.name ?? shortPerson(subject.person));
  return (
    <Page
      title={name ?? `${kindName(shown.kind)} ${shortRef(id)}`}
      lead={
        <>
          {name === null ? '' : `${kindName(shown.kind)} ${shortRef(id)} · `}
          {titled(shown.stage)} · {spaced(shown.status)} · {shown.siteName}
        </>
      }
    >
      <nav aria-label="Parts of this case" className="views">
        {views
          .filter(([to]) => offered.includes(to))
          .map(([to, words]) => (
            <Link
              key={to}
              to="/cases/$case/$view"
              params={{ case: id, view: to }}
              className={to === view ? 'view view-here' : 'view'}
              aria-current={to === view ? 'page' : undefined}
            >
              {words}
            </Link>
          ))}
      </nav>
      <Body view={view} shown={shown} now={now} />
    </Page>
  );
}

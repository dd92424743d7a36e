import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { ProblemNote, problemOf } from '../parts/problem.tsx';
import { SignIn } from '../pages/sign-in.tsx';
import { selfQuery } from './queries.ts';
import { useLive } from './live.ts';
import type { Self } from './types.ts';

const places = [
  ['/', 'Today'],
  ['/people', 'People'],
  ['/policy', 'Policy'],
] as const;

function Places() {
  return (
    <nav aria-label="Places" className="places">
      {places.map(([to, name]) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          activeProps={{ className: 'place place-here' }}
          inactiveProps={{ className: 'place' }}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

function Inside({ self }: { readonly self: Self }) {
  useLive();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="top">
        <div className="top-in">
          <Link to="/" className="brand">
            <img src="/mark.svg" alt="" width="28" height="28" />
            <span>peer-hire</span>
          </Link>
          <Places />
          <Link to="/me" className="me" activeProps={{ className: 'me place-here' }}>
            {self.name}
          </Link>
        </div>
        {self.sandbox ? <Clock /> : null}
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="foot">
        <p>
          <Link to="/help">Help, and in confidence</Link>: whom to turn to, and what only an officer reads.
          What you read about selection or confidential matters is recorded, and the person concerned can ask
          for it.
        </p>
      </footer>
    </>
  );
}

/** Everything around a page. Nobody signed in: the sign-in page, under the address that was asked for. */
export function Shell() {
  const self = useQuery(selfQuery);
  if (self.isPending)
    return (
      <main className="sign-in">
        <Loading />
      </main>
    );
  if (self.isError) {
    if (problemOf(self.error).status === 401) return <SignIn />;
    return (
      <main className="sign-in">
        <ProblemNote error={self.error} again={() => void self.refetch()} />
      </main>
    );
  }
  return <Inside self={self.data} />;
}

export function NotFound() {
  return (
    <Page title="There is no such page">
      <p>
        The address may be cut off, or the page has moved. <Link to="/">Go to Today</Link>.
      </p>
    </Page>
  );
}

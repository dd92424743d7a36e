import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Today } from '../pages/today.tsx';
import { NotFound, Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const today = createRoute({ getParentRoute: () => root, path: '/', component: Today });

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('../pages/people.tsx'), 'People'),
});

const policy = createRoute({
  getParentRoute: () => root,
  path: '/policy',
  component: lazyRouteComponent(() => import('../pages/policy.tsx'), 'Policy'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  component: lazyRouteComponent(() => import('../pages/reports.tsx'), 'Reports'),
});

const house = createRoute({
  getParentRoute: () => root,
  path: '/directory',
  component: lazyRouteComponent(() => import('../pages/house.tsx'), 'House'),
});

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  component: lazyRouteComponent(() => import('../pages/records.tsx'), 'Records'),
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  component: lazyRouteComponent(() => import('../pages/history-search.tsx'), 'HistorySearch'),
});

const calendar = createRoute({
  getParentRoute: () => root,
  path: '/dates',
  component: lazyRouteComponent(() => import('../pages/calendar.tsx'), 'Calendar'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('../pages/account.tsx'), 'Account'),
});

const machine = createRoute({
  getParentRoute: () => root,
  path: '/machine',
  component: lazyRouteComponent(() => import('../pages/machine.tsx'), 'Machine'),
});

const programs = createRoute({
  getParentRoute: () => root,
  path: '/programs',
  component: lazyRouteComponent(() => import('../pages/programs.tsx'), 'Programs'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../pages/setup.tsx'), 'Setup'),
});

const newTerms = createRoute({
  getParentRoute: () => root,
  path: '/policy/$site/$what',
  component: lazyRouteComponent(() => import('../pages/new-terms.tsx'), 'NewTerms'),
});

const help = createRoute({
  getParentRoute: () => root,
  path: '/help',
  component: lazyRouteComponent(() => import('../pages/help.tsx'), 'Help'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/cases/$case',
  component: lazyRouteComponent(() => import('../pages/record.tsx'), 'Record'),
});

const recordView = createRoute({
  getParentRoute: () => root,
  path: '/cases/$case/$view',
  component: lazyRouteComponent(() => import('../pages/record.tsx'), 'Record'),
});

const decision = createRoute({
  getParentRoute: () => root,
  path: '/cases/$case/do/$type',
  component: lazyRouteComponent(() => import('../pages/decision.tsx'), 'Decision'),
});

const begin = createRoute({
  getParentRoute: () => root,
  path: '/begin/$kind/$type',
  component: lazyRouteComponent(() => import('../pages/decision.tsx'), 'Beginning'),
});

/** Addresses hold refs and codes only: no name, no text. */
export const router = createRouter({
  routeTree: root.addChildren([
    today,
    people,
    policy,
    reports,
    house,
    records,
    history,
    calendar,
    account,
    machine,
    programs,
    setup,
    newTerms,
    help,
    record,
    recordView,
    decision,
    begin,
  ]),
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  // The library asks for this name, to know the addresses there are.
  interface Register {
    router: typeof router;
  }
}

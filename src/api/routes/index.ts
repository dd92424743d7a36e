import type { Route } from '../route.ts';
import { calendarRoutes } from './calendar.ts';
import { caseRoutes } from './cases.ts';
import { commandRoutes } from './commands.ts';
import { decideRoutes } from './decide.ts';
import { eventRoutes } from './events.ts';
import { guestRoutes } from './guests.ts';
import { healthRoutes } from './health.ts';
import { importRoutes } from './imports.ts';
import { lookedAfterRoutes } from './looked-after.ts';
import { machineRoutes } from './machine.ts';
import { ownRoutes } from './own.ts';
import { peopleChangeRoutes } from './people-changes.ts';
import { peopleRoutes } from './people.ts';
import { providerRoutes } from './provider.ts';
import { readingRoutes } from './reading.ts';
import { recordRoutes } from './records.ts';
import { reportRoutes } from './reports.ts';
import { roleRoutes } from './roles.ts';
import { setupRoutes } from './setup.ts';
import { signInRoutes } from './sign-in.ts';
import { termsRoutes } from './terms.ts';
import { toolRoutes } from './tools.ts';
import { webhookRoutes } from './webhooks.ts';

/** Everything the HTTP face does. A test walks this list: each route with each kind of visitor. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...signInRoutes,
  ...providerRoutes,
  ...peopleRoutes,
  ...peopleChangeRoutes,
  ...ownRoutes,
  ...calendarRoutes,
  ...caseRoutes,
  ...eventRoutes,
  ...readingRoutes,
  ...roleRoutes,
  ...commandRoutes,
  ...decideRoutes,
  ...importRoutes,
  ...toolRoutes,
  ...reportRoutes,
  ...termsRoutes,
  ...recordRoutes,
  ...machineRoutes,
  ...lookedAfterRoutes,
  ...webhookRoutes,
  ...setupRoutes,
  ...guestRoutes,
];

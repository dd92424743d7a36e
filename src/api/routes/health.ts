import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { askHealth } from '../../client/ask-health.ts';
import type { Desk } from '../desk.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';

const TEMPORAL_MS = 2_000;

const alive = route({
  ...{ id: 'livez', method: 'GET', path: '/livez', tag: 'health', action: 'look:alive' },
  says: 'This process turns.',
  answer: z.object({ alive: z.literal(true) }),
  handle: async () => ({ alive: true }) as const,
});

/** Reading works while Temporal is away; only deciding waits. */
async function temporal(desk: Desk): Promise<'there' | 'away'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'away'>((resolve) => {
    timer = setTimeout(() => resolve('away'), TEMPORAL_MS);
  });
  const asked = desk.house().then(async (house) => {
    await house.client.connection.ensureConnected();
    await house.client.workflowService.getSystemInfo({});
    return 'there' as const;
  });
  try {
    return await Promise.race([asked.catch(() => 'away' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

const ready = route({
  ...{ id: 'readyz', method: 'GET', path: '/readyz', tag: 'health', action: 'look:alive' },
  says: 'Requests can be sent here: the database answers. Whether Temporal does, without which nothing new is decided.',
  answer: z.object({ ready: z.literal(true), temporal: z.enum(['there', 'away']) }),
  handle: async ({ desk }) => {
    try {
      await desk.office.pool.query('select 1 from heads where org = $1', [desk.office.org]);
    } catch {
      throw problemOf(503, 'database_unavailable', 'The database does not answer.', { retryAfter: 5 });
    }
    return { ready: true, temporal: await temporal(desk) } as const;
  },
});

/** As the package says; beside the sources and beside what is built from them alike. */
function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const version = route({
  ...{ id: 'showVersion', method: 'GET', path: '/version', tag: 'health', action: 'read:open' },
  says: 'Which version this is, and how far its database was migrated.',
  answer: z.object({ version: z.string(), api: z.literal(1), migrations: z.int() }),
  handle: async ({ desk }) => {
    const { migrations } = await askHealth(desk.office);
    return { version: packageVersion(), api: 1, migrations } as const;
  },
});

const metrics = route({
  ...{ id: 'showMetrics', method: 'GET', path: '/metrics', tag: 'health', action: 'manage:machine' },
  says: 'Counts of this process and of the ledger for Prometheus, with a token of an administrator.',
  media: 'text/plain',
  answer: z.string(),
  handle: async ({ desk }) => desk.running?.meter.text(desk.office) ?? '',
});

/** Health of this process and of what it stands on. */
export const healthRoutes = [alive, ready, version, metrics];

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { askCopies } from '../client/copies.ts';
import { askHealth } from '../client/ask-health.ts';
import type { ReadingOffice } from '../client/ask-reader.ts';

/** What one process counts of itself, and reads of the ledger when it is asked: templates and codes, never a ref. */
export interface Meter {
  /** One answered request. @param seconds how long it took */
  answered(route: string, status: number, seconds: number): void;
  /** Everything as Prometheus reads it. */
  text(office: ReadingOffice): Promise<string>;
}

const BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

interface Reads {
  readonly cases: Gauge;
  readonly prompts: Gauge;
  readonly rest: Gauge;
  readonly copies: Gauge;
  readonly held: Gauge;
}

function gauges(registry: Registry): Reads {
  const registers = [registry];
  return {
    cases: new Gauge({ name: 'peer_hire_cases', help: 'cases there are', labelNames: ['status'], registers }),
    prompts: new Gauge({ name: 'peer_hire_prompts', help: 'messages', labelNames: ['state'], registers }),
    rest: new Gauge({
      name: 'peer_hire_ledger',
      help: 'counts of the ledger',
      labelNames: ['of'],
      registers,
    }),
    copies: new Gauge({
      ...{ name: 'peer_hire_copy_age_seconds', labelNames: ['of'], registers },
      help: 'how long ago a copy was made, and one was tried; not there where it never was',
    }),
    held: new Gauge({
      ...{ name: 'peer_hire_drill_held', registers },
      help: 'whether the copy that was tried last held; not there where none was',
    }),
  };
}

/** By the clock of the database, like `doctor`: also in a sandbox, whose own stands still. */
async function readCopies({ copies, held }: Reads, office: ReadingOffice, now: number): Promise<void> {
  const { copy, drill } = await askCopies(office);
  const age = (at: number): number => Math.max(0, Math.round((now - at) / 1_000));
  copies.reset();
  // Without labels a reset leaves a nought behind, which would say that it did not hold.
  held.remove();
  if (copy !== null) copies.set({ of: 'copy' }, age(copy.at));
  if (drill === null) return;
  copies.set({ of: 'drill' }, age(drill.at));
  held.set(drill.ok ? 1 : 0);
}

async function readInto({ cases, prompts, rest }: Reads, office: ReadingOffice): Promise<void> {
  const health = await askHealth(office);
  cases.set({ status: 'open' }, health.open);
  cases.set({ status: 'final' }, health.cases - health.open);
  prompts.reset();
  for (const [state, count] of Object.entries(health.prompts)) prompts.set({ state }, count);
  rest.set({ of: 'position' }, health.position);
  rest.set({ of: 'notices_unhandled' }, health.notices);
  rest.set({ of: 'cases_apart' }, health.apart.length);
  rest.set({ of: 'capacities_unheld' }, health.unheld.length);
}

/** A meter of its own: several in one process do not add up. */
export function newMeter(): Meter {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    ...{ name: 'peer_hire_requests_total', help: 'answered requests', registers },
    labelNames: ['route', 'status'],
  });
  const took = new Histogram({
    ...{ name: 'peer_hire_request_seconds', help: 'how long an answer took', registers },
    ...{ labelNames: ['route'], buckets: BUCKETS_S },
  });
  const reads = gauges(registry);
  return {
    answered: (route, status, seconds) => {
      requests.inc({ route, status: String(status) });
      took.observe({ route }, seconds);
    },
    text: async (office) => {
      await readInto(reads, office);
      await readCopies(reads, office, Date.now());
      return registry.metrics();
    },
  };
}

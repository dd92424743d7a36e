import { eventsOf, firstOf } from './report-life.ts';
import type { Life } from './report-life.ts';
import { counted } from './report-shape.ts';
import type { Column, Counted } from './report-shape.ts';

/** The steps of a candidacy in their order (stages 3 to 5). */
export const funnelSteps = [
  'applied',
  'screened_in',
  'interviewed',
  'rated',
  'selected',
  'offered',
  'accepted',
  'hired',
] as const;
type Step = (typeof funnelSteps)[number];

const took: Readonly<Record<Step, (life: Life) => boolean>> = {
  applied: (life) => firstOf(life, 'candidacy', 'applied') !== null,
  screened_in: (life) =>
    eventsOf(life, 'candidacy', 'screening_settled').some(({ body }) => body.outcome === 'advance'),
  interviewed: (life) => firstOf(life, 'candidacy', 'interview_held') !== null,
  rated: (life) => firstOf(life, 'candidacy', 'sheet_submitted') !== null,
  selected: (life) => firstOf(life, 'candidacy', 'selected') !== null,
  offered: (life) => firstOf(life, 'candidacy', 'offer_sent') !== null,
  accepted: (life) => firstOf(life, 'candidacy', 'offer_accepted') !== null,
  hired: (life) => firstOf(life, 'candidacy', 'hired') !== null,
};

/** How a candidacy ended without a hire; a word taken back by coming back counts no more (X2). */
function ended(life: Life): boolean {
  let over = false;
  for (const row of life.rows) {
    if (['candidacy_reopened', 'selected'].includes(row.kind)) over = false;
    if (endings.has(row.kind)) over = true;
    if (row.kind === 'screening_settled') {
      const { outcome } = JSON.parse(row.body) as { outcome: string };
      over = outcome === 'not_advanced' || outcome === 'duplicate';
    }
  }
  return over;
}

const endings: ReadonlySet<string> = new Set([
  'withdrawn',
  'not_selected',
  'reserve_ended',
  'opening_closed',
  'offer_declined',
  'offer_expired',
  'offer_rescinded',
  'closed_no_response',
]);

/** Where one candidacy stands to each step. */
export type Standing = 'reached' | 'skipped' | 'left' | 'under_way' | 'before';

/**
 * A step counts as reached when it happened, as skipped when only a later one did. The last step reached is where the
 * candidacy ended (`left`, said of the step it did not reach) or is under way.
 */
export function standings(life: Life): Readonly<Record<Step, Standing>> {
  const done = funnelSteps.map((step) => took[step](life));
  const furthest = done.lastIndexOf(true);
  const over = ended(life);
  const of = (n: number): Standing => {
    if (done[n] === true) return 'reached';
    if (n < furthest) return 'skipped';
    if (n > furthest + 1) return 'before';
    return over ? 'left' : 'under_way';
  };
  return Object.fromEntries(funnelSteps.map((step, n) => [step, of(n)])) as Record<Step, Standing>;
}

const columns: readonly Column[] = [
  { id: 'reached', is: 'count' },
  { id: 'skipped', is: 'count' },
  { id: 'left', is: 'count' },
  { id: 'under_way', is: 'count' },
];

/**
 * The way of applications to a hire. Of each step: how many reached it, skipped it, left before it, are on their way to
 * it. Those four together are all that reached or skipped the step before.
 */
export function funnel(lives: readonly Life[]): Counted {
  const all = lives.filter((life) => life.kind === 'candidacy');
  const found = all.map((life) => ({ id: life.case, at: standings(life) }));
  const lines = funnelSteps.map((step) => ({
    about: step,
    cells: Object.fromEntries(
      columns.map(({ id }) => [id, counted(found.filter(({ at }) => at[step] === id).map((one) => one.id))]),
    ),
  }));
  return { columns, lines };
}

import { stages } from '../domain/candidacy/words.ts';
import { dayMs, daysBetween, eventsOf, firstOf, staysOf } from './report-life.ts';
import type { Life, Stay, Unit } from './report-life.ts';
import { counted, spread } from './report-shape.ts';
import type { Column, Counted, Line, Took } from './report-shape.ts';

const timeColumns: readonly Column[] = [
  { id: 'filled', is: 'count' },
  { id: 'skipped', is: 'count' },
  { id: 'median', is: 'median' },
  { id: 'p90', is: 'p90' },
];

/** A seat that was filled: when its person said yes, and the first day. Null: not known of this seat. */
interface Filled {
  readonly unit: Unit;
  readonly employment: string;
  readonly opened: number;
  readonly posted: number | null;
  readonly accepted: number | null;
  readonly dayOne: number;
}

function filledIn(life: Life): readonly Filled[] {
  const opened = firstOf(life, 'opening', 'opening_opened')?.at ?? null;
  if (opened === null) return [];
  const posted = firstOf(life, 'opening', 'posted')?.at ?? null;
  const yes = eventsOf(life, 'opening', 'offer_settled').filter(({ body }) => body.how === 'accepted');
  const own = eventsOf(life, 'opening', 'seat_filled').map(({ body, unit }) => ({
    ...{ unit, employment: body.employment, opened, posted, dayOne: dayMs(body.dayOne) },
    accepted: yes.findLast((one) => one.body.candidacy === body.candidacy)?.at ?? null,
  }));
  const elsewhere = eventsOf(life, 'opening', 'joined_seat_filled').map(({ body, unit }) => ({
    ...{ unit, employment: body.employment, opened, posted, dayOne: dayMs(body.dayOne) },
    accepted: null,
  }));
  return [...elsewhere, ...own];
}

/** X26: a seat filled from the pool of another search is told in both; it counts where it belongs. */
function oncePerHire(list: readonly Filled[], joined: ReadonlySet<string>): readonly Filled[] {
  const seen = new Set<string>();
  const first = list.toSorted((a, b) => Number(joined.has(b.unit)) - Number(joined.has(a.unit)));
  return first.filter(({ employment }) => !seen.has(employment) && seen.add(employment));
}

type Span = readonly [from: number | null, until: number | null];
const spans: Readonly<Record<string, (seat: Filled) => Span>> = {
  'opened to posted': (seat) => [seat.opened, seat.posted],
  'posted to accepted': (seat) => [seat.posted, seat.accepted],
  'opened to accepted': (seat) => [seat.opened, seat.accepted],
  'opened to first day': (seat) => [seat.opened, seat.dayOne],
};

function timed(seats: readonly Filled[], about: string, of: (seat: Filled) => Span): Line {
  const took: Took[] = [];
  const skipped: Unit[] = [];
  for (const seat of seats) {
    const [from, until] = of(seat);
    if (from === null || until === null) skipped.push(seat.unit);
    else took.push({ unit: seat.unit, days: daysBetween(from, until) });
  }
  const cells = { filled: counted(seats.map((seat) => seat.unit)), skipped: counted(skipped) };
  return { about, cells: { ...cells, ...spread(took) } };
}

/** Seats of an opening that nobody fills: as many units as seats. */
function unfilled(lives: readonly Life[], over: boolean): readonly Unit[] {
  return lives.flatMap((life) => {
    const opened = firstOf(life, 'opening', 'opening_opened');
    if (opened === null) return [];
    const closed = (['opening_canceled', 'search_failed'] as const).some(
      (kind) => firstOf(life, 'opening', kind) !== null,
    );
    const left = Math.max(0, opened.body.seats - filledIn(life).length);
    return closed === over ? Array.from({ length: left }, () => opened.unit) : [];
  });
}

/**
 * Days from the decision to search to a person, per seat that was filled. A seat without one of the two moments, such as
 * one served by the posting of another search, counts as skipped there.
 */
export function timeToFill(lives: readonly Life[]): Counted {
  const openings = lives.filter((life) => life.kind === 'opening');
  const joined = openings.flatMap((life) => eventsOf(life, 'opening', 'joined_seat_filled'));
  const seats = oncePerHire(openings.flatMap(filledIn), new Set(joined.map((one) => one.unit)));
  const lines = Object.entries(spans).map(([about, of]) => timed(seats, about, of));
  const none = (about: string, units: readonly Unit[]): Line => ({
    about,
    cells: { filled: counted([]), skipped: counted(units), ...spread([]) },
  });
  const rest = [
    none('still searching', unfilled(openings, false)),
    none('search ended without a person', unfilled(openings, true)),
  ];
  return { columns: timeColumns, lines: [...lines, ...rest] };
}

/** The way every candidacy goes; reserve is a place beside it. */
const mainLine: readonly string[] = stages.filter((stage) => !['reserve', 'hired', 'ended'].includes(stage));

/** Main stages that a candidacy never stood in although it stood in a later one, or was hired. */
function passedOver(life: Life, stays: readonly Stay[]): readonly string[] {
  if (life.kind !== 'candidacy') return [];
  const stood = new Set(stays.map((stay) => stay.stage));
  const hired = firstOf(life, 'candidacy', 'hired') !== null;
  const furthest = hired ? mainLine.length : mainLine.findLastIndex((stage) => stood.has(stage));
  return mainLine.slice(0, furthest).filter((stage) => !stood.has(stage));
}

const stageColumns: readonly Column[] = [
  { id: 'entered', is: 'count' },
  { id: 'still_there', is: 'count' },
  { id: 'skipped', is: 'count' },
  { id: 'median', is: 'median' },
  { id: 'p90', is: 'p90' },
];

interface InStage {
  readonly entered: Unit[];
  readonly still: Unit[];
  readonly skipped: Unit[];
  readonly took: Took[];
}

function addTo(of: InStage, life: Life, stays: readonly Stay[]): void {
  of.entered.push(life.case);
  if (stays.some((stay) => stay.until === null)) of.still.push(life.case);
  else {
    const days = stays.reduce((sum, { from, until }) => sum + daysBetween(from, until ?? from), 0);
    of.took.push({ unit: life.case, days });
  }
}

/** Days in each stage, of cases that left it; several stays of one case are one sum. */
export function timeInStage(lives: readonly Life[]): Counted {
  const found = new Map<string, InStage>();
  const at = (life: Life, stage: string): InStage => {
    const about = `${life.kind} · ${stage}`;
    const known = found.get(about) ?? { entered: [], still: [], skipped: [], took: [] };
    found.set(about, known);
    return known;
  };
  for (const life of lives) {
    const stays = staysOf(life);
    for (const stage of new Set(stays.map((stay) => stay.stage)))
      addTo(
        at(life, stage),
        life,
        stays.filter((stay) => stay.stage === stage),
      );
    for (const stage of passedOver(life, stays)) at(life, stage).skipped.push(life.case);
  }
  const lines = [...found].map(([about, { entered, still, skipped, took }]) => ({
    about,
    cells: {
      ...{ entered: counted(entered), still_there: counted(still), skipped: counted(skipped) },
      ...spread(took),
    },
  }));
  return { columns: stageColumns, lines };
}

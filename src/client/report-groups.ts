import { subjectOf } from './report-life.ts';
import type { Life } from './report-life.ts';

/** Fewest people a number about people may stand for, unless its reader may open every case of them (domain 5.2). */
export const LEAST = 5;

/** What is counted together, and over which sites and years. */
export interface Group {
  readonly sites: readonly string[];
  readonly years: readonly [from: number, to: number];
  readonly lives: readonly Life[];
  /** Different people in it; cases where none of them is about a person. */
  readonly people: number;
}

/** Roles, openings and the site are nobody: beside people they make no group larger. */
function peopleIn(lives: readonly Life[]): number {
  const about = lives.filter((life) => subjectOf(life) !== life.case);
  return new Set((about.length === 0 ? lives : about).map(subjectOf)).size;
}

function groupOf(lives: readonly Life[]): Group {
  const years = lives.map((life) => life.year);
  return {
    sites: [...new Set(lives.map((life) => life.site))].toSorted(),
    years: [Math.min(...years), Math.max(...years)],
    lives,
    people: peopleIn(lives),
  };
}

const merged = (groups: readonly Group[]): Group => groupOf(groups.flatMap((group) => group.lives));
const smallest = (groups: readonly Group[]): Group | undefined =>
  groups.toSorted((a, b) => a.people - b.people || (a.sites[0] ?? '').localeCompare(b.sites[0] ?? ''))[0];

function by<T>(list: readonly T[], key: (one: T) => string | number): readonly (readonly T[])[] {
  const parts = new Map<string | number, T[]>();
  for (const one of list) parts.set(key(one), [...(parts.get(key(one)) ?? []), one]);
  return [...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** Small groups beside each other become one; what is still too small joins the smallest of the others. */
function gathered(groups: readonly Group[]): readonly Group[] {
  const large = groups.filter((group) => group.people >= LEAST);
  const small = groups.filter((group) => group.people < LEAST);
  if (small.length === 0) return large;
  const rest = merged(small);
  if (rest.people >= LEAST) return [...large, rest];
  const host = smallest(large);
  if (host === undefined) return [rest];
  return [...large.filter((group) => group !== host), merged([host, rest])];
}

/**
 * Cases by site and year; groups of fewer than five people roll up, first across the sites of a year, then across years
 * (domain 5.2, 5.5). Only when all of them together are too few does a small group remain.
 */
export function groupsOf(lives: readonly Life[]): readonly Group[] {
  const years = by(lives, (life) => life.year).map((year) =>
    gathered(by(year, (life) => life.site).map(groupOf)),
  );
  const done: Group[] = [];
  let waiting: readonly Group[] = [];
  for (const year of years) {
    const sum = merged([...waiting, ...year]);
    const stands = waiting.length === 0 && year.every((group) => group.people >= LEAST);
    if (stands) done.push(...year);
    else if (sum.people >= LEAST) done.push(sum);
    waiting = stands || sum.people >= LEAST ? [] : [sum];
  }
  return waiting.length === 0 ? done : closing(done, merged(waiting));
}

/** The last years were too few: they join the year before. */
function closing(done: readonly Group[], rest: Group): readonly Group[] {
  const before = done.at(-1);
  return before === undefined ? [rest] : [...done.slice(0, -1), merged([before, rest])];
}

/** @returns the span as words, e.g. `Northside, Southside · 2024 to 2026`. */
export function spanOf(group: Group, nameOf: (site: string) => string): string {
  const [from, to] = group.years;
  const years = from === to ? String(from) : `${from} to ${to}`;
  return `${group.sites.map(nameOf).join(', ')} · ${years}`;
}

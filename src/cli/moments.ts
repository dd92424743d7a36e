import type pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { EXIT, Stop } from './exit.ts';

/** What somebody typed for a time: an instant with its offset, or a day, which is a day only somewhere. */
export type Typed = { readonly at: number } | { readonly day: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

/** A day or an instant in words of ISO 8601. @param option what asked for it, named in the message @param more what else it takes @throws Stop (usage) */
export function typedFrom(text: string, option: string, more = ''): Typed {
  const at = INSTANT.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isFinite(at)) return { at };
  const day = DAY.test(text) ? new Date(`${text}T00:00Z`) : null;
  if (day !== null && Number.isFinite(day.getTime()) && day.toJSON().startsWith(text)) return { day: text };
  throw new Stop(
    EXIT.usage,
    'usage',
    `${option} takes a day of the site (2025-03-04) or an instant with its offset (2025-03-04T15:00-05:00)${more}.`,
  );
}

const startOf = (day: string, zone: string, later: number): number =>
  Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(zone).epochMilliseconds;

/** The instant that was typed, or the first one of the day there, in milliseconds. @param zone IANA name */
export const beginsAt = (typed: Typed, zone: string): number =>
  'at' in typed ? typed.at : startOf(typed.day, zone, 0);

/** The instant that was typed, or the first one after the day there, in milliseconds. */
export const endsAt = (typed: Typed, zone: string): number =>
  'at' in typed ? typed.at : startOf(typed.day, zone, 1);

/**
 * The zone in which a day is meant: of the case's site, and without a case of the site that was there first.
 * @param id a case; one that is not there has the house's zone
 */
export async function zoneFor(
  { pool, org }: { readonly pool: pg.Pool; readonly org: string },
  id: string | null,
): Promise<string> {
  const { rows } = await pool.query<{ zone: string }>(
    `select s.zone from sites s left join cases c on c.org = s.org and c.site = s.ref and c.case_id = $2
     where s.org = $1 order by c.case_id is null, s.created_at, s.ref limit 1`,
    [org, id],
  );
  return rows[0]?.zone ?? 'UTC';
}

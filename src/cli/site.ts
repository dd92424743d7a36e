import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyTerms } from '../client/organization.ts';
import { calendarSchema, holidayRulesSchema } from '../contracts/calendar.ts';
import type { HolidayRules } from '../contracts/calendar.ts';
import { comparatorSchema, policySchema, profileSchema } from '../contracts/policy.ts';
import { makeCalendar } from '../directory/make-calendar.ts';
import { listSites } from '../directory/sites.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import type { Comparator } from '../domain/kernel/terms.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId, refOf } from './ids.ts';
import { table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

export interface AddSiteOptions extends Common {
  readonly zone: string;
  readonly hours: string;
  readonly workdays: string;
  readonly holidays: string;
  readonly policy: string;
  readonly profile: string;
  readonly comparator?: string | undefined;
  readonly ref?: string | undefined;
}

const policies = new URL('../../policies/', import.meta.url);
const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly { path: PropertyKey[] }[] } };
}

/** A file by path, or by name one of those that come with the product. @throws Stop (usage) */
export function read<T>(option: string, given: string, folder: string, schema: Schema<T>): T {
  const own = /^[a-z0-9-]+$/.test(given);
  const path = own ? fileURLToPath(new URL(`${folder}${given}.json`, policies)) : given;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw usage(`${option}: ${path} is not a readable JSON file.`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.slice(0, 8).map((one) => one.path.map(String).join('.'));
  throw usage(`${option}: ${path} does not have the form expected at ${places.join(', ')}.`);
}

/** A document that comes with the product: its name, and what it is called. */
interface ComesAlong {
  readonly id: string;
  readonly title: string;
}

function comeAlong(folder: string): readonly ComesAlong[] {
  const place = new URL(folder, policies);
  return readdirSync(place)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const { title } = JSON.parse(readFileSync(new URL(name, place), 'utf8')) as ComesAlong;
      return { id: name.replace(/\.json$/, ''), title };
    });
}

/** What comes with the product, by the names that {@link read} takes. */
export const documentsAlong = () => ({
  ...{ policies: comeAlong('./'), profiles: comeAlong('profiles/'), holidays: comeAlong('holidays/') },
});

/** What a site's calendar is made of. Years left out: five from this one on. */
export interface CalendarOptions {
  readonly zone: string;
  readonly hours: string;
  readonly workdays: string;
  readonly holidays: string;
  readonly firstYear?: number;
  readonly lastYear?: number;
}

/** @throws Stop (usage), CalendarRequestInvalid */
export function calendarOf(id: string, options: CalendarOptions): SiteCalendar {
  const hours = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(options.hours);
  const opens = hours?.[1];
  const closes = hours?.[2];
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
  if (opens === undefined || closes === undefined || !clock.test(opens) || !clock.test(closes))
    throw usage('--hours takes HH:MM-HH:MM from 00:00 to 23:59, e.g. 09:00-17:00.');
  if (!/^[1-7](,[1-7])*$/.test(options.workdays))
    throw usage('--workdays takes days of the week, Monday is 1, e.g. 1,2,3,4,5.');
  const holidays: HolidayRules = read('--holidays', options.holidays, 'holidays/', holidayRulesSchema);
  const { zone, lastYear, firstYear = new Date().getUTCFullYear() } = options;
  const workdays = options.workdays.split(',').map(Number);
  const years = { firstYear, ...(lastYear === undefined ? {} : { lastYear }) };
  const made = makeCalendar({ id, zone, opens, closes, workdays, holidays, ...years });
  const result = calendarSchema.safeParse(made);
  if (!result.success) throw usage('These hours and days make no calendar: closing comes after opening.');
  return made;
}

/** The comparator record of a file. @throws Stop (usage) */
export function comparatorOf(option: string, path: string, site: string): Comparator {
  return { v: 1, site, ...read(option, path, '', comparatorSchema) };
}

/** `site add`: a place of work with its hours, holidays, policy and jurisdiction, in force for new cases. */
export async function siteAdd(io: Io, name: string, options: AddSiteOptions): Promise<Exit> {
  const site = refOf('site_', options.ref);
  const calendar = calendarOf(site.slice(-12), options);
  const policy = read('--policy', options.policy, '', policySchema);
  const profile = read('--profile', options.profile, 'profiles/', profileSchema);
  const comparator =
    options.comparator === undefined ? null : comparatorOf('--comparator', options.comparator, site);
  return within(options, io.env, async ({ office }) => {
    const by = { decisionId: newId('hsd_'), actor: 'installation' as const };
    await applyTerms(office, { site, name, policy, calendar, profile, comparator }, by);
    if (options.json === true)
      io.out(
        JSON.stringify({
          is: 'added',
          site,
          name,
          zone: calendar.zone,
          first: calendar.first,
          last: calendar.last,
        }),
      );
    else io.out(`${site} ${name} (${calendar.zone}) was added; its calendar reaches to ${calendar.last}.`);
    return EXIT.done;
  });
}

/** `site list`. */
export async function siteList(io: Io, options: Common): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const list = await listSites(office.pool, office.org);
    const shown = list.map(({ ref, name, zone }) => ({ site: ref, name, zone }));
    if (options.json === true) io.out(JSON.stringify({ organization: office.org, sites: shown }));
    else if (shown.length === 0) io.out('No site yet. Add one with "peer-hire site add".');
    else
      io.out(
        table(
          io,
          ['site', 'name', 'zone'],
          shown.map((one) => [one.site, one.name, one.zone]),
        ),
      );
    return EXIT.done;
  });
}

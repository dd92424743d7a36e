import { changeTerms, nudgeCases, termsInForce } from '../client/new-terms.ts';
import type { NewTerms, TermsChanged, ToldCases } from '../client/new-terms.ts';
import type { HouseActor } from '../client/organization.ts';
import { policySchema, profileSchema } from '../contracts/policy.ts';
import { listSites } from '../directory/sites.ts';
import type { SiteCalendar } from '../domain/kernel/calendar.ts';
import { EXIT, Stop, told as toldError } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId } from './ids.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';
import { calendarOf, read } from './site.ts';

export interface ApplyPolicyOptions extends Common {
  readonly site?: string | undefined;
  readonly profile?: string | undefined;
  readonly cases?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

export interface ApplyCalendarOptions extends Common {
  readonly holidays: string;
  readonly site?: string | undefined;
  readonly hours?: string | undefined;
  readonly workdays?: string | undefined;
  readonly lastYear?: string | undefined;
}

const YEARS_AHEAD = 4;
const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

/** The site that is meant: the one named, or the only one. @throws Stop (usage, site_unknown) */
export async function siteOf({ office }: Opened, given: string | undefined): Promise<string> {
  const refs = (await listSites(office.pool, office.org)).map((one) => one.ref);
  const [only] = refs;
  if (given === undefined && only !== undefined && refs.length === 1) return only;
  if (given === undefined)
    throw usage(
      `Say which site with --site: ${refs.join(', ') || 'there is none yet (peer-hire site add)'}.`,
    );
  if (refs.includes(given)) return given;
  throw new Stop(EXIT.refused, 'site_unknown', `There is no site ${given.slice(0, 80)}.`);
}

/** The cases look at once; with Temporal away they do so at the next sweep, or when the sandbox's clock moves. */
export async function nudged(opened: Pick<Opened, 'house'>, told: readonly string[]): Promise<boolean> {
  if (told.length === 0) return true;
  try {
    await nudgeCases(await opened.house(), told);
    return true;
  } catch (error) {
    if (['temporal_away', 'temporal_unavailable'].includes(toldError(error).code)) return false;
    throw error;
  }
}

/** By whom, where, and which open cases hear of it. */
interface Applying {
  readonly site: string;
  readonly by: HouseActor;
  readonly whom: ToldCases;
}

const installation = (): HouseActor => ({ decisionId: newId('hsd_'), actor: 'installation' });

/** Puts terms in force, lets the cases look, and says so. */
export async function applyTo(
  io: Io,
  opened: Opened,
  json: boolean,
  { site, by, whom }: Applying,
  terms: NewTerms,
): Promise<Exit> {
  const changed = await changeTerms(opened.office, site, terms, whom, by);
  const looking = await nudged(opened, changed.told);
  if (json) io.out(JSON.stringify({ is: 'applied', what: terms.what, ...changed, looking }));
  else for (const line of appliedLines(terms, changed, looking)) io.out(line);
  return EXIT.done;
}

function appliedLines(terms: NewTerms, changed: TermsChanged, looking: boolean): readonly string[] {
  const { site, after, told } = changed;
  return [
    `The ${terms.what} ${(after[terms.what] ?? '').slice(0, 12)} is in force at ${site} for new cases.`,
    `Open cases that adopt it: ${told.length}${told.length === 0 ? '' : ` (${told.join(', ')})`}.`,
    ...(looking ? [] : ['Temporal does not answer: they adopt it as soon as it does, at the next sweep.']),
  ];
}

/** `policy apply`: for new cases, and for the open ones that are named. */
export async function policyApply(io: Io, file: string, options: ApplyPolicyOptions): Promise<Exit> {
  if (options.all === true && options.cases !== undefined) throw usage('Give --cases or --all, not both.');
  const policy = read('policy', file, '', policySchema);
  const { profile: other } = options;
  const profile = other === undefined ? null : read('--profile', other, 'profiles/', profileSchema);
  const whom: ToldCases = options.all === true ? 'all' : (options.cases ?? 'none');
  return within(options, io.env, async (opened) => {
    const site = await siteOf(opened, options.site);
    const applying = { site, whom, by: installation() };
    return applyTo(io, opened, options.json === true, applying, { what: 'policy', policy, profile });
  });
}

/** The calendar in force at a site, as it is kept. */
export async function calendarNow({ office }: Pick<Opened, 'office'>, site: string): Promise<SiteCalendar> {
  const ref = await termsInForce(office.pool, office.org, site);
  await office.terms.load(office.pool, office.org, [ref]);
  return office.terms.get(ref).calendar;
}

/** Years that are past stay covered: open cases count from days in them. @throws Stop (usage) */
export async function yearsOf(opened: Pick<Opened, 'office'>, now: SiteCalendar, given: string | undefined) {
  const { pool, org } = opened.office;
  const { rows } = await pool.query<{ now: number }>('select org_now($1) as now', [org]);
  const year = new Date(rows[0]?.now ?? 0).getUTCFullYear();
  const lastYear =
    given === undefined ? Math.max(year + YEARS_AHEAD, Number(now.last.slice(0, 4))) : Number(given);
  if (!Number.isInteger(lastYear) || lastYear < year)
    throw usage('--last-year takes a year that is not over, e.g. 2032.');
  const covered = Number(now.last.slice(0, 4));
  if (lastYear < covered)
    throw usage(`--last-year: the calendar goes to ${covered}; open cases count to its end, it only grows.`);
  return { firstYear: Number(now.first.slice(0, 4)), lastYear };
}

/** `calendar apply`: hours and holidays of a site, for new cases and every open one. The zone of a site stays. */
export async function calendarApply(io: Io, options: ApplyCalendarOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const site = await siteOf(opened, options.site);
    const now = await calendarNow(opened, site);
    const calendar = calendarOf(now.id, {
      ...{ zone: now.zone, holidays: options.holidays, hours: options.hours ?? `${now.opens}-${now.closes}` },
      workdays: options.workdays ?? now.workdays.join(','),
      ...(await yearsOf(opened, now, options.lastYear)),
    });
    const applying = { site, whom: 'all' as const, by: installation() };
    return applyTo(io, opened, options.json === true, applying, { what: 'calendar', calendar });
  });
}

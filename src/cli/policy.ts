import { comparatorBlanks, diffOf, showTerms } from '../client/policy-show.ts';
import type { Difference } from '../client/policy-show.ts';
import type { ShownTerms } from '../client/policy-show.ts';
import { termsInForce } from '../client/new-terms.ts';
import { policySchema, profileSchema } from '../contracts/policy.ts';
import type { WholeProfile } from '../contracts/policy.ts';
import { capacitiesOf } from '../domain/kernel/can.ts';
import type { Policy } from '../domain/kernel/policy.ts';
import type { Comparator } from '../domain/kernel/terms.ts';
import { readerOf } from '../client/ask-reader.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { newId } from './ids.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';
import { comparatorOf, read } from './site.ts';
import { applyTo, siteOf } from './terms.ts';

export interface ShowPolicyOptions extends Common {
  readonly policy: string;
  readonly profile?: string | undefined;
  readonly site?: string | undefined;
}

/** What a blank of any profile inherits. */
export const genericProfile = (): WholeProfile => read('profile', 'generic', 'profiles/', profileSchema);

/** What is in force at a site, else what the files say; the latter needs no installation. */
async function documentsOf(
  io: Io,
  options: ShowPolicyOptions,
): Promise<{ readonly policy: Policy; readonly profile: WholeProfile | null }> {
  if (options.site === undefined) {
    const { profile } = options;
    return {
      policy: read('--policy', options.policy, '', policySchema),
      profile: profile === undefined ? null : read('--profile', profile, 'profiles/', profileSchema),
    };
  }
  return within(options, io.env, async (opened) => {
    const { office } = opened;
    const ref = await termsInForce(office.pool, office.org, await siteOf(opened, options.site));
    const { rows } = await office.pool.query<{ hash: string; body: string }>(
      'select hash, body from documents where org = $1 and hash = any($2::text[])',
      [office.org, [ref.policy, ref.profile]],
    );
    const body = (hash: string): unknown =>
      JSON.parse(rows.find((row) => row.hash === hash)?.body ?? 'null') as unknown;
    return { policy: policySchema.parse(body(ref.policy)), profile: profileSchema.parse(body(ref.profile)) };
  });
}

/** One line for each number and each topic: a table would be wider than any terminal. */
function shownText(io: Io, shown: ShownTerms): string {
  const { policy, profile, counsel } = shown;
  const values = shown.values.map(
    ({ key, value, from, source, date }) =>
      `  ${key} = ${[value].flat().join(', ')} · ${from}: ${source} · ${date}`,
  );
  const topics = shown.topics.map((one) => {
    const origin = one.source === null ? 'no source; as in Generic' : `${one.source} · ${one.date ?? ''}`;
    return `  ${one.topic.replaceAll('_', ' ')}: ${one.says ?? ''} · ${origin}`;
  });
  return [
    styled(io, 'bold', `${policy.title} (${policy.id}, from ${policy.effective})`),
    ...(profile === null ? [] : [`Profile: ${profile.title} (${profile.id}) – ${profile.jurisdiction}`]),
    ...(counsel === 'not_read' ? ['This profile was not read by counsel.'] : []),
    ...values,
    ...(shown.blank.length === 0
      ? []
      : [`No source in this profile, as in Generic: ${shown.blank.join(', ')}`]),
    ...(topics.length === 0 ? [] : ['What the profile says in words:', ...topics]),
  ].join('\n');
}

/** `policy show`: every number with its source and day, and what the profile says in words. */
export async function policyShow(io: Io, options: ShowPolicyOptions): Promise<Exit> {
  const { policy, profile } = await documentsOf(io, options);
  const shown = showTerms(policy, profile, genericProfile());
  io.out(options.json === true ? JSON.stringify(shown) : shownText(io, shown));
  return EXIT.done;
}

/** A policy or a profile, by file or by the name of one that comes with the product. @throws Stop (usage) */
function document(given: string): Policy | WholeProfile {
  try {
    return read(given, given, '', policySchema);
  } catch {
    return read(given, given, 'profiles/', profileSchema);
  }
}

/** A blank says nothing of its own: it holds what Generic says, where that says something. */
function differenceText({ key, a, b, generic }: Difference): string {
  const blank = generic === undefined ? '–' : `no source, as in Generic (${generic})`;
  return `${key}: ${a ?? blank} → ${b ?? blank}`;
}

/** `policy diff`: where two policies, or two profiles, differ. */
export async function policyDiff(io: Io, a: string, b: string, options: Common): Promise<Exit> {
  const [left, right] = [document(a), document(b)];
  if ('jurisdiction' in left !== 'jurisdiction' in right)
    throw new Stop(EXIT.usage, 'usage', 'Compare two policies, or two profiles.');
  const list = diffOf(left, right, genericProfile());
  if (options.json === true) io.out(JSON.stringify({ a: left.id, b: right.id, differences: list }));
  else if (list.length === 0) io.out('They say the same.');
  else io.out(list.map(differenceText).join('\n'));
  return EXIT.done;
}

export interface ComparatorOptions extends Common {
  readonly file?: string | undefined;
  readonly as?: string | undefined;
  readonly cases?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

/** Domain 2.1: HR enters the record. @throws Stop (not_permitted), ReadingRefused */
async function mustBeHr({ office }: Opened, site: string, as: string): Promise<void> {
  const { assignments, delegations, now: at } = await readerOf(office, as);
  const scopes = [office.org, site];
  const held = capacitiesOf(as, { assignments, delegations, at, scopes, relations: [] });
  if (held.includes('hr') || held.includes('hr_director')) return;
  throw new Stop(EXIT.refused, 'not_permitted', 'The comparator record of a site is entered by its HR.');
}

function comparatorText(io: Io, site: string, comparator: Comparator | null): string {
  if (comparator === null)
    return `No comparator on file at ${site}: R1.2, R8.1 and R9.2 refuse. Enter one with --file.`;
  const rows = Object.entries(comparator.values).map(([name, value]) => [name, String(value)]);
  const blanks = comparatorBlanks(comparator);
  return [
    `The same for all staff at ${site}: ${comparator.source}, recorded ${comparator.recorded}`,
    table(io, ['', ''], rows),
    ...(blanks.length === 0 ? [] : [`Not on record: ${blanks.join(', ')}`]),
  ].join('\n');
}

/** `site comparator`: shows what is the same for all staff of a site; with a file, HR enters it. */
export async function siteComparator(io: Io, given: string, options: ComparatorOptions): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    const { office } = opened;
    const site = await siteOf(opened, given);
    if (options.file !== undefined) {
      if (options.as === undefined)
        throw new Stop(EXIT.usage, 'usage', 'Say with --as who in HR enters the record.');
      await mustBeHr(opened, site, options.as);
      const comparator = comparatorOf('--file', options.file, site);
      const whom = options.all === true ? 'all' : (options.cases ?? 'none');
      const by = { decisionId: newId('hsd_'), actor: options.as };
      return applyTo(
        io,
        opened,
        options.json === true,
        { site, by, whom },
        { what: 'comparator', comparator },
      );
    }
    const ref = await termsInForce(office.pool, office.org, site);
    await office.terms.load(office.pool, office.org, [ref]);
    const { comparator } = office.terms.get(ref);
    if (options.json === true) {
      const blanks = comparator === null ? null : comparatorBlanks(comparator);
      io.out(JSON.stringify({ site, comparator, blanks }));
    } else io.out(comparatorText(io, site, comparator));
    return EXIT.done;
  });
}

import { addressMark } from '../directory/post.ts';
import type { PostStyle } from '../directory/post.ts';
import type { Person } from '../directory/people.ts';
import { postRules, route } from '../domain/kernel/post.ts';
import type { Letter, PostRules, Route } from '../domain/kernel/post.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';
import { tellsWhatWasDone, waitsForAPerson } from '../ledger/undelivered.ts';
import { onlyTheyCan } from '../notify/alone.ts';
import { nextList, quietUntil } from '../notify/hours.ts';
import type { WorkingDays } from '../notify/hours.ts';
import { textKey } from '../notify/prompt-texts.ts';
import { tellsOfMoved } from './moved.ts';
import { MEETING, breaksQuiet } from './meeting.ts';
import type { Ports } from './ports.ts';

/** What is read of a recipient before a message to them goes out. */
interface PostView {
  readonly now: number;
  readonly terms: TermsRef | null;
  readonly open: number;
  readonly style: PostStyle | null;
  /** They ended their daily list with one click. */
  readonly unlisted: boolean;
  readonly muted: readonly string[];
  readonly bounced: readonly string[];
  readonly list: {
    readonly id: string;
    readonly at: number;
    readonly listed: readonly (readonly [string, string])[];
  } | null;
}

/** A prompt as far as it matters here. */
export interface Prompted {
  readonly key: string;
  readonly case_id: string;
  readonly code: string;
  readonly rung: string;
  readonly obligation: string;
  readonly how: string;
  readonly owner: string;
  readonly due: number;
  readonly site: string;
}

/** When a message is not bound by any rule of its site. */
const FREELY: Route = { is: 'now', most: 0 };

/** The rules of a site's post and its working days, as in force now; null where its policy is of an earlier day. */
export async function siteRules(
  ports: Ports,
  ref: TermsRef | null,
): Promise<{ readonly rules: PostRules; readonly days: WorkingDays } | null> {
  if (ref === null) return null;
  await ports.terms.load(ports.pool, ports.org, [ref]);
  const terms = ports.terms.get(ref);
  const rules = postRules(terms.policy);
  return rules === null ? null : { rules, days: terms.calendar };
}

/** What the rules of a site make of a message to this person now. */
export interface Posted {
  readonly route: Route;
  readonly letter: Letter;
  readonly rules: PostRules | null;
  readonly now: number;
  readonly nextList: number;
  readonly zone: string;
  /** The list of this morning that named the item: a reminder of it would say nothing new. */
  readonly inList: string | null;
  /** They want no mail about this, and somebody else can do it. */
  readonly muted: boolean;
  /** They asked for no mail about it, and get it all the same: only they can do it, or the law wants it said. */
  readonly owedAnyway: boolean;
  /** Their address gave a message back. */
  readonly bounced: boolean;
}

export function letterOf(row: Prompted): Letter {
  return {
    how: row.how as Letter['how'],
    due: row.due,
    // A calendar file cannot stand in a list, nor does one list in another.
    law: waitsForAPerson(row) || tellsWhatWasDone(row) || row.code === MEETING || tellsOfMoved(row),
    alone: onlyTheyCan(row),
  };
}

async function viewOf(ports: Ports, person: string, site: string): Promise<PostView> {
  const { rows } = await ports.pool.query<{ post_view: PostView }>('select post_view($1, $2, $3)', [
    ports.org,
    person,
    site,
  ]);
  const view = rows[0]?.post_view;
  if (view === undefined) throw new Error('post_view_empty');
  return view;
}

/** Whether a list sent today named it; what tells of something new goes by itself all the same. */
function listedToday(view: PostView, row: Prompted, sinceQuiet: number): string | null {
  const { list } = view;
  if (list === null || list.at < sinceQuiet || !['remind', 'digest'].includes(row.how)) return null;
  return list.listed.some(([of, id]) => of === row.case_id && id === row.obligation) ? list.id : null;
}

const HALF_A_DAY_MS = 43_200_000;

/**
 * Domain 2.2: what becomes of a prompt now, by the recipient's clock, their open items and their wishes.
 * @param zone the recipient's
 * @param single it goes by itself: the list of a morning is made by owners, and this one's is another's
 */
export async function postOf(
  ports: Ports,
  row: Prompted,
  who: Person,
  zone: string,
  single = false,
): Promise<Posted> {
  const view = await viewOf(ports, who.ref, row.site);
  const plain = letterOf(row);
  const letter = view.unlisted || single ? { ...plain, alone: true } : plain;
  const { now } = view;
  const firm = plain.law || plain.alone;
  const silenced = view.muted.includes(row.code) || view.muted.includes(textKey(row.code, row.obligation));
  const common = {
    ...{ letter, now, zone, muted: silenced && !firm, owedAnyway: silenced && firm },
    bounced: who.email !== null && view.bounced.includes(addressMark(ports.keys, ports.org, who.email)),
  };
  const found = await siteRules(ports, view.terms);
  if (found === null) return { ...common, route: FREELY, rules: null, nextList: now, inList: null };
  const { rules, days } = found;
  const next = nextList(now, zone, rules, days);
  const loud = row.code === MEETING && breaksQuiet(row, now, zone);
  const box = {
    ...{ now, nextList: next, open: view.open, wish: view.style },
    quietUntil: loud ? null : quietUntil(now, zone, rules, days),
  };
  const inList = listedToday(view, row, now - HALF_A_DAY_MS);
  return { ...common, route: route(letter, box, rules), rules, nextList: next, inList };
}

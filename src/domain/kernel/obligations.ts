import type { Obligation } from './agenda.ts';
import { addBusinessDays, closing, dateOf, nextBusinessInstant } from './calendar.ts';
import type { Instant } from './calendar.ts';
import { classOf } from './held.ts';
import type { AnyDecider, Held, Redaction, Undelivered } from './held.ts';
import { num, numIf } from './policy.ts';
import { capped, dueIn, laddered } from './rungs.ts';
import type { Terms } from './terms.ts';
import type { CaseId, SiteRef, Visibility } from './words.ts';
import { holder } from './words.ts';

const UNREACHED = 'undelivered:';

/** How an obligation for a prompt that reached nobody is known, and which prompt it is. */
export const undelivered = {
  code: 'UNDELIVERED',
  promptOf: (id: string): string => id.slice(UNREACHED.length),
} as const;

/** A prompt that reached nobody: HR owes a way to reach the person. */
function unsettled(one: Undelivered, visibility: Visibility, site: SiteRef, terms: Terms): Obligation {
  const calendar = terms.calendar;
  const due = closing(calendar, addBusinessDays(calendar, dateOf(calendar, one.since), 1));
  const hr = holder('hr', site);
  return {
    id: `${UNREACHED}${one.prompt}`,
    code: 'UNDELIVERED',
    owner: hr,
    since: one.since,
    due,
    // A message that did not arrive may have been about anything. In a confidential case it is as confidential as that.
    visibility,
    rungs: [{ id: 'r0', at: nextBusinessInstant(calendar, one.since), to: [hr], how: 'ask' }],
    atSilence: 'stays_with_hr',
  };
}

/** X30: a hidden text waits for HR, a business day. To others it says what every confidential item says. */
function redacted(one: Redaction, site: SiteRef, terms: Terms): Obligation {
  const { since } = one;
  const due = dueIn(terms.calendar, since, numIf(terms.policy, 'X30', 'confirm_bd') ?? 1);
  const owner = holder('hr', site);
  const id = `h${one.n}`;
  return laddered({ id, code: 'X30', owner, site, since, due, visibility: 'C3' }, terms);
}

interface Remembered {
  readonly own: unknown;
  readonly terms: Terms;
  readonly self: CaseId;
  readonly undelivered: readonly Undelivered[];
  readonly redactions: readonly Redaction[] | undefined;
  readonly open: Open;
}

/** What is open, soonest due first, under which ids, and in which of it the policy itself acts at an instant. */
interface Open {
  readonly agenda: readonly Obligation[];
  readonly acting: readonly Obligation[];
  readonly ids: ReadonlySet<string>;
  /** Before this instant no rung of any of it is. */
  readonly firstRung: Instant;
}

// A step asks for the same agenda several times in a row. States never change, so what was derived from the last one holds.
let remembered: Remembered | null = null;

/**
 * All open obligations of a case: its own agenda and what the kernel adds. Soonest due first.
 * @param self the case's id; obligations of a case may name it as a scope
 */
export function agendaOf(decider: AnyDecider, held: Held, terms: Terms, self: CaseId): readonly Obligation[] {
  return openOf(decider, held, terms, self).agenda;
}

/** The same, with the ids under which things are owed, and with those in which the policy acts. */
export function openOf(decider: AnyDecider, held: Held, terms: Terms, self: CaseId): Open {
  const { own } = held;
  const { undelivered, redactions } = held.base;
  const known = remembered;
  const same = known !== null && known.own === own && known.terms === terms && known.self === self;
  if (same && known.undelivered === undelivered && known.redactions === redactions) return known.open;
  const open = derive(decider, held, terms, self);
  remembered = { own, terms, self, undelivered, redactions, open };
  return open;
}

function acts({ rungs }: Obligation): boolean {
  for (const rung of rungs) if (rung.how === 'act') return true;
  return false;
}

function derive(decider: AnyDecider, held: Held, terms: Terms, self: CaseId): Open {
  const { undelivered, redactions = [], site } = held.base;
  const most = num(terms.policy, 'PROMPTS', 'max_per_obligation');
  const all: Obligation[] = [];
  const [undeliveredClass] = classOf(decider, 'prompt_undelivered', 'C2');
  for (const one of decider.agenda(held.own, terms, self)) all.push(capped(one, most));
  for (const one of undelivered) all.push(capped(unsettled(one, undeliveredClass, site, terms), most));
  for (const one of redactions) all.push(capped(redacted(one, site, terms), most));
  const agenda = all.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
  const ids = new Set<string>();
  const acting: Obligation[] = [];
  let firstRung = Infinity;
  for (const one of agenda) {
    ids.add(one.id);
    const first = one.rungs[0];
    if (first === undefined) continue;
    if (first.at < firstRung) firstRung = first.at;
    if (acts(one)) acting.push(one);
  }
  // Two things owed under one id would share their prompts: an error of the programmer, caught before it is stored.
  if (ids.size < agenda.length) throw new Error(`duplicate_obligation: ${decider.kind}`);
  return { agenda, acting, ids, firstRung };
}

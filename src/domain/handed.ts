import type { Obligation, Rung } from './kernel/agenda.ts';
import { nextBusinessInstant } from './kernel/calendar.ts';
import type { Instant } from './kernel/calendar.ts';
import { dueIn, laddered } from './kernel/rungs.ts';
import type { Terms } from './kernel/terms.ts';
import type { PersonRef, SiteRef } from './kernel/words.ts';

/** Somebody took over what another was asked: when, and by which row. */
export interface Handed {
  readonly n: number;
  readonly at: Instant;
}

/** What was late before is late by no fault of theirs: it is theirs to do by the next business day. */
const WITHIN_BD = 1;

function anew(one: Obligation, { n, at }: Handed, site: SiteRef, terms: Terms): Obligation {
  const first = one.rungs[0];
  // What nobody was asked for yet is asked of them as it is.
  if (first === undefined || first.at > at) return one;
  const { calendar } = terms;
  const id = `${one.id}:m${n}`;
  const asked: Rung = { id: 'm', at: nextBusinessInstant(calendar, at), to: [one.owner], how: 'ask' };
  if (one.due > at) return { ...one, id, rungs: [asked, ...one.rungs.filter((rung) => rung.at > asked.at)] };
  const { code, owner } = one;
  const due = dueIn(calendar, at, WITHIN_BD);
  return { ...one, id, due, rungs: laddered({ id, code, owner, site, since: at, due }, terms).rungs };
}

/**
 * What was asked of the one before is asked of whoever took over, from the start: under an id of its own, since a rung that
 * was climbed went to somebody else.
 * @param who took over
 * @param handed left out: nobody did
 */
export function handedTo(
  list: readonly Obligation[],
  who: PersonRef,
  handed: Handed | undefined,
  site: SiteRef,
  terms: Terms,
): readonly Obligation[] {
  if (handed === undefined) return list;
  return list.map((one) =>
    one.owner === who && one.since < handed.at ? anew(one, handed, site, terms) : one,
  );
}

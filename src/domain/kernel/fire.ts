import { openFrom } from './agenda.ts';
import type { Obligation, Rung } from './agenda.ts';
import { record } from './apply.ts';
import type { Instant } from './calendar.ts';
import { openOf } from './obligations.ts';
import { heldIn, termsIn } from './run.ts';
import type { Run } from './run.ts';
import type { Owner, Visibility } from './words.ts';

/** One message to one owner; who that is, is found out when it is sent. */
export interface PromptDraft {
  /** `<case>:<sequence>:<n>`: its row and its place among those asked; the base of the Message-ID, and opaque as that is. */
  readonly key: string;
  readonly obligation: string;
  readonly code: string;
  readonly rung: string;
  readonly how: Rung['how'];
  readonly to: Owner;
  readonly due: Instant;
  readonly sendAfter: Instant;
  readonly visibility: Visibility;
}

/** The rung that is current now and those passed by: a late wake sends one message, never a burst. */
function current(obligation: Obligation, run: Run): { rung: Rung; passed: readonly string[] } | null {
  const { rungs } = obligation;
  // Nearly always nothing is ripe at all.
  if ((rungs[0]?.at ?? Infinity) > run.ctx.now) return null;
  const from = openFrom(obligation, run.held?.base.sent ?? {});
  let last: Rung | null = null;
  let to = from;
  for (; to < rungs.length; to += 1) {
    const rung = rungs[to];
    if (rung === undefined || rung.at > run.ctx.now || rung.how === 'act') break;
    last = rung;
  }
  return last === null ? null : { rung: last, passed: rungs.slice(from, to - 1).map((one) => one.id) };
}

function fire(
  run: Run,
  obligation: Obligation,
  rung: Rung,
  passed: readonly string[],
): readonly PromptDraft[] {
  // The row itself, since the same rung may be climbed again when the same thing is asked anew.
  const decisionId = `due:${run.ctx.case}:${heldIn(run).base.sequence + 1}`;
  const { id, code, due } = obligation;
  const told = { obligation: id, code, rung: rung.id, to: rung.to, due };
  const body = passed.length > 0 ? { ...told, passed } : told;
  record(run, { kind: 'prompted', body }, { decisionId, asked: rung.at, about: obligation.visibility });
  return rung.to.map((to, n) => ({
    key: `${decisionId.slice('due:'.length)}:${n}`,
    obligation: obligation.id,
    code: obligation.code,
    rung: rung.id,
    how: rung.how,
    to,
    due: obligation.due,
    sendAfter: rung.at,
    visibility: obligation.visibility,
  }));
}

/** Fires what is due on the agenda as it stands after everything else in this step was handled. */
export function firePrompts(run: Run): readonly PromptDraft[] {
  if (run.held === null) return [];
  const { agenda, firstRung } = openOf(run.decider, run.held, termsIn(run), run.ctx.case);
  if (firstRung > run.ctx.now) return [];
  const ripe: { obligation: Obligation; rung: Rung; passed: readonly string[] }[] = [];
  for (const obligation of agenda) {
    const due = current(obligation, run);
    if (due !== null) ripe.push({ obligation, ...due });
  }
  if (ripe.length === 0) return [];
  const inTime = ripe.toSorted((a, b) => a.rung.at - b.rung.at);
  return inTime.flatMap(({ obligation, rung, passed }) => fire(run, obligation, rung, passed));
}

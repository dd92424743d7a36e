import { nextWake, openFrom } from './agenda.ts';
import type { Obligation, Rung } from './agenda.ts';
import { applyInput } from './apply.ts';
import type { Instant } from './calendar.ts';
import type { Standing } from './decider.ts';
import type { Fact } from './facts.ts';
import { firePrompts } from './fire.ts';
import type { PromptDraft } from './fire.ts';
import { pruned, restingIn, standingOf } from './held.ts';
import type { AnyDecider, Held, RowDraft } from './held.ts';
import { openOf } from './obligations.ts';
import { isRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { CaseId } from './words.ts';
import { heldIn, termsIn } from './run.ts';
import type { AdvanceContext, AnyInput, NoticeOut, Receipt, Run } from './run.ts';

/** At most this many acts of a policy in one step; what is left is done by the next. */
const MOST_ACTS = 64;

export interface Advanced {
  readonly held: Held | null;
  readonly rows: readonly RowDraft[];
  readonly notices: readonly NoticeOut[];
  readonly prompts: readonly PromptDraft[];
  readonly obligations: readonly Obligation[];
  readonly facts: readonly Fact[];
  readonly standing: Standing | null;
  readonly nextWake: Instant | null;
  readonly answer: Receipt | Refusal | null;
  /** Keys of the notices handled, accepted or declined. */
  readonly handled: readonly string[];
}

/** The next of an obligation's rungs at which the policy itself acts. */
function nextAct({ rungs }: Obligation, from: number): Rung | null {
  for (let place = from; place < rungs.length; place += 1) {
    const rung = rungs[place];
    if (rung?.how === 'act') return rung;
  }
  return null;
}

function earliestAct(
  run: Run,
  until: Instant,
): { obligation: Obligation; rung: string; at: Instant; act: string } | null {
  let found: { obligation: Obligation; rung: string; at: Instant; act: string } | null = null;
  if (run.held === null) return null;
  const { sent } = run.held.base;
  for (const obligation of openOf(run.decider, run.held, termsIn(run), run.ctx.case).acting) {
    // Nearly always the first of its acts lies ahead, whatever was fired before.
    if ((nextAct(obligation, 0)?.at ?? Infinity) > until) continue;
    const rung = nextAct(obligation, openFrom(obligation, sent));
    if (rung?.act === undefined || rung.at > until) continue;
    if (found === null || rung.at < found.at)
      found = { obligation, rung: rung.id, at: rung.at, act: rung.act };
  }
  return found;
}

function runActs(run: Run, until: Instant): void {
  while (run.acts < MOST_ACTS) {
    const due = earliestAct(run, until);
    if (due === null) return;
    run.acts += 1;
    // With the sequence of its first row: a thing that comes back may be due a second time.
    const decisionId = `due:${run.ctx.case}:${due.obligation.id}:${due.rung}:${heldIn(run).base.sequence + 1}`;
    const input: AnyInput = {
      origin: 'act',
      decisionId,
      obligation: due.obligation,
      act: due.act,
      asked: due.at,
    };
    const outcome = applyInput(run, input);
    if (isRefusal(outcome)) throw new Error(`act_refused: ${run.decider.kind} ${due.act} ${outcome.code}`);
  }
}

function settle(run: Run, input: AnyInput): void {
  const outcome = applyInput(run, input);
  if (input.origin === 'ask') run.answer = outcome;
  if (input.origin === 'notice') run.handled.push(input.decisionId);
}

/** In the order of time; at one instant notices come before a command, so that it sees what they changed. */
function inOrder(inputs: readonly AnyInput[]): readonly AnyInput[] {
  if (inputs.length < 2) return inputs;
  const rank = (input: AnyInput): number => (input.origin === 'ask' ? 1 : 0);
  return inputs.toSorted(
    (a, b) => a.asked - b.asked || rank(a) - rank(b) || (a.decisionId < b.decisionId ? -1 : 1),
  );
}

const isNewTerms = (input: AnyInput): boolean =>
  input.origin === 'notice' && input.notice.kind === 'terms_changed';

/** @param first what is settled before any act that fell due; then the others, in the order of time */
function carried(run: Run, first: readonly AnyInput[], others: readonly AnyInput[]): readonly PromptDraft[] {
  for (const input of first) settle(run, input);
  for (const input of others) {
    runActs(run, Math.min(input.asked, run.ctx.now));
    settle(run, input);
  }
  runActs(run, run.ctx.now);
  return firePrompts(run);
}

/**
 * The one way a case moves: the step, the dry run, the forecast and the year simulators all call it.
 * Acts that fell due before an input was asked come before it; a refused command leaves no trace,
 * while what notices and due acts did stays. New terms are adopted in the order of time too, unless a case cannot go on
 * under those it has, for a calendar that ran out or a policy that lacks a value: then they come first, or they would
 * never be reached.
 * @param held what the case holds, or null for a case that does not exist yet
 * @param inputs at most one `ask`, and the unhandled notices
 */
export function advance(
  decider: AnyDecider,
  held: Held | null,
  inputs: readonly AnyInput[],
  ctx: AdvanceContext,
): Advanced {
  // A plain literal: one put together of spreads is several times slower, and this is the way of every simulated year.
  const afresh = (): Run => ({
    decider,
    ctx,
    held,
    rows: [],
    notices: [],
    answer: null,
    handled: [],
    acts: 0,
  });
  const ordered = inOrder(inputs);
  const terms = ordered.filter(isNewTerms);
  const run = afresh();
  try {
    return finish(run, carried(run, [], ordered));
  } catch (error) {
    if (terms.length === 0) throw error;
  }
  const again = afresh();
  const others = ordered.filter((input) => !isNewTerms(input));
  return finish(again, carried(again, terms, others));
}

// What a case publishes is a function of its state, and a step in which only prompts fired leaves that as it was.
let published: { readonly own: unknown; readonly self: CaseId; readonly facts: readonly Fact[] } | null =
  null;

function factsOf(decider: AnyDecider, own: unknown, self: CaseId): readonly Fact[] {
  if (published !== null && published.own === own && published.self === self) return published.facts;
  const facts = decider.facts(own, self);
  published = { own, self, facts };
  return facts;
}

function finish(run: Run, prompts: readonly PromptDraft[]): Advanced {
  const { decider, rows, notices, answer, handled } = run;
  if (run.held === null)
    return {
      ...{ held: null, rows, notices, prompts, obligations: [], facts: [], standing: null },
      ...{ nextWake: null, answer, handled },
    };
  const { agenda: obligations, ids } = openOf(decider, run.held, termsIn(run), run.ctx.case);
  const held = pruned(run.held, ids, restingIn(decider, run.held, termsIn(run), run.ctx.case));
  const standing = standingOf(decider, held);
  const facts = factsOf(decider, held.own, run.ctx.case);
  const wake = nextWake(obligations, held.base.sent);
  return { held, rows, notices, prompts, obligations, facts, standing, nextWake: wake, answer, handled };
}

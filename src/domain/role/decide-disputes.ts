import type { Context } from '../kernel/decider.ts';
import { noWayAround } from '../findings.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Decision, Of } from './decide-elements.ts';
import type { RoleState } from './state.ts';
import type { DescriptionState, Dispute } from './state-description.ts';
import { settlers } from './words.ts';

/** The rule a dispute is about: D2.1 a duty, D2.8 the description. */
const ruleOf = (duty: string | null): string => (duty === null ? 'D2.8' : 'D2.1');

/** @returns the open dispute about a finding in a duty, or in the description (`null`) */
function openDispute(
  { disputes }: DescriptionState,
  duty: string | null,
  finding: string,
): Dispute | undefined {
  return disputes.find((one) => one.duty === duty && one.finding === finding);
}

/** A description is disputed by who drafted it, about what the guard found in this draft. */
function draftRefused(state: RoleState, by: string, finding: string): Refusal | null {
  const { draft } = state.description;
  if (draft === null || draft.approved) return notNow('D2.8', { code: 'no_draft' });
  if (draft.by !== by) return blocked('D2.8', { code: 'author' });
  if (draft.findings?.includes(finding) !== true)
    return refuse('unknown_reference', 'D2.8', [{ code: 'finding', about: finding }]);
  return null;
}

/**
 * D2.1, D2.8: whoever wrote a duty or the description says that the guard erred about the text. Nothing changes until
 * director and adviser have both looked. BLOCK: R1.3, and what protects health or a protected ground, stands.
 */
export function disputeFinding(state: RoleState, ask: Of<'dispute_finding'>): Decision {
  const { duty = null, finding, text, findings = [] } = ask.command.payload;
  const rule = ruleOf(duty);
  const by = ask.onBehalfOf ?? ask.actor;
  if (noWayAround(finding)) return blocked(rule, { code: 'no_way_around', about: finding });
  if (duty === null) {
    const refusal = draftRefused(state, by, finding);
    if (refusal !== null) return refusal;
  } else {
    // A list in which the guard found it is nowhere: those who are to judge need the words themselves.
    if (text === undefined) return blocked(rule, { code: 'text', about: duty });
    if (!findings.includes(finding))
      return refuse('unknown_reference', rule, [{ code: 'finding', about: finding }]);
    // The words go into a list as they were looked at: what stands in any case is not settled with them.
    const stays = findings.find(noWayAround);
    if (stays !== undefined) return blocked(rule, { code: 'no_way_around', about: stays });
    if (state.description.cleared.some((one) => one.duty === duty && one.finding === finding))
      return notNow(rule, { code: 'already_settled', about: duty });
  }
  if (state.description.stands.some((one) => one.duty === duty && one.finding === finding))
    return notNow(rule, { code: 'finding_stands', about: duty ?? finding });
  if (openDispute(state.description, duty, finding) !== undefined)
    return notNow(rule, { code: 'already_asked', about: finding });
  const words = text === undefined ? {} : { text };
  return [{ kind: 'finding_disputed', body: { duty, finding, by, ...words } }];
}

/**
 * The second half: the director and the adviser, two people besides the author. `wrong_about_text` of both says that the
 * rule erred about this text; it never means "use it anyway". One `stands` is enough for it to stand.
 */
export function settleDispute(state: RoleState, ask: Of<'settle_dispute'>, ctx: Context): Decision {
  const { duty = null, finding, outcome } = ask.command.payload;
  const rule = ruleOf(duty);
  const open = openDispute(state.description, duty, finding);
  if (open === undefined) return refuse('unknown_reference', rule, [{ code: 'dispute', about: finding }]);
  const by = ask.onBehalfOf ?? ask.actor;
  if (open.by === by || open.words.some((one) => one.by === by))
    return blocked(rule, { code: 'second_person_needed' });
  const left = settlers.filter((one) => !open.words.some((word) => word.as === one));
  const as = left.find((one) => ctx.capacities.includes(one));
  if (as === undefined) return blocked(rule, { code: 'needs_capacity', about: left[0] ?? '' });
  return [{ kind: 'dispute_answered', body: { duty, finding, by, as, outcome } }];
}

import { dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Decision, Of } from './decide-elements.ts';
import { differenceTo, underComparator } from './pay.ts';
import type { RoleState } from './state.ts';
import type { HireTerms } from './state-description.ts';
import { signedBefore } from '../signed.ts';

type TermsPayload = Of<'propose_terms'>['command']['payload'];

function credentialOf({ credential }: TermsPayload, ctx: Context): string | null {
  if (credential === undefined) return null;
  if (credential.rule !== 'within_n_months') return credential.rule;
  const months = credential.months ?? num(ctx.terms.policy, 'D2.5', 'within_months');
  return `${credential.rule}:${months}`;
}

/** D2.3, D2.4, D2.5, first half. */
export function proposeTerms(state: RoleState, ask: Of<'propose_terms'>, ctx: Context): Decision {
  if (state.adopted === null) return notNow('D2.5', { code: 'G1' });
  const { payload } = ask.command;
  const { requirements, wording } = payload;
  if (requirements === undefined && wording === undefined && payload.credential === undefined)
    return notNow('D2.5', { code: 'nothing_named' });
  const terms: HireTerms = {
    requirements:
      requirements === undefined
        ? null
        : Object.fromEntries(requirements.map((one) => [one.requirement, one.outcome])),
    wording: wording ?? null,
    credential: credentialOf(payload, ctx),
  };
  const as = ctx.capacities.includes('hr') ? 'hr' : 'compliance';
  return [{ kind: 'terms_proposed', body: { ...terms, by: ask.actor, as } }];
}

/** D2.3, D2.4, D2.5, second half: two people, one of HR and one of compliance. */
export function confirmTerms(state: RoleState, ask: Of<'confirm_terms'>, ctx: Context): Decision {
  const proposed = state.description.proposedTerms;
  if (proposed === null) return notNow('D2.5', { code: 'nothing_proposed' });
  if (signedBefore(proposed, ask)) return blocked('D2.5', { code: 'second_person_needed' });
  const other = proposed.as === 'hr' ? 'compliance' : 'hr';
  if (!ctx.capacities.includes(other)) return blocked('D2.5', { code: 'needs_capacity', about: other });
  const { requirements, wording, credential } = proposed;
  return [{ kind: 'terms_confirmed', body: { requirements, wording, credential, by: ask.actor } }];
}

/** D2.6, first half. The comparator record says how far the range lies from that of the comparator. */
export function proposePay(state: RoleState, ask: Of<'propose_pay'>, ctx: Context): Decision {
  if (state.adopted === null) return notNow('D2.6', { code: 'G1' });
  const { grade, low, high, comparatorRole, reason } = ask.command.payload;
  if (low > high) return blocked('D2.6', { code: 'low_over_high' });
  const difference = differenceTo(ctx.terms, low, high);
  const warned = warnings(ask, [{ rule: 'R2.5', holds: underComparator(ctx.terms, difference) }]);
  if (isRefusal(warned)) return warned;
  const body = { by: ask.actor, grade, low, high, difference, comparatorRole, reason };
  return [{ kind: 'pay_proposed', body }, ...warned];
}

/** D2.6, second half. R2.5 WARN is the approver's to acknowledge as well. */
export function approvePay(state: RoleState, ask: Of<'approve_pay'>, ctx: Context): Decision {
  const proposed = state.description.proposedPay;
  if (proposed === null) return notNow('D2.6', { code: 'nothing_proposed' });
  if (signedBefore(proposed, ask)) return blocked('D2.6', { code: 'second_person_needed' });
  const { outcome } = ask.command.payload;
  const holds = outcome === 'approved' && underComparator(ctx.terms, proposed.difference);
  const warned = warnings(ask, [{ rule: 'R2.5', holds }]);
  if (isRefusal(warned)) return warned;
  const on = dateOf(ctx.terms.calendar, ctx.now);
  const { low, high } = proposed;
  return [{ kind: 'pay_decided', body: { outcome, low, high, on } }, ...warned];
}

/** The planned posting day; pay is due before it (P2.3). */
export function planPosting(ask: Of<'plan_posting'>, ctx: Context): Decision {
  const { on } = ask.command.payload;
  if (on < dateOf(ctx.terms.calendar, ctx.now)) return blocked('P2.3', { code: 'day_is_past', about: on });
  return [{ kind: 'posting_planned', body: { on } }];
}

/** D2.7 and D2.8, first half. R2.3 BLOCK: a requirement that nobody marked essential or equivalent. */
export function draftDescription(state: RoleState, ask: Of<'draft_description'>, ctx: Context): Decision {
  const { list, terms } = state.description;
  if (state.adopted === null || list === null) return notNow('D2.8', { code: 'D2.1' });
  const { text, requirements, hours, partTimeReason, benefits, findings } = ask.command.payload;
  if (hours === 'part_time' && partTimeReason === undefined)
    return blocked('D2.7', { code: 'part_time_reason' });
  const unmarked = requirements.filter((one) => {
    const outcome = terms.requirements?.[one];
    return outcome !== 'essential' && outcome !== 'equivalent_accepted';
  });
  if (unmarked.length > 0)
    return blocked('R2.3', ...unmarked.map((about) => ({ code: 'not_essential_nor_equivalent', about })));
  const as = ctx.capacities.includes('hr') ? 'hr' : 'supervisor';
  const version = state.adopted.version;
  return [
    {
      kind: 'description_drafted',
      body: {
        by: ask.actor,
        as,
        version,
        list: list.list,
        ...(text === undefined ? {} : { text }),
        requirements,
        hours,
        benefits,
        ...(partTimeReason === undefined ? {} : { partTimeReason }),
        findings: findings ?? [],
      },
    },
  ];
}

/** D2.8 `approved`: HR and the supervisor, two people. */
export function approveDescription(state: RoleState, ask: Of<'approve_description'>, ctx: Context): Decision {
  const { draft, list } = state.description;
  if (draft === null || draft.approved) return notNow('D2.8', { code: 'no_draft' });
  if (draft.version !== state.adopted?.version || draft.list !== list?.list)
    return notNow('D2.8', { code: 'draft_of_another_version', about: String(draft.version) });
  if (signedBefore(draft, ask)) return blocked('D2.8', { code: 'second_person_needed' });
  const other = draft.as === 'hr' ? 'supervisor' : 'hr';
  if (!ctx.capacities.includes(other)) return blocked('D2.8', { code: 'needs_capacity', about: other });
  if (!draft.clean) return blocked('D2.8', { code: 'language_guard' });
  const { documentDigest, findings = [] } = ask.command.payload;
  // G2: the document may say more by now than it did at the draft.
  const found = findings.filter((one) => draft.erred?.includes(one) !== true);
  if (found.length > 0) return blocked('D2.8', { code: 'language_guard', about: found.join(', ') });
  const read = documentDigest === undefined ? {} : { documentDigest };
  return [{ kind: 'description_approved', body: { by: ask.actor, version: draft.version, ...read } }];
}

/** Claims G2; the kernel asks the gate. */
export function completeDescription(state: RoleState, ask: Of<'complete_description'>): Decision {
  const version = state.adopted?.version ?? 0;
  const list = state.description.list?.list ?? 0;
  const { described } = state.description;
  if (described !== null && described.version === version && described.list === list)
    return notNow('G2', { code: 'already_described', about: String(version) });
  const { documentDigest } = ask.command.payload;
  const read = documentDigest === undefined ? {} : { documentDigest };
  return [{ kind: 'role_described', body: { version, list, ...read } }];
}

/** P2.4: yearly; `adjust` opens the pay decision anew. */
export function checkPayParity(state: RoleState, ask: Of<'check_pay_parity'>, ctx: Context): Decision {
  const { pay, payOpen } = state.description;
  if (pay === null || payOpen) return notNow('P2.4', { code: 'D2.6' });
  const { outcome } = ask.command.payload;
  const difference = differenceTo(ctx.terms, pay.low, pay.high);
  const holds = outcome === 'fair' && underComparator(ctx.terms, difference);
  const warned = warnings(ask, [{ rule: 'R2.5', holds }]);
  if (isRefusal(warned)) return warned;
  const on = dateOf(ctx.terms.calendar, ctx.now);
  return [{ kind: 'pay_parity_checked', body: { outcome, difference, on } }, ...warned];
}

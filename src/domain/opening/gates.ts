import { addMonths, dateOf } from '../kernel/calendar.ts';
import type { Gate, GateContext } from '../kernel/decider.ts';
import { flag, num, numIf } from '../kernel/policy.ts';
import type { Policy } from '../kernel/policy.ts';
import type { Missing } from '../kernel/refusal.ts';
import { holder } from '../kernel/words.ts';
import { knows } from './course.ts';
import { isPicked } from './queries.ts';
import { candidacyOf, inForce, qualified, remaining } from './state.ts';
import { sheetsMissing, unanswered, undecided } from './state.ts';
import type { JudgeSeat, OpeningState } from './state.ts';

function siteMissing(state: OpeningState, { facts, terms, now }: GateContext): readonly Missing[] {
  const site = state.site ?? '';
  const missing: Missing[] = [];
  const readiness = facts.get('readiness', site)?.value;
  if (readiness !== 'ready' && readiness !== 'ready_with_actions')
    missing.push({ code: 'R0.1', about: 'readiness' });
  if (facts.get('policies_to_change', site)?.value !== '0')
    missing.push({ code: 'R0.1', about: 'policies_to_change' });
  const held = facts.get('team_oriented', site)?.value;
  const months = num(terms.policy, 'P0.3', 'valid_months');
  if (held === undefined || addMonths(held, months) < dateOf(terms.calendar, now))
    missing.push({ code: 'P0.3', who: holder('hr', site) });
  return missing;
}

/**
 * G2, what must hold before a posting goes out: the role described at this version (R2.1, R2.2, R2.3 stand behind it),
 * a pay range (R2.4), the site ready with no policy that must change (R0.1), the team oriented (P0.3), a plan with
 * community channels (D3.2), the posting approved (D3.1).
 */
const g2: Gate<OpeningState> = {
  code: 'G2',
  reads: (state) => {
    const site = state.site ?? '';
    return [
      { kind: 'role_described', subject: state.role },
      { kind: 'pay_range', subject: state.role },
      { kind: 'readiness', subject: site },
      { kind: 'policies_to_change', subject: site },
      { kind: 'team_oriented', subject: site },
    ];
  },
  missing: (state, ctx) => {
    const missing: Missing[] = [];
    const described = ctx.facts.get('role_described', state.role)?.value;
    if (described !== String(state.roleVersion)) missing.push({ code: 'R2.1', about: state.role });
    if (ctx.facts.get('pay_range', state.role) === null) missing.push({ code: 'R2.4', about: state.role });
    missing.push(...siteMissing(state, ctx));
    if (state.community === null || state.community < num(ctx.terms.policy, 'D3.2', 'community_channels_min'))
      missing.push({ code: 'D3.2', about: 'community_channels' });
    if (state.posting.status === 'draft') missing.push({ code: 'D3.1', about: 'approved' });
    return missing;
  },
};

/** R3.5, under a policy that asks for it. */
export function attestationAsked(policy: Policy): boolean {
  return knows(policy, 'R3.5', 'attest') && flag(policy, 'R3.5', 'attest');
}

/** @returns who has not declared (D3.5), or not said that they look nobody up (R3.5) */
export function declarationsMissing(
  seats: readonly JudgeSeat[],
  { terms }: Pick<GateContext, 'terms'>,
): readonly Missing[] {
  const asked = attestationAsked(terms.policy);
  return seats.flatMap((seat): readonly Missing[] => {
    const who = seat.person === null ? {} : { who: seat.person };
    if (!seat.declared) return [{ code: 'D3.5', ...who }];
    return asked && seat.attested !== true ? [{ code: 'R3.5', ...who }] : [];
  });
}

/** @returns what is missing of R4.1: somebody in a peer role among those who rate */
export function inRoleMissing(
  seats: readonly { readonly inRole: boolean }[],
  { terms }: Pick<GateContext, 'terms'>,
): readonly Missing[] {
  const need = num(terms.policy, 'D4.2', 'in_peer_role_min');
  return seats.filter((seat) => seat.inRole).length < need ? [{ code: 'in_peer_role' }] : [];
}

/** G3: posting closed, an outcome for every applicant, enough qualified people or an exception, declarations in. */
const g3: Gate<OpeningState> = {
  code: 'G3',
  reads: () => [],
  missing: (state, { terms }) => {
    const missing: Missing[] = [];
    if (state.posting.status !== 'closed') missing.push({ code: 'D3.1', about: 'closed' });
    for (const row of undecided(state))
      missing.push({ code: 'R3.1', about: candidacyOf(row), visibility: 'C2' });
    const exception = state.proposal?.outcome === 'proceed_with_exception';
    if (!exception && qualified(state) < num(terms.policy, 'R3.4', 'qualified_min'))
      missing.push({ code: 'R3.4' });
    missing.push(...declarationsMissing([...state.screeners, ...inForce(state)], { terms }));
    return missing;
  },
};

/** Quorum of raters, among them somebody in a peer role (G4, X6). */
export function quorumMissing(
  seats: readonly { readonly inRole: boolean }[],
  { terms }: Pick<GateContext, 'terms'>,
): readonly Missing[] {
  const missing: Missing[] = [];
  if (seats.length < num(terms.policy, 'G4', 'quorum_sheets')) missing.push({ code: 'X6', about: 'quorum' });
  if (seats.filter((seat) => seat.inRole).length < num(terms.policy, 'G4', 'quorum_in_peer_role'))
    missing.push({ code: 'R4.1', about: 'in_peer_role' });
  return missing;
}

/** R4.7, G4: a reserve and a "no" have their reason always, a "yes" where the policy asks for one of every candidate. */
export function reasonNeeded(outcome: string, policy: Policy): boolean {
  return outcome !== 'select' || numIf(policy, 'G4', 'reason_each') === 1;
}

function candidatesMissing(state: OpeningState, policy: Policy): readonly Missing[] {
  return remaining(state).flatMap((row) => {
    const about = candidacyOf(row);
    const missing: Missing[] = sheetsMissing(state, row).map((who) => ({
      ...{ code: 'D4.3', about, who, visibility: 'C2' as const },
    }));
    if (row.rec === undefined) missing.push({ code: 'R4.5', about, visibility: 'C2' });
    if (row.pick === undefined) missing.push({ code: 'D4.7', about, visibility: 'C2' });
    if (row.pick?.length === 1 && reasonNeeded(isPicked(row, 's') ? 'select' : row.pick, policy))
      missing.push({ code: 'R4.7', about, visibility: 'C2' });
    return missing;
  });
}

/**
 * G4: for every remaining candidate a sheet of each rater in force, and what the panel found; the quorum; each rater's
 * declaration, also of those who joined late (D3.5, R3.5); their agreement or named dissent; a reason code for every
 * candidate; references; no incident open (D4.8).
 */
const g4: Gate<OpeningState> = {
  code: 'G4',
  reads: () => [],
  missing: (state, ctx) => {
    const seats = inForce(state);
    const missing: Missing[] = [...quorumMissing(seats, ctx), ...declarationsMissing(seats, ctx)];
    missing.push(...candidatesMissing(state, ctx.terms.policy));
    for (const who of unanswered(state)) missing.push({ code: 'D4.5', who });
    if (state.references === null) missing.push({ code: 'D4.6' });
    for (const incident of state.incidents) missing.push({ code: 'D4.8', about: String(incident.n) });
    return missing;
  },
};

export const gates = { G2: g2, G3: g3, G4: g4 };

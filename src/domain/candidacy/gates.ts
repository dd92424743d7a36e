import { addDays, addMonths, dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Gate, GateContext } from '../kernel/decider.ts';
import type { FactRef, Facts } from '../kernel/facts.ts';
import { num, numIf } from '../kernel/policy.ts';
import type { Missing } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import { endsBefore } from './agenda-credential.ts';
import { checkPending, promisesNamed } from './state.ts';
import type { CandidacyState } from './state.ts';

/** @returns the access choices of element E5 in a published value. */
export function accessOf(value: string): readonly string[] {
  return value.split(',').filter((one) => one !== '');
}

/** @returns true when both name the same choices, in any order. */
export function sameAccess(a: readonly string[], b: readonly string[]): boolean {
  return a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));
}

/** R5.6: what is wrong with an amount in cents per hour, given the range that was posted, e.g. `2200-2500`. */
export function outsideRange(range: string | undefined, amount: number): Missing | null {
  const [low = NaN, high = NaN] = (range ?? '').split('-').map(Number);
  if (!(low <= high)) return { code: 'pay_range' };
  return amount >= low && amount <= high ? null : { code: 'posted_range', about: `${low}-${high}` };
}

/** R5.6: where the range that was posted stands; a posting from before that was kept is held to the range in force. */
export function rangeReads({ opening, role }: CandidacyState): readonly FactRef[] {
  return [
    { kind: 'posted_range', subject: opening },
    { kind: 'pay_range', subject: role },
  ];
}

/** @returns the range offers are held to (R5.6) */
export function rangeFor({ opening, role }: CandidacyState, facts: Facts): string | undefined {
  return (facts.get('posted_range', opening) ?? facts.get('pay_range', role))?.value;
}

/** R5.2: true when a training is older on that day than the policy lets it count; never under one that says nothing. */
export function trainedTooLongAgo(trained: CivilDate | null, on: CivilDate, { policy }: Terms): boolean {
  const months = numIf(policy, 'R5.2', 'refresher_months');
  return months !== null && trained !== null && addMonths(trained, months) < on;
}

/** D2.5: what the role asks of a credential at the start, where one that is still in progress does not meet it. */
function ruleOfRole(
  { role, pre }: CandidacyState,
  { facts }: GateContext,
  dayOne: CivilDate,
): readonly Missing[] {
  const { credential } = pre;
  if (credential?.status !== 'in_progress_with_deadline') return [];
  const [rule, months] = (facts.get('credential_rule', role)?.value ?? '').split(':');
  if (rule === 'required_at_start') return [{ code: 'credential_of_the_role', about: 'required_at_start' }];
  if (rule !== 'within_n_months') return [];
  const last = addMonths(dayOne, Number(months));
  return (credential.validTo ?? last) > last ? [{ code: 'credential_of_the_role', about: last }] : [];
}

/** G3 and the panel, as the opening published them: nobody is interviewed before. */
const g3: Gate<CandidacyState> = {
  code: 'G3',
  reads: ({ opening }) => [
    { kind: 'pool_ready', subject: opening },
    { kind: 'panel', subject: opening },
  ],
  missing: ({ opening }, { facts }) => {
    const missing: Missing[] = [];
    if (facts.get('pool_ready', opening)?.value !== 'yes') missing.push({ code: 'G3', about: opening });
    if ((facts.get('panel', opening)?.value ?? '') === '') missing.push({ code: 'R4.1', about: opening });
    return missing;
  },
};

/** G4: seats are granted inside the opening; an offer needs one. */
const g4: Gate<CandidacyState> = {
  code: 'G4',
  reads: ({ self }) => [{ kind: 'seat', subject: self }],
  missing: ({ self, opening }, { facts }) =>
    facts.get('seat', self) === null ? [{ code: 'seat', about: opening }] : [],
};

/** D5.10 and R5.6: HR and a second person approved the version as it stands, within the posted range. */
const approvals: Gate<CandidacyState> = {
  code: 'D5.10',
  reads: rangeReads,
  missing: (state, { facts }) => {
    const { offer } = state;
    const missing: Missing[] = [];
    const by = (position: 'hr' | 'second') => offer?.approvals.find((one) => one.position === position);
    if (by('hr') === undefined) missing.push({ code: 'D5.10', about: 'hr' });
    if (by('second') === undefined) missing.push({ code: 'D5.10', about: 'second_approver' });
    const range = outsideRange(rangeFor(state, facts), offer?.amount ?? NaN);
    if (range !== null) missing.push({ ...range, code: 'R5.6' });
    return missing;
  },
};

function checks(state: CandidacyState, ctx: GateContext, dayOne: CivilDate): readonly Missing[] {
  const { facts, terms } = ctx;
  const { pre } = state;
  const missing: Missing[] = [];
  const clear = facts.get('background', state.self)?.value === 'clear';
  // A conditional start goes ahead of a check that is under way, never of one that is not ordered or speaks against.
  const ahead = pre.start?.conditional === true && checkPending(pre);
  if (!clear && !ahead) missing.push({ code: 'D5.2', about: pre.background?.outcome ?? 'background' });
  if (pre.exclusion?.outcome !== 'clear')
    missing.push({ code: 'D5.3', about: pre.exclusion?.outcome ?? 'pending' });
  const status = pre.credential?.status ?? 'pending';
  // D2.5: a role that asks for none waits for none. Asked only where it matters: older rows do not name that fact.
  const asked = (): boolean => facts.get('credential_rule', state.role)?.value !== 'not_required';
  if (status !== 'verified' && status !== 'in_progress_with_deadline' && asked())
    missing.push({ code: 'D5.4', about: status });
  missing.push(...ruleOfRole(state, ctx, dayOne));
  const ends = endsBefore(state, dayOne, terms);
  if (ends !== null && asked()) missing.push({ code: 'X9', about: ends, who: state.person });
  // Domain 5.3: a tick that leaned on a credential stands once the credential is verified, or is given in person.
  if (state.statement === 'credential_implies' && status !== 'verified')
    missing.push({ code: 'D2.4', about: 'credential_implies', who: state.person });
  return missing;
}

/** R5.2 as of day one: qualified, or a waiver that is short enough with a qualified second supervisor. */
function supervisor(state: CandidacyState, { terms }: GateContext, dayOne: CivilDate): readonly Missing[] {
  const given = state.pre.supervision;
  if (given === null) return [{ code: 'D5.6' }];
  const old = { code: 'R5.2', about: 'refresher' };
  if (given.outcome === 'qualified')
    return trainedTooLongAgo(given.trained, dayOne, terms) ? [{ ...old, who: given.supervisor }] : [];
  if (given.outcome === 'not_qualified')
    return [{ code: 'R5.2', about: 'not_qualified', who: given.supervisor }];
  const last = addDays(dayOne, num(terms.policy, 'R5.2', 'waiver_d'));
  const until = given.until ?? '';
  if (given.secondTrained === null) return [{ code: 'R5.2', about: 'qualified_second_supervisor' }];
  if (trainedTooLongAgo(given.secondTrained, dayOne, terms)) return [old];
  if (until < dayOne || until > last) return [{ code: 'R5.2', about: 'waiver_until' }];
  return [];
}

function team(
  state: CandidacyState,
  { facts, terms, now }: GateContext,
  dayOne: CivilDate,
): readonly Missing[] {
  const { pre, site } = state;
  const missing: Missing[] = [];
  if (pre.mentor === null) missing.push({ code: 'R5.1', about: 'mentor' });
  else if (pre.mentor.accepted === null)
    missing.push({ code: 'D5.7', about: 'accepted', who: pre.mentor.person });
  const held = facts.get('team_oriented', site ?? '')?.value;
  const months = num(terms.policy, 'G5', 'orientation_valid_months');
  // One that is still to come was not held.
  const today = dateOf(terms.calendar, now);
  if (held === undefined || held > today || addMonths(held, months) < dayOne)
    missing.push({ code: 'P0.3', about: 'team_oriented' });
  const agreed = accessOf(facts.get('record_access', state.role)?.value ?? '');
  // A conditional start is shadowing only: there is no access to check.
  const withAccess = pre.start?.conditional !== true;
  if (withAccess && (!pre.ready.includes('accounts') || !sameAccess(pre.access, agreed)))
    missing.push({ code: 'P5.5', about: 'accounts' });
  if (!pre.ready.includes('invitations')) missing.push({ code: 'P5.5', about: 'invitations' });
  // R6.5: a policy that says by when asks for it; one from before does not.
  if (!promisesNamed(pre) && numIf(terms.policy, 'R6.5', 'name_bd') !== null)
    missing.push({ code: 'R6.5', about: 'E4', who: holder('hr', site ?? '') });
  return missing;
}

/**
 * G5: accepted; the background check clear, or a conditional start; exclusion check clear; credential verified or in
 * progress with a deadline as the role's rule allows (D2.5); the supervisor qualified (R5.2); a mentor who said yes (R5.1); the team oriented within
 * twelve months; what the role promises with its owners (R6.5); accounts as element E5 says; meeting invitations sent; a day one that is still to come.
 */
const g5: Gate<CandidacyState> = {
  code: 'G5',
  reads: ({ self, role, site }) => [
    { kind: 'background', subject: self },
    { kind: 'record_access', subject: role },
    { kind: 'credential_rule', subject: role },
    { kind: 'team_oriented', subject: site ?? '' },
  ],
  missing: (state, ctx) => {
    const { accepted, start } = state.pre;
    const today = dateOf(ctx.terms.calendar, ctx.now);
    const missing: Missing[] = [];
    if (accepted === null) missing.push({ code: 'D5.1', about: 'accepted' });
    if (start === null) missing.push({ code: 'D5.8', about: 'set' });
    else if (start.on < today) missing.push({ code: 'D5.8', about: 'moved' });
    const dayOne = start?.on ?? today;
    return [
      ...missing,
      ...checks(state, ctx, dayOne),
      ...supervisor(state, ctx, dayOne),
      ...team(state, ctx, dayOne),
    ];
  },
};

export const gates = { G3: g3, G4: g4, 'D5.10': approvals, G5: g5 };

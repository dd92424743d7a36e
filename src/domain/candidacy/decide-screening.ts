import type { Context, Warned } from '../kernel/decider.ts';
import { flag, num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Decision, Of } from './deciding.ts';
import { appliedAlready, outside, stopped } from './deciding.ts';
import type { Screening } from './events.ts';
import { has } from './owing.ts';
import type { CandidacyState } from './state.ts';
import { rationaleBlocks } from './words.ts';
import type { Statement, WayIn } from './words.ts';

/**
 * May somebody apply now? While it is posted, everybody. Once it is closed HR may still enter what arrived in time on
 * another way (WARN D3.1), until the pool was decided.
 */
function notTaken(ask: Of<'open'>, own: boolean, ctx: Context): Refusal | readonly Warned[] {
  const { opening } = ask.command.payload;
  const posting = ctx.facts.get('posting', opening)?.value;
  const decided = ctx.facts.get('pool_ready', opening) !== null;
  if (posting === 'posted') return [];
  if (posting !== 'closed' || decided || own) return blocked('D3.1', { code: 'not_posted', about: opening });
  return warnings(ask, [{ rule: 'D3.1', holds: true, about: opening }]);
}

interface Entry {
  readonly statement?: Statement;
  readonly way?: WayIn;
  readonly row?: string;
}

/** How the application came: which statement was ticked with it, or by which way HR got it (a list's row once only). */
function entryOf(ask: Of<'open'>, own: boolean): Entry | Refusal {
  const { attested, statement, way, row } = ask.command.payload;
  if (!attested && statement !== undefined) return blocked('D2.4', { code: 'not_ticked' });
  if (own && (way !== undefined || row !== undefined)) return blocked('D3.3', { code: 'entered_by_hr_only' });
  if ((way === 'import') !== (row !== undefined)) return blocked('D3.3', { code: 'row_of_an_import' });
  return {
    ...(statement === undefined ? {} : { statement }),
    ...(way === undefined ? {} : { way }),
    ...(row === undefined ? {} : { row }),
  };
}

/**
 * An application, by the candidate or entered by HR. Domain 5.3: the one statement on lived experience is ticked by
 * the candidate in person and never imported; the time of the tick is all that is kept.
 */
export function open(state: CandidacyState, ask: Of<'open'>, ctx: Context): Decision {
  if (state.site !== null) return refuse('already_open', 'D3.3');
  const { site, opening, person, attested } = ask.command.payload;
  const own = ask.actor === person;
  if (!own && !ctx.capacities.includes('hr')) return blocked('D3.3', { code: 'own_application_only' });
  if (!own && attested) return blocked('D2.4', { code: 'ticked_in_person_only' });
  const twice = appliedAlready('D3.4', opening, person, ctx);
  if (twice !== null) return twice;
  const entry = entryOf(ask, own);
  if (isRefusal(entry)) return entry;
  // The site gives the calendar, the waits of the law and who may decide: it is the opening's, whoever enters it.
  const there = ctx.facts.get('opening_site', opening)?.value ?? site;
  if (there !== site) return blocked('D3.3', { code: 'site_of_opening', about: there });
  const taken = notTaken(ask, own, ctx);
  if (isRefusal(taken)) return taken;
  const [role = '', version = ''] = ctx.facts.get('opening_role', opening)?.value.split(',') ?? [];
  if (role === '') return refuse('unknown_reference', 'D3.3', [{ code: 'opening_role', about: opening }]);
  const seated = ctx.facts.get('screeners', opening)?.value.split(',') ?? [];
  const reviewers = seated.filter((one) => one !== '');
  if (reviewers.includes(person)) return blocked('D3.5', { code: 'reviewer_applies' });
  const manager = ctx.facts.get('hiring_manager', opening)?.value;
  // D3.5: whoever applies is no manager of their own application; HR names another for the search.
  const hires = manager === undefined || manager === person ? {} : { hiringManager: manager };
  const entered = own ? ('candidate' as const) : ('hr' as const);
  const body = { site, candidacy: ctx.case, opening, role, roleVersion: Number(version), person };
  return [{ kind: 'applied', body: { ...body, reviewers, ...hires, attested, entered, ...entry } }, ...taken];
}

/**
 * The tick of an application that HR entered. A tick that leaned on a credential may later be given in person after all,
 * when the credential is not there.
 */
export function attest(state: CandidacyState, ask: Of<'attest'>): Decision {
  const { statement } = ask.command.payload;
  const leans = state.statement === 'credential_implies' && statement === 'self_attested';
  if (state.attested !== null && !leans) return notNow('D2.4', { code: 'already_ticked' });
  const wrong = leans
    ? outside(state, 'D2.4', 'screening', 'pool', 'interview', 'rating', 'reserve', 'offer', 'preboarding')
    : outside(state, 'D2.4', 'screening');
  const body = statement === undefined ? {} : { statement };
  return wrong ?? [{ kind: 'statement_ticked', body }];
}

/** P3.1 and X1: HR tells the candidate that something has arrived. */
export function acknowledge(state: CandidacyState, ask: Of<'acknowledge'>): Decision {
  if (ask.command.payload.of === 'withdrawal') {
    const open = state.outcome?.what === 'withdrawn' && !state.outcome.told;
    return open
      ? [{ kind: 'withdrawal_acknowledged', body: {} }]
      : notNow('X1', { code: 'no_withdrawal_open' });
  }
  if (state.acknowledged || state.stage === 'ended') return notNow('P3.1', { code: 'nothing_open' });
  return [{ kind: 'receipt_acknowledged', body: {} }];
}

/** What a screening must hold to be one; the same for reviewers and HR. */
function incomplete(state: CandidacyState, given: Screening): Refusal | null {
  const { eligibility, outcome, requirement, reason } = given;
  if (eligibility === 'does_not_meet' && requirement === undefined)
    return blocked('D3.3', { code: 'requirement_needed' });
  if (outcome === 'not_advanced' && reason === undefined)
    return blocked('D3.4', { code: 'job_related_reason_needed' });
  if (outcome === 'advance' && eligibility === 'does_not_meet')
    return blocked('D3.4', { code: 'does_not_meet' });
  // The tick belongs to the requirement: without it nobody can say that the requirements are met.
  if (outcome === 'advance' && state.attested === null) return blocked('D2.4', { code: 'not_ticked' });
  return null;
}

/** R3.4: who counts as qualified; a missing credential counts only where the role gives time for it (D2.5). */
function isQualified(state: CandidacyState, given: Screening, ctx: Context): boolean {
  if (given.outcome !== 'advance') return false;
  if (given.eligibility !== 'meets_except_credential') return given.eligibility !== 'does_not_meet';
  return ctx.facts.get('credential_rule', state.role)?.value !== 'required_at_start';
}

function agree(a: Screening, b: Screening): boolean {
  return (
    a.eligibility === b.eligibility &&
    a.outcome === b.outcome &&
    a.reason === b.reason &&
    a.requirement === b.requirement
  );
}

function screeningOf({ eligibility, requirement, outcome, reason, rationale }: Screening): Screening {
  return {
    eligibility,
    outcome,
    ...(requirement === undefined ? {} : { requirement }),
    ...(reason === undefined ? {} : { reason }),
    ...(rationale === undefined ? {} : { rationale }),
  };
}

/** R3.5: where the policy asks for it, a reviewer says once, to the opening, that they will look nobody up. */
function notAttested(state: CandidacyState, actor: string, ctx: Context): Refusal | null {
  const { policy } = ctx.terms;
  if (!has(ctx.terms, 'R3.5', 'attest') || !flag(policy, 'R3.5', 'attest')) return null;
  const attested = ctx.facts.get('attested', state.opening)?.value.split(',') ?? [];
  return attested.includes(actor) ? null : blocked('R3.5', { code: 'attestation', about: state.opening });
}

/**
 * D3.3 and D3.4 by one of the two reviewers; where they agree, that is the outcome. R3.5: without the words "I will not
 * look any applicant up" the command is none (contracts), and none either before they stand in the opening. R3.2: a rationale that speaks of the applicant's own benefit
 * stops here.
 */
export function screen(state: CandidacyState, ask: Of<'screen'>, ctx: Context): Decision {
  const wrong =
    outside(state, 'D3.4', 'screening') ??
    incomplete(state, ask.command.payload) ??
    stopped('R3.2', rationaleBlocks, ask.command.payload.findings);
  if (wrong !== null) return wrong;
  if (ask.actor === state.person) return blocked('D3.5', { code: 'own_application' });
  const own = state.reviewers.find((one) => one.person === ask.actor);
  if (own === undefined) return blocked('D3.4', { code: 'not_a_reviewer' });
  if (own.given !== null) return notNow('D3.4', { code: 'screening_already_in' });
  const unsaid = notAttested(state, ask.actor, ctx);
  if (unsaid !== null) return unsaid;
  const given = screeningOf(ask.command.payload);
  const others = state.reviewers.filter((one) => one.person !== ask.actor);
  const event = { kind: 'screening_given', body: { ...given, by: ask.actor } } as const;
  if (others.length === 0 || !others.every((one) => one.given !== null && agree(one.given, given)))
    return [event];
  const { rationale: _own, ...shared } = given;
  const qualified = isQualified(state, given, ctx);
  return [event, { kind: 'screening_settled', body: { ...shared, how: 'agreement', qualified } }];
}

/** D3.4: HR settles a difference of the reviewers, or ends a hold (R3.1: a hold is no outcome). */
export function settleScreening(state: CandidacyState, ask: Of<'settle_screening'>, ctx: Context): Decision {
  const given = screeningOf(ask.command.payload);
  const wrong =
    outside(state, 'D3.4', 'screening') ??
    incomplete(state, given) ??
    stopped('R3.2', rationaleBlocks, ask.command.payload.findings);
  if (wrong !== null) return wrong;
  // A difference is settled by somebody who is no part of it.
  if (state.screening === null && state.reviewers.some((one) => one.person === ask.actor))
    return blocked('D3.4', { code: 'own_difference' });
  const out = state.reviewers.filter((one) => one.given === null);
  if (state.screening === null && out.length > 0)
    return notNow('D3.4', ...out.map(({ person }) => ({ code: 'D3.3', who: person })));
  if (state.screening === null && state.reviewers.length < num(ctx.terms.policy, 'D3.4', 'reviewers'))
    return notNow('D3.4', { code: 'second_reviewer', about: state.opening });
  if (state.screening?.outcome === 'hold' && given.outcome === 'hold')
    return notNow('R3.1', { code: 'already_on_hold' });
  const qualified = isQualified(state, given, ctx);
  return [{ kind: 'screening_settled', body: { ...given, how: 'hr', qualified } }];
}

/** P3.5 and P4.5: HR has told the candidate what was decided. */
export function tellOutcome(state: CandidacyState): Decision {
  const { outcome } = state;
  if (outcome === null || outcome.told || outcome.what === 'withdrawn')
    return notNow('P4.5', { code: 'nothing_to_tell' });
  return [{ kind: 'outcome_told', body: { outcome: outcome.what } }];
}

import type { Capacity, HowKnown, PersonRef } from './words.ts';

/** What a face of the product lets somebody do. Commands have their own table, per case (`can`). */
export const actions = [
  'look:alive',
  'sign:in',
  'sign:self',
  'make:token',
  'read:self',
  'read:open',
  'read:work',
  'read:people',
  'read:reports',
  'read:history',
  'read:proof',
  'read:access',
  'read:retention',
  'read:terms',
  'decide',
  'decide:binding',
  'guard:text',
  'change:self',
  'change:people',
  'change:capacities',
  'confirm:office',
  'change:terms',
  'change:comparator',
  'change:standin',
  'change:holds',
  'import',
  'export',
  'export:history',
  'export:case',
  'erase',
  'manage:mail',
  'manage:accounts',
  'manage:machine',
  'manage:webhooks',
  'found:house',
  'move:clock',
] as const;
export type Action = (typeof actions)[number];

/** `everyone`: no sign-in; `person`: any signed-in person, each further masked by what they are to a case. */
type Who = 'everyone' | 'person' | readonly Capacity[];

interface Row {
  readonly who: Who;
  /** The person it is about may always, besides `who`. */
  readonly self?: true;
  /** By a session that has shown again who is there, or a token that names it and ends within {@link BINDING_DAYS}. */
  readonly stepUp?: true;
}

/**
 * Who may do what, at all (domain 5.2, which wins; where it is silent the stricter rule of product and security): an
 * administrator runs the machine and reads no people; an auditor reads masked and changes nothing; capacities are given
 * by HR's director, never by whoever keeps the accounts. What is in an answer is decided again, by class and relation.
 */
const table: Readonly<Record<Action, Row>> = {
  'look:alive': { who: 'everyone' },
  'sign:in': { who: 'everyone' },
  'sign:self': { who: 'person' },
  // What a token may would else outlive the moment in which somebody left a browser open.
  'make:token': { who: 'person', stepUp: true },
  'read:self': { who: 'person' },
  'read:open': { who: 'person' },
  'read:work': { who: 'person' },
  'read:people': { who: 'person' },
  'read:reports': { who: ['hr', 'hr_director', 'director', 'executive', 'auditor'] },
  'read:history': { who: ['hr', 'hr_director', 'compliance', 'auditor'] },
  'read:proof': { who: ['hr', 'hr_director', 'compliance', 'auditor', 'administrator'] },
  // To anybody else the list would tell what lies in the vault about them.
  'read:access': { who: [], self: true },
  'read:retention': { who: ['hr', 'hr_director', 'compliance', 'privacy_officer', 'auditor'] },
  'read:terms': { who: 'person' },
  decide: { who: 'person' },
  // Beside `decide`: the commands of {@link stepUpCommands}.
  'decide:binding': { who: 'person', stepUp: true },
  'guard:text': { who: 'person' },
  'change:self': { who: 'person' },
  'change:people': { who: ['hr', 'hr_director'] },
  'change:capacities': { who: ['hr_director'], stepUp: true },
  // Offices that read what nobody else may are given by two.
  'confirm:office': { who: ['executive', 'privacy_officer'], stepUp: true },
  'change:terms': { who: ['hr_director', 'policy_owner'], stepUp: true },
  // Domain 2.1: HR enters what is the same for all staff.
  'change:comparator': { who: ['hr', 'hr_director'] },
  // Whoever needs a second word names nobody who gives it: for somebody else, who leads HR or the house.
  'change:standin': { who: ['hr_director', 'executive'], self: true },
  'change:holds': { who: ['compliance', 'hr_director'], stepUp: true },
  import: { who: ['hr', 'hr_director'] },
  export: { who: ['auditor', 'compliance', 'hr_director'], stepUp: true },
  // What leaves as a file about people is looked after by nobody here; numbers of reports name nobody.
  'export:history': { who: ['hr', 'hr_director', 'compliance', 'auditor'], stepUp: true },
  'export:case': { who: 'person', stepUp: true },
  erase: { who: ['privacy_officer', 'hr_director'], stepUp: true },
  'manage:mail': { who: ['hr', 'hr_director', 'administrator'] },
  'manage:accounts': { who: ['administrator'], stepUp: true },
  'manage:machine': { who: ['administrator'] },
  'manage:webhooks': { who: ['administrator'], stepUp: true },
  // Only until somebody leads HR: see `isFounding`.
  'found:house': { who: ['administrator'], stepUp: true },
  'move:clock': { who: 'person' },
};

/** Longest life, in days, of a token that names an action or commands which a session steps up for. */
export const BINDING_DAYS = 7;

/** True for what a session shows again who is there for. */
export const stepsUp = (action: Action): boolean => table[action].stepUp === true;

/** Commands that bind a person or end their work: a browser session shows again who is there (offers, terminations). */
export const stepUpCommands: ReadonlySet<string> = new Set([
  'candidacy/approve_offer',
  'candidacy/send_offer',
  'candidacy/accept_offer',
  'candidacy/propose_rescind',
  'candidacy/confirm_rescind',
  'candidacy/extend_offer',
  'candidacy/counter_offer',
  'candidacy/answer_counter',
  'candidacy/decline_offer',
  'candidacy/withdraw',
  'clock/propose_adverse',
  'clock/confirm_adverse',
  'employment/confirm_adoption',
  'employment/propose_separation',
  'employment/confirm_separation',
  'employment/confirm_measure',
  'employment/resign',
  'employment/record_death',
  'employment/close_after_death',
  'employment/decide_rehire',
  'employment/confirm_rehire',
  'employment/confirm_pay_change',
  'employment/let_promotion_go',
  'review/propose_probation',
  'review/confirm_probation',
]);

/** Whoever stands before a face, as far as rights at large go: what they are now anywhere in the organization. */
export interface Visitor {
  /** Null: nobody is signed in. */
  readonly person: PersonRef | null;
  readonly how: HowKnown;
  /** In force now, at an organization or a site: capacities of single cases open no list. */
  readonly capacities: readonly Capacity[];
  /** What a token was made for; null: everything its person may. */
  readonly scopes: readonly Action[] | null;
}

export type May =
  | { readonly is: 'allow' }
  | {
      readonly is: 'deny';
      readonly why: 'sign_in' | 'step_up' | 'scope' | 'needs_capacity';
      readonly needs: readonly Capacity[];
    };

const deny = (why: Extract<May, { is: 'deny' }>['why'], needs: readonly Capacity[] = []): May => ({
  is: 'deny',
  why,
  needs,
});

/**
 * May this visitor do this at all? Deny by default; what an answer holds is masked per case after it.
 * @param about the person it is about, for actions that everybody may do about themselves
 */
export function may(visitor: Visitor, action: Action, about?: PersonRef): May {
  const row = table[action];
  if (row.who === 'everyone') return { is: 'allow' };
  if (visitor.person === null) return deny('sign_in');
  if (visitor.scopes !== null && !visitor.scopes.includes(action)) return deny('scope');
  const own = row.self === true && about === visitor.person;
  if (row.who !== 'person' && !own && !row.who.some((one) => visitor.capacities.includes(one)))
    return deny('needs_capacity', row.who);
  return row.stepUp === true && !shown(visitor) ? deny('step_up') : { is: 'allow' };
}

/** Who is there was shown just now, or is a program that was given this by name; every other way does not count. */
const shown = ({ how, scopes }: Visitor): boolean =>
  how === 'session_stepped_up' || (how === 'token' && scopes !== null);

/**
 * Whether a token of theirs may name this action at all: what they may do now themselves, at large or about themselves.
 * A token makes no tokens.
 */
export function mayHandOn(visitor: Visitor, action: Action): boolean {
  if (action === 'make:token' || visitor.person === null) return false;
  return may(visitor, action, visitor.person).is === 'allow';
}

/** @returns the capacities of which one lets somebody do this; empty where it needs none. */
export function needed(action: Action): readonly Capacity[] {
  const { who } = table[action];
  return typeof who === 'string' ? [] : who;
}

/** Nobody gives themselves an office: whoever gives it and whoever gets it are two (domain 5.2). */
export const givesThemselves = (visitor: Visitor, person: PersonRef): boolean => visitor.person === person;

/** What binds somebody or ends their work takes a session that was shown again, or a token made for just that. */
export function mayBind(visitor: Visitor, command: string): May {
  return stepUpCommands.has(command) ? may(visitor, 'decide:binding') : { is: 'allow' };
}

import { inForce } from './in-force.ts';
import { linkCommands } from '../answers.ts';
import type { Obligation } from './agenda.ts';
import { can, capacitiesOf } from './can.ts';
import type { Permit, Reach, Right } from './can.ts';
import type { Ask, CommandLike, Context, EventLike, KernelEvent, Relation, Stamp } from './decider.ts';
import { opaque } from './digest.ts';
import { factsFrom } from './facts.ts';
import type { Facts } from './facts.ts';
import { gateRefusal } from './gates.ts';
import { classOf, evolveHeld, isKernelEvent } from './held.ts';
import type { AnyDecider, Held } from './held.ts';
import { kernelCommand, kernelNotice, kernelRights } from './kernel-inputs.ts';
import { agendaOf } from './obligations.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { heldIn, termsIn } from './run.ts';
import type { AnyInput, Receipt, Run } from './run.ts';
import { withTaken } from './taken.ts';
import type { TakenText } from './taken.ts';
import type { Terms } from './terms.ts';
import type { Capacity, CaseId, CaseKind, HowKnown, Visibility } from './words.ts';

/** @returns the id of a case started by another one: the same for the same cause, opaque to everyone. */
export function childId(org: string, parent: CaseId, kind: CaseKind, label: string): CaseId {
  return `${kind}-${opaque(`${org}|${parent}|${kind}|${label}`)}`;
}

function reachOf(run: Run, held: Held, entrants: readonly Relation[] = []): Reach {
  const { org, assignments, delegations, now } = run.ctx;
  const relations = [...run.decider.relations(held.own), ...entrants];
  return { scopes: [org, held.base.site, run.ctx.case], assignments, delegations, relations, at: now };
}

function contextFor(run: Run, held: Held, facts: Facts, capacities: readonly Capacity[]): Context {
  const { org, now, assignments } = run.ctx;
  const scopes = [org, held.base.site, run.ctx.case];
  return {
    assigned: (capacity) =>
      assignments.filter(
        (one) => one.capacity === capacity && scopes.includes(one.scope) && inForce(one.from, one.to, now),
      ),
    org,
    case: run.ctx.case,
    now,
    sequence: held.base.sequence + 1,
    terms: termsIn(run),
    facts,
    capacities,
    childId: (kind, label) => childId(org, run.ctx.case, kind, label),
  };
}

function rightFor(decider: AnyDecider, type: string): Right | undefined {
  if (Object.hasOwn(decider.rights, type)) return decider.rights[type];
  return Object.hasOwn(kernelRights, type) ? kernelRights[type] : undefined;
}

/** A case that is not there yet knows nobody: other cases may say who its first command may come from. */
function entrantsOf(run: Run, held: Held, ask: Ask<CommandLike>, facts: Facts): readonly Relation[] {
  return held.base.sequence === 0 ? (run.decider.entrants?.(ask.command.payload, facts) ?? []) : [];
}

function permitFor(run: Run, held: Held, ask: Ask<CommandLike>, facts: Facts): Permit | Refusal {
  const reach = reachOf(run, held, entrantsOf(run, held, ask, facts));
  return can(ask.actor, rightFor(run.decider, ask.command.type), reach, ask.onBehalfOf);
}

/** *Stale* = the version named is not the one the open obligation asks about. */
function staleness(run: Run, held: Held, ask: Ask<CommandLike>): Refusal | null {
  const about = ask.about;
  if (about === undefined) return null;
  const agenda = agendaOf(run.decider, held, termsIn(run), run.ctx.case);
  const open = agenda.filter((one) => one.about?.subject === about.subject);
  if (open.length === 0 || open.some((one) => one.about?.version === about.version)) return null;
  const version = String(open[0]?.about?.version ?? '');
  return refuse('stale', undefined, [{ code: 'current_version', about: version }]);
}

interface Stamping {
  readonly decisionId: string;
  readonly asked: number;
  readonly actor?: string;
  readonly how?: HowKnown;
  readonly capacity?: string;
  readonly onBehalfOf?: string;
  readonly facts?: Facts;
  /** The class of what a kernel event is about. */
  readonly about?: Visibility;
  /** What was acknowledged about the texts of the decision: it stands in its first row. */
  readonly warned?: readonly TakenText[];
}

const policies = new WeakMap<Terms, string>();

/** A policy as an actor; the same for every rung of years. */
function policyOf(terms: Terms): string {
  const known = policies.get(terms) ?? `policy:${terms.policy.id}@${terms.ref.policy.slice(0, 12)}`;
  policies.set(terms, known);
  return known;
}

/** HR alone hears that a message did not arrive: what the message was about is nobody else's to know. */
const aboutOf = (kind: string, { about }: Stamping): Visibility | undefined =>
  kind === 'prompt_undelivered' ? 'C2' : about;

/**
 * Stamps one event, folds it, and notes its row and its notices.
 * @param index its place among the events of its decision
 */
export function record(run: Run, event: EventLike, how: Stamping, index = 0): void {
  const held = heldIn(run);
  const terms = termsIn(run);
  const plain: Stamp = {
    at: run.ctx.now,
    asked: Math.min(how.asked, run.ctx.now),
    actor: how.actor ?? policyOf(terms),
    how: how.how ?? 'policy',
    capacity: how.capacity ?? '',
    sequence: held.base.sequence + 1,
    decisionId: how.decisionId,
  };
  const stamp: Stamp = how.onBehalfOf === undefined ? plain : { ...plain, onBehalfOf: how.onBehalfOf };
  const { kind, body } = event;
  const recorded = { kind, body, stamp };
  const after = evolveHeld(run.decider, held, recorded);
  const [visibility, retention] = classOf(run.decider, kind, aboutOf(kind, how));
  const facts = how.facts?.used() ?? [];
  const kept = index === 0 ? withTaken(body, how.warned ?? []) : body;
  const row = { kind, body: kept, stamp, index, visibility, retention, facts, terms: terms.ref };
  const aside = run.decider.aside?.includes(kind) === true ? ({ aside: true } as const) : {};
  const outcomes = visibility === 'C3' ? run.decider.facts(after.own, run.ctx.case) : [];
  run.rows.push(visibility === 'C3' ? { ...row, outcomes, ...aside } : row);
  run.held = after;
  if (isKernelEvent(event)) return;
  const key = `${run.ctx.case}/${stamp.sequence}`;
  const child = (kind: CaseKind, label: string) => childId(run.ctx.org, run.ctx.case, kind, label);
  const drafts = run.decider.notices(after.own, recorded, {
    ...{ case: run.ctx.case, site: after.base.site, terms, childId: child },
  });
  run.notices.push(...drafts.map((draft, n) => ({ ...draft, key: `${key}/${n}` })));
}

/** Checks each event's gates on the state before it, and folds it; a missing gate undoes the whole decision. */
function recordAll(
  run: Run,
  events: readonly EventLike[],
  how: Stamping & { readonly facts: Facts },
): Refusal | null {
  const before = { held: run.held, rows: run.rows.length, notices: run.notices.length };
  const { facts } = how;
  for (const [index, event] of events.entries()) {
    const gateContext = { facts, terms: termsIn(run), now: run.ctx.now };
    const refusal = gateRefusal(run.decider, event.kind, heldIn(run).own, gateContext);
    if (refusal !== null) {
      run.held = before.held;
      run.rows.length = before.rows;
      run.notices.length = before.notices;
      return refusal;
    }
    record(run, event, how, index);
  }
  return null;
}

/** An obligation the actor owed, met after its due instant: lateness is kept, not judged. */
function lateEvents(
  run: Run,
  before: Held | null,
  ownersOf: () => readonly string[],
): readonly { readonly event: KernelEvent; readonly about: Visibility }[] {
  if (before === null || run.held === null) return [];
  const overdue = agendaOf(run.decider, before, termsIn(run), run.ctx.case).filter(
    (one) => one.due < run.ctx.now,
  );
  if (overdue.length === 0) return [];
  const owners = ownersOf();
  const still = new Set(agendaOf(run.decider, run.held, termsIn(run), run.ctx.case).map((one) => one.id));
  const late = overdue.filter((one) => !still.has(one.id) && owedBy(one, owners));
  return late.map(({ id, code, due, visibility: about }) => ({
    event: { kind: 'answered_late', body: { obligation: id, code, due } },
    about,
  }));
}

/** The owner, or one of those asked together: a panel owes its meeting as a whole. Whoever is only told owes nothing. */
function owedBy(obligation: Obligation, owners: readonly string[]): boolean {
  const asked = obligation.rungs
    .filter((rung) => rung.how !== 'escalate' && rung.how !== 'inform')
    .flatMap((rung) => [...rung.to]);
  return [obligation.owner, ...asked].some((owner) => owners.includes(owner));
}

function ownersOf(run: Run, held: Held, ask: Ask<CommandLike>): readonly string[] {
  const person = ask.onBehalfOf ?? ask.actor;
  const scopes = [run.ctx.org, held.base.site, run.ctx.case];
  const capacities = capacitiesOf(person, reachOf(run, held));
  return [person, ask.actor, ...capacities.flatMap((one) => scopes.map((scope) => `${one}@${scope}`))];
}

/** Whoever only has a link gives no command but those that are open to links: the second wall behind the pages. */
function beyondLink(run: Run, { how, command }: Ask<CommandLike>): Refusal | null {
  if (how !== 'link' || linkCommands.has(`${run.decider.kind}/${command.type}`)) return null;
  return refuse('not_permitted', undefined, [{ code: 'sign_in_needed' }]);
}

function applyAsk(run: Run, ask: Ask<CommandLike>): Receipt | Refusal {
  const beyond = beyondLink(run, ask);
  if (beyond !== null) return beyond;
  const held = heldIn(run);
  const facts = factsFrom(run.ctx.facts);
  const permit = permitFor(run, held, ask, facts);
  if (isRefusal(permit)) return permit;
  const stale = staleness(run, held, ask);
  if (stale !== null) return stale;
  const ctx = contextFor(run, held, facts, permit.capacities);
  const events = kernelCommand(held, ask) ?? run.decider.decide(held.own, ask, ctx);
  if (isRefusal(events)) return events;
  if (events.length === 0) throw new Error(`empty_decision: ${run.decider.kind} ${ask.command.type}`);
  const { decisionId, asked, actor, how, onBehalfOf } = ask;
  const stamping = { decisionId, asked, actor, how, capacity: permit.capacity, facts };
  const from = run.rows.length;
  const before = run.held;
  const warned = ask.warned === undefined ? {} : { warned: ask.warned };
  const withOthers = { ...stamping, ...warned, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
  const refusal = recordAll(run, events, withOthers);
  if (refusal !== null) return refusal;
  const late = lateEvents(run, before, () => ownersOf(run, held, ask));
  late.forEach(({ event, about }, n) => record(run, event, { ...withOthers, about }, events.length + n));
  const kinds = run.rows.slice(from).map((row) => row.kind);
  return { decisionId, case: run.ctx.case, sequence: heldIn(run).base.sequence, at: run.ctx.now, kinds };
}

/** @returns the receipt or refusal of a command; for acts and notices a refusal only where none may be. */
export function applyInput(run: Run, input: AnyInput): Receipt | Refusal | null {
  if (input.origin === 'ask') return applyAsk(run, input);
  const held = heldIn(run);
  const facts = factsFrom(run.ctx.facts);
  const kernel = input.origin === 'notice' ? kernelNotice(held, input) : null;
  const events = kernel ?? run.decider.decide(held.own, input, contextFor(run, held, facts, []));
  const { decisionId, asked } = input;
  const stamping =
    input.origin === 'notice'
      ? { decisionId, asked, facts, actor: `case:${input.from}`, how: 'notice' as const }
      : { decisionId, asked, facts };
  const refusal = isRefusal(events) ? events : recordAll(run, events, stamping);
  if (refusal === null) return null;
  if (input.origin === 'act') return refusal;
  // A notice is never refused silently: what cannot be accepted becomes an event of its own.
  if (run.held === null) return refusal;
  record(run, { kind: 'notice_declined', body: { notice: input.notice.kind, code: refusal.code } }, stamping);
  return null;
}

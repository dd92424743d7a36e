import { deciderOf } from '../domain/cases.ts';
import { advance } from '../domain/kernel/advance.ts';
import type { Advanced } from '../domain/kernel/advance.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import { keyOf } from '../domain/kernel/facts.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import type { PromptDraft } from '../domain/kernel/fire.ts';
import type { Held, RowDraft } from '../domain/kernel/held.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { AnyInput, NoticeOut, Receipt } from '../domain/kernel/run.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseId, OrgRef, PersonRef, SiteRef } from '../domain/kernel/words.ts';

interface Place {
  held: Held;
  nextWake: Instant | null;
  obligations: readonly Obligation[];
  facts: readonly FactSeen[];
  final: boolean;
}

interface Waiting extends NoticeOut {
  readonly from: CaseId;
  readonly at: Instant;
}

export interface WorldCommand {
  readonly case: CaseId;
  readonly actor: PersonRef;
  readonly type: string;
  readonly payload: object;
  readonly acknowledge?: readonly string[];
  readonly onBehalfOf?: PersonRef;
  readonly about?: { readonly subject: string; readonly version: number };
  readonly decisionId?: string;
}

/**
 * A whole organization in memory: the same `advance` as the step, without server or database. For forecasts,
 * rehearsals, the simulators of years and the specifications of deciders.
 */
export class World {
  now: Instant;
  readonly org: OrgRef;
  readonly rows: (RowDraft & { readonly case: CaseId })[] = [];
  readonly prompts: PromptDraft[] = [];
  readonly assignments: Assignment[] = [];
  readonly delegations: Delegation[] = [];
  readonly cases = new Map<CaseId, Place>();
  private readonly site: SiteRef;
  private readonly terms: Terms;
  protected readonly inbox: Waiting[] = [];
  /** What the ledger's table holds: of a fact that several cases publish, the last one to move owns it. */
  protected readonly published = new Map<string, FactSeen>();
  private decisions = 0;

  constructor(site: SiteRef, terms: Terms, now: Instant, org: OrgRef = `org_${'0'.repeat(26)}`) {
    this.org = org;
    this.site = site;
    this.terms = terms;
    this.now = now;
  }

  /** Gives a person a capacity at the site from now on. */
  assign(person: PersonRef, capacity: Assignment['capacity'], scope: string = this.site): void {
    this.assignments.push({ person, capacity, scope, from: this.now, to: null });
  }

  /** Ends what a person is at a scope, from now on. */
  unassign(person: PersonRef, capacity: Assignment['capacity'], scope: string = this.site): void {
    for (const [n, held] of this.assignments.entries())
      if (held.person === person && held.capacity === capacity && held.scope === scope && held.to === null)
        this.assignments[n] = { ...held, to: this.now };
  }

  /** Takes a command at this instant. Throws nothing: a refusal is an answer. */
  decide(command: WorldCommand): Receipt | Refusal {
    this.decisions += 1;
    const advanced = this.step(command.case, [this.asked(command)]);
    this.drain();
    if (advanced.answer === null) throw new Error('unanswered_command');
    return advanced.answer;
  }

  /** What the rules would say of a command now, without taking it. @returns the refusal, or null for a yes */
  refuses(command: WorldCommand): Refusal | null {
    const { answer } = this.advanced(command.case, [this.asked(command)]);
    return answer !== null && isRefusal(answer) ? answer : null;
  }

  private asked(command: WorldCommand): AnyInput {
    return {
      origin: 'ask',
      decisionId: command.decisionId ?? `dec_${this.decisions}`,
      actor: command.actor,
      how: 'asserted_local',
      acknowledge: command.acknowledge ?? [],
      asked: this.now,
      command: { type: command.type, payload: command.payload },
      ...(command.onBehalfOf === undefined ? {} : { onBehalfOf: command.onBehalfOf }),
      ...(command.about === undefined ? {} : { about: command.about }),
    };
  }

  /** Like `decide`, for commands a test expects to succeed. Throws with the refusal's codes. */
  must(command: WorldCommand): Receipt {
    const answer = this.decide(command);
    if (!isRefusal(answer)) return answer;
    const missing = answer.missing.map((one) => `${one.code} ${one.about ?? ''}`).join(', ');
    throw new Error(`refused: ${command.type} ${answer.code} ${answer.rule ?? ''} [${missing}]`);
  }

  /** Moves the clock, waking every case at each instant it asked for. */
  advanceTo(instant: Instant): void {
    for (;;) {
      const next = this.earliest();
      if (next === null || next.at > instant) break;
      this.now = Math.max(this.now, next.at);
      this.step(next.case, []);
      this.drain();
    }
    this.now = Math.max(this.now, instant);
  }

  state(id: CaseId): unknown {
    return this.cases.get(id)?.held.own;
  }

  obligations(id: CaseId): readonly Obligation[] {
    return this.cases.get(id)?.obligations ?? [];
  }

  /** Ids of the cases of a kind, in the order they were opened. */
  ids(kind: string): readonly CaseId[] {
    return [...this.cases.keys()].filter((id) => kindOf(id) === kind);
  }

  private earliest(): { case: CaseId; at: Instant } | null {
    let found: { case: CaseId; at: Instant } | null = null;
    for (const [id, place] of this.cases) {
      if (place.nextWake === null || place.final) continue;
      if (found === null || place.nextWake < found.at) found = { case: id, at: place.nextWake };
    }
    return found;
  }

  protected drain(): void {
    for (let waiting = this.inbox[0]; waiting !== undefined; waiting = this.inbox[0]) {
      const to = waiting.to;
      const mine = this.inbox.filter((one) => one.to === to);
      this.inbox.splice(0, this.inbox.length, ...this.inbox.filter((one) => one.to !== to));
      if (!this.follows(to)) continue;
      if (this.isFinal(to)) {
        this.inbox.push(...mine.flatMap((one) => this.returned(one)));
        continue;
      }
      const inputs = mine.map((one): AnyInput => ({
        origin: 'notice',
        decisionId: one.key,
        from: one.from,
        asked: one.at,
        notice: { kind: one.kind, body: one.body },
      }));
      this.step(to, inputs);
    }
  }

  /** Whether what a case is told is looked after here. */
  protected follows(_id: CaseId): boolean {
    return true;
  }

  protected isFinal(id: CaseId): boolean {
    return this.cases.get(id)?.final === true;
  }

  /** What PostgreSQL writes in the sender's transaction: a final case wants nothing any more. */
  private returned(one: Waiting): readonly Waiting[] {
    if (one.kind === 'returned') return [];
    const body = { to: one.to, kind: one.kind, at: one.at };
    return [{ key: `${one.key}/returned`, from: one.to, to: one.from, kind: 'returned', body, at: one.at }];
  }

  private step(id: CaseId, inputs: readonly AnyInput[]): Advanced {
    const advanced = this.advanced(id, inputs);
    this.keep(id, advanced);
    return advanced;
  }

  protected advanced(id: CaseId, inputs: readonly AnyInput[]): Advanced {
    const kind = kindOf(id);
    if (kind === null) throw new Error(`malformed_case_id: ${id}`);
    const place = this.cases.get(id);
    const facts = [...this.published.values()];
    return advance(deciderOf(kind), place?.held ?? null, inputs, {
      ...{ org: this.org, case: id, now: this.now, facts },
      opening: { site: this.site, terms: this.terms },
      assignments: this.assignments,
      delegations: this.delegations,
      termsOf: () => this.terms,
    });
  }

  protected keep(id: CaseId, advanced: Advanced): void {
    if (advanced.held === null) return;
    const { held, nextWake, obligations, standing } = advanced;
    const facts = advanced.facts.map((fact) => ({ ...fact, case: id, sequence: held.base.sequence }));
    this.publish(id, facts);
    this.cases.set(id, { held, nextWake, obligations, facts, final: standing?.status === 'final' });
    this.rows.push(...advanced.rows.map((row) => ({ ...row, case: id })));
    this.prompts.push(...advanced.prompts);
    this.inbox.push(...advanced.notices.map((one) => ({ ...one, from: id, at: this.now })));
  }

  /** A case as it stands, with what it publishes: for worlds that begin in the middle. */
  place(id: CaseId, place: Place): void {
    this.cases.set(id, place);
    this.publish(id, place.facts);
  }

  private publish(id: CaseId, facts: readonly FactSeen[]): void {
    const now = new Set(facts.map(keyOf));
    for (const [key, fact] of this.published)
      if (fact.case === id && !now.has(key)) this.published.delete(key);
    for (const fact of facts) {
      const before = this.published.get(keyOf(fact));
      if (before?.case !== id || before.value !== fact.value) this.published.set(keyOf(fact), fact);
    }
  }
}

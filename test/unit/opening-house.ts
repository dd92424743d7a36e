import { advance } from '../../src/domain/kernel/advance.ts';
import type { Advanced } from '../../src/domain/kernel/advance.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Assignment } from '../../src/domain/kernel/can.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import type { PromptDraft } from '../../src/domain/kernel/fire.ts';
import type { AnyDecider, Held, RowDraft } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { PolicyEntry } from '../../src/domain/kernel/policy.ts';
import type { Refusal } from '../../src/domain/kernel/refusal.ts';
import type { AnyInput, NoticeOut, Receipt } from '../../src/domain/kernel/run.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { opening } from '../../src/domain/opening/decider.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import type { ToOpening } from '../../src/domain/notices.ts';
import { openingCommands } from '../../src/contracts/opening.ts';
import { caseOf, person, site, termsForTests } from './house.ts';

/**
 * One opening by itself, its neighbors' facts and notices given by the test. After every step it checks what must
 * hold always: somebody owes something by a date until the case is final, no decision id is used twice, and a state
 * folded anew from the rows equals the state held.
 */
export class OpeningStage {
  readonly id: string;
  readonly role = caseOf('role', 'northside');
  readonly rows: RowDraft[] = [];
  readonly prompts: PromptDraft[] = [];
  readonly notices: NoticeOut[] = [];
  facts: FactSeen[] = [];
  last: Advanced | null = null;
  private held: Held | null = null;
  private now = 0;
  private inputs = 0;
  private readonly terms: Terms;
  private readonly ids = new Set<string>();
  private readonly decider = opening as AnyDecider;
  private readonly assignments: Assignment[] = [
    ['dana', 'hr'],
    ['vera', 'hr_director'],
    ['uli', 'team_member'],
  ].map(([who, capacity]) => ({
    ...{ person: person(who ?? ''), capacity: capacity as Assignment['capacity'] },
    ...{ scope: site, from: 0, to: null },
  }));

  /** @param name of the opening @param values of the policy that differ, by their code */
  constructor(name = 'northside-1', values: Readonly<Record<string, PolicyEntry>> = {}) {
    this.id = caseOf('opening', name);
    const terms = termsForTests();
    const { policy } = terms;
    this.terms = { ...terms, policy: { ...policy, values: { ...policy.values, ...values } } };
  }

  fact(kind: string, subject: string, value: string): void {
    this.facts = this.facts.filter((one) => one.kind !== kind || one.subject !== subject);
    this.facts.push({ kind, subject, value, case: caseOf('readiness', 'northside'), sequence: 1 });
  }

  /** Gives somebody a capacity at a scope, the site unless another is named. */
  assign(who: string, capacity: Assignment['capacity'], scope: string = site): void {
    this.assignments.push({ person: person(who), capacity, scope, from: 0, to: null });
  }

  /** Everything G2 asks of others. */
  ready(): this {
    this.fact('readiness', site, 'ready_with_actions');
    this.fact('policies_to_change', site, '0');
    this.fact('role_holders', site, '0');
    this.fact('team_oriented', site, '2025-02-28');
    this.fact('role_described', this.role, '1');
    this.fact('pay_range', this.role, '2200-2500');
    return this;
  }

  /** Moves the clock, waking the case at each instant it asked for. */
  to(date: string, wall = '10:00'): this {
    const until = instantOf(this.terms.calendar, date, wall);
    for (let wakes = 0; wakes < 1000; wakes += 1) {
      const next = this.last?.nextWake ?? null;
      if (next === null || next > until) break;
      this.now = Math.max(this.now, next);
      this.step([]);
    }
    this.now = Math.max(this.now, until);
    return this;
  }

  ask(
    who: string,
    type: string,
    payload: object = {},
    acknowledge: readonly string[] = [],
  ): Receipt | Refusal {
    const schema = openingCommands[type as keyof typeof openingCommands];
    this.inputs += 1;
    const ask: AnyInput = {
      ...{ origin: 'ask', decisionId: `dec_${this.inputs}`, actor: person(who), how: 'asserted_local' },
      ...{ acknowledge, asked: this.now, command: { type, payload: schema.parse(payload) } },
    };
    const { answer } = this.step([ask]);
    if (answer === null) throw new Error('unanswered');
    return answer;
  }

  must(who: string, type: string, payload: object = {}, acknowledge: readonly string[] = []): Receipt {
    const answer = this.ask(who, type, payload, acknowledge);
    if (!isRefusal(answer)) return answer;
    throw new Error(`refused: ${type} ${answer.code} ${answer.rule ?? ''} ${canonical(answer.missing)}`);
  }

  hear(from: string, notice: ToOpening): this {
    this.inputs += 1;
    const decisionId = `${from}/${this.inputs}/0`;
    this.step([{ origin: 'notice', decisionId, from, asked: this.now, notice }]);
    return this;
  }

  state(): OpeningState {
    return this.held?.own as OpeningState;
  }

  size(): number {
    return Buffer.byteLength(JSON.stringify(this.held));
  }

  kinds(): readonly string[] {
    return this.rows.map((row) => row.kind);
  }

  /** Notices sent, as `kind>candidate`. */
  told(kind: string): readonly NoticeOut[] {
    return this.notices.filter((one) => one.kind === kind);
  }

  /** Prompts of a code, as `date code rung to`, at the site's date. */
  sent(code: string): readonly string[] {
    return this.prompts
      .filter((one) => one.code === code)
      .map((one) => `${new Date(one.sendAfter - 4 * 3_600_000).toISOString().slice(0, 10)} ${one.rung}`);
  }

  owed(): readonly string[] {
    return (this.last?.obligations ?? []).map((one) => one.code);
  }

  fact_(kind: string, subject: string = this.id): string | undefined {
    return this.last?.facts.find((one) => one.kind === kind && one.subject === subject)?.value;
  }

  private step(inputs: readonly AnyInput[]): Advanced {
    const advanced = advance(this.decider, this.held, inputs, {
      ...{ org: `org_${'0'.repeat(26)}`, case: this.id, now: this.now, facts: this.facts },
      ...{ opening: { site, terms: this.terms }, assignments: this.assignments, delegations: [] },
      termsOf: () => this.terms,
    });
    this.held = advanced.held;
    this.last = advanced;
    this.rows.push(...advanced.rows);
    this.prompts.push(...advanced.prompts);
    this.notices.push(...advanced.notices);
    this.check(advanced);
    return advanced;
  }

  private check(advanced: Advanced): void {
    for (const row of advanced.rows) {
      const key = `${row.stamp.decisionId}#${row.index}`;
      if (this.ids.has(key)) throw new Error(`decision id used twice: ${key}`);
      this.ids.add(key);
    }
    const ids = advanced.obligations.map((one) => one.id);
    if (new Set(ids).size < ids.length) throw new Error(`obligation twice: ${ids.join(' ')}`);
    if (advanced.standing !== null && advanced.standing.status !== 'final') {
      const named = advanced.obligations.every((one) => one.owner !== '' && one.due > 0);
      if (ids.length === 0 || !named) throw new Error(`nothing owed in ${advanced.standing.stage}`);
    }
    if (this.inputs % 8 === 0) this.refold();
  }

  private refold(): void {
    let own = this.decider.initial();
    for (const { kind, body, stamp } of this.rows)
      if (Object.hasOwn(this.decider.classes, kind)) own = this.decider.evolve(own, { kind, body, stamp });
    if (canonical(own) !== canonical(this.held?.own ?? own)) throw new Error('fold differs from state');
  }
}

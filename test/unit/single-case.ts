import { deciderOf } from '../../src/domain/cases.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import { dateOf, instantOf, wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import type { Instant } from '../../src/domain/kernel/calendar.ts';
import type { Assignment, Delegation } from '../../src/domain/kernel/can.ts';
import type { Standing } from '../../src/domain/kernel/decider.ts';
import type { Fact, FactSeen } from '../../src/domain/kernel/facts.ts';
import type { PromptDraft } from '../../src/domain/kernel/fire.ts';
import type { Held, RowDraft } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { Refusal } from '../../src/domain/kernel/refusal.ts';
import type { AnyInput, NoticeOut, Receipt } from '../../src/domain/kernel/run.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import type { Capacity, CaseId, HowKnown, PersonRef } from '../../src/domain/kernel/words.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { site, termsForTests } from './house.ts';

interface Extras {
  readonly acknowledge?: readonly string[];
  readonly about?: { readonly subject: string; readonly version: number };
  /** In whose place it is said; a delegation has to be in force (`standsIn`). */
  readonly onBehalfOf?: PersonRef;
  /** Left out: whoever has the shell says so. */
  readonly how?: HowKnown;
  /** The payload is not read by the contracts first: what the kernel says comes before what is in it. */
  readonly unread?: true;
}

/** One case alone on a clock: what it is told comes from the test, and what it tells others stays here to be read. */
export class SingleCase {
  readonly id: CaseId;
  readonly terms: Terms;
  now: Instant;
  readonly rows: RowDraft[] = [];
  readonly prompts: PromptDraft[] = [];
  readonly notices: NoticeOut[] = [];
  readonly seen: FactSeen[] = [];
  obligations: readonly Obligation[] = [];
  facts: readonly Fact[] = [];
  standing: Standing | null = null;
  private held: Held | null = null;
  private wake: Instant | null = null;
  private readonly assignments: Assignment[] = [];
  private readonly delegations: Delegation[] = [];
  private count = 0;

  constructor(id: CaseId, date: string, terms: Terms = termsForTests()) {
    this.id = id;
    this.terms = terms;
    this.now = instantOf(terms.calendar, date, '10:00');
  }

  assign(person: PersonRef, capacity: Capacity): void {
    this.assignments.push({ person, capacity, scope: site, from: 0, to: null });
  }

  /** From now on, one answers for the other. */
  standsIn(to: PersonRef, from: PersonRef): void {
    this.delegations.push({ from, to, since: 0, until: null });
  }

  /** A command as it comes from outside: parsed by the contracts where these know the case. */
  ask(actor: PersonRef, type: string, payload: object = {}, extras: Extras = {}): Receipt | Refusal {
    const kind = kindOf(this.id);
    const unread = kind === null || extras.unread === true;
    const parsed = unread ? null : parseCommand(kind, type, payload);
    if (parsed !== null && 'code' in parsed && parsed.code === 'malformed') return parsed;
    this.count += 1;
    const answer = this.step([
      {
        origin: 'ask',
        decisionId: `dec_${this.count}`,
        actor,
        how: extras.how ?? 'asserted_local',
        asked: this.now,
        acknowledge: extras.acknowledge ?? [],
        command: {
          type,
          payload,
        },
        ...(extras.about === undefined ? {} : { about: extras.about }),
        ...(extras.onBehalfOf === undefined ? {} : { onBehalfOf: extras.onBehalfOf }),
      },
    ]);
    if (answer === null) throw new Error('unanswered_command');
    return answer;
  }

  /** Like `ask`, for what a test expects to succeed. */
  must(actor: PersonRef, type: string, payload: object = {}, extras: Extras = {}): Receipt {
    const answer = this.ask(actor, type, payload, extras);
    if (!isRefusal(answer)) return answer;
    throw new Error(`refused: ${type} ${answer.code} ${answer.rule ?? ''} ${JSON.stringify(answer.missing)}`);
  }

  /** Another case tells this one something. */
  tell(from: CaseId, notice: { readonly kind: string; readonly body: object }): void {
    this.count += 1;
    this.step([{ origin: 'notice', decisionId: `${from}/${this.count}/0`, from, asked: this.now, notice }]);
  }

  /** Moves the clock to a local date and time, waking the case whenever it asked to be woken. */
  moveTo(date: string, wall = '10:00'): void {
    const until = instantOf(this.terms.calendar, date, wall);
    while (this.wake !== null && this.wake <= until && this.standing?.status !== 'final') {
      this.now = Math.max(this.now, this.wake);
      this.step([]);
    }
    this.now = until;
  }

  /** Other terms from now on; the case takes a step under them. */
  under(terms: Terms): void {
    (this as { terms: Terms }).terms = terms;
    this.step([]);
  }

  /** `date time code` of the prompts sent to somebody so far. */
  sentTo(to: string): readonly string[] {
    const { calendar } = this.terms;
    return this.prompts
      .filter((one) => one.to === to)
      .map((one) => `${dateOf(calendar, one.sendAfter)} ${wallTimeOf(calendar, one.sendAfter)} ${one.code}`);
  }

  /** What the case holds now, as its state row would. */
  get holds(): Held | null {
    return this.held;
  }

  kinds(): readonly string[] {
    return this.rows.map((row) => row.kind);
  }

  private step(inputs: readonly AnyInput[]): Receipt | Refusal | null {
    const kind = kindOf(this.id);
    if (kind === null) throw new Error('malformed_case_id');
    const advanced = advance(deciderOf(kind), this.held, inputs, {
      org: `org_${'0'.repeat(26)}`,
      case: this.id,
      now: this.now,
      facts: this.seen,
      opening: {
        site,
        terms: this.terms,
      },
      assignments: this.assignments,
      delegations: this.delegations,
      termsOf: () => this.terms,
    });
    this.held = advanced.held;
    this.rows.push(...advanced.rows);
    this.prompts.push(...advanced.prompts);
    this.notices.push(...advanced.notices);
    this.wake = advanced.nextWake;
    this.obligations = advanced.obligations;
    this.facts = advanced.facts;
    this.standing = advanced.standing;
    this.mustBeOwned();
    return advanced.answer;
  }

  /** Nothing may wait without an owner and a date, whatever a test does. */
  private mustBeOwned(): void {
    if (this.standing === null || this.standing.status === 'final') return;
    if (this.obligations.length === 0) throw new Error(`nobody_owes: ${this.id} ${this.standing.stage}`);
    const ids = new Set(this.obligations.map((one) => one.id));
    if (ids.size !== this.obligations.length) throw new Error(`obligation_twice: ${this.id}`);
    const decisions = this.rows.map((row) => `${row.stamp.decisionId}#${row.index}`);
    if (new Set(decisions).size !== decisions.length) throw new Error(`decision_twice: ${this.id}`);
  }
}

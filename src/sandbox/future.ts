import type { Present } from '../client/present.ts';
import { deciderOf } from '../domain/cases.ts';
import { advance } from '../domain/kernel/advance.ts';
import type { Advanced } from '../domain/kernel/advance.ts';
import { nextWake } from '../domain/kernel/agenda.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { keyOf } from '../domain/kernel/facts.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import type { AnyDecider, Held } from '../domain/kernel/held.ts';
import { standingOf } from '../domain/kernel/held.ts';
import { agendaOf } from '../domain/kernel/obligations.ts';
import type { AnyInput } from '../domain/kernel/run.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseId, SiteRef } from '../domain/kernel/words.ts';
import { World } from './world.ts';

/** What is assumed of everybody: that nobody does anything, or that each does what they owe on its day. */
export type Assumed = 'silent' | 'on_time';

/** Acts by which a policy answers silence; the other acts are the clockwork's own and come either way. */
const silenceActs: ReadonlySet<string> = new Set([
  'no_response',
  'block_repeated',
  'expired',
  'not_signed',
  'closed_no_response',
  'alternate_called',
]);

/** An obligation whose owner does it on its day: nobody is asked after that, and no policy answers in their place. */
function doneInTime(one: Obligation, since: Instant): Obligation {
  const kept = one.rungs.filter((rung) =>
    rung.how === 'act' ? !silenceActs.has(rung.act ?? '') : one.due >= since && rung.at <= one.due,
  );
  return kept.length === one.rungs.length ? one : { ...one, rungs: kept };
}

/** The same case, in a house where everybody is in time. @param since what was late then is done at once */
function punctual(decider: AnyDecider, since: Instant): AnyDecider {
  return {
    ...decider,
    agenda: (state, terms, self) => decider.agenda(state, terms, self).map((one) => doneInTime(one, since)),
  };
}

function siteIn(inputs: readonly AnyInput[]): SiteRef | null {
  for (const input of inputs) {
    const site = input.origin === 'notice' ? (input.notice.body as { site?: unknown }).site : undefined;
    if (typeof site === 'string') return site;
  }
  return null;
}

/** What an organization holds now, going on by itself: the same rules as the step, in memory alone. */
export class Future extends World {
  private readonly present: Present;
  private readonly assumed: Assumed;
  /** Cases that began on the way, each with the one that started it. */
  readonly started: { readonly from: CaseId; readonly to: CaseId }[] = [];
  private readonly deciders = new Map<string, AnyDecider>();

  constructor(present: Present, assumed: Assumed) {
    const first = present.cases[0];
    if (first === undefined) throw new Error('nothing_to_foresee');
    const { site, terms } = first.held.base;
    super(site, present.termsOf(terms), present.now, present.org);
    this.present = present;
    this.assumed = assumed;
    this.assignments.push(...present.assignments);
    this.delegations.push(...present.delegations);
    for (const fact of present.facts) this.published.set(keyOf(fact), fact);
    for (const { id, held } of present.cases) this.begin(id, held);
    this.inbox.push(...present.notices);
  }

  /** Handles what was written and not handled yet, and goes on to an instant. */
  goTo(instant: Instant): void {
    this.drain();
    this.advanceTo(instant);
  }

  /** Terms a case runs under. */
  termsFor(held: Held): ReturnType<Present['termsOf']> {
    return this.present.termsOf(held.base.terms);
  }

  /** What is published now, by the cases of this world or by others. */
  fact(kind: string, subject: string): FactSeen | undefined {
    return this.published.get(keyOf({ kind, subject }));
  }

  private deciderFor(id: CaseId): AnyDecider {
    const kind = kindOf(id);
    if (kind === null) throw new Error(`malformed_case_id: ${id}`);
    const known = this.deciders.get(kind);
    if (known !== undefined) return known;
    const own = deciderOf(kind);
    const made = this.assumed === 'silent' ? own : punctual(own, this.present.now);
    this.deciders.set(kind, made);
    return made;
  }

  private begin(id: CaseId, given: Held): void {
    // What is remembered of a state's agenda goes by the state itself: another assumption needs another one.
    const held = structuredClone(given);
    const decider = this.deciderFor(id);
    const obligations = agendaOf(decider, held, this.termsFor(held), id);
    const facts = decider
      .facts(held.own, id)
      .map((fact) => ({ ...fact, case: id, sequence: held.base.sequence }));
    const final = standingOf(decider, held).status === 'final';
    this.cases.set(id, { held, nextWake: nextWake(obligations, held.base.sent), obligations, facts, final });
  }

  /** A case outside this picture is not moved here; one that is final answers that it wants nothing. */
  protected override follows(id: CaseId): boolean {
    return this.cases.has(id) || !this.present.others.has(id) || this.present.final.has(id);
  }

  protected override isFinal(id: CaseId): boolean {
    return super.isFinal(id) || this.present.final.has(id);
  }

  protected override advanced(id: CaseId, inputs: readonly AnyInput[]): Advanced {
    const decider = this.deciderFor(id);
    const held = this.cases.get(id)?.held ?? null;
    const site = siteIn(inputs);
    const terms = site === null ? null : this.present.termsAt(site);
    const opening = site === null || terms === null ? null : { site, terms };
    return advance(decider, held, inputs, {
      ...{ org: this.org, case: id, now: this.now, facts: this.factsFor(decider, held, inputs), opening },
      ...{ assignments: this.assignments, delegations: this.delegations },
      termsOf: (ref) => this.present.termsOf(ref),
    });
  }

  protected override keep(id: CaseId, advanced: Advanced): void {
    super.keep(id, advanced);
    for (const notice of advanced.notices)
      if (notice.starts === true) this.started.push({ from: id, to: notice.to });
  }

  /** The facts a step would read: those of the case's gates, and those that its inputs ask for. */
  private factsFor(decider: AnyDecider, held: Held | null, inputs: readonly AnyInput[]): readonly FactSeen[] {
    const state = held?.own ?? decider.initial();
    const refs = [
      ...Object.values(decider.gates).flatMap((gate) => [...gate.reads(state)]),
      ...inputs.flatMap((input) => [...decider.reads(state, input)]),
    ];
    const found = new Map<string, FactSeen>();
    for (const ref of refs) {
      const fact = this.published.get(keyOf(ref));
      if (fact !== undefined) found.set(keyOf(ref), fact);
    }
    return [...found.values()];
  }
}

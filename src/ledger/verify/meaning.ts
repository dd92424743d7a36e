import { deciders } from '../../domain/cases.ts';
import { childId } from '../../domain/kernel/apply.ts';
import { kernelEventKinds } from '../../domain/kernel/decider.ts';
import { factsFrom } from '../../domain/kernel/facts.ts';
import type { Fact, FactSeen } from '../../domain/kernel/facts.ts';
import { missingFor } from '../../domain/kernel/gates.ts';
import { classOf, classesOf, evolveHeld, isKernelEvent, standingOf } from '../../domain/kernel/held.ts';
import type { Held } from '../../domain/kernel/held.ts';
import { withoutTaken } from '../../domain/kernel/taken.ts';
import type { Terms, TermsRef } from '../../domain/kernel/terms.ts';
import { kindOf } from '../../domain/kernel/words.ts';
import type { CaseKind } from '../../domain/kernel/words.ts';
import { SEALED, beforeFirst, eventOf } from '../fold.ts';
import type { VaultBody } from '../fold.ts';
import { causesOf } from './causes/index.ts';
import type { Chain } from './chain.ts';
import { FactBook, namedFacts } from './fact-book.ts';
import { HoldWatch, takenAway } from './holds.ts';
import { HouseFold, isHouse } from './house.ts';
import { NoticeBook } from './notice-book.ts';
import { sameTerms, termsRefOf } from './papers.ts';
import type { Papers } from './papers.ts';
import type { ChainRow } from './row-hash.ts';
import type { Folded, Recorded, Scene, Tally } from './scene.ts';
import { checkOpened, checkOutcomes, sealedBody } from './sealed.ts';
import type { SealedBody } from './sealed.ts';
import { misshapen, shapeText } from './shapes/index.ts';
import { withoutAcknowledged } from './taken.ts';
import { TextBook, textsOf } from './texts.ts';
import { Wrong, placeOf } from './verdict.ts';
import { judgeActor } from './who.ts';

/** What the rows mean: every row folds, its gates held, its facts were true, and whoever acted was entitled to. */
export class Meaning {
  readonly cases = new Map<string, Folded>();
  readonly facts = new FactBook();
  readonly texts = new TextBook();
  readonly house: HouseFold;
  readonly tally: Tally = {
    ...{ gates: 0, facts: 0, rights: 0, notices: 0, acts: 0, sealed: 0, opened: 0 },
    known: {},
  };
  private readonly notices = new NoticeBook();
  private readonly holds = new HoldWatch(this.facts);
  private readonly org: string;
  private readonly papers: Papers;
  private readonly chain: Chain;
  private readonly partial: boolean;

  /** @param partial one case only: what needs other cases or the house is taken as the rows state it */
  constructor(org: string, papers: Papers, chain: Chain, partial: boolean) {
    this.org = org;
    this.papers = papers;
    this.chain = chain;
    this.partial = partial;
    this.house = new HouseFold(papers);
  }

  /** Checks one row and folds it. @param opened what lies in the vault for a confidential row, or null. @throws Wrong */
  row(row: ChainRow, opened: VaultBody | null): void {
    if (isHouse(row.case_id)) {
      this.texts.check(row, {}, textsOf(row));
      const event = parsedEvent(row);
      shaped(row, 'house', event);
      this.house.fold(row);
      return this.keepsHolds(row, event);
    }
    const folded = this.foldedOf(row);
    if (row.kind !== SEALED) return this.clear(row, folded);
    const body = sealedBody(row, folded.decider);
    this.tally.sealed += 1;
    if (opened === null) return this.unopened(row, folded, body);
    checkOpened(row, body, opened, folded.decider);
    shaped(row, folded.kind, opened);
    this.texts.check(row, opened.body, opened.texts);
    this.tally.opened += 1;
    const after = this.judged(row, folded, eventOf(row, opened), opened.facts);
    checkOutcomes(row, body, this.published(row, folded, after));
  }

  private foldedOf(row: ChainRow): Folded {
    const known = this.cases.get(row.case_id);
    if (known !== undefined) return known;
    const kind = kindOf(row.case_id);
    const decider = kind === null ? undefined : deciders[kind];
    if (kind === null || decider === undefined) throw new Wrong(placeOf(row), 'case_unknown', row.case_id);
    const folded: Folded = { kind, decider, held: null, dark: new Set(), aside: false, deciding: null };
    this.cases.set(row.case_id, folded);
    return folded;
  }

  private clear(row: ChainRow, folded: Folded): void {
    const event = parsedEvent(row);
    shaped(row, folded.kind, event);
    this.texts.check(row, event.body, textsOf(row));
    if (folded.dark.size > 0) return this.shaded(row, folded, event);
    this.judged(row, folded, event, namedFacts(row));
  }

  private unopened(row: ChainRow, folded: Folded, body: SealedBody): void {
    const { held } = folded;
    if (body.aside !== true || held === null || folded.dark.size > 0)
      return this.dark(row, folded, body.outcomes);
    // It published what the case published before, so nothing else in it moved.
    this.termsOf(row, held.base.terms);
    this.settled(row);
    checkOutcomes(row, body, this.published(row, folded, held));
    folded.held = { ...held, base: { ...held.base, sequence: row.sequence } };
    folded.deciding = null;
    folded.aside = true;
  }

  /** A confidential row nobody opened: it folds as the outcomes it published. */
  private dark(row: ChainRow, folded: Folded, outcomes: readonly Fact[]): void {
    this.termsOf(row, folded.held?.base.terms ?? null);
    this.settled(row);
    folded.dark.add(row.sequence);
    folded.held = null;
    this.holds.moved(row.case_id, null);
    folded.deciding = null;
    this.facts.publish(row.case_id, row.sequence, outcomes);
  }

  /** The notices a row settles, as far as it says so in clear. */
  private settled(row: ChainRow): void {
    if (this.partial || row.decision_index !== 0) return;
    if (row.sequence === 1) this.notices.begun(row, row.decision_id);
    if (!row.actor.startsWith('case:'))
      return this.notices.none(row, row.actor.startsWith('prs_') ? row.asked_at + 1 : row.asked_at);
    if (fromHouse(row)) return;
    const sender = row.actor.slice('case:'.length);
    // What comes back from a final case answers a notice that nobody here could derive.
    const from = this.cases.get(sender);
    const hidden = this.isFinal(sender) || from?.aside === true || (from?.dark.size ?? 0) > 0;
    if (!hidden || this.notices.waits(row, row.decision_id)) this.notices.take(row, row.decision_id);
  }

  /** A clear row after confidential ones nobody opened: its kind, class and terms can be checked, its state cannot. */
  private shaded(row: ChainRow, folded: Folded, event: Recorded): void {
    this.known(row, folded, event);
    this.termsOf(row, null);
    this.settled(row);
    folded.dark.add(row.sequence);
    // What the case itself published since is as dark as its state.
    const others = namedFacts(row).filter((fact) => fact.case !== row.case_id);
    for (const fact of this.partial ? [] : others) this.facts.check(row, fact);
  }

  private known(row: ChainRow, folded: Folded, event: Recorded): void {
    if (causesOf(folded.kind, event.kind) === undefined)
      throw new Wrong(placeOf(row), 'event_unknown', event.kind);
    const [, retention] = classOf(folded.decider, event.kind);
    const known = classesOf(folded.decider, event.kind) as readonly string[];
    const asClass = known.includes(row.visibility) && row.retention === retention;
    if (!asClass || (row.visibility === 'C3') !== (row.kind === SEALED))
      throw new Wrong(placeOf(row), 'class_wrong', `${row.visibility} ${row.retention}`);
    const supersedes = (event.body as { supersedes?: unknown }).supersedes ?? '';
    if (row.kind !== SEALED && row.supersedes !== supersedes)
      throw new Wrong(placeOf(row), 'supersedes_wrong', event.kind);
  }

  private judged(row: ChainRow, folded: Folded, event: Recorded, named: readonly FactSeen[] | null): Held {
    this.known(row, folded, event);
    const first = folded.held === null;
    const terms = this.termsOf(row, folded.held?.base.terms ?? null);
    const before = folded.held ?? this.opening(row, folded, event, terms);
    const scene: Scene = {
      ...{ org: this.org, row, event, folded, before, terms, facts: factsFrom(named ?? []) },
      ...{ house: this.house, notices: this.notices, chain: this.chain, caseOf: (id) => this.cases.get(id) },
    };
    if (first) this.notices.begun(row, event.stamp.decisionId);
    if (!this.partial) folded.deciding = guarded(row, () => judgeActor(scene, this.tally));
    this.factsHold(row, named);
    this.gatesHold(scene, named);
    this.keepsHolds(row, event);
    const after = guarded(row, () => evolveHeld(folded.decider, before, event));
    if (event.kind === 'terms_adopted') this.adopted(row, before, after);
    folded.held = after;
    this.holds.moved(row.case_id, after);
    this.spread(scene, after);
    return after;
  }

  /** The state before a case's first event, which names its site and stands under the terms in force there. */
  private opening(row: ChainRow, folded: Folded, event: Recorded, terms: Terms): Held {
    if ((kernelEventKinds as readonly string[]).includes(event.kind))
      throw new Wrong(placeOf(row), 'first_event', event.kind);
    const before = beforeFirst(folded.decider, event, terms.ref);
    if (typeof before.base.site !== 'string' || before.base.site === '')
      throw new Wrong(placeOf(row), 'first_event', event.kind);
    if (this.partial) return before;
    const inForce = this.house.inForce(before.base.site);
    if (inForce === null || !sameTerms(inForce, terms.ref))
      throw new Wrong(placeOf(row), 'terms_wrong', 'not the terms in force at its site');
    return before;
  }

  private termsOf(row: ChainRow, expected: TermsRef | null): Terms {
    const ref = termsRefOf(row.terms);
    if (ref === null) throw new Wrong(placeOf(row), 'terms_wrong', 'no terms named');
    if (expected !== null && !sameTerms(ref, expected))
      throw new Wrong(placeOf(row), 'terms_wrong', 'not the terms the case stands under');
    return this.papers.terms(ref, placeOf(row));
  }

  private adopted(row: ChainRow, before: Held, after: Held): void {
    this.papers.terms(after.base.terms, placeOf(row));
    const named = (JSON.parse(row.body) as { before?: unknown }).before;
    if (!sameTerms(named as TermsRef, before.base.terms))
      throw new Wrong(placeOf(row), 'terms_wrong', 'not the terms it stood under');
  }

  private factsHold(row: ChainRow, named: readonly FactSeen[] | null): void {
    if (this.partial) return;
    for (const fact of named ?? []) {
      this.facts.check(row, fact);
      this.tally.facts += 1;
    }
  }

  /** The gates an event requires, on the state before it, with the facts that stood in the ledger at its position. */
  private gatesHold(scene: Scene, named: readonly FactSeen[] | null): void {
    const { row, event, folded, before, terms } = scene;
    for (const gate of folded.decider.requires[event.kind] ?? []) {
      const facts = this.partial ? factsFrom(named ?? []) : this.facts.reader(row, named);
      const missing = guarded(row, () =>
        missingFor(folded.decider, gate, before.own, { facts, terms, now: row.at }),
      );
      if (missing.length > 0)
        throw new Wrong(placeOf(row), 'gate_not_passed', `${gate} lacks ${missing[0]?.code ?? ''}`);
      if (named !== null) allNamed(row, facts.used(), named);
      this.tally.gates += 1;
    }
  }

  /** X29: nothing was taken away for good from under a hold. */
  private keepsHolds(row: ChainRow, event: Recorded): void {
    const gone = this.partial ? null : takenAway(row.case_id, event);
    if (gone !== null) this.holds.check(row, gone);
  }

  private published(row: ChainRow, folded: Folded, after: Held): readonly Fact[] {
    return guarded(row, () => folded.decider.facts(after.own, row.case_id));
  }

  /** What a row makes known: the case's facts, and notices to other cases. */
  private spread(scene: Scene, after: Held): void {
    const { row, event, folded, terms } = scene;
    this.facts.publish(row.case_id, row.sequence, this.published(row, folded, after));
    if (this.partial || isKernelEvent(event)) return;
    const context = {
      ...{ case: row.case_id, site: after.base.site, terms },
      childId: (kind: Parameters<typeof childId>[2], label: string) =>
        childId(this.org, row.case_id, kind, label),
    };
    const said = { ...event, body: withoutTaken(event.body) };
    const drafts = guarded(row, () => folded.decider.notices(after.own, said, context));
    this.notices.sent(row, drafts, (id) => this.isFinal(id));
  }

  private isFinal(caseId: string): boolean {
    const folded = this.cases.get(caseId);
    if (folded?.held === null || folded === undefined) return false;
    return standingOf(folded.decider, folded.held).status === 'final';
  }
}

const fromHouse = (row: ChainRow): boolean =>
  row.actor.startsWith('case:house-') || row.actor === `case:${row.case_id}`;

/** Every fact a gate asked for stands in the row. @throws Wrong */
function allNamed(row: ChainRow, used: readonly FactSeen[], named: readonly FactSeen[]): void {
  for (const fact of used)
    if (!named.some((one) => one.kind === fact.kind && one.subject === fact.subject))
      throw new Wrong(placeOf(row), 'fact_not_named', fact.kind);
}

function parsedEvent(row: ChainRow): Recorded {
  const event = guarded(row, () => eventOf(row, null));
  if (typeof event.body !== 'object' || event.body === null)
    throw new Wrong(placeOf(row), 'does_not_fold', 'the body is no object');
  return event;
}

/** The body says what such an event says, and nothing else; of a kind nobody knows more is told elsewhere. @throws Wrong */
function shaped(row: ChainRow, kind: CaseKind | 'house', event: Pick<Recorded, 'kind' | 'body'>): void {
  const ofCase = kind !== 'house' && !(kernelEventKinds as readonly string[]).includes(event.kind);
  const own = ofCase ? withoutAcknowledged(row, event.body) : event.body;
  const wrong = shapeText(kind, event.kind) === undefined ? null : misshapen(kind, event.kind, own);
  if (wrong !== null) throw new Wrong(placeOf(row), 'body_wrong', `${event.kind}: ${wrong}`);
  // Said twice, or in other characters: what is read is not all that stands there.
  if (row.kind !== SEALED && JSON.stringify(event.body) !== row.body)
    throw new Wrong(placeOf(row), 'body_wrong', `${event.kind}: bytes that do not belong here`);
}

/** Rules that throw on a row: it is no row they ever wrote. */
function guarded<T>(row: ChainRow, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Wrong) throw error;
    throw new Wrong(placeOf(row), 'does_not_fold', row.kind);
  }
}

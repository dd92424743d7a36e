import { vaultSeal } from '../../src/directory/vault.ts';
import { deciders } from '../../src/domain/cases.ts';
import type { Assignment } from '../../src/domain/kernel/can.ts';
import { canonical, opaque, sha256Hex } from '../../src/domain/kernel/digest.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { SiteRef } from '../../src/domain/kernel/words.ts';
import type { RowDraft } from '../../src/domain/kernel/held.ts';
import { hashOf } from '../../src/ledger/documents.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { textRefsIn } from '../../src/ledger/step-store.ts';
import {
  Checksum,
  FORMAT,
  documentLine,
  headLine,
  headerLine,
  rowLine,
} from '../../src/ledger/verify/lines.ts';
import type { DocumentLine, Head, Header } from '../../src/ledger/verify/lines.ts';
import { rowHash } from '../../src/ledger/verify/row-hash.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import { World } from '../../src/sandbox/world.ts';
import type { WorldCommand } from '../../src/sandbox/world.ts';
import type { Receipt } from '../../src/domain/kernel/run.ts';
import type { Refusal } from '../../src/domain/kernel/refusal.ts';
import { caseOf, moveTo, person, policyForTests, site, termsForTests } from './house.ts';
import * as team from './role-house.ts';

/** The ledger of an invented organization, written as the database writes it, without one. */

export type Row = { -readonly [K in keyof ChainRow]: ChainRow[K] };

export interface Ledger {
  header: Header;
  documents: DocumentLine[];
  rows: Row[];
  /** The signed head's place: what stood there when it was anchored. */
  head: Omit<Head, 'checksum'>;
}

interface HouseRow {
  readonly after: number;
  readonly at: number;
  readonly decision: string;
  readonly index: number;
  readonly stream: string;
  readonly kind: string;
  readonly body: object;
}

/** Something done in a world, to be done again elsewhere. */
export type Done = { readonly at: number } & (
  | { readonly do: 'command'; readonly command: WorldCommand & { readonly decisionId: string } }
  | { readonly do: 'assign' | 'unassign'; readonly person: string; readonly capacity: Assignment['capacity'] }
  | { readonly do: 'delegate'; readonly absent: string; readonly standIn: string }
);

function applied(at: SiteRef, terms: Terms, now: number): HouseRow[] {
  const { policy, calendar, profile, comparator } = terms.ref;
  const rows = [
    ['policy', 'policy_applied', { site: at, policy, profile }],
    ['calendar', 'calendar_applied', { site: at, calendar }],
    ['comparator', 'comparator_recorded', { site: at, comparator }],
  ] as const;
  return rows.map(([stream, kind, body], index) => ({
    ...{ after: 0, at: now, decision: 'setup-terms', index, stream, kind, body },
  }));
}

/** What the house did in a world that did not remember it, from the records it left. */
export function withHouse(
  world: World,
  at: SiteRef,
  terms: Terms,
  start: number,
): World & { readonly house: readonly HouseRow[] } {
  const before = (instant: number): number => world.rows.filter((row) => row.stamp.at < instant).length;
  const upTo = (instant: number): number => before(instant + 1);
  const all: Omit<HouseRow, 'decision' | 'index' | 'stream'>[] = [];
  for (const [n, { from, to, ...office }] of world.assignments.entries()) {
    const body = { id: `asg_${opaque(`house-${n}`)}`, ...office };
    all.push({ after: before(from), at: from, kind: 'assigned', body });
    if (to !== null) all.push({ after: upTo(to), at: to, kind: 'assignment_ended', body });
  }
  for (const { from: absent, to: standIn, since, until } of world.delegations)
    all.push({
      after: before(since),
      at: since,
      kind: 'delegated',
      body: { id: `dlg_${opaque(absent)}`, absent, standIn, until },
    });
  const inOrder = all.toSorted((a, b) => a.at - b.at || a.after - b.after);
  const rows = inOrder.map((one, n) => ({ ...one, decision: `house-${n}`, index: 0, stream: 'assignment' }));
  return Object.assign(world, { house: [...applied(at, terms, start), ...rows] });
}

/** The texts a payload names, named as typed for this decision: a step takes no others. */
function ownTexts<T>(payload: T, decisionId: string): T {
  const field = (ref: string): string => ref.slice('txt_'.length).replaceAll(/[^0-9A-Za-z]/gu, '');
  const renamed = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('txt_') ? `txt_${decisionId}_${field(value)}` : value;
  return JSON.parse(JSON.stringify(payload), renamed) as T;
}

/** A world that remembers when the house did something, so that it can be written in its place. */
export class LedgerWorld extends World {
  readonly house: HouseRow[] = [];
  readonly done: Done[] = [];

  constructor(date: string, wall = '10:00') {
    const terms = termsForTests();
    super(site, terms, instantOf(terms.calendar, date, wall));
    this.house.push(...applied(site, terms, this.now));
  }

  override assign(who: string, capacity: Assignment['capacity'], scope: string = site): void {
    super.assign(who, capacity, scope);
    this.done.push({ at: this.now, do: 'assign', person: who, capacity });
    const id = `asg_${opaque(`${this.house.length}`)}`;
    const body = { person: who, capacity, scope, id };
    this.record(`setup-${this.house.length}`, 0, 'assignment', 'assigned', body);
  }

  override unassign(who: string, capacity: Assignment['capacity'], scope: string = site): void {
    super.unassign(who, capacity, scope);
    this.done.push({ at: this.now, do: 'unassign', person: who, capacity });
    const body = { person: who, capacity, scope };
    this.record(`end-${this.house.length}`, 0, 'assignment', 'assignment_ended', body);
  }

  override decide(command: WorldCommand): Receipt | Refusal {
    const decisionId = command.decisionId ?? `dec_${this.done.length}`;
    const typed = { ...command, decisionId, payload: ownTexts(command.payload, decisionId) };
    this.done.push({ at: this.now, do: 'command', command: typed });
    return super.decide(typed);
  }

  delegate(absent: string, standIn: string): void {
    this.done.push({ at: this.now, do: 'delegate', absent, standIn });
    this.delegations.push({ from: absent, to: standIn, since: this.now, until: null });
    const body = { id: `dlg_${opaque(absent)}`, absent, standIn, until: null };
    this.record(`delegate-${this.house.length}`, 0, 'assignment', 'delegated', body);
  }

  /** One query about selection matters, as the house keeps it. */
  read(): void {
    const body = { what: 'case', refs: [site], classes: ['C2'] };
    this.record(`read-${this.house.length}`, 0, 'access', 'read', body);
  }

  private record(decision: string, index: number, stream: string, kind: string, body: object): void {
    this.house.push({ after: this.rows.length, at: this.now, decision, index, stream, kind, body });
  }
}

const none = JSON.stringify({ policy: '', calendar: '', profile: '', comparator: null });
const vault = { org: 'any', key: Buffer.alloc(32, 9) };
type Bare = Omit<Row, 'org' | 'position' | 'sequence' | 'prev' | 'hash'>;

function houseBare(one: HouseRow): Bare {
  return {
    ...{
      case_id: `house-${one.stream}`,
      kind: one.kind,
      at: one.at,
      actor: 'installation',
      how: 'installation',
    },
    ...{ capacity: 'administrator', on_behalf_of: '', decision_id: one.decision, decision_index: one.index },
    ...{
      asked_at: one.at,
      supersedes: '',
      visibility: 'C1',
      retention: 'keep',
      facts: '[]',
      terms: none,
      texts: '[]',
    },
    body: JSON.stringify(one.body),
  };
}

/** In memory no text is sealed: a digest that only depends on the ref stands in its place. */
const textsOf = (body: object): string =>
  JSON.stringify(textRefsIn(body).map((ref) => [ref, sha256Hex(ref)]));

function caseBare(one: RowDraft & { readonly case: string }, opened: Map<string, VaultBody>): Bare {
  const { stamp, kind, body } = one;
  const clear: Bare = {
    ...{
      case_id: one.case,
      kind,
      at: stamp.at,
      actor: stamp.actor,
      how: stamp.how,
      capacity: stamp.capacity,
    },
    ...{ on_behalf_of: stamp.onBehalfOf ?? '', decision_id: stamp.decisionId, decision_index: one.index },
    ...{ asked_at: stamp.asked, supersedes: '', visibility: one.visibility, retention: one.retention },
    ...{
      facts: JSON.stringify(one.facts),
      terms: JSON.stringify(one.terms),
      texts: textsOf(one.body),
      body: JSON.stringify(body),
    },
  };
  if (one.visibility !== 'C3') return clear;
  const ref = `vlt_${opaque(`${one.case}|${stamp.sequence}`)}`;
  const inside: VaultBody = {
    ...{ kind, body, capacity: stamp.capacity, decisionId: stamp.decisionId, facts: one.facts },
    ...{ supersedes: '', texts: JSON.parse(clear.texts) as VaultBody['texts'] },
  };
  opened.set(ref, inside);
  const { digest } = vaultSeal(vault, { ref, body: JSON.stringify(inside) });
  const aside = one.aside === undefined ? {} : { aside: true };
  const said = JSON.stringify({ ref, digest, outcomes: one.outcomes ?? [], ...aside });
  const decision = `sealed:${opaque(stamp.decisionId)}`;
  return {
    ...clear,
    kind: 'sealed',
    capacity: '',
    decision_id: decision,
    facts: '[]',
    texts: '[]',
    body: said,
  };
}

/** What fell due names its own row: a forger thinks of it. */
const afresh = (row: Row, sequence: number): string =>
  row.decision_id.startsWith('due:')
    ? row.decision_id.replace(
        new RegExp(`:${row.sequence - row.decision_index}$`),
        `:${sequence - row.decision_index}`,
      )
    : row.decision_id;

/** @returns the rows again with positions, sequences where asked, and hashes that fit: what a forger does. */
export function rehashed(rows: readonly Row[], sequences = false): Row[] {
  const last = new Map<string, number>();
  let prev = '';
  return rows.map((row, n) => {
    const sequence = (last.get(row.case_id) ?? 0) + 1;
    last.set(row.case_id, sequence);
    const renumbered = sequences && sequence !== row.sequence;
    const moved = renumbered ? { sequence, decision_id: afresh(row, sequence) } : {};
    const next = { ...row, ...moved, position: n + 1, prev };
    prev = rowHash(prev, next);
    return { ...next, hash: prev };
  });
}

export const foldVersions = (): Record<string, number> =>
  Object.fromEntries(
    Object.values(deciders)
      .map((one): [string, number] => [one.kind, one.foldVersion])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The documents behind terms. @param policy as it is kept, before a jurisdiction's values are laid over it */
export function papersOf(terms: Terms, policy: Policy): DocumentLine[] {
  const { calendar, profile, comparator } = terms;
  const kept = { policy, calendar, profile, comparator };
  return Object.entries(kept)
    .map(([kind, body]) => ({ hash: hashOf(body as object), kind, body: canonical(body) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** @returns the world's ledger. @param opened takes what would lie in the vault, by ref */
export function ledgerOf(
  world: World & { readonly house: readonly HouseRow[] },
  documents = papersOf(termsForTests(), policyForTests()),
  opened = new Map<string, VaultBody>(),
): Ledger {
  const bare: Bare[] = [];
  let next = 0;
  const house = (until: number): void => {
    for (; (world.house[next]?.after ?? Infinity) <= until; next += 1)
      bare.push(houseBare(world.house[next]!));
  };
  world.rows.forEach((row, n) => {
    house(n);
    bare.push(caseBare(row, opened));
  });
  house(world.rows.length);
  const rows = rehashed(
    bare.map((row) => ({ ...row, org: world.org, position: 0, sequence: 0, prev: '', hash: '' })),
    true,
  );
  return finished({ org: world.org, documents, rows });
}

/** @returns the ledger with a header and a head that fit its rows. */
export function finished(ledger: { org: string; documents: DocumentLine[]; rows: Row[] }): Ledger {
  const { org, rows } = ledger;
  const last = rows.at(-1);
  const header = { format: FORMAT, org, at: last?.at ?? 0, case: null, foldVersions: foldVersions() };
  const head = { position: last?.position ?? 0, hash: last?.hash ?? '', rows: rows.length };
  return { header, head, documents: ledger.documents, rows };
}

/** @returns the lines of an export, with a checksum that fits. */
export function linesOf(ledger: Ledger): string[] {
  const lines = [
    headerLine(ledger.header),
    ...ledger.documents.map(documentLine),
    ...ledger.rows.map(rowLine),
  ];
  const checksum = new Checksum();
  for (const line of lines) checksum.add(line);
  return [...lines, headLine({ ...ledger.head, checksum: checksum.hex() })];
}

export async function* streamed(lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
}

export const opening = caseOf('opening', 'northside-1');
export const candidacy = caseOf('candidacy', 'c-102');
export const employment = caseOf('employment', 'priya');
export const leave = caseOf('clock', 'leave-1');
export const { role, readiness } = team;
const { director, dana, marisol, theo, priya, luis, ana } = team.people;
const rater = (who: string, inRole = false) => ({ person: who, inRole, trained: true });

function openTheOpening(world: LedgerWorld): void {
  const go = (actor: string, type: string, payload: object, acknowledge: readonly string[] = []): void =>
    void world.must({ case: opening, actor, type, payload, acknowledge });
  go(dana, 'open', {
    ...{ site, role, roleVersion: 1, seats: 1, hiringManager: marisol, screeners: [dana, marisol] },
    panel: [rater(marisol), rater(theo, true), rater(priya), rater(luis)],
    ...{ alternates: [rater(ana)], plannedPosting: '2025-03-03' },
  });
  go(dana, 'plan_channels', {
    channels: ['recovery_community_center', 'peer_run_organization', 'training_program', 'own_website'],
  });
  go(dana, 'approve_posting', {}, ['R0.4']);
  moveTo(world, '2025-03-03');
  go(dana, 'post', { closeOn: '2025-03-24' });
}

function applyAndScreen(world: LedgerWorld): void {
  const candidate = person('c-102');
  const go = (actor: string, type: string, payload: object): void =>
    void world.must({ case: candidacy, actor, type, payload });
  go(dana, 'open', { site, opening, person: candidate, attested: false });
  go(candidate, 'attest', {});
  go(dana, 'acknowledge', { of: 'application' });
  for (const actor of [dana, marisol]) {
    world.must({ case: opening, actor, type: 'declare', payload: { answer: 'none', attest: true } });
    go(actor, 'screen', { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true });
  }
}

/** Somebody who worked here before the ledger began; two people take over the employment. */
function takeOver(world: LedgerWorld): void {
  const job = {
    ...{ site, person: priya, role, dayOne: '2021-03-01' },
    ...{ supervisor: marisol, second: null },
  };
  const known = {
    ...{ manager: director, weeks: 2, exclusionCheckedOn: '2025-03-03', trained: '2024-06-03' },
    credential: { status: 'verified', validTo: '2026-03-31' },
  };
  world.must({ case: employment, actor: dana, type: 'adopt', payload: { ...job, ...known } });
  const { hrDirector } = team.people;
  world.must({ case: employment, actor: hrDirector, type: 'confirm_adoption', payload: {} });
}

function askForLeave(world: LedgerWorld): void {
  const officer = person('leave officer');
  world.assign(officer, 'leave_officer');
  const payload = {
    ...{ site, person: priya, employment },
    ...{ from: '2025-04-07', to: '2025-05-05' },
  };
  world.must({ case: leave, actor: officer, type: 'open_leave', payload });
  world.must({ case: leave, actor: officer, type: 'decide_leave', payload: { outcome: 'pending_docs' } });
}

/** Northside from January to the posting in March 2025: readiness, role, description, a stand-in and an opening. */
export function posted(): LedgerWorld {
  const world = new LedgerWorld('2025-01-06');
  team.staff(world);
  team.acceptReadiness(world);
  moveTo(world, '2025-01-28');
  team.openRole(world);
  team.settle(world, team.tenElements);
  moveTo(world, '2025-02-19');
  team.must(world, team.people.program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
  moveTo(world, '2025-02-25');
  team.enter(world, team.goodDuties);
  team.classify(world, 1, team.goodDuties);
  team.termsConfirmed(world);
  team.payApproved(world);
  team.descriptionApproved(world);
  team.must(world, dana, 'complete_description', {});
  const held = { held: '2025-02-25', attended: [theo, priya] };
  world.must({ case: readiness, actor: dana, type: 'record_orientation', payload: held });
  const standIn = person('stand-in');
  world.delegate(director, standIn);
  const champion = { case: readiness, actor: standIn, onBehalfOf: director, type: 'name_champion' };
  world.must({ ...champion, payload: { person: theo } });
  openTheOpening(world);
  return world;
}

/**
 * Northside on to April 2025: one candidacy, an employment from before and a confidential leave of it;
 * an assignment that ended, acts of the policy, notices, facts and gates.
 */
export function northside(): LedgerWorld {
  const world = posted();
  moveTo(world, '2025-03-05');
  applyAndScreen(world);
  takeOver(world);
  world.unassign(team.people.compensation, 'compensation');
  world.read();
  askForLeave(world);
  moveTo(world, '2025-04-08');
  return world;
}

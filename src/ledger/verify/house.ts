import type { Assignment, Delegation } from '../../domain/kernel/can.ts';
import { canonical } from '../../domain/kernel/digest.ts';
import { capacities } from '../../domain/kernel/words.ts';
import type { Capacity } from '../../domain/kernel/words.ts';
import type { TermsRef } from '../../domain/kernel/terms.ts';
import type { DocumentKind } from '../documents.ts';
import type { LedgerRow } from '../fold.ts';
import type { HouseStream } from '../house-append.ts';
import type { Papers } from './papers.ts';
import { sameTerms, termsRefOf } from './papers.ts';
import { Wrong, placeOf } from './verdict.ts';

/** What each stream of the house may hold. */
export const houseKinds: Readonly<Record<HouseStream, readonly string[]>> = {
  policy: ['policy_applied'],
  calendar: ['calendar_applied'],
  comparator: ['comparator_recorded'],
  assignment: [
    'assigned',
    'assignment_ended',
    'delegated',
    'delegation_ended',
    'person_added',
    'person_changed',
  ],
  access: [
    'read',
    'login_given',
    'login_ended',
    'login_linked',
    'access_ended',
    'office_asked',
    'office_refused',
  ],
  erasure: ['purged', 'erased', 'erased_again'],
  anchor: ['ledger_restored', 'anchors_lost', 'copied', 'drilled'],
};

const HOUSE = 'house-';
const noTerms: TermsRef = { policy: '', calendar: '', profile: '', comparator: null };

export const isHouse = (caseId: string): boolean => caseId.startsWith(HOUSE);

type Body = Readonly<Record<string, unknown>>;
type Partly = { -readonly [K in keyof TermsRef]?: TermsRef[K] };

/** The organization's own streams, folded: who was what, and which terms were in force where, at each position. */
export class HouseFold {
  private readonly held = new Map<string, Assignment[]>();
  private readonly standing = new Map<string, Delegation[]>();
  private readonly sites = new Map<string, Partly>();
  /** Stand-ins of whoever is or was away. */
  private readonly standIns = new Map<string, Set<string>>();
  /** Terms that were ever in force at a site, as one text each. */
  private readonly past = new Map<string, Set<string>>();
  private readonly papers: Papers;

  constructor(papers: Papers) {
    this.papers = papers;
  }

  /** @returns every record of these people's capacities so far. */
  assignments(people: readonly string[]): readonly Assignment[] {
    return people.flatMap((person) => this.held.get(person) ?? []);
  }

  /** Everybody who ever held a capacity. */
  people(): readonly string[] {
    return [...this.held.keys()];
  }

  /** @returns whose stand-in these people are or were. */
  delegations(people: readonly string[]): readonly Delegation[] {
    return people.flatMap((person) => this.standing.get(person) ?? []);
  }

  /** @returns the terms in force at a site now; null when something of them was never applied. */
  inForce(site: string): TermsRef | null {
    const { policy, calendar, profile, comparator } = this.sites.get(site) ?? {};
    if (policy === undefined || calendar === undefined || profile === undefined) return null;
    return { policy, calendar, profile, comparator: comparator ?? null };
  }

  /** Whether these terms were ever in force at the site. */
  wasInForce(site: string, ref: TermsRef): boolean {
    return this.past.get(site)?.has(canonical(ref)) === true;
  }

  /** Folds one row of the house. @throws Wrong */
  fold(row: LedgerRow): void {
    const here = placeOf(row);
    const stream = row.case_id.slice(HOUSE.length) as HouseStream;
    if (!Object.hasOwn(houseKinds, stream)) throw new Wrong(here, 'case_unknown', row.case_id);
    if (!houseKinds[stream].includes(row.kind)) throw new Wrong(here, 'event_unknown', row.kind);
    const ref = termsRefOf(row.terms);
    if (ref === null || !sameTerms(ref, noTerms) || row.facts !== '[]')
      throw new Wrong(here, 'terms_wrong', 'a row of the house names no terms and no facts');
    if (row.visibility !== 'C1' || row.retention !== 'keep')
      throw new Wrong(here, 'class_wrong', `${row.visibility} ${row.retention}`);
    if (row.supersedes !== '') throw new Wrong(here, 'supersedes_wrong', row.kind);
    const installation = row.actor === 'installation' && row.how === 'installation';
    if (!installation && !row.actor.startsWith('prs_'))
      throw new Wrong(here, 'actor_malformed', 'the installation or a person acts for the house');
    this.apply(row, bodyOf(row));
  }

  private apply(row: LedgerRow, body: Body): void {
    switch (row.kind) {
      case 'assigned':
        return this.assigned(row, body);
      case 'assignment_ended':
        return this.ended(row, body);
      case 'delegated':
        return this.delegated(row, body);
      case 'delegation_ended':
        return this.undelegated(row, body);
      case 'policy_applied':
        // Terms are applied together: a site without a comparator record has none from then on.
        return this.applied(row, body, ['policy', 'profile'], { comparator: null });
      case 'calendar_applied':
        return this.applied(row, body, ['calendar'], {});
      case 'comparator_recorded':
        return this.applied(row, body, ['comparator'], {});
      case 'read':
        // Who read what says so and changes nothing.
        return void text(row, body, 'what');
      case 'ledger_restored':
        return restored(row, body);
      case 'anchors_lost':
        return lostHeads(row, body);
      case 'person_added':
      case 'person_changed':
      case 'erased':
      case 'login_given':
      case 'login_ended':
      case 'login_linked':
      case 'office_asked':
      case 'office_refused':
      case 'access_ended':
        return void text(row, body, 'person');
      case 'purged':
        return purged(row, body);
      case 'erased_again':
        return erasedAgain(row, body);
      case 'copied':
      case 'drilled':
        // A copy by the digest of its manifest; what became of a drill stands beside it and changes nothing.
        return void text(row, body, 'copy');
      default:
        throw new Wrong(placeOf(row), 'event_unknown', row.kind);
    }
  }

  private assigned(row: LedgerRow, body: Body): void {
    const person = text(row, body, 'person');
    const list = this.held.get(person) ?? [];
    const from = row.at;
    const until = body['until'] ?? null;
    if (until !== null && (typeof until !== 'number' || until <= from))
      throw new Wrong(placeOf(row), 'does_not_fold', 'until is a later instant, or left out');
    list.push({ person, capacity: capacityOf(row, body), scope: text(row, body, 'scope'), from, to: until });
    this.held.set(person, list);
  }

  private ended(row: LedgerRow, body: Body): void {
    const person = text(row, body, 'person');
    const capacity = capacityOf(row, body);
    const scope = text(row, body, 'scope');
    const list = (this.held.get(person) ?? []).map((one) =>
      one.capacity === capacity && one.scope === scope && (one.to === null || one.to > row.at)
        ? { ...one, to: row.at }
        : one,
    );
    this.held.set(person, list);
  }

  private delegated(row: LedgerRow, body: Body): void {
    const to = text(row, body, 'standIn');
    const until = body['until'];
    if (until !== null && typeof until !== 'number')
      throw new Wrong(placeOf(row), 'does_not_fold', 'until is an instant or null');
    const list = this.standing.get(to) ?? [];
    const absent = text(row, body, 'absent');
    list.push({ from: absent, to, since: row.at, until });
    this.standing.set(to, list);
    const known = this.standIns.get(absent) ?? new Set();
    this.standIns.set(absent, known.add(to));
  }

  private undelegated(row: LedgerRow, body: Body): void {
    const absent = text(row, body, 'absent');
    const over = (one: Delegation): Delegation =>
      one.from === absent && (one.until === null || one.until > row.at) ? { ...one, until: row.at } : one;
    for (const who of this.standIns.get(absent) ?? [])
      this.standing.set(who, (this.standing.get(who) ?? []).map(over));
  }

  private applied(row: LedgerRow, body: Body, kinds: readonly DocumentKind[], reset: Partly): void {
    const site = text(row, body, 'site');
    const next: Partly = { ...this.sites.get(site), ...reset };
    for (const kind of kinds) {
      const hash = text(row, body, kind);
      this.papers.need(hash, kind, placeOf(row));
      next[kind] = hash;
    }
    this.sites.set(site, next);
    const now = this.inForce(site);
    if (now !== null) this.past.set(site, (this.past.get(site) ?? new Set()).add(canonical(now)));
  }
}

function bodyOf(row: LedgerRow): Body {
  try {
    const value: unknown = JSON.parse(row.body);
    if (typeof value === 'object' && value !== null) return value as Body;
  } catch {
    // Told below.
  }
  throw new Wrong(placeOf(row), 'does_not_fold', 'the body is no object');
}

/** Names what was lost with an older copy: of each case how far the ledger goes and how far its run had come. */
function restored(row: LedgerRow, body: Body): void {
  const gaps: readonly unknown[] = Array.isArray(body['gaps']) ? body['gaps'] : [];
  const named = gaps.every((one) => {
    const { case: id, ledger, run } = (one ?? {}) as Body;
    return typeof id === 'string' && Number.isInteger(ledger) && (run === null || Number.isInteger(run));
  });
  if (gaps.length === 0 || !named) throw new Wrong(placeOf(row), 'does_not_fold', 'no gap is named');
}

/** Names signed heads that went with a restore, each by its position and hash. */
function lostHeads(row: LedgerRow, body: Body): void {
  const lost: readonly unknown[] = Array.isArray(body['lost']) ? body['lost'] : [];
  const named = lost.every((one) => {
    const { position, hash } = (typeof one === 'object' && one !== null ? one : {}) as Body;
    return Number.isInteger(position) && Number(position) > 0 && /^[0-9a-f]{64}$/.test(String(hash));
  });
  if (lost.length === 0 || !named) throw new Wrong(placeOf(row), 'does_not_fold', 'no head is named');
}

/** Says of which case the texts went, of which class, since when they counted and how many they were. */
function purged(row: LedgerRow, body: Body): void {
  for (const name of ['case', 'retention', 'from']) text(row, body, name);
  if (!Number.isInteger(body['texts'])) throw new Wrong(placeOf(row), 'does_not_fold', 'texts is a number');
}

/** Says whom and how many texts a restore erased again, since the copy was from before. */
function erasedAgain(row: LedgerRow, body: Body): void {
  const people: unknown = body['people'];
  const refs = Array.isArray(people) && people.every((one) => typeof one === 'string');
  if (!refs || !Number.isInteger(body['texts']))
    throw new Wrong(placeOf(row), 'does_not_fold', 'people are refs, texts is a number');
}

function text(row: LedgerRow, body: Body, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  throw new Wrong(placeOf(row), 'does_not_fold', `${name} is not there`);
}

function capacityOf(row: LedgerRow, body: Body): Capacity {
  const named = text(row, body, 'capacity');
  const found = capacities.find((one) => one === named);
  if (found === undefined) throw new Wrong(placeOf(row), 'does_not_fold', 'no capacity of that name');
  return found;
}

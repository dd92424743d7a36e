import { opaque } from '../../domain/kernel/digest.ts';
import { rowHash } from './row-hash.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, placeOf } from './verdict.ts';

const SEALED_ID = 'sealed:';

/** @returns a decision's id as a confidential row names it, so that clear and sealed rows of one decision compare. */
export function decisionToken(decisionId: string): string {
  return decisionId.startsWith(SEALED_ID) ? decisionId : `${SEALED_ID}${opaque(decisionId)}`;
}

/** What never varies with the rules: hashes, order, time, sequences, decisions. One row at a time, in order of position. */
export class Chain {
  position = 0;
  hash = '';
  private at = 0;
  private decision = '';
  private index = 0;
  private first: ChainRow | null = null;
  private readonly sequences = new Map<string, number>();
  private readonly used = new Set<string>();
  private readonly org: string;
  private readonly partial: boolean;

  /** @param partial rows of one case only: gaps between positions are no fault */
  constructor(org: string, partial: boolean) {
    this.org = org;
    this.partial = partial;
  }

  /** Whether a decision was seen so far. */
  knows(decisionId: string): boolean {
    return this.used.has(decisionToken(decisionId));
  }

  /** @returns how many rows a case or house stream has so far. */
  sequenceOf(caseId: string): number {
    return this.sequences.get(caseId) ?? 0;
  }

  /** @throws Wrong at the first thing that does not fit */
  check(row: ChainRow): void {
    this.links(row);
    this.times(row);
    this.sequence(row);
    this.decisions(row);
    this.position = row.position;
    this.hash = row.hash;
    this.at = row.at;
  }

  private links(row: ChainRow): void {
    const here = placeOf(row);
    if (row.org !== this.org) throw new Wrong(here, 'row_foreign', 'a row of another organization');
    const expected = this.position + 1;
    if (this.partial ? row.position < expected : row.position !== expected)
      throw new Wrong(
        { ...here, position: expected },
        'position_gap',
        `position ${expected} is not there; ${row.position} follows ${this.position}`,
      );
    if (rowHash(row.prev, row) !== row.hash)
      throw new Wrong(here, 'hash_wrong', 'the row is not what its hash says');
    if (!this.partial && row.prev !== this.hash)
      throw new Wrong(here, 'chain_broken', 'the row does not continue the row before it');
  }

  private times(row: ChainRow): void {
    const here = placeOf(row);
    if (row.at < this.at) throw new Wrong(here, 'time_goes_back', 'earlier than the row before it');
    if (row.asked_at > row.at) throw new Wrong(here, 'asked_after', 'asked after it was recorded');
  }

  private sequence(row: ChainRow): void {
    const expected = this.sequenceOf(row.case_id) + 1;
    if (row.sequence !== expected)
      throw new Wrong(
        placeOf(row),
        'sequence_gap',
        `sequence ${row.sequence} where ${expected} is the next of the case`,
      );
    this.sequences.set(row.case_id, row.sequence);
  }

  /** A decision's rows stand together, numbered from 0, by one actor: all of it or none. */
  private decisions(row: ChainRow): void {
    const here = placeOf(row);
    const token = decisionToken(row.decision_id);
    const continued = token === this.decision && row.decision_index !== 0;
    if (!continued) {
      if (this.used.has(token)) throw new Wrong(here, 'decision_repeated', 'a decision recorded before');
      if (row.decision_index !== 0)
        throw new Wrong(here, 'decision_index', `index ${row.decision_index} begins a decision`);
      this.used.add(token);
      this.first = row;
    } else if (row.decision_index !== this.index + 1)
      throw new Wrong(here, 'decision_index', `index ${row.decision_index} after ${this.index}`);
    else if (this.first !== null) sameDecision(this.first, row);
    this.decision = token;
    this.index = row.decision_index;
  }
}

function sameDecision(first: ChainRow, row: ChainRow): void {
  const house = row.case_id.startsWith('house-') && first.case_id.startsWith('house-');
  const same =
    (house || first.case_id === row.case_id) &&
    first.at === row.at &&
    first.actor === row.actor &&
    first.how === row.how &&
    first.on_behalf_of === row.on_behalf_of &&
    first.asked_at === row.asked_at;
  if (!same) throw new Wrong(placeOf(row), 'decision_mixed', 'one decision with two actors, times or cases');
}

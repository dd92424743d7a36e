import type { KeyObject } from 'node:crypto';
import { checkAnchor } from '../anchor.ts';
import type { Anchor } from '../anchor.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, nowhere, placeOf } from './verdict.ts';
import type { KnownGap, Proof } from './verdict.ts';

/** Public keys, or their text as the key file's neighbor holds it. */
export type AnchorKeys = readonly (KeyObject | string)[];

/** A signed head that an older copy of the database no longer has. */
interface Lost {
  readonly anchor: Anchor;
  readonly wrong: Wrong;
}

const nameOf = ({ position, hash }: Pick<Anchor, 'position' | 'hash'>): string => `${position}|${hash}`;

/**
 * Compares the chain with signed heads that were kept where nobody could change both. Heads that went with the restore
 * of an older copy are known gaps where a row of the ledger names each of them and a later signed head vouches for
 * that row; any other one ends the check.
 */
export class AnchorWatch {
  private readonly open: Anchor[];
  private readonly count: number;
  private readonly lost: Lost[] = [];
  /** Position of the row that names a lost head. */
  private readonly named = new Map<string, number>();
  private upTo = 0;

  /** @throws Wrong for an anchor of another organization or one that none of the keys signed */
  constructor(org: string, anchors: readonly Anchor[], keys: AnchorKeys) {
    for (const anchor of anchors) {
      const place = { ...nowhere, position: anchor.position };
      if (!keys.some((key) => checkAnchor(anchor, key)))
        throw new Wrong(place, 'anchor_untrusted', 'not signed by a key given for this check');
      if (anchor.org !== org) throw new Wrong(place, 'anchor_foreign', 'an anchor of another organization');
    }
    this.open = anchors.toSorted((a, b) => a.position - b.position);
    this.count = anchors.length;
    while (this.open[0]?.position === 0) this.open.shift();
  }

  /** Notes anchored positions that hold another row than they did, and rows that name lost heads. */
  pass(row: ChainRow): void {
    for (let next = this.open[0]; next !== undefined && next.position <= row.position; next = this.open[0]) {
      this.open.shift();
      if (next.hash === row.hash) this.upTo = row.position;
      else {
        const what = `rows after ${this.upTo} up to here are not those that were anchored`;
        this.lost.push({ anchor: next, wrong: new Wrong(placeOf(row), 'anchor_differs', what) });
      }
    }
    if (row.kind === 'anchors_lost')
      for (const one of lostNamed(row))
        if (!this.named.has(nameOf(one))) this.named.set(nameOf(one), row.position);
  }

  /** A missing head that nothing vouches for so far: it lies before whatever is found wrong now. */
  pending(): Wrong | null {
    return this.lost.find(({ anchor }) => !this.vouched(anchor))?.wrong ?? null;
  }

  /** @throws Wrong when an anchor names a position behind the end, or another row, and nothing vouches for the gap */
  end(position: number): void {
    for (const anchor of this.open.splice(0)) {
      const place = { position: position + 1, case: '', sequence: 0 };
      const what = `anchored up to ${anchor.position}, ends at ${position}`;
      this.lost.push({ anchor, wrong: new Wrong(place, 'tail_cut', what) });
    }
    for (const { anchor, wrong } of this.lost) if (!this.vouched(anchor)) throw wrong;
  }

  /** Named by a row, and that row stands under a head that was signed later. */
  private vouched(anchor: Anchor): boolean {
    const by = this.named.get(nameOf(anchor));
    return by !== undefined && by <= this.upTo;
  }

  summary(position: number): Proof['anchors'] {
    const lost = this.lost.map(({ anchor }): KnownGap => ({
      position: anchor.position,
      at: anchor.at,
      by: this.named.get(nameOf(anchor)) ?? 0,
    }));
    const base = { checked: this.count, upTo: this.upTo, since: position - this.upTo };
    return lost.length === 0 ? base : { ...base, lost };
  }
}

/** @returns the heads a row of that kind names; its form was judged with the house's other rows. */
function lostNamed(row: ChainRow): readonly Pick<Anchor, 'position' | 'hash'>[] {
  try {
    const { lost } = JSON.parse(row.body) as { lost?: unknown };
    return Array.isArray(lost) ? (lost as Pick<Anchor, 'position' | 'hash'>[]) : [];
  } catch {
    return [];
  }
}

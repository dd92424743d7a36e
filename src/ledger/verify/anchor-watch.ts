import type { KeyObject } from 'node:crypto';
import { checkAnchor } from '../anchor.ts';
import type { Anchor } from '../anchor.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, nowhere, placeOf } from './verdict.ts';
import type { Proof } from './verdict.ts';

/** Public keys, or their text as the key file's neighbor holds it. */
export type AnchorKeys = readonly (KeyObject | string)[];

/** Compares the chain with signed heads that were kept where nobody could change both. */
export class AnchorWatch {
  private readonly open: Anchor[];
  private readonly count: number;
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

  /** @throws Wrong when an anchored position holds another row than it did */
  pass(row: ChainRow): void {
    for (let next = this.open[0]; next !== undefined && next.position <= row.position; next = this.open[0]) {
      if (next.position === row.position && next.hash !== row.hash)
        throw new Wrong(
          placeOf(row),
          'anchor_differs',
          `rows after ${this.upTo} up to here are not those that were anchored`,
        );
      if (next.position === row.position) this.upTo = row.position;
      this.open.shift();
    }
  }

  /** @throws Wrong when an anchor names a position behind the end */
  end(position: number): void {
    const beyond = this.open[0];
    if (beyond !== undefined)
      throw new Wrong(
        { position: position + 1, case: '', sequence: 0 },
        'tail_cut',
        `anchored up to ${beyond.position}, ends at ${position}`,
      );
  }

  summary(position: number): Proof['anchors'] {
    return { checked: this.count, upTo: this.upTo, since: position - this.upTo };
  }
}

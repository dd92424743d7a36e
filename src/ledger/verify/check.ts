import { deciders } from '../../domain/cases.ts';
import { caseKinds } from '../../domain/kernel/words.ts';
import type { CaseKind } from '../../domain/kernel/words.ts';
import type { Anchor } from '../anchor.ts';
import type { VaultBody } from '../fold.ts';
import { AnchorWatch } from './anchor-watch.ts';
import type { AnchorKeys } from './anchor-watch.ts';
import { Chain } from './chain.ts';
import type { DocumentLine, Head, Header } from './lines.ts';
import { Meaning } from './meaning.ts';
import { Papers } from './papers.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, nowhere, placeOf, wrongAt } from './verdict.ts';
import type { Proof } from './verdict.ts';

export interface CheckOptions {
  /** Signed heads that were kept outside the database; each must be signed by one of `keys`. */
  readonly anchors?: readonly Anchor[];
  /** Public keys of anchors. */
  readonly keys?: AnchorKeys;
}

/** Folds newer than this release's cannot be judged by it. */
function foldsKnown(versions: Readonly<Record<string, number>>): boolean {
  return Object.entries(versions).every(([kind, version]) => {
    const known = caseKinds.includes(kind as CaseKind) ? deciders[kind as CaseKind] : undefined;
    return known !== undefined && Number.isSafeInteger(version) && version <= known.foldVersion;
  });
}

/**
 * The proof of an organization's ledger: documents first, then rows in order of position, then the head. The same for
 * an export without any server and for the rows of a database. Keeps every case's state and nothing of the rows.
 */
export class Check {
  readonly meaning: Meaning;
  private readonly header: Header;
  private readonly papers = new Papers();
  private readonly chain: Chain;
  private readonly watch: AnchorWatch;
  private readonly partial: boolean;
  private rows = 0;
  private last = 0;

  /** @throws Wrong */
  constructor(header: Header, options: CheckOptions) {
    if (!foldsKnown(header.foldVersions))
      throw new Wrong(nowhere, 'fold_version_unknown', 'written by a newer release');
    this.header = header;
    this.partial = header.case !== null;
    this.chain = new Chain(header.org, this.partial);
    this.meaning = new Meaning(header.org, this.papers, this.chain, this.partial);
    this.watch = new AnchorWatch(header.org, options.anchors ?? [], options.keys ?? []);
  }

  document(document: DocumentLine): void {
    this.papers.add(document);
  }

  /** @param opened what lies in the vault for a confidential row; null when it was not opened. @throws Wrong */
  row(row: ChainRow, opened: VaultBody | null): void {
    if (this.partial && row.case_id !== this.header.case)
      throw new Wrong(nowhere, 'row_foreign', 'a row of another case');
    try {
      this.chain.check(row);
      this.watch.pass(row);
      this.meaning.row(row, opened);
    } catch (error) {
      // A missing head lies before it, and is the first wrong place. What no rule expected is a row none of them wrote.
      throw this.watch.pending() ?? wrongAt(error, placeOf(row), 'does_not_fold', row.kind.slice(0, 40));
    }
    this.rows += 1;
    this.last = row.at;
  }

  /** Where the next row is expected: the place of a fault between rows. */
  get next(): number {
    return this.chain.position + 1;
  }

  /** @param head what the end should be; the checksum was compared by whoever read the lines. @throws Wrong */
  end(head: Pick<Head, 'position' | 'hash' | 'rows'>): Proof {
    const place = { position: this.next, case: '', sequence: 0 };
    const { position, hash } = this.chain;
    if (!this.partial) this.watch.end(position);
    if (head.position !== position || head.hash !== hash || head.rows !== this.rows)
      throw new Wrong(place, 'head_wrong', `the head names ${head.position}, the rows end at ${position}`);
    if (this.rows === 0) throw new Wrong(nowhere, 'no_rows', 'there is nothing that could be proven');
    if (this.header.at !== this.last)
      throw new Wrong(nowhere, 'head_wrong', 'the header names another last instant');
    this.papers.end();
    return this.proof();
  }

  private proof(): Proof {
    const { gates, facts, rights, notices, acts, sealed, opened, known } = this.meaning.tally;
    const { position, hash } = this.chain;
    return {
      ...{ ok: true, org: this.header.org, proves: this.partial ? 'case' : 'organization' },
      ...{ rows: this.rows, cases: this.meaning.cases.size, documents: this.papers.count },
      ...{ gates, facts, rights, notices, acts, known },
      sealed: { rows: sealed, opened },
      head: { position, hash },
      anchors: this.watch.summary(position),
    };
  }
}

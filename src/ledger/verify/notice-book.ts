import type { NoticeDraft } from '../../domain/kernel/decider.ts';
import type { LedgerRow } from '../fold.ts';
import { decisionToken } from './chain.ts';
import { Wrong, placeOf } from './verdict.ts';

/** A notice as the sender's row wrote it. */
export interface NoticeSent {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** What it said. */
  readonly body: object;
  readonly at: number;
  /** Of one that came back from a final case: the kind it had when it was sent. */
  readonly was?: string;
}

/** Notices between cases, derived again from the rows that cause them, and taken once by the row that handles them. */
export class NoticeBook {
  private readonly waiting = new Map<string, Map<string, NoticeSent>>();

  /**
   * Notes what a row caused. A notice to a final case is settled at once and told to the sender.
   * @param isFinal whether a case is final at this moment
   */
  sent(row: LedgerRow, drafts: readonly NoticeDraft[], isFinal: (caseId: string) => boolean): void {
    drafts.forEach(({ to, kind, body }, n) => {
      const key = `${row.case_id}/${row.sequence}/${n}`;
      const from = row.case_id;
      if (!isFinal(to)) this.add({ key, from, to, kind, body, at: row.at });
      else if (kind !== 'returned') {
        const back = { kind: 'returned', body: {}, at: row.at, was: kind };
        this.add({ key: `${key}/returned`, from: to, to: from, ...back });
      }
    });
  }

  /** @returns the notice a row handles. @throws Wrong when none of that key waits for this case */
  take(row: LedgerRow, decisionId: string): NoticeSent {
    const token = decisionToken(decisionId);
    const mine = this.waiting.get(row.case_id);
    const found = mine?.get(token);
    if (mine === undefined || found === undefined)
      throw new Wrong(placeOf(row), 'notice_unknown', 'no such notice waited for this case');
    mine.delete(token);
    if (row.actor !== `case:${found.from}`)
      throw new Wrong(placeOf(row), 'notice_wrong', 'the notice came from another case');
    if (row.asked_at !== found.at)
      throw new Wrong(placeOf(row), 'notice_wrong', 'the notice is of another time');
    return found;
  }

  /** Whether the notice of that key waits for the row's case. */
  waits(row: LedgerRow, decisionId: string): boolean {
    return this.waiting.get(row.case_id)?.has(decisionToken(decisionId)) === true;
  }

  /**
   * What the row's case told another, which turns out to have been final: it waits there no more.
   * @returns its kind, or null where nobody here could derive it
   */
  sentBack(row: LedgerRow, key: string): string | null {
    const theirs = this.waiting.get(row.actor.slice('case:'.length));
    const token = decisionToken(key);
    const found = theirs?.get(token);
    if (found === undefined) return null;
    theirs?.delete(token);
    if (found.from !== row.case_id || found.at !== row.asked_at)
      throw new Wrong(placeOf(row), 'notice_wrong', 'another notice came back');
    return found.kind;
  }

  /** What came for a case before it began was settled without a row. @param by the decision that begins it */
  begun(row: LedgerRow, by: string): void {
    const mine = this.waiting.get(row.case_id);
    const own = decisionToken(by);
    for (const [token, notice] of mine ?? [])
      if (token !== own && notice.at <= row.asked_at) mine?.delete(token);
  }

  /**
   * A step handles every notice that was there before it; what comes back from a final case comes at the step's end.
   * @throws Wrong when one was left out
   * @param before excluded
   */
  none(row: LedgerRow, before: number): void {
    for (const notice of this.waiting.get(row.case_id)?.values() ?? [])
      if (notice.at < before && !(notice.kind === 'returned' && notice.at === row.at))
        throw new Wrong(placeOf(row), 'notice_passed_over', `${notice.kind} of ${notice.key}`);
  }

  private add(notice: NoticeSent): void {
    const mine = this.waiting.get(notice.to) ?? new Map<string, NoticeSent>();
    mine.set(decisionToken(notice.key), notice);
    this.waiting.set(notice.to, mine);
  }
}

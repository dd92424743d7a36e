import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { classesIn, rowsFor, withNames, zoneOf } from './ask-history.ts';
import type { Happened } from './ask-history.ts';
import { ReadingRefused, caseFor, readerOf } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';
import { waitingFor } from './ask-waiting.ts';
import type { Waiting } from './ask-waiting.ts';

/** A fact another case had published, as the decision used it. */
export interface UsedFact {
  readonly kind: string;
  readonly case: string;
  readonly sequence: number;
}

/** A row with what an outsider needs to find it again. */
export interface Explained extends Happened {
  /** Gates that had to hold before it. */
  readonly gates: readonly string[];
  readonly facts: readonly UsedFact[];
  /** The start of the policy's hash under which it was decided. */
  readonly policy: string;
}

export interface Explanation {
  readonly case: string;
  readonly kind: CaseKind;
  readonly site: string;
  readonly stage: string;
  readonly status: string;
  readonly zone: string;
  readonly now: number;
  readonly rows: readonly Explained[];
  readonly ahead: readonly Waiting[];
  /** Hash of the case's last row. */
  readonly hash: string;
}

interface Behind {
  readonly position: number;
  readonly facts: string;
  readonly terms: string;
  readonly hash: string;
}

/** A case for one page an outsider can check: what a reader may see of it, and nothing besides. @throws ReadingRefused */
export async function askExplanation(office: ReadingOffice, as: As, id: string): Promise<Explanation> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const kind = one.kind as CaseKind;
  if (kind === 'clock' && !canRead(sight.capacities, 'C3')) throw new ReadingRefused('not_permitted', id);
  const list = await withNames(office, sight, reader, await rowsFor(office, reader, one, sight));
  const { rows } = await office.pool.query<Behind>(
    `select position, facts, terms, encode(hash, 'hex') as hash from ledger
     where org = $1 and case_id = $2 order by sequence`,
    [office.org, id],
  );
  const behind = new Map(rows.map((row) => [row.position, row]));
  const { requires } = deciderOf(kind);
  const explained = list.map((row): Explained => {
    const found = behind.get(row.position);
    const facts = row.masked || found === undefined ? [] : (JSON.parse(found.facts) as readonly UsedFact[]);
    const policy = (JSON.parse(found?.terms ?? '{}') as { policy?: string }).policy ?? '';
    const gates = row.kind === null ? [] : (requires[row.kind] ?? []);
    return { ...row, gates, facts, policy: policy.slice(0, 12) };
  });
  const ahead = await waitingFor(office, reader, { case: id });
  await recordReading(office, reader, { what: 'explain', refs: [id], classes: classesIn(list) });
  const { site, stage, status } = one;
  const zone = await zoneOf(office, site);
  const hash = rows.at(-1)?.hash ?? '';
  return { ...{ case: id, kind, site, stage, status, zone, now: reader.now }, rows: explained, ahead, hash };
}

import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { classesIn, rowsFor, withNames, zoneOf } from './ask-history.ts';
import type { Happened } from './ask-history.ts';
import { ReadingRefused, caseFor, listedFrom, readerOf, seesCase, sightOnListed } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
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

const usedIn = ({ facts }: Behind): readonly UsedFact[] => JSON.parse(facts) as readonly UsedFact[];

/** D4.2, X25: that an hour is taken says nothing of another search; by whom is for those who may know of that candidacy. */
const ofHours: ReadonlySet<string> = new Set(['conversation', 'hour_taken']);

/** @returns which of the facts used may be shown to a reader */
async function shownOf(
  office: ReadingOffice,
  reader: Reader,
  rows: readonly Behind[],
): Promise<(fact: UsedFact) => boolean> {
  const hours = rows.flatMap(usedIn).filter(({ kind }) => ofHours.has(kind));
  if (hours.length === 0 || reader.as === 'installation') return () => true;
  const ids = [...new Set(hours.map((one) => one.case))];
  const cases = await listedFrom(office, reader, 'case_id = any($2::text[])', [ids]);
  const known = new Set(
    cases
      .filter((one) => seesCase(sightOnListed(reader, office.org, one), one.kind))
      .map((one) => one.case_id),
  );
  return (fact) => !ofHours.has(fact.kind) || known.has(fact.case);
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
  const shown = await shownOf(office, reader, rows);
  const explained = list.map((row): Explained => {
    const found = behind.get(row.position);
    const facts = row.masked || found === undefined ? [] : usedIn(found).filter(shown);
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

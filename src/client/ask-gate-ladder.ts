import { deciders } from '../domain/cases.ts';
import type { CaseId, OrgRef } from '../domain/kernel/words.ts';
import type { Db } from '../directory/db.ts';

/** One gate of the lifecycle as a case passed it. */
export interface PassedGate {
  readonly gate: string;
  readonly case: CaseId;
  readonly event: string;
  readonly at: number;
  readonly actor: string;
  readonly capacity: string;
  /** The first of the terms' hashes in force: under which policy it was passed. */
  readonly policy: string;
}

/** Event kind → the lifecycle gates it needs, from the deciders' own tables. */
function gateEvents(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const [kind, decider] of Object.entries(deciders))
    for (const [event, gates] of Object.entries(decider.requires)) {
      const lifecycle = (gates ?? []).filter((gate) => /^G\d$/.test(gate));
      if (lifecycle.length > 0) map.set(`${kind}:${event}`, lifecycle);
    }
  return map;
}

/** @returns every lifecycle gate (G0 to G8) passed in the organization, each at its first passing in each case. */
export async function askGateLadder(db: Db, org: OrgRef): Promise<readonly PassedGate[]> {
  const events = gateEvents();
  const kinds = [...new Set([...events.keys()].map((key) => key.slice(key.indexOf(':') + 1)))];
  const { rows } = await db.query<{
    case_id: string;
    kind: string;
    at: number;
    actor: string;
    capacity: string;
    terms: string;
  }>(
    `select case_id, kind, at, actor, capacity, terms from ledger
     where org = $1 and kind = any($2::text[]) order by position`,
    [org, kinds],
  );
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const gates = events.get(`${row.case_id.slice(0, row.case_id.indexOf('-'))}:${row.kind}`) ?? [];
    return gates.flatMap((gate) => {
      const key = `${gate}:${row.case_id}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const policy = (JSON.parse(row.terms) as { policy: string }).policy.slice(0, 12);
      const { at, actor, capacity } = row;
      return [{ gate, case: row.case_id, event: row.kind, at, actor, capacity, policy }];
    });
  });
}

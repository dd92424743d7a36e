import { tellUndelivered } from '../ledger/undelivered.ts';
import { settle } from './claim.ts';
import { settleList } from './digest-store.ts';
import { nudge } from './nudge.ts';
import type { Ports } from './ports.ts';
import type { PromptRow } from './prepare.ts';

/** A list that reached nobody: each message in it did not, and its case hears of it. */
export async function failList(
  ports: Ports,
  person: string,
  list: { readonly day: string; readonly messageId: string },
  waiting: readonly PromptRow[],
  code: string,
): Promise<void> {
  for (const row of waiting) {
    await tellUndelivered(ports.pool, ports.org, row, code);
    await settle(ports, row, 'failed', { person, standIn: false }, code);
  }
  const gone = { person, state: 'failed' as const, listed: [], keys: [] };
  await settleList(ports, { ...list, ...gone });
  await nudgeOf(ports, waiting);
}

async function nudgeOf(ports: Ports, waiting: readonly PromptRow[]): Promise<void> {
  const { rows } = await ports.pool.query<{ sandbox: boolean }>('select sandbox from orgs where org = $1', [
    ports.org,
  ]);
  const cases = [...new Set(waiting.map((row) => row.case_id))];
  // A sandbox is told of its notices by its conductor.
  if (rows[0]?.sandbox === false && cases.length > 0) await nudge(ports, { org: ports.org, cases });
}

/**
 * What was put into the list of somebody whose it is no longer, since they gave another word on it (R8.7), goes by itself to
 * whoever is asked now: it is in nobody else's list.
 */
export async function byThemselves(ports: Ports, rows: readonly PromptRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  const keys = rows.map((row) => row.key);
  await ports.pool.query(
    `update prompts set held = null, send_after = $3 where org = $1 and key = any($2::text[]) and state = 'queued'
       and held = 'digest'`,
    [ports.org, keys, now],
  );
  await nudgeOf(ports, rows);
}

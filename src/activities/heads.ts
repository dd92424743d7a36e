import { completeLists } from '../ledger/erased-list.ts';
import { noteCheck, readHeads, writeHead } from '../ledger/heads.ts';
import type { HeadsCheck } from '../ledger/heads.ts';
import { verifyLedger } from '../ledger/verify/ledger-reader.ts';
import type { Ports } from './ports.ts';

/** The job that signs and checks: the name under which a schedule asks for it. */
export const HEADS = 'heads';

/** Adds to the list of what was erased whatever came from another host, or from a step. */
async function completeErased({ pool, org, erased, log }: Ports): Promise<void> {
  if (erased === undefined) return;
  const files = [erased.file, ...(erased.second === null ? [] : [erased.second])];
  const unwritten = await completeLists(pool, org, files, Date.now());
  if (unwritten.length > 0) log.warn('erased_list_unwritten', { lists: unwritten.length });
}

/**
 * Signs the ledger's head and proves the whole ledger against every head signed so far. A fault is noted beside the
 * heads, where `doctor` reads it, and in the log; it is no failure of the job, which would only be tried again.
 * @returns what was found, or null where this process keeps no heads
 */
export async function signAndCheck(ports: Ports): Promise<HeadsCheck | null> {
  const { pool, org, keys, heads, log } = ports;
  if (heads === undefined) return null;
  await completeErased(ports);
  const { position } = await writeHead(pool, org, heads, Date.now());
  const signed = readHeads(heads);
  const verdict = await verifyLedger(pool, keys, org, signed);
  const found = { at: Date.now(), heads: signed.anchors.length };
  const check: HeadsCheck = verdict.ok
    ? { ...found, ok: true, position }
    : { ...found, ok: false, position: verdict.place.position ?? 0, code: verdict.code };
  await noteCheck(heads, check);
  if (check.ok) log.info('ledger_proven', { position, heads: check.heads });
  else log.warn('ledger_wrong', { position: check.position, code: check.code ?? '' });
  return check;
}

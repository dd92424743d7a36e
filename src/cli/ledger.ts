import { existsSync, statSync } from 'node:fs';
import { exportLedger, linesOfFile } from '../ledger/export.ts';
import { verifyExport } from '../ledger/verify/export-reader.ts';
import { verifyLedger } from '../ledger/verify/ledger-reader.ts';
import type { Verdict } from '../ledger/verify/verdict.ts';
import { mustTakeFile, mustTakeFolder } from '../local/place-check.ts';
import { anchorsOf, writeAnchor } from './anchors.ts';
import type { AnchorPlace } from './anchors.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';
import { writeLines } from './whole-file.ts';

export type VerifyOptions = Common & AnchorPlace;

/** Wrong somewhere: its own code, so that a script can tell it from a refusal. */
const FOUND_WRONG = 1;

/** What no look at the rows alone can tell. */
const UNANCHORED = [
  'No anchor was given, so this much is not known: whoever could write the whole ledger could have put another word of a person',
  '(another date, another outcome) in the place of theirs, or cut off the end, and made every hash anew. All would still hold.',
  'A head that was signed earlier and kept elsewhere shows it: "peer-hire ledger anchor" makes one, "ledger verify --anchors" asks it.',
].join('\n');

/** The verdict in words: what holds, with counts, or the first wrong place. */
export function verdictText(io: Io, verdict: Verdict): string {
  if (!verdict.ok) {
    const { place, code, what } = verdict;
    const where = place.position === 0 ? '' : ` at position ${place.position}`;
    const of = place.case === '' ? '' : ` (${place.case}, sequence ${place.sequence})`;
    const found = `${styled(io, 'red', 'Not as it must be')}: ${code}${where}${of}: ${what}`;
    return code === 'anchor_differs' || code === 'tail_cut'
      ? `${found}\nAfter a restore from an older copy, and only then: peer-hire recover db --anchors <path> names the heads that went with it.`
      : found;
  }
  const known = Object.entries(verdict.known).map(([how, count]) => `${how} ${count}`);
  const { lost = [] } = verdict.anchors;
  const whole =
    verdict.proves === 'organization' ? 'the whole ledger' : 'one case, without its place in the chain';
  return [
    `${styled(io, 'green', 'Everything holds')}: ${whole}, ${verdict.rows} rows of ${verdict.cases} cases.`,
    `Evaluated again: ${verdict.gates} gates, ${verdict.facts} facts, ${verdict.rights} rights, ${verdict.notices} notices, ${verdict.acts} acts of policies.`,
    `Confidential rows: ${verdict.sealed.rows}, opened ${verdict.sealed.opened}. Actors known by: ${known.join(', ') || 'none'}.`,
    verdict.anchors.checked === 0
      ? UNANCHORED
      : `Anchors that fit: ${verdict.anchors.checked - lost.length}, up to position ${verdict.anchors.upTo}; rows since: ${verdict.anchors.since}.`,
    ...lost.map(
      ({ position, at, by }) =>
        `Known gap: the head signed at position ${position} on ${new Date(at).toISOString()} went with a restore; the row at ${by} says so.`,
    ),
  ].join('\n');
}

function tellVerdict(io: Io, json: boolean, verdict: Verdict): Exit {
  io.out(json ? JSON.stringify(verdict) : verdictText(io, verdict));
  return verdict.ok ? EXIT.done : FOUND_WRONG;
}

/** @throws Stop (usage) for what is no file */
function mustBeLines(file: string): void {
  const no = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);
  if (!existsSync(file)) throw no(`The file ${file} is not there.`);
  if (statSync(file).isDirectory()) throw no(`${file} is a folder; name a file that "ledger export" wrote.`);
}

/** `ledger verify [FILE]`: of an export without any server, else of the database. */
export async function ledgerVerify(io: Io, file: string | undefined, options: VerifyOptions): Promise<Exit> {
  const checks = anchorsOf(options) ?? {};
  const json = options.json === true;
  if (file !== undefined) {
    mustBeLines(file);
    return tellVerdict(io, json, await verifyExport(linesOfFile(file), checks));
  }
  return within(options, io.env, async ({ pool, office }) =>
    tellVerdict(io, json, await verifyLedger(pool, office.keys, office.org, checks)),
  );
}

/** `case verify ID`: the whole ledger is proven, since a case’s facts and rights come from elsewhere in it. */
export async function caseVerify(io: Io, id: string, options: Common): Promise<Exit> {
  return within(options, io.env, async ({ pool, office }) => {
    const { rows } = await pool.query('select 1 from cases where org = $1 and case_id = $2', [
      office.org,
      id,
    ]);
    if (rows.length === 0)
      throw new Stop(EXIT.refused, 'unknown_case', `There is no case ${id.slice(0, 80)}.`);
    const verdict = await verifyLedger(pool, office.keys, office.org);
    return tellVerdict(io, options.json === true, verdict);
  });
}

export interface ExportCommandOptions extends Common {
  readonly out?: string | undefined;
  readonly case?: string | undefined;
}

/** `ledger export`: JSON lines, to a file that must not be there yet, or to standard output. */
export async function ledgerExport(io: Io, options: ExportCommandOptions): Promise<Exit> {
  if (options.out !== undefined) mustTakeFile(options.out);
  return within(options, io.env, async ({ pool, office }) => {
    const only = options.case === undefined ? {} : { case: options.case };
    const lines = exportLedger(pool, office.org, only);
    if (options.out === undefined) {
      for await (const line of lines) io.out(line);
      return EXIT.done;
    }
    if (existsSync(options.out))
      throw new Stop(EXIT.refused, 'file_exists', `${options.out} is there already; name a new file.`);
    const count = await writeLines(options.out, lines);
    if (options.json === true) io.out(JSON.stringify({ is: 'exported', file: options.out, lines: count }));
    else io.out(`${options.out}: ${count} lines. Check it with "peer-hire ledger verify ${options.out}".`);
    return EXIT.done;
  });
}

export interface AnchorOptions extends Common {
  readonly key?: string | undefined;
  readonly to?: string | undefined;
}

/** `ledger anchor`: a signed head, written outside the database. */
export async function ledgerAnchor(io: Io, options: AnchorOptions): Promise<Exit> {
  if (options.to !== undefined) mustTakeFolder(options.to);
  if (options.key !== undefined) mustTakeFile(options.key);
  return within(options, io.env, async (opened) => {
    const { position, file, keyFile } = await writeAnchor(opened, options);
    if (options.json === true)
      io.out(JSON.stringify({ is: 'anchored', position, file, publicKey: `${keyFile}.pub` }));
    else {
      io.out(`${file}: the head at position ${position}, signed with ${keyFile}.`);
      io.out(
        'Keep a copy, and the public key beside it, where nobody who can change the database can write.',
      );
    }
    return EXIT.done;
  });
}

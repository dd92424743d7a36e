import { statSync } from 'node:fs';
import { askHealth } from '../client/ask-health.ts';
import type { Health } from '../client/ask-health.ts';
import { askRuns } from '../client/ask-runs.ts';
import { unknownRuns } from '../client/recover-database.ts';
import { modelFile } from '../guards/model-file.ts';
import { headsIn, lastCheck } from '../ledger/heads.ts';
import { isThrowAway } from '../local/leftovers.ts';
import { promises } from '../local/parts.ts';
import type { Installation } from '../local/installation.ts';
import { copyFindings } from './doctor-copies.ts';
import { workerFindings } from './doctor-worker.ts';
import { BRING_BACK, EXIT, told } from './exit.ts';
import type { Exit } from './exit.ts';
import { bad, good, note } from './finding.ts';
import type { Finding } from './finding.ts';
import { styled } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common, Opened } from './open.ts';
import { attributeCommands, attributeState } from './search-attributes.ts';
import { mailServer } from './start.ts';

function keyFinding(installation: Installation): Finding {
  const mode = statSync(installation.keyFile).mode & 0o777;
  const text = `${installation.keyFile}, mode ${mode.toString(8).padStart(4, '0')}`;
  return mode === 0o600 || mode === 0o400
    ? good('key_file', text)
    : bad('key_file', `${text}: run chmod 600 on it`);
}

/** Without it no text can be read, so no command that carries one is taken. */
function modelFinding(): Finding {
  try {
    modelFile();
    return good('guards', 'the model of the guards is the one of this build');
  } catch (error) {
    return bad('guards', told(error).message);
  }
}

function promptFindings(health: Health): readonly Finding[] {
  const { unknown = 0, failed = 0, queued = 0, sent = 0 } = health.prompts;
  const list = [good('prompts', `${sent} sent, ${queued} queued`)];
  if (unknown > 0)
    list.push(
      bad('prompts_unknown', `${unknown} prompts may or may not have been sent; look before sending again`),
    );
  if (failed > 0)
    list.push(
      note('prompts_failed', `${failed} prompts reached nobody; each is an obligation of HR (see waiting)`),
    );
  return list;
}

function ledgerFindings(health: Health, keyId: string): readonly Finding[] {
  const list = [
    health.rows === health.position
      ? good('ledger', `${health.rows} rows, ${health.cases} cases, ${health.open} of them not final`)
      : bad(
          'ledger',
          `the head is at ${health.position} and ${health.rows} rows are there: run ledger verify`,
        ),
  ];
  if (health.apart.length > 0)
    list.push(bad('cases_apart', `states that are not at their last row: ${health.apart.join(', ')}`));
  if (health.keyId !== null && health.keyId !== keyId)
    list.push(bad('key', 'the data was sealed under another master key: restore that key’s file'));
  if (health.unheld.length > 0)
    list.push(
      note('unheld', `asked for something, and nobody holds it: ${health.unheld.join(', ')} (people assign)`),
    );
  if (health.wordless.length > 0)
    list.push(
      note(
        'wordless',
        `nobody could give a word on what stands against somebody: ${health.wordless.join(', ')}`,
      ),
    );
  if (health.oneForBoth.length > 0)
    list.push(
      note(
        'one_for_both',
        `accommodation and investigating officer are one person, so there is no second word: ${health.oneForBoth.join(', ')}`,
      ),
    );
  if (health.sites === 0) list.push(note('sites', 'no site yet: peer-hire site add'));
  return list;
}

const NIGHTS_MISSED_MS = 3 * 86_400_000;

/** What the nightly check against the signed heads found last, and whether it still runs. */
function headFindings({ folder, installation }: Opened): readonly Finding[] {
  if (installation.sandbox) return [];
  const check = lastCheck(headsIn(folder));
  if (check === null)
    return [note('heads', 'the ledger was not signed by the nightly job yet: "ledger anchor" does it now')];
  const day = new Date(check.at).toISOString().slice(0, 10);
  if (!check.ok)
    return [
      bad(
        'heads',
        `on ${day} the ledger did not hold at ${check.position} (${check.code}): run ledger verify --anchors`,
      ),
    ];
  const said = `${check.heads} signed heads; the ledger held against all of them on ${day}`;
  return [
    Date.now() - check.at > NIGHTS_MISSED_MS
      ? bad('heads', `${said}, and was not looked at since: does the worker run?`)
      : good('heads', said),
  ];
}

/** Whose it is says who brings it back. */
const bringBack = (ours: boolean): string =>
  ours ? BRING_BACK : 'It is not of this machine: look at that server, and at how this one reaches it';

async function databaseFindings(opened: Opened): Promise<readonly Finding[]> {
  const where = opened.installation.databaseOurs ? 'of this machine' : 'from DATABASE_URL';
  try {
    const health = await askHealth(opened.office);
    return [
      good('database', `PostgreSQL ${where} answers; ${health.migrations} migrations applied`),
      ...ledgerFindings(health, opened.office.keys.id),
      ...promptFindings(health),
      ...(await copyFindings(opened)),
    ];
  } catch (error) {
    const { code } = told(error);
    if (code === 'database_unavailable')
      return [
        bad(
          'database',
          `PostgreSQL ${where} does not answer. ${bringBack(opened.installation.databaseOurs)}`,
        ),
      ];
    return [
      bad('database', `PostgreSQL ${where} answers and is not as it must be: start once with this build`),
    ];
  }
}

async function runFindings(opened: Opened): Promise<readonly Finding[]> {
  const house = await opened.house();
  const runs = await askRuns(house);
  const of = (is: string) => runs.filter((one) => one.is === is);
  const list = [
    good('runs', `${of('running').length} of ${runs.length} cases that are not final have a run`),
  ];
  const lost = of('lost').map((one) => one.case);
  if (lost.length > 0)
    list.push(
      bad(
        'lost',
        `in the ledger and not in Temporal: ${lost.join(', ')}; "peer-hire recover temporal" restores them`,
      ),
    );
  const behind = of('wedged').filter((one) => one.says === 'ledger_behind');
  const wedged = of('wedged').filter((one) => one.says !== 'ledger_behind');
  const unknown = await unknownRuns(house);
  const ahead = [...behind.map((one) => one.case), ...unknown];
  if (ahead.length > 0)
    list.push(
      bad(
        'ledger_behind',
        `the ledger is shorter than the runs of ${ahead.join(', ')}: the database was restored from an older copy. "peer-hire recover db" ends those runs, starts them from the ledger and names the gap`,
      ),
    );
  for (const one of wedged)
    list.push(bad('wedged', `${one.case} does not move (${one.says}); see the worker’s log`));
  return list;
}

async function temporalFindings(opened: Opened): Promise<readonly Finding[]> {
  const { address, namespace, ours } = opened.installation.temporal;
  const where = `${address}, namespace ${namespace}, ${ours ? 'of this machine' : 'named by the environment'}`;
  try {
    const state = await attributeState(opened.connection(), namespace);
    const attributes =
      state.missing.length === 0
        ? good('search_attributes', 'all five are registered')
        : bad(
            'search_attributes',
            `missing: ${state.missing.join(', ')}. Run:\n${attributeCommands(state.missing, address, namespace).join('\n')}`,
          );
    const workers = await workerFindings(opened);
    const runs = await runFindings(opened);
    return [good('temporal', `Temporal at ${where} answers`), attributes, ...workers, ...runs];
  } catch (error) {
    const { code, message } = told(error);
    if (code === 'database_unavailable')
      return [note('temporal', `Temporal at ${where} was not asked about cases`)];
    if (code !== 'temporal_unavailable' && code !== 'temporal_away')
      return [bad('temporal', `Temporal at ${where} could not be looked at (${code}): ${message}`)];
    return [bad('temporal', `Temporal at ${where} does not answer. ${bringBack(ours)}`)];
  }
}

/** What an installation was found to be in: what is in use, what that promises, how much is wrong. */
export interface Examined {
  readonly wrong: number;
  readonly findings: readonly Finding[];
  readonly promises: readonly string[];
}

/** What the parts in use promise, in words. */
function promisesOf(installation: Installation, folder: string): readonly string[] {
  const { address, namespace, ours } = installation.temporal;
  const temporal = { address, namespace, ui: null, connectionOptions: { address }, ours, pid: null };
  const database = { ours: installation.databaseOurs, pid: null };
  return promises({ temporal, database, throwAway: isThrowAway(folder) }, mailServer(installation));
}

/** Looks at everything an installation stands on; says what is wrong, and throws for none of it. */
export async function examine(opened: Opened): Promise<Examined> {
  const { installation, folder } = opened;
  const findings: readonly Finding[] = [
    good('folder', `${folder}, organization ${installation.org}${installation.sandbox ? ' (sandbox)' : ''}`),
    keyFinding(installation),
    modelFinding(),
    ...(await databaseFindings(opened)),
    ...headFindings(opened),
    ...(await temporalFindings(opened)),
    note('commands', 'whoever can read the key file can decide as anybody: it is this machine’s user'),
  ];
  const wrong = findings.filter((one) => one.is === 'bad').length;
  return { wrong, findings, promises: promisesOf(installation, folder) };
}

/** `doctor`: what is in use, what it promises, what is wrong. Exit 0 when nothing is wrong, else 4. */
export async function doctor(io: Io, options: Common): Promise<Exit> {
  const { wrong, findings, promises: kept } = await within(options, io.env, examine).catch(unopened);
  if (options.json === true) io.out(JSON.stringify({ wrong, findings, promises: kept }));
  else {
    for (const one of findings) io.out(line(io, one));
    if (kept.length > 0) io.out('What is promised:');
    for (const promise of kept) io.out(`  ${promise}`);
    io.out(wrongText(wrong));
  }
  return wrong === 0 ? EXIT.done : EXIT.unavailable;
}

/** What keeps an installation from being opened at all, by the name of what was looked at. */
const unopenedChecks: Readonly<Record<string, string>> = {
  installation_damaged: 'folder',
  master_key_exposed: 'key_file',
  master_key_invalid: 'key_file',
  master_key_is_test_key: 'key_file',
};

/** A key or a folder that cannot be used is what `doctor` is asked about. @throws any other error as it is */
function unopened(error: unknown): Examined {
  const { code, message } = told(error);
  const check = unopenedChecks[code];
  if (check === undefined) throw error;
  return { wrong: 1, findings: [bad(check, message)], promises: [] };
}

const wrongText = (wrong: number): string =>
  wrong === 0 ? 'Nothing is wrong.' : wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`;

function line(io: Io, one: Finding): string {
  const marks = { good: ['green', 'ok  '], note: ['yellow', 'note'], bad: ['red', 'BAD '] } as const;
  const [color, word] = marks[one.is];
  return `${styled(io, color, word)} ${one.check}: ${one.says}`;
}

// Records what test/replay plays again for ever: histories of all seven kinds of case from the real server, and the
// ledger of the worked example. Both under the public test key. What it writes is never edited by hand.
//
//   npm run build && node scripts/capture.mjs             histories and ledger
//   npm run build && node scripts/capture.mjs histories   only test/replay/histories/<release>/<kind>.json
//   npm run build && node scripts/capture.mjs ledger      only test/replay/ledgers/northside-<n>.jsonl.gz
//
// Histories of an earlier release are never replaced: name a new folder in RELEASE when the shell has changed with
// patched(), and keep the old ones. The ledger's number rises when the row format or the scenario changes.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { NativeConnection } from '@temporalio/worker';
import { faultsOf, ownScenario, stageOf } from '../dist/cli/stage-play.js';
import { decide, decideNow } from '../dist/client/decide.js';
import { openHouse } from '../dist/client/house.js';
import { startOptions } from '../dist/client/start-options.js';
import { TEST_MASTER_KEY, keyRing } from '../dist/directory/keys.js';
import { opaque } from '../dist/domain/kernel/digest.js';
import { openPool } from '../dist/ledger/database.js';
import { TermsStore } from '../dist/ledger/documents.js';
import { exportLedger } from '../dist/ledger/export.js';
import { migrate } from '../dist/ledger/migrate.js';
import { startParts } from '../dist/local/parts.js';
import { smtpChannel } from '../dist/notify/smtp.js';
import { castOf } from '../dist/sandbox/cast.js';
import { play } from '../dist/sandbox/player.js';
import { setUp } from '../dist/sandbox/set-up.js';
import { eventLog, openLog } from '../dist/worker/log.js';
import { createWorkers, installRuntime } from '../dist/worker/worker.js';

const RELEASE = 'first-release';
const LEDGER = 'northside-1';
const KINDS = ['readiness', 'role', 'opening', 'candidacy', 'employment', 'review', 'clock'];
const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line) => console.error(line);
const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));
const wanted = process.argv[2] ?? 'all';

/** One organization with its workers in this process: the worker's own program refuses the test key. */
async function houseOf(parts, pool, cast, staged, sandbox) {
  const keys = keyRing(TEST_MASTER_KEY);
  const { org } = cast;
  await setUp({ org, pool, keys }, staged.scenario, cast, staged.calendar);
  // A short quiet time: many small runs instead of few large ones.
  await pool.query('update orgs set quiet_ms = 120 where org = $1', [org]);
  // The same house on the real clock: its cases sleep on timers of their own.
  if (!sandbox) await pool.query('update orgs set sandbox = false, clock = null where org = $1', [org]);
  const queue = `lifecycle-${org.slice(-6)}`;
  const { namespace, connectionOptions } = parts.temporal;
  const house = await openHouse({ org, pool, keys, namespace, queue, connection: connectionOptions });
  const mail = smtpChannel({
    ...parts.mail.address,
    ...{ from: 'no-reply@peer-hire.invalid', timeoutMs: 5_000, loopbackOnly: true },
  });
  const log = eventLog(openLog(join(parts.folder, 'worker.log')));
  const ports = {
    org,
    pool,
    keys,
    mail,
    log,
    terms: new TermsStore(),
    client: house.client,
    lifecycleQueue: queue,
  };
  const native = await NativeConnection.connect(connectionOptions);
  const { lifecycle, effects } = await createWorkers(native, ports, { namespace, queue });
  const running = [lifecycle, effects].map((worker) => worker.run());
  const close = async () => {
    for (const worker of [lifecycle, effects]) worker.shutdown();
    await Promise.all(running);
    await native.close();
    await house.close();
  };
  return { house, close };
}

/** Who asked and who worked: `<process>@<machine>` unless told otherwise, and no history should name a machine. */
const IDENTITY = 'peer-hire-capture';

/**
 * A history as JSON: bytes as `{bytes: base64}`, 64-bit numbers as numbers. The SDK's own JSON form needs the several
 * copies of protobufjs that its packages bring to be one.
 */
function plain(value) {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.low === 'number' && typeof value.toNumber === 'function') return value.toNumber();
  const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(
    entries.map(([key, one]) => [key, key === 'identity' && one !== '' ? IDENTITY : plain(one)]),
  );
}

/** Names of what a run's history went through. */
function traits(history) {
  const found = new Set();
  for (const event of history.events) {
    const name = Object.keys(event).find((key) => key.endsWith('EventAttributes') && event[key] != null);
    found.add((name ?? 'unknown').replace('EventAttributes', ''));
    const type = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (type != null) found.add(`activity ${type}`);
  }
  if (history.events[0].workflowExecutionStartedEventAttributes.continuedExecutionRunId !== '')
    found.add('continued');
  return found;
}

/** Few and small runs that together went through everything the runs of a kind went through. */
function few(runs) {
  const left = new Set(runs.flatMap((run) => [...run.traits]));
  const kept = [];
  const bySize = runs.toSorted((a, b) => a.text.length - b.text.length);
  while (left.size > 0) {
    const gain = (run) => [...run.traits].filter((one) => left.has(one)).length / Math.sqrt(run.text.length);
    const best = bySize.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    kept.push(best);
    for (const one of best.traits) left.delete(one);
  }
  return kept;
}

async function runsOf(house, what) {
  const runs = [];
  for await (const { workflowId, runId, type } of house.client.workflow.list({
    query: `HireOrg = '${house.org}'`,
  })) {
    const history = await house.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const text = JSON.stringify(plain(history));
    runs.push({
      org: house.org,
      what: what.get(workflowId) ?? what.get('') ?? '',
      case: workflowId,
      type,
      traits: traits(history),
      text,
    });
  }
  return runs;
}

/** Moments of a case's life that the worked example does not hold. @returns what each case shows */
async function onTheRealClock(house, cast) {
  const what = new Map();
  const director = cast.person('robin');
  const make = (word) => {
    const id = `readiness-${opaque(`capture|${word}`)}`;
    what.set(id, word);
    return id;
  };
  let n = 0;
  const envelope = (id, actor, type, payload) => ({
    ...{ v: 1, decisionId: `capture-${(n += 1)}`, case: id, type, actor, how: 'asserted_local', payload },
  });
  const opened = {
    ...{ site: cast.site, reasons: ['mission'], funding: 'mixed', roleHoldersOnSite: 0 },
    ...{ scorers: [cast.person('dana'), cast.person('theo')], leads: [director] },
  };
  const champion = (id, who) =>
    envelope(id, cast.person('sam'), 'name_champion', { person: cast.person(who) });
  const done = async (asked) => {
    const answer = await decide(house, asked, 30_000);
    if (answer.is !== 'done') throw new Error(`not done: ${asked.type} ${JSON.stringify(answer)}`);
  };
  const start = (id, look) => {
    const given = { org: house.org, case: id, sequence: 0, wake: null, look, quiet: 120 };
    return house.client.workflow.start('readiness', {
      ...startOptions(house.org, 'readiness', id, house.queue),
      args: [given],
    });
  };

  const refused = await decideNow(
    house,
    envelope(make('first command refused'), cast.person('dana'), 'open', opened),
  );
  if (refused.is !== 'refused') throw new Error('the first command was not refused');
  await (await start(make('looked and found nothing'), true)).result();
  const waiting = await start(make('waited for a command that never came'), false);

  const slow = make('patient step after a failed local activity');
  await done(envelope(slow, director, 'open', opened));
  const holder = await house.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from heads where org = $1 for update', [house.org]);
  const held = done(champion(slow, 'theo'));
  await pause(2_000);
  await holder.query('commit');
  holder.release();
  await held;

  const asleep = make('nudged, refused, many at once, sleeping on a timer');
  await done(envelope(asleep, director, 'open', opened));
  await house.client.workflow.getHandle(asleep).signal('nudge');
  await Promise.all([1, 2, 3].map(() => decideNow(house, champion(asleep, 'dana'))));
  await decideNow(house, envelope(asleep, cast.person('dana'), 'name_champion', { person: director }));
  // A busy run is cut after fifty steps and a quiet time.
  const busy = make('continued as new after fifty steps');
  await done(envelope(busy, director, 'open', opened));
  for (let step = 0; step < 52; step += 1) await done(champion(busy, step % 2 === 0 ? 'dana' : 'theo'));
  await waiting.result();
  await pause(3_000);
  await done(champion(busy, 'dana'));
  return what;
}

async function writeLedger(house) {
  const lines = [];
  for await (const line of exportLedger(house.pool, house.org)) lines.push(`${line}\n`);
  const text = lines.join('');
  const folder = join(root, 'test/replay/ledgers');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${LEDGER}.jsonl.gz`);
  writeFileSync(file, gzipSync(text, { level: 9 }));
  say(`${file}: ${lines.length} lines, ${text.length} characters`);
}

function writeHistories(runs) {
  const folder = join(root, 'test/replay/histories', RELEASE);
  mkdirSync(folder, { recursive: true });
  for (const kind of KINDS) {
    const ofKind = runs.filter((run) => run.type === kind);
    const named = ofKind.filter((run) => run.what !== '');
    const kept = [...new Set([...named, ...few(ofKind)])];
    const list = kept.map(({ org, what, case: id, traits: all, text }) => ({
      ...{
        org,
        case: id,
        what,
        traits: [...all].toSorted((a, b) => (a < b ? -1 : 1)),
        history: JSON.parse(text),
      },
    }));
    const file = join(folder, `${kind}.json`);
    writeFileSync(file, `${JSON.stringify(list)}\n`);
    say(`${file}: ${list.length} of ${ofKind.length} runs`);
  }
}

async function main() {
  const staged = stageOf(ownScenario('northside'));
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-capture-'));
  const parts = await startParts({ folder, throwAway: true, env: process.env, say });
  const pool = openPool(parts.databaseUrl, 12);
  installRuntime(openLog(join(folder, 'sdk.log')));
  try {
    await migrate(pool);
    const { house, close } = await houseOf(parts, pool, staged.cast, staged, true);
    say('playing the worked example; some eighty seconds');
    const played = await play(house, staged.scenario, staged.cast, staged.calendar, {
      progress: () => undefined,
    });
    if (faultsOf(played).length > 0)
      throw new Error(`the play went otherwise:\n${faultsOf(played).join('\n')}`);
    // Runs with a long sleep ahead continue as new after the quiet time.
    await pause(5_000);
    if (wanted !== 'histories') await writeLedger(house);
    if (wanted !== 'ledger') {
      const cast = castOf(staged.scenario, `org_${opaque('capture')}`);
      const real = await houseOf(parts, pool, cast, staged, false);
      const what = await onTheRealClock(real.house, cast);
      writeHistories([...(await runsOf(house, new Map())), ...(await runsOf(real.house, what))]);
      await real.close();
    }
    await close();
  } finally {
    await pool.end();
    await parts.stop();
  }
}

await main();
process.exit(0);

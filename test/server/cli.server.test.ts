import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightZone } from './night.ts';

/** The real binary, as a user has it: built, started, asked, stopped, started again. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = join(root, 'dist/cli/main.js');
const base = mkdtempSync(join(tmpdir(), 'peer-hire-binary-'));
// As root the database runs under another user, who must be able to pass through.
chmodSync(base, 0o711);
const home = join(base, 'home');
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(TEMPORAL_|DATABASE_URL$|PEER_HIRE_(SMTP|MAIL))/.test(name),
    ),
  ),
  TEMPORAL_CONFIG_FILE: join(base, 'none.toml'),
  PEER_HIRE_HOME: home,
};

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function ended(child: ChildProcessWithoutNullStreams, stdin = ''): Promise<Ended> {
  return new Promise((resolve) => {
    let out = '';
    let err = '';
    child.stdout.on('data', (part) => (out += String(part)));
    child.stderr.on('data', (part) => (err += String(part)));
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(stdin);
  });
}

const call = (argv: readonly string[], stdin = ''): Promise<Ended> =>
  ended(spawn(process.execPath, [binary, ...argv], { env, cwd: base }), stdin);

/** What commands print with `--json`, as far as it is read here. */
interface Said {
  readonly site: string;
  readonly person: string;
  readonly people: readonly { readonly name: string | null }[];
  readonly receipt: { readonly case: string };
  readonly refusal: { readonly code: string };
  readonly cases: readonly object[];
  readonly waiting: readonly { readonly why: { readonly code: string } }[];
  readonly gates: readonly object[];
  readonly past: readonly object[];
  readonly findings: readonly { readonly check: string; readonly is: string; readonly says: string }[];
  readonly error: { readonly code: string; readonly message: string };
}

/** @returns what a command printed with `--json`, and its exit code */
async function json(argv: readonly string[], stdin = ''): Promise<{ code: number | null; said: Said }> {
  const { code, out, err } = await call([...argv, '--json'], stdin);
  expect(err).toBe('');
  return { code, said: JSON.parse(out) as Said };
}

interface Started {
  readonly process: ChildProcess;
  readonly pids: { readonly temporal: number; readonly database: number; readonly worker: number };
  readonly ended: Promise<number | null>;
}

function begin(): Promise<Started> {
  const child = spawn(process.execPath, [binary, 'start', '--json'], { env, cwd: base });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      out += String(part);
      if (out.includes('\n'))
        resolve({
          process: child,
          pids: (JSON.parse(out) as { ready: { pids: Started['pids'] } }).ready.pids,
          ended,
        });
    });
    child.once('close', () => reject(new Error(`start ended: ${out}`)));
  });
}

/** As a shell runs it, with what stands behind the command. */
function piped(text: string): Promise<Ended> {
  const [words = '', rest = ''] = text.split(/(?= [>|] )/);
  return ended(
    spawn('sh', ['-c', `"$0" "$1" ${words} ${rest}`, process.execPath, binary], { env, cwd: base }),
  );
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
async function stop(one: Started): Promise<number | null> {
  one.process.kill('SIGINT');
  return one.ended;
}

let started: Started | null = null;
let site = '';
let id = '';
const people: Record<string, string> = {};

beforeAll(async () => {
  started = await begin();
}, 300_000);

afterAll(async () => {
  if (started !== null && started.process.exitCode === null) await stop(started);
  rmSync(base, { recursive: true, force: true });
}, 60_000);

const opened = () => ({
  ...{ site, reasons: ['mission'], funding: 'mixed', scorers: [people['dana']], leads: [people['ana']] },
  roleHoldersOnSite: 0,
});
const rowCount = async (): Promise<number> => {
  const { databaseUrl } = JSON.parse(readFileSync(join(home, 'installation.json'), 'utf8'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `select count(*)::int as n from ledger where case_id not like 'house-%'`,
  );
  await client.end();
  return rows[0].n;
};

const zone = nightZone();

describe('the command line on a real installation', () => {
  it('keeps its secrets from other users and refuses a second start on the folder', async () => {
    for (const file of ['master.key', 'installation.json'])
      expect(statSync(join(home, file)).mode & 0o077).toBe(0);
    const second = await json(['start']);
    expect(second).toMatchObject({ code: 2, said: { error: { code: 'FolderInUse' } } });
    expect(second.said.error.message).toContain(`process ${String(started?.process.pid)}`);
  }, 30_000);

  it('takes a site and people, and shows names to people only', async () => {
    site = (await json(['site', 'add', 'Northside', '--zone', zone])).said.site;
    for (const [name, capacity] of [
      ['Dana Ortiz', 'hr'],
      ['Ana Reyes', 'director'],
      ['Sam Lee', 'mentor'],
    ] as const) {
      const added = await json(['people', 'add', '--name', name, '--capacity', capacity]);
      expect(added).toMatchObject({
        code: 0,
        said: { is: 'added', assignments: [{ capacity, scope: site }] },
      });
      people[name.split(' ')[0]?.toLowerCase() ?? ''] = added.said.person;
    }
    const names = async (as: string[]) =>
      (await json(['people', 'list', ...as])).said.people
        .map((one) => one.name)
        .filter((name) => name !== null)
        .toSorted();
    expect(await names([])).toEqual([]);
    expect(await names(['--as', people['dana'] ?? ''])).toEqual([
      // The administrator whom a start in an empty folder makes.
      'Administrator',
      'Ana Reyes',
      'Dana Ortiz',
      'Sam Lee',
    ]);
    expect(await names(['--as', people['sam'] ?? ''])).toEqual(['Sam Lee']);
    expect(await json(['people', 'list', '--as', 'prs_nobody'])).toMatchObject({ code: 2 });
  }, 30_000);

  it('gives and ends no capacity at a place that is not there, or that nobody holds', async () => {
    const [sam = '', dana = ''] = [people['sam'], people['dana']];
    const { databaseUrl, org } = JSON.parse(readFileSync(join(home, 'installation.json'), 'utf8'));
    const written = async (): Promise<number> => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      const { rows } = await client.query('select count(*)::int as n from ledger');
      await client.end();
      return rows[0].n;
    };
    const before = await written();
    const refused = async (argv: string[], exit: number, code: string): Promise<string> => {
      const { code: got, said } = await json(['people', ...argv]);
      expect([got, said.error.code]).toEqual([exit, code]);
      return said.error.message;
    };
    expect(await refused(['assign', sam, 'hr@nowhere'], 2, 'place_unknown')).toContain(site);
    await refused(['assign', sam, `hr@${site}x`], 2, 'place_unknown');
    await refused(['assign', sam, 'mentor@'], 64, 'usage');
    await refused(['assign', sam, `mentor@${site}@${site}`], 64, 'usage');
    await refused(['add', '--name', 'Lea Novak', '--capacity', 'hr@nowhere'], 2, 'place_unknown');
    expect(await refused(['unassign', dana, 'mentor'], 2, 'not_assigned')).toContain(`hr@${site}`);
    await refused(['unassign', sam, `mentor@${org}`], 2, 'not_assigned');
    expect(await written()).toBe(before);
    expect((await json(['people', 'list', '--as', dana])).said.people).toHaveLength(4);
    expect(await json(['people', 'assign', sam, `auditor@${org}`])).toMatchObject({ code: 0 });
    expect(await json(['people', 'unassign', sam, `auditor@${org}`])).toMatchObject({ code: 0 });
    await refused(['unassign', sam, `auditor@${org}`], 2, 'not_assigned');
  }, 30_000);

  it('decides: not for everybody, once, and the same again for the same id', async () => {
    const open = (actor: string, decision: string, more: string[] = []) =>
      json(
        ['decide', '--new', 'readiness', '--type', 'open', '--actor', people[actor] ?? '', ...more].concat(
          '--decision-id',
          decision,
          '--payload',
          JSON.stringify(opened()),
        ),
      );
    expect(await open('dana', 'dec_open')).toMatchObject({
      ...{ code: 2, said: { is: 'refused', refusal: { code: 'not_permitted', rule: 'D0.1' } } },
    });
    expect(await open('ana', 'dec_open', ['--dry-run'])).toMatchObject({ code: 0, said: { is: 'would' } });
    expect(await rowCount()).toBe(0);
    const first = await open('ana', 'dec_open');
    expect(first).toMatchObject({ code: 0, said: { is: 'done', receipt: { sequence: 1 } } });
    expect(await open('ana', 'dec_open')).toEqual(first);
    id = first.said.receipt.case;
  }, 30_000);

  it('refuses what is malformed, unknown, oversized, too early or reused, and changes nothing', async () => {
    const before = await rowCount();
    const flags = ['decide', '--case', id, '--actor', people['ana'] ?? ''];
    const code = async (argv: string[], stdin = '') => {
      const answer = await json(argv, stdin);
      expect(answer.code).toBe(2);
      return answer.said.refusal.code;
    };
    expect(await code(['decide'], '{"v":1')).toBe('malformed');
    expect(await code([...flags, '--type', 'take_stance', '--payload', '{"stance":7}'])).toBe('malformed');
    expect(await code([...flags, '--type', 'dance'])).toBe('unknown_command');
    const elsewhere = `readiness-${'0'.repeat(26)}`;
    expect(
      await code([
        'decide',
        '--case',
        elsewhere,
        '--type',
        'accept_readiness',
        '--actor',
        people['ana'] ?? '',
      ]),
    ).toBe('unknown_case');
    const large = JSON.stringify({
      case: id,
      type: 'open',
      actor: people['ana'],
      payload: { x: 'y'.repeat(70_000) },
    });
    expect(await code(['decide'], large)).toBe('oversized');
    expect(
      await code([
        ...flags,
        '--type',
        'take_stance',
        '--payload',
        '{"stance":"later","risks":[]}',
        '--decision-id',
        'dec_open',
      ]),
    ).toBe('decision_id_reused');
    expect(
      await code([
        'decide',
        '--case',
        id,
        '--type',
        'take_stance',
        '--actor',
        people['sam'] ?? '',
        '--payload',
        '{"stance":"later","risks":[]}',
      ]),
    ).toBe('not_permitted');
    const early = await call([...flags, '--type', 'accept_readiness']);
    expect(early.code).toBe(2);
    expect(early.err).toContain('(gate_not_passed G0)');
    expect(early.err).toContain('  - D0.2: name a champion');
    expect(early.err).toContain('judge the policies – leave');
    expect(await rowCount()).toBe(before);
  }, 60_000);

  it('shows the board, what waits, the gates and the timeline to who may see them', async () => {
    const ana = ['--as', people['ana'] ?? ''];
    const board = await json(['board', ...ana]);
    expect(board.said.cases).toMatchObject([
      { case: id, stage: 'readiness', siteName: 'Northside', waiting: { who: { name: 'Dana Ortiz' } } },
    ]);
    expect(JSON.stringify((await json(['board'])).said)).not.toContain('Dana');
    expect((await json(['board', '--as', people['sam'] ?? ''])).said.cases).toEqual([]);
    const mine = await json(['waiting', '--mine', people['dana'] ?? '']);
    expect(mine.said.waiting.map((one) => one.why.code)).toEqual(['P0.1', 'D0.5']);
    expect((await json(['waiting', '--late'])).said.waiting).toEqual([]);
    const text = await call(['waiting', ...ana]);
    expect(text.out).toMatch(/Waiting for Dana Ortiz \(hr\) to score the readiness items/);
    expect(text.out).toContain(zone);
    const gates = await json(['case', 'gates', id]);
    expect(gates.said.gates).toMatchObject([{ gate: 'G0', passed: false, holds: false }]);
    const line = await json(['case', 'timeline', id, ...ana]);
    expect(line.said.past).toMatchObject([
      { kind: 'readiness_opened', actorName: 'Ana Reyes', masked: false },
    ]);
    const shown = await json(['case', 'show', id]);
    expect(shown.said).toMatchObject({ sequence: 1, status: 'open', facts: [{}, {}] });
    expect(await json(['case', 'show', id, '--as', people['sam'] ?? ''])).toMatchObject({
      ...{ code: 2, said: { error: { code: 'not_permitted' } } },
    });
    expect((await json(['doctor'])).code).toBe(0);
    expect((await json(['clock', 'advance', '2d'])).said.error.code).toBe('not_a_sandbox');
  }, 60_000);

  it('proves an export without any server: 0 when it holds, 1 with the place when somebody changed it', async () => {
    const file = join(base, 'ledger.jsonl');
    expect(await json(['ledger', 'export', '--out', file])).toMatchObject({ code: 0 });
    // As on another machine: no installation is near.
    const apart = ['--home', join(base, 'nowhere')];
    const good = await call(['ledger', 'verify', file, ...apart]);
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toContain('Everything holds');
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('readiness_opened'));
    const changed = lines.map((line, n) => (n === at ? line.replaceAll('mission', 'workload') : line));
    expect(changed[at]).not.toBe(lines[at]);
    const tampered = join(base, 'tampered.jsonl');
    writeFileSync(tampered, changed.join('\n'));
    const bad = await call(['ledger', 'verify', tampered, ...apart]);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/Not as it must be: .* at position \d+/);
    const told = await json(['ledger', 'verify', tampered, ...apart]);
    expect(told).toMatchObject({ code: 1, said: { ok: false, place: { case: id, sequence: 1 } } });
    expect((await call(['--help'])).out).toMatch(/Exit codes: 0 done, 1 not as it must be/);
    expect(await json(['ledger', 'export', '--out', file])).toMatchObject({ code: 2 });
  }, 30_000);

  it('says what it could not write, with no trace of itself and no file of half a ledger', async () => {
    const nowhere = await call(['ledger', 'export', '--out', join(base, 'nowhere', 'x.jsonl')]);
    expect(nowhere.code).toBe(64);
    expect(nowhere.err).toMatch(/x\.jsonl cannot be used: the folder .*nowhere is not there/);
    const full = await piped('ledger export > /dev/full');
    expect(full).toMatchObject({ code: 70 });
    expect(full.err).toMatch(/^What this command says could not be written \(ENOSPC\).*\n$/);
    expect(await piped('board > /dev/full')).toMatchObject({ code: 70 });
    expect(await piped('ledger export | head -c 10')).toMatchObject({ code: 0, err: '' });
  }, 30_000);

  it('keeps a play out of a folder that holds something else', async () => {
    const inHome = await json(['demo', '--exit', '--home', home]);
    expect(inHome).toMatchObject({ code: 2, said: { error: { code: 'other_organization' } } });
    const notes = mkdtempSync(join(base, 'notes-'));
    writeFileSync(join(notes, 'notes.txt'), 'mine');
    const inNotes = await json(['play', 'northside', '--home', notes]);
    expect(inNotes).toMatchObject({ code: 2, said: { error: { code: 'folder_not_empty' } } });
    expect(readdirSync(notes)).toEqual(['notes.txt']);
    expect((await json(['board'])).said.cases).toHaveLength(1);
  }, 30_000);

  it('names the worker that asks for work, and finds no text for those who may not read it', async () => {
    const [worker] = (await json(['doctor'])).said.findings.filter((one) => one.check === 'worker');
    expect(worker).toMatchObject({ is: 'good' });
    expect(worker?.says).toMatch(new RegExp(`process ${String(started?.pids.worker)}\\).*last .* ago`));
    const text = await json(['text', 'show', 'txt_dec_open_note', '--as', people['dana'] ?? '']);
    expect(text).toMatchObject({ code: 2, said: { error: { code: 'not_permitted' } } });
  }, 30_000);

  it('says that Temporal is away, changes nothing, and still reads', async () => {
    if (started === null) throw new Error('not started');
    const { temporal } = started.pids;
    const before = await rowCount();
    // Stopped where it stands: one that ends is started again.
    process.kill(temporal, 'SIGSTOP');
    const answer = await json([
      ...['decide', '--case', id, '--type', 'take_stance', '--actor', people['ana'] ?? ''],
      ...['--payload', '{"stance":"later","risks":[]}'],
    ]);
    expect(answer).toMatchObject({ code: 4, said: { error: { code: 'temporal_away' } } });
    expect(await rowCount()).toBe(before);
    expect((await json(['board', '--as', people['ana'] ?? ''])).said.cases).toHaveLength(1);
    const doctor = await json(['doctor']);
    expect(doctor.code).toBe(4);
    expect(doctor.said.findings.filter((one) => one.is === 'bad')).toMatchObject([{ check: 'temporal' }]);
    process.kill(temporal, 'SIGCONT');
  }, 60_000);

  it('stops at Ctrl-C with everything it started, says so to the next command, and finds all of it again', async () => {
    if (started === null) throw new Error('not started');
    const pids = Object.values(started.pids);
    expect(pids).toHaveLength(4);
    expect(pids.filter(alive)).not.toEqual([]);
    expect(await stop(started)).toBe(0);
    expect(pids.filter(alive)).toEqual([]);
    const away = await call(['board']);
    expect(away.code).toBe(4);
    expect(away.err).toContain('peer-hire start');
    started = await begin();
    expect((await json(['board'])).said.cases).toMatchObject([{ case: id, sequence: 1 }]);
    const next = await json([
      ...['decide', '--case', id, '--type', 'take_stance', '--actor', people['ana'] ?? ''],
      ...['--payload', '{"stance":"later","risks":[]}'],
    ]);
    expect(next).toMatchObject({ code: 0, said: { is: 'done', receipt: { sequence: 2 } } });
    expect(existsSync(join(home, 'installation.json'))).toBe(true);
  }, 120_000);
});

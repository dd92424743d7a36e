import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LocalServerFailed } from '../../src/local/child-server.ts';
import { startGuardian } from '../../src/local/guardian.ts';
import { startMailCatcher } from '../../src/local/mail-catcher.ts';
import type { MailCatcher } from '../../src/local/mail-catcher.ts';
import { ownScript } from '../../src/local/own-script.ts';
import { FolderNotEmpty, PartUnreachable, promises, startParts } from '../../src/local/parts.ts';
import type { Parts } from '../../src/local/parts.ts';
import { startPostgres } from '../../src/local/postgres-server.ts';
import { identityOf } from '../../src/local/processes.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal } from '../../src/local/temporal-server.ts';

const base = mkdtempSync(join(tmpdir(), 'peer-hire-local-'));
// As root, PostgreSQL's user must pass through; a closed one is tried where it is the point.
chmodSync(base, 0o711);
const guardian = startGuardian();
const parents: Parent[] = [];
const said: string[] = [];
const say = (line: string): void => void said.push(line);
const env = withoutServers();
let binary = '';

beforeAll(async () => {
  binary = (await findTemporal({ env, say })).path;
}, 1_200_000);

afterAll(async () => {
  for (const parent of parents) parent.process.kill('SIGKILL');
  await guardian.close();
  rmSync(base, { recursive: true, force: true });
});

function withoutServers(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|DATABASE_URL$)/.test(name));
  // A profile in the home of whoever runs the tests must not change what is tested.
  return { ...Object.fromEntries(kept), TEMPORAL_CONFIG_FILE: join(base, 'none.toml') };
}

function folder(name: string): string {
  return join(base, name);
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function withTemporal<T>(
  server: { address: string; namespace: string },
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await use(new Client({ connection, namespace: server.namespace }));
  } finally {
    await connection.close();
  }
}

describe('PostgreSQL of this machine', () => {
  const here = folder('pg');
  const start = (): ReturnType<typeof startPostgres> => startPostgres({ folder: here, say, guardian, env });

  it('starts with fsync, on the loopback, with a private password and a role that is no superuser', async () => {
    const server = await start();
    const [row] = await query(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listens_at,  current_setting('synchronous_commit') as commits,
        (select rolsuper from pg_roles where rolname = current_user) as superuser`,
    );
    expect(row).toEqual({
      fsync: 'on',
      listens_at: '127.0.0.1',
      commits: 'on',
      superuser: false,
    });
    expect(statSync(join(here, 'postgres.json')).mode & 0o777).toBe(0o600);
    const wrong = server.url.replace(/:[0-9a-f]+@/, ':wrong@');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
    await expect(query(server.url.replace('peer_hire:', 'postgres:'), 'select 1')).rejects.toThrow(/pg_hba/);
    await query(server.url, 'create table kept as select 42 as answer');
    await server.stop();
    await server.stop();
    expect(identityOf(server.pid)).toBeNull();
  });

  it('comes back after kill -9 at the same address with what was acknowledged', async () => {
    const server = await start();
    await query(server.url, 'insert into kept values (43)');
    process.kill(server.pid, 'SIGKILL');
    const again = await start();
    expect(again.url).toBe(server.url);
    expect(again.pid).not.toBe(server.pid);
    expect(await query(again.url, 'select * from kept order by 1')).toEqual([{ answer: 42 }, { answer: 43 }]);
    await again.stop();
  });

  it('gives itself a new password when the file with it is lost', async () => {
    rmSync(join(here, 'postgres.json'));
    const server = await start();
    expect(await query(server.url, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
    await server.stop();
  });

  it('says what its log says when it cannot start', async () => {
    const server = await start();
    await server.stop();
    rmSync(join(server.data, 'global', 'pg_control'));
    const failed = await start().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(LocalServerFailed);
    expect((failed as Error).message).toMatch(/ended while it was starting[\s\S]*pg_control/);
  });
});

describe('Temporal of this machine', () => {
  const here = folder('temporal');
  const start = (): ReturnType<typeof startTemporal> =>
    startTemporal({ binary, folder: here, namespace: 'local-test', say, guardian, sync: 'normal' });

  it('comes back after kill -9 at the same address with its workflows and search attributes', async () => {
    const server = await start();
    await withTemporal(server, async (client) => {
      const handle = await client.workflow.start('sleeper', { taskQueue: 'none', workflowId: 'kept' });
      await handle.signal('nudge');
    });
    process.kill(server.pid, 'SIGKILL');
    const again = await start();
    expect(again.address).toBe(server.address);
    expect(again.ui).toBe(server.ui);
    await withTemporal(again, async (client) => {
      const kept = await client.workflow.getHandle('kept').describe();
      expect(kept.status.name).toBe('RUNNING');
      expect(kept.historyLength).toBe(3);
      const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
        namespace: 'local-test',
      });
      expect(Object.keys(customAttributes ?? {}).sort()).toEqual([
        'HireAttention',
        'HireCaseKind',
        'HireNextDueAt',
        'HireOrg',
        'HireStage',
      ]);
    });
    expect((await fetch(again.ui)).status).toBe(200);
    await again.stop();
    expect(identityOf(again.pid)).toBeNull();
  });

  it('says what its log says when it cannot start', async () => {
    const broken = mkdtempSync(join(base, 'broken-'));
    writeFileSync(join(broken, 'temporal.db'), 'this is no database '.repeat(500));
    const options = { binary, folder: broken, namespace: 'x', say, guardian, sync: 'full' as const };
    const failed = await startTemporal(options).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(LocalServerFailed);
    expect((failed as Error).message).toMatch(/not a database/);
  });
});

describe('the parts together', () => {
  let parts: Parts;
  const here = folder('parts');

  beforeAll(async () => {
    parts = await startParts({ folder: here, throwAway: false, env, say, what: 'first start' });
  }, 60_000);

  it('are all there, and say what is in use without a password', async () => {
    expect(await query(parts.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    const described = parts.describe().join('\n');
    for (const known of [here, parts.temporal.address, parts.temporal.ui ?? '?', parts.mail.page])
      expect(described).toContain(known);
    expect(described).not.toContain(new URL(parts.databaseUrl).password);
    expect(promises(parts).join('\n')).toMatch(
      /fsync on[\s\S]*synchronous=normal[\s\S]*recover temporal[\s\S]*not for production/,
    );
  });

  it('refuse a second start on the folder and name the first', async () => {
    const second = startParts({ folder: here, throwAway: false, env, say });
    await expect(second).rejects.toMatchObject({
      name: 'FolderInUse',
      pid: process.pid,
      what: 'first start',
    });
  });

  it('use the servers that the environment names, and leave them running', async () => {
    const named = {
      ...env,
      TEMPORAL_ADDRESS: parts.temporal.address,
      TEMPORAL_NAMESPACE: 'peer-hire',
      DATABASE_URL: parts.databaseUrl,
    };
    const others = await startParts({ folder: folder('others'), throwAway: true, env: named, say });
    expect(others.temporal).toMatchObject({ ours: false, pid: null, address: parts.temporal.address });
    expect(others.database).toEqual({ ours: false, pid: null });
    expect(readdirSync(others.folder).filter((name) => /postgres|temporal/.test(name))).toEqual([]);
    await others.stop();
    expect(existsSync(others.folder)).toBe(false);
    expect(await query(parts.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(identityOf(parts.temporal.pid ?? 0)).not.toBeNull();
  });

  it('of a sandbox use no other servers than their own, whatever the environment and its profile name', async () => {
    const config = folder('config');
    mkdirSync(join(config, 'temporalio'), { recursive: true });
    writeFileSync(
      join(config, 'temporalio', 'temporal.toml'),
      '[profile.default]\naddress = "127.0.0.1:9"\n',
    );
    const named = {
      ...env,
      ...{ XDG_CONFIG_HOME: config, TEMPORAL_CONFIG_FILE: '', TEMPORAL_NAMESPACE: 'prod' },
      ...{ DATABASE_URL: 'postgres://x:geheim@127.0.0.1:9/y' },
    };
    const place = { folder: folder('own'), throwAway: true, env: named, say };
    await expect(startParts(place)).rejects.toBeInstanceOf(PartUnreachable);
    const own = await startParts({ ...place, ownServers: true });
    expect(own.temporal).toMatchObject({ ours: true, namespace: 'peer-hire' });
    expect(own.database.ours).toBe(true);
    await own.stop();
  });

  it('say which named server does not answer, and leave nothing behind', async () => {
    const start = (named: Record<string, string>): Promise<Parts> =>
      startParts({ folder: folder('unreachable'), throwAway: true, env: { ...env, ...named }, say });
    const temporal = await start({ TEMPORAL_ADDRESS: '127.0.0.1:9' }).catch((error: unknown) => error);
    expect(temporal).toBeInstanceOf(PartUnreachable);
    const both = { TEMPORAL_ADDRESS: parts.temporal.address, TEMPORAL_NAMESPACE: 'peer-hire' };
    const database = await start({ ...both, DATABASE_URL: 'postgres://x:geheim@127.0.0.1:9/y' }).catch(
      (error: unknown) => error,
    );
    expect(database).toMatchObject({ name: 'PartUnreachable', part: 'database' });
    expect((database as Error).message).not.toContain('geheim');
    expect(existsSync(folder('unreachable'))).toBe(false);
  });

  it('do not throw away a folder that holds something', async () => {
    const precious = mkdtempSync(join(base, 'precious-'));
    writeFileSync(join(precious, 'notes'), 'x');
    await expect(startParts({ folder: precious, throwAway: true, env, say })).rejects.toBeInstanceOf(
      FolderNotEmpty,
    );
    expect(existsSync(join(precious, 'notes'))).toBe(true);
  });

  it('stop in order, once, and give the folder free', async () => {
    const pids = [parts.temporal.pid ?? 0, parts.database.pid ?? 0];
    await Promise.all([parts.stop(), parts.stop()]);
    expect(pids.map(identityOf)).toEqual([null, null]);
    expect(readdirSync(here).filter((name) => name.startsWith('lock-'))).toEqual([]);
  });
});

/** A program of its own that starts parts, as the command line does, so that it can be killed. */
class Parent {
  readonly process: ChildProcess;
  readonly pids: Promise<{ temporal: number; database: number; url: string; guardian: number }>;
  readonly ended: Promise<number | null>;
  private readonly name: string;

  constructor(name: string, throwAway: boolean) {
    parents.push(this);
    this.name = name;
    const compiled = ownScript(['parts', ...sources()]);
    const script = join(base, `${basename(name)}.mjs`);
    writeFileSync(
      script,
      `import { startParts } from ${JSON.stringify(compiled)}
       const parts = await startParts({ folder: ${JSON.stringify(folder(name))}, throwAway: ${String(throwAway)}, env: process.env, say: () => {} })
       let asked = 0
       process.on('SIGINT', () => {
         asked += 1
         if (asked > 1) process.exit(130)
         setTimeout(() => { void parts.stop().then(() => { process.exit(0) }) }, process.argv.includes('slow') ? 60_000 : 0)
       })
       process.stdout.write(JSON.stringify({ temporal: parts.temporal.pid, database: parts.database.pid, url: parts.databaseUrl }) + '\\n')
       setInterval(() => {}, 1000)`,
    );
    const slow = name.includes('twice') ? ['slow'] : [];
    // A process group of its own stands for the terminal's foreground group.
    this.process = spawn(process.execPath, [script, ...slow], {
      detached: true,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.ended = new Promise((resolve) =>
      this.process.once('exit', (code) => {
        resolve(code);
      }),
    );
    this.pids = new Promise((resolve, reject) => {
      this.process.stdout?.once('data', (text: Buffer) => {
        resolve({
          ...(JSON.parse(text.toString()) as { temporal: number; database: number; url: string }),
          guardian: this.guardian(),
        });
      });
      void this.ended.then(() => {
        reject(new Error(`${this.name} ended early`));
      });
    });
  }

  private guardian(): number {
    const children = readFileSync(
      `/proc/${String(this.process.pid)}/task/${String(this.process.pid)}/children`,
      'utf8',
    );
    const found = children
      .trim()
      .split(' ')
      .map(Number)
      .find((pid) => commandOf(pid).includes('guardian-main'));
    if (found === undefined) throw new Error('no guardian');
    return found;
  }
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
}

function sources(): string[] {
  const names = readdirSync(new URL('../../src/local', import.meta.url)).filter((name) =>
    name.endsWith('.ts'),
  );
  return names.map((name) => basename(name, '.ts')).filter((name) => name !== 'parts');
}

/** Every process whose command line or folder of work names that folder, children of servers included. */
function workingIn(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return identityOf(pid) !== null && commandOf(pid).includes(path);
      } catch {
        return false;
      }
    });
}

describe.runIf(process.platform === 'linux')('when the parent ends', () => {
  it('by kill -9, no server stays and the throw-away folder is gone', async () => {
    mkdirSync(folder('closed'), { mode: 0o700 });
    const parent = new Parent('closed/killed', true);
    const pids = await parent.pids;
    const outside = realpathSync(join(folder('closed/killed'), 'postgres'));
    expect(workingIn(folder('closed/killed'))).toEqual([pids.temporal]);
    expect(existsSync(outside)).toBe(true);
    parent.process.kill('SIGKILL');
    await expect
      .poll(() => [pids.temporal, pids.database, pids.guardian].map(identityOf), { timeout: 15_000 })
      .toEqual([null, null, null]);
    expect([...workingIn(folder('closed/killed')), ...workingIn(outside)]).toEqual([]);
    expect([folder('closed/killed'), outside].map((path) => existsSync(path))).toEqual([false, false]);
  }, 40_000);

  it.each(['ctrl-c-once', 'ctrl-c-twice'])(
    'by a Ctrl-C to the whole group (%s), all stop in order',
    async (name) => {
      const parent = new Parent(name, true);
      const pids = await parent.pids;
      const interrupt = (): boolean => process.kill(-(parent.process.pid ?? 0), 'SIGINT');
      interrupt();
      if (name === 'ctrl-c-twice') {
        await new Promise((resolve) => setTimeout(resolve, 200));
        // The first one reached the parent only: the servers are still there for it to stop in order.
        expect([pids.temporal, pids.database].map((pid) => identityOf(pid) !== null)).toEqual([true, true]);
        interrupt();
      }
      expect(await parent.ended).toBe(name === 'ctrl-c-twice' ? 130 : 0);
      await expect
        .poll(() => [pids.temporal, pids.database, pids.guardian].map(identityOf), { timeout: 15_000 })
        .toEqual([null, null, null]);
      expect(existsSync(folder(name))).toBe(false);
    },
    40_000,
  );

  it('together with its guardian, the next start ends the orphans and keeps address and data', async () => {
    const parent = new Parent('orphans', false);
    const pids = await parent.pids;
    await query(pids.url, 'create table kept as select 7 as answer');
    process.kill(pids.guardian, 'SIGKILL');
    parent.process.kill('SIGKILL');
    await parent.ended;
    // A guardian killed alone is replaced; the replacement may have seen the parent's end as well.
    const orphans = [pids.temporal, pids.database].map(identityOf);
    expect(orphans.every((identity) => identity !== null)).toBe(true);
    const next = await startParts({ folder: folder('orphans'), throwAway: false, env, say });
    expect([pids.temporal, pids.database].map(identityOf)).toEqual([null, null]);
    expect(next.databaseUrl).toBe(pids.url);
    expect(await query(next.databaseUrl, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await next.stop();
  }, 40_000);

  it('and before that its guardian, another guardian takes over', async () => {
    const parent = new Parent('replaced', true);
    const pids = await parent.pids;
    await new Promise((resolve) => setTimeout(resolve, 600));
    process.kill(pids.guardian, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 500));
    parent.process.kill('SIGKILL');
    await expect
      .poll(() => [pids.temporal, pids.database].map(identityOf), { timeout: 15_000 })
      .toEqual([null, null]);
    await expect.poll(() => existsSync(folder('replaced')), { timeout: 5000 }).toBe(false);
  }, 40_000);
});

describe('six starts at one instant', () => {
  it('give the folder to exactly one', async () => {
    const here = mkdtempSync(join(base, 'race-'));
    const compiled = ownScript(['lock', 'processes']);
    const script = join(base, 'race.mjs');
    writeFileSync(
      script,
      `import { lockFolder } from ${JSON.stringify(compiled)}
       const at = Number(process.argv[2])
       while (Date.now() < at) {}
       try { await lockFolder(process.argv[3]); process.stdout.write('got'); setTimeout(() => {}, 1500) }
       catch (error) { process.stdout.write(error.name) }`,
    );
    const at = String(Date.now() + 400);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => {
        const child = spawn(process.execPath, [script, at, here], { stdio: ['ignore', 'pipe', 'inherit'] });
        return new Promise<string>((resolve) =>
          child.stdout.once('data', (text: Buffer) => {
            resolve(text.toString());
          }),
        );
      }),
    );
    expect(answers.sort()).toEqual([...Array.from({ length: 5 }, () => 'FolderInUse'), 'got']);
  }, 20_000);
});

describe('the mail catcher', () => {
  let catcher: MailCatcher;
  const here = folder('mail');

  beforeAll(async () => {
    catcher = await startMailCatcher({ folder: here });
  });

  function send(subject: string, id: string): Promise<unknown> {
    const transport = createTransport({ ...catcher.address, socketTimeout: 800, ignoreTLS: true });
    const mail = {
      from: 'desk@example.org',
      to: 'lead@example.org',
      subject,
      text: 'See the board.',
      messageId: `<${id}@example.org>`,
    };
    return transport.sendMail(mail);
  }

  it('keeps each mail as a file, and shows it on a page without letting it act there', async () => {
    await send('A <script>alert(1)</script> & more', 'one');
    const [mail] = await catcher.messages();
    expect(mail).toMatchObject({
      number: 1,
      to: 'lead@example.org',
      messageId: '<one@example.org>',
      text: 'See the board.',
    });
    expect(mail?.file).toMatch(/^000001-\d{8}T\d{6}Z\.eml$/);
    const list = await (await fetch(catcher.page)).text();
    expect(list).toContain('A &lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
    expect(list).not.toContain('<script');
    const one = await fetch(`${catcher.page}1`);
    expect(await one.text()).toContain('See the board.');
    expect(one.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${catcher.page}2`)).status).toBe(404);
    expect((await fetch(catcher.page, { method: 'POST' })).status).toBe(405);
  });

  it.each([['550'], ['451']] as const)('refuses with %s and keeps nothing', async (refuse) => {
    const before = (await catcher.messages()).length;
    catcher.misbehave({ refuse });
    await expect(send('Refused', refuse)).rejects.toMatchObject({ responseCode: Number(refuse) });
    expect(await catcher.messages()).toHaveLength(before);
    catcher.misbehave({});
  });

  it('keeps the mail and drops the connection after the data, so that the sender cannot know', async () => {
    catcher.misbehave({ dropAfterData: true });
    await expect(send('Dropped', 'dropped')).rejects.toMatchObject({ command: expect.anything() as unknown });
    expect((await catcher.messages()).map((mail) => mail.messageId)).toContain('<dropped@example.org>');
    catcher.misbehave({});
  });

  it('answers late, or too late', async () => {
    catcher.misbehave({ slowMs: 300 });
    const began = Date.now();
    await send('Late', 'late');
    expect(Date.now() - began).toBeGreaterThanOrEqual(290);
    catcher.misbehave({ slowMs: 60_000 });
    await expect(send('Too late', 'too-late')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    catcher.misbehave({});
  });

  it('stops at once although a client waits, and goes on with the numbers at the next start', async () => {
    const before = await catcher.messages();
    catcher.misbehave({ slowMs: 60_000 });
    const waitingClient = send('Open', 'open').catch(() => 'dropped');
    await expect.poll(async () => (await catcher.messages()).length).toBe(before.length + 1);
    await catcher.stop();
    expect(await waitingClient).toBe('dropped');
    catcher = await startMailCatcher({ folder: here });
    await send('Next', 'next');
    const numbers = (await catcher.messages()).map((mail) => mail.number);
    expect(numbers).toEqual(Array.from({ length: before.length + 2 }, (_, index) => index + 1));
    await catcher.stop();
  });
});

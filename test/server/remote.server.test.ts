import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { run } from '../../src/cli/program.ts';
import { makeToken, revokeToken } from '../../src/identity/tokens.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

/** The command line of one machine, the installation of another: the same words, a token between them. */

const id = caseOf('readiness', 'remote');
const folder = mkdtempSync(join(tmpdir(), 'peer-hire-remote-'));
const tokenFile = join(folder, 'token');
let here: Stage;
let app: FastifyInstance;
let server: string;
let tokenId: string;

const silent = { info: () => undefined, warn: () => undefined };

beforeAll(async () => {
  const people = { director: ['director'], dana: ['hr'], theo: ['adviser'] } as const;
  here = await stage({ seed: 'remote-test', clock: null, people });
  const { org, pool, keys } = here.house;
  const store = { org, pool };
  const desk: Desk = {
    ...{ office: { org, pool, keys, terms: new TermsStore() }, store, house: async () => here.house },
    ...{ origin: 'http://localhost:1', provider: null, sandbox: false, clock: null },
  };
  app = await makeApp(desk, silent);
  server = await app.listen({ host: '127.0.0.1', port: 0 });
  const made = await makeToken(store, person('director'), ['read:work', 'decide'], 1);
  tokenId = made.token.id;
  writeFileSync(tokenFile, made.secret);
}, 120_000);

afterAll(async () => {
  await app?.close();
  await here?.stop();
}, 60_000);

async function typed(argv: readonly string[], env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += `${text}\n`),
    err: (text: string) => void (said.err += `${text}\n`),
    env: { PEER_HIRE_TOKEN_FILE: tokenFile, PEER_HIRE_SERVER: server, ...env },
    color: false,
    stdin: async () => null,
  };
  return { exit: await run(io, argv), ...said };
}

const payload = {
  ...{ site, reasons: ['mission'], funding: 'mixed', roleHoldersOnSite: 0 },
  scorers: [person('dana'), person('theo')],
  leads: [person('director')],
};
const opening = ['decide', '--case', id, '--type', 'open', '--decision-id', 'dec-remote-1'];
const withPayload = [...opening, '--payload', JSON.stringify(payload)];

describe('the command line speaks to a server', () => {
  it('says what a command would come to, and what is missing', async () => {
    const seen = await typed([...withPayload, '--dry-run']);
    expect([seen.exit, seen.err]).toEqual([0, '']);
    expect(seen.out).toContain('It would be accepted; nothing was changed');
    const bare = await typed([...opening, '--payload', '{}', '--dry-run']);
    expect(bare.exit).toBe(2);
    expect(bare.err).toContain('missing, or of another type: site');
  });

  it('decides, once, and the ledger says how the actor was known', async () => {
    const first = await typed([...withPayload, '--json']);
    expect(first.exit).toBe(0);
    expect((await typed([...withPayload, '--json'])).out).toBe(first.out);
    const { rows } = await here.house.pool.query('select how, actor from ledger where case_id = $1', [id]);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toEqual({ how: 'token', actor: person('director') });
    const { org, pool, keys } = here.house;
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });

  it('reads the board, a case, its gates, its timeline and history', async () => {
    for (const argv of [['board'], ['case', 'show', id], ['case', 'timeline', id], ['case', 'history', id]]) {
      const read = await typed(argv);
      expect([read.exit, read.err]).toEqual([0, '']);
      expect(read.out).toMatch(/readiness/);
    }
    expect((await typed(['case', 'gates', id])).out).toContain('G0');
    expect((await typed(['waiting', '--json'])).exit).toBe(0);
  });

  it('asks for nothing the token was not made for, and for nobody else', async () => {
    expect((await typed(['board', '--as', person('dana')])).exit).toBe(64);
    const foreign = await typed([...withPayload.slice(0, -2), '--actor', person('dana'), '--payload', '{}']);
    expect(foreign.exit).toBe(2);
  });

  it('says clearly what does not go: no token, a revoked one, nobody there, no https', async () => {
    expect((await typed(['board'], { PEER_HIRE_TOKEN_FILE: join(folder, 'none') })).exit).toBe(64);
    expect((await typed(['board'], { PEER_HIRE_SERVER: 'http://127.0.0.1:9' })).exit).toBe(4);
    expect((await typed(['board'], { PEER_HIRE_SERVER: 'http://example.org' })).exit).toBe(64);
    await revokeToken({ org: here.house.org, pool: here.house.pool }, person('director'), tokenId);
    const revoked = await typed(['board']);
    expect(revoked.exit).toBe(2);
    expect(revoked.err).toContain('This token does not hold any more');
  });
});

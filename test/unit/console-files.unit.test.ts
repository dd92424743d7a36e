import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveConsole } from '../../src/api/console.ts';

const html = { accept: 'text/html' };
let app: FastifyInstance;

/** An app with the console of a folder, and answers of its own for everything else. */
async function over(root: string): Promise<FastifyInstance> {
  const made = fastify();
  made.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  const page = await serveConsole(made, root);
  made.setNotFoundHandler(async (request, reply) => {
    if (await page(request, reply)) return reply;
    return reply.code(404).send({ code: 'unknown_path' });
  });
  await made.ready();
  return made;
}

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'peer-hire-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>t</title>');
  writeFileSync(join(root, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(root, 'secret.txt'), 'not served');
  writeFileSync(join(root, 'assets', 'index-1.js'), 'export {};');
  writeFileSync(join(root, 'assets', '.hidden'), 'not served');
  app = await over(root);
});
afterAll(() => app.close());

describe('the files of the console', () => {
  it.each(['/', '/people', '/cases/employment-x/history'])(
    'answers %s with the page, asked for anew each time',
    async (url) => {
      const { statusCode, headers, body } = await app.inject({ url, headers: html });
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
        ...[200, 'text/html; charset=utf-8', 'no-cache'],
      ]);
      expect(body).toContain('<title>');
    },
  );

  it('keeps assets for ever, since their names change with them', async () => {
    const { statusCode, headers } = await app.inject({ url: '/assets/index-1.js' });
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it.each([
    ...['/api/nothing', '/api', '/assets/gone.js', '/assets/.hidden', '/secret.txt', '/index.htm'],
    ...['/assets/../secret.txt', '/assets/%2e%2e/secret.txt', '/assets/%2e%2e%2fsecret.txt'],
  ])('does not answer %s with the page, nor with a file', async (url) => {
    const { statusCode, body } = await app.inject({ url, headers: html });
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('<title>');
    expect(body).not.toContain('not served');
  });

  it('gives a program that asks for JSON no page, and takes no change', async () => {
    expect((await app.inject({ url: '/people', headers: { accept: 'application/json' } })).statusCode).toBe(
      404,
    );
    expect((await app.inject({ method: 'POST', url: '/people', headers: html })).statusCode).toBe(404);
  });

  it('is not there where it was not built', async () => {
    const bare = await over(mkdtempSync(join(tmpdir(), 'peer-hire-none-')));
    expect((await bare.inject({ url: '/', headers: html })).statusCode).toBe(404);
    await bare.close();
  });
});

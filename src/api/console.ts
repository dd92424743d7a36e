import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Built beside this process; absent where only the sources are. */
const built = fileURLToPath(new URL('../web', import.meta.url));
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const PAGE = 'text/html; charset=utf-8';

/** A browser asks for a page of the console: by an address below `/`, never below `/api`, and it wants HTML. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? '/';
  const read = method === 'GET' || method === 'HEAD';
  const page = !/\.[a-z0-9]{2,5}$/i.test(path) && !/^\/(api|assets)(\/|$)/.test(path);
  return read && page && (headers.accept ?? '').includes('text/html');
}

/** Sends the console's one page, whose script knows the address. @returns false when this is no such question */
export type ConsolePage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/**
 * Serves the console's files, and its page under every address that is not another's.
 * @returns what sends the page; it answers false where no console was built
 */
export async function serveConsole(app: FastifyInstance, root = built): Promise<ConsolePage> {
  const page = join(root, 'index.html');
  // Beside the sources lies a page that is not built: it would load nothing.
  if (!existsSync(page) || !existsSync(join(root, 'assets'))) return async () => false;
  // Names of assets hold a hash of what is in them: kept for ever. The page that names them is asked for each time.
  await app.register(files, {
    ...{ root: join(root, 'assets'), prefix: '/assets/', index: false, dotfiles: 'deny' },
    ...{ maxAge: YEAR_MS, immutable: true },
  });
  app.get('/mark.svg', { schema: { hide: true } }, async (_request, reply) =>
    reply.sendFile('mark.svg', root, { maxAge: DAY_MS, immutable: false }),
  );
  return async (request, reply) => {
    if (!wantsPage(request)) return false;
    // Read each time: a page that was built anew names other assets.
    const html = await readFile(page);
    await reply.code(200).header('content-type', PAGE).header('cache-control', 'no-cache').send(html);
    return true;
  };
}

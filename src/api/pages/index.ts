import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { EventLog } from '../../activities/ports.ts';
import type { Desk } from '../desk.ts';
import { ApiProblem } from '../problem.ts';
import { answerPages } from './answer.ts';
import { applyPages } from './apply.ts';
import { candidatePages } from './candidate.ts';
import { detailPages } from './details.ts';
import { feedPages } from './feed.ts';
import { ICON_PATH, STYLE_PATH, said, sendPage } from './page.ts';
import { icon, style } from './style.ts';

/** A form is a few words: anything longer is none of ours. */
const MOST_FORM_BYTES = 16_384;

/** Any error as a page that says what to do; nothing of what was sent, no text of a server. */
function errorPage(error: FastifyError | Error) {
  const status =
    error instanceof ApiProblem ? error.problem.status : ((error as FastifyError).statusCode ?? 500);
  if (status === 429)
    return said('Too many tries', ['Please wait a quarter of an hour, then press the button again.'], 429);
  if (status === 403)
    return said(
      'Please use the page itself',
      ['Open the link of the message again and use its buttons.'],
      403,
    );
  if (status >= 500)
    return said(
      'This does not work at the moment',
      ['Nothing was changed. Please try again in a few minutes; the link stays good.'],
      503,
    );
  return said('This cannot be read', ['Open the link of the message again and use its buttons.'], status);
}

/**
 * Pages for people without an account: answers from a message, a candidate's own page, postings and applying, feeds.
 * Plain HTML of this server, no script, forms of our own pages only.
 */
export async function pages(app: FastifyInstance, desk: Desk, log: EventLog): Promise<void> {
  await app.register(async (scope) => {
    // Forms and nothing else: a page sends no JSON.
    scope.removeAllContentTypeParsers();
    await scope.register(formbody, { bodyLimit: MOST_FORM_BYTES });
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      const page = errorPage(error);
      if ((page.status ?? 500) >= 500) log.warn('page_failed', { code: error.code ?? error.name });
      if (error instanceof ApiProblem && error.retryAfter !== null)
        void reply.header('retry-after', String(error.retryAfter));
      return sendPage(reply, page);
    });
    // They are for people, and in no document of the API.
    scope.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    const files = [
      [STYLE_PATH, 'text/css; charset=utf-8', style],
      [ICON_PATH, 'image/svg+xml', icon],
    ] as const;
    for (const [path, type, content] of files)
      scope.get(path, async (_request, reply) =>
        reply.header('content-type', type).header('cache-control', 'public, max-age=3600').send(content),
      );
    answerPages(scope, desk);
    candidatePages(scope, desk);
    detailPages(scope, desk);
    applyPages(scope, desk);
    feedPages(scope, desk);
  });
}

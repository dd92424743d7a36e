import type { FastifyRequest } from 'fastify';
import { problemOf } from './problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * RFC 8058: a mail program ends a list for its reader, and has no page to come from. The token is all it shows, and ending
 * a list is all it does.
 */
const ONE_CLICK = /^\/u\/[A-Za-z0-9_-]{43}$/;

/**
 * A change asked for by a browser comes from our own pages: by its `Sec-Fetch-Site`, and by its `Origin`. A token is sent by
 * no page on its own, so a program needs neither (ASVS 3.5.1–3.5.3).
 * @throws ApiProblem
 */
export function mustBeOurs(request: FastifyRequest, origin: string): void {
  if (READS.has(request.method) || request.headers.authorization !== undefined) return;
  const { origin: page, 'sec-fetch-site': fetched } = request.headers;
  if (request.method === 'POST' && page === undefined && fetched === undefined && ONE_CLICK.test(request.url))
    return;
  const site = request.headers['sec-fetch-site'];
  const from = request.headers.origin;
  const foreign = (site !== undefined && site !== 'same-origin') || from === undefined || from !== origin;
  if (foreign)
    throw problemOf(
      403,
      'foreign_origin',
      `Changes are taken from pages of ${origin} only, or with a token.`,
    );
}

import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../contracts/api/shapes.ts';
import { may } from '../domain/kernel/actions.ts';
import type { HowKnown } from '../domain/kernel/words.ts';
import { cookieOf } from './cookie.ts';
import type { Desk } from './desk.ts';
import { guestOf } from './guest.ts';
import type { Guest } from './guest.ts';
import { problemOfMay } from './problem.ts';
import type { Route } from './route.ts';

/** Reading is recorded with how the reader was known. */
const officeFor = (desk: Desk, how: HowKnown): Desk => ({ ...desk, office: { ...desk.office, how } });

/** A text, or texts one after another as they are read. */
function sent(reply: FastifyReply, media: string, given: unknown): FastifyReply {
  const body = typeof given === 'string' ? given : Readable.from(given as AsyncIterable<string>);
  return reply.header('content-type', `${media}; charset=utf-8`).send(body);
}

function schemaOf(one: Route): object {
  const { media, answer } = one;
  const ok = media === undefined ? answer : { content: { [media]: { schema: answer } } };
  const no = { content: { 'application/problem+json': { schema: problem } } };
  return {
    ...{ operationId: one.id, tags: [one.tag], summary: one.says, 'x-action': one.action },
    response: { 200: ok, default: no },
    ...(one.params === undefined ? {} : { params: one.params }),
    ...(one.query === undefined ? {} : { querystring: one.query }),
    ...(one.body === undefined ? {} : { body: one.body }),
  };
}

/**
 * Puts one route under `/api`. Who asks is known before a body is read, and whoever may not is sent away there; whether
 * it is about themselves is asked once it is parsed.
 */
export function addRoute(app: FastifyInstance, desk: Desk, one: Route): void {
  const guests = new WeakMap<FastifyRequest, Guest>();
  app.route({
    method: one.method,
    url: `/api${one.path}`,
    ...(one.bodyLimit === undefined ? {} : { bodyLimit: one.bodyLimit }),
    schema: schemaOf(one),
    onRequest: async (request) => {
      const { authorization } = request.headers;
      const guest = await guestOf(desk.office, desk.store, { cookie: cookieOf(request), authorization });
      const answer = may(guest, one.action);
      const later = answer.is === 'deny' && answer.why === 'needs_capacity' && one.about !== undefined;
      if (answer.is === 'deny' && !later) throw problemOfMay(answer);
      guests.set(request, guest);
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { params, query, body } = request as unknown as { params: never; query: never; body: never };
      const guest = guests.get(request);
      if (guest === undefined) throw new Error('a request whose sender nobody looked at');
      const answer = may(guest, one.action, one.about?.({ params, query, body, guest }));
      if (answer.is === 'deny') throw problemOfMay(answer);
      const given = await one.handle({
        ...{ desk: officeFor(desk, guest.how), guest, params, query, body, request, reply },
      });
      return one.media === undefined ? given : sent(reply, one.media, given);
    },
  });
}

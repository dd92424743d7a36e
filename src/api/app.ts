import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { EventLog } from '../activities/ports.ts';
import { addRoute } from './add-route.ts';
import { serveConsole } from './console.ts';
import type { Desk } from './desk.ts';
import { problemOfError } from './errors.ts';
import { security } from './headers.ts';
import { newMeter } from './meter.ts';
import type { Meter } from './meter.ts';
import { mustBeOurs } from './origin.ts';
import { pages } from './pages/index.ts';
import { ApiProblem, problemOf } from './problem.ts';
import { routes } from './routes/index.ts';

const MOST_BYTES = 1_048_576;
const ANSWER_MS = 30_000;
/** A form of ours has five levels or six; what reads or writes JSON by calling itself stays far from its end. */
const MOST_LEVELS = 32;

function answerProblem(reply: FastifyReply, { problem: body, retryAfter }: ApiProblem): FastifyReply {
  if (retryAfter !== null) void reply.header('retry-after', String(retryAfter));
  return reply
    .code(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** @returns true when a JSON text has more levels than any form has; what stands within quotes does not count */
function isTooDeep(text: string): boolean {
  let level = 0;
  for (let at = 0; at < text.length; at += 1)
    switch (text[at]) {
      case '"':
        for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
        break;
      case '{':
      case '[':
        level += 1;
        if (level > MOST_LEVELS) return true;
        break;
      case '}':
      case ']':
        level -= 1;
        break;
      default:
    }
  return false;
}

/** JSON, and no key of a prototype, and no more levels than a form has. */
function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (isTooDeep(body)) done(problemOf(400, 'malformed', 'The body has too many levels.'));
    else void parse(request, body, done);
  });
}

async function describe(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'peer-hire',
        version: '1',
        description: 'Cases, decisions and their proof. Instants are milliseconds since 1970-01-01 UTC.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: '__Host-peer-hire' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

/** Log lines carry the route's template and codes: never an address with what was asked in it. */
function logs(app: FastifyInstance, log: EventLog, meter: Meter): void {
  app.addHook('onResponse', async (request, reply) => {
    const type = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    meter.answered(type, reply.statusCode, reply.elapsedTime / 1_000);
    log.info('request', { type, code: String(reply.statusCode), ms: Math.round(reply.elapsedTime) });
  });
}

/** The HTTP face, ready to listen or to be asked in a test. */
export async function makeApp(desk: Desk, log: EventLog): Promise<FastifyInstance> {
  const stopping = new AbortController();
  const running = { meter: newMeter(), stopping: stopping.signal, streams: new Map<string, number>() };
  const app = fastify({
    logger: false,
    bodyLimit: MOST_BYTES,
    requestTimeout: ANSWER_MS,
    // Whoever is not on the list says nothing of where a request comes from.
    trustProxy: desk.proxies === undefined || desk.proxies.length === 0 ? false : [...desk.proxies],
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // One content type on JSON routes.
  app.removeContentTypeParser('text/plain');
  readJson(app);
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const told = problemOfError(error);
    if (told.problem.status >= 500) log.warn('request_failed', { code: error.code ?? error.name });
    return answerProblem(reply, told);
  });
  app.addHook('preClose', async () => stopping.abort());
  await app.register(cookie);
  await app.register(helmet, security(desk.origin));
  const consolePage = await serveConsole(app, desk.web);
  app.setNotFoundHandler(async (request, reply) => {
    if (await consolePage(request, reply)) return reply;
    return answerProblem(reply, problemOf(404, 'unknown_path', 'There is nothing under this address.'));
  });
  await describe(app);
  logs(app, log, running.meter);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    mustBeOurs(request, desk.origin);
  });
  await pages(app, desk, log);
  app.after(() => {
    for (const one of routes) addRoute(app, { ...desk, running }, one);
    app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
      reply.header('content-type', 'application/json; charset=utf-8').send(app.swagger()),
    );
  });
  await app.ready();
  return app;
}

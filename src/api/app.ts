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

function answerProblem(reply: FastifyReply, { problem: body, retryAfter }: ApiProblem): FastifyReply {
  if (retryAfter !== null) void reply.header('retry-after', String(retryAfter));
  return reply
    .code(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
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
    // One content type on JSON routes, and no key of a prototype.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
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

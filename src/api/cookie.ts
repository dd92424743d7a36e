import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-`: of this host alone, whole path, sent over TLS only (browsers take loopback as safe). */
export const COOKIE = '__Host-peer-hire';
/** The state of a sign-in on its way through a provider: it ends in the browser it began in. */
const STATE = '__Host-peer-hire-state';
const STATE_S = 600;

const options = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

export const setCookie = (reply: FastifyReply, secret: string): FastifyReply =>
  reply.setCookie(COOKIE, secret, options);
export const clearCookie = (reply: FastifyReply): FastifyReply => reply.clearCookie(COOKIE, options);
export const cookieOf = (request: FastifyRequest): string | undefined => request.cookies[COOKIE];

export const setState = (reply: FastifyReply, state: string): FastifyReply =>
  reply.setCookie(STATE, state, { ...options, maxAge: STATE_S });
export const clearState = (reply: FastifyReply): FastifyReply => reply.clearCookie(STATE, options);
export const stateOf = (request: FastifyRequest): string | undefined => request.cookies[STATE];

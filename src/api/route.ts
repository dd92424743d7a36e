import type { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../domain/kernel/actions.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import type { Guest } from './guest.ts';
import type { Desk } from './desk.ts';

type In<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What the façade gives cannot be changed; an answer takes it as it is. */
type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** What a route works with: the installation, who asks, and what they sent, already parsed. */
export interface Call<P, Q, B> {
  readonly desk: Desk;
  readonly guest: Guest;
  readonly params: In<P>;
  readonly query: In<Q>;
  readonly body: In<B>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** One thing the HTTP face does. Its answer holds what `answer` declares, and nothing else ever leaves. */
export interface Route<
  P extends z.ZodType | undefined = z.ZodType | undefined,
  Q extends z.ZodType | undefined = z.ZodType | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  A extends z.ZodType = z.ZodType,
> {
  /** Its name in the OpenAPI document, e.g. `showCase`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` for what varies. */
  readonly path: string;
  readonly tag: string;
  readonly says: string;
  readonly action: Action;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  /** Not JSON: the kind of content it answers with, as a text or a stream of texts. */
  readonly media?: 'text/csv' | 'application/jsonl' | 'text/plain' | 'text/event-stream';
  /** Longest body in bytes, where it is more than usual. */
  readonly bodyLimit?: number;
  /** The person it is about, for what everybody may do about themselves. */
  about?(call: Pick<Call<P, Q, B>, 'params' | 'query' | 'body' | 'guest'>): PersonRef | undefined;
  handle(call: Call<P, Q, B>): Promise<Frozen<z.input<A>>>;
}

/** Keeps the types of one route together. */
export const route = <
  A extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  one: Route<P, Q, B, A>,
): Route => one;

import type { Problem } from '../../contracts/api/shapes.ts';

/** A typed no of the API, with what to do. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'Refused';
    this.problem = problem;
  }
}

/** Nothing answered at all: the network, or a process that is starting. */
const away: Problem = {
  type: 'urn:peer-hire:problem:away',
  title: 'No answer',
  status: 503,
  code: 'away',
  detail: 'Nothing answered. Look at your connection and try again; nothing you typed is lost.',
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function sent(
  method: Method,
  path: string,
  body: unknown,
  headers: object,
  signal?: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      ...(signal === undefined ? {} : { signal }),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(away);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return null;
  }
}

/** What an answer held, with its ETag, where it has one. */
export interface Answer<T> {
  readonly value: T;
  readonly etag: string | null;
}

/** Asks the API for something that may collide. @throws Refused */
export async function askWhole<T>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const response = await sent(method, path, body, headers, signal);
  const value = await bodyOf(response);
  if (response.ok) return { value: value as T, etag: response.headers.get('etag') };
  throw new Refused(isProblem(value) ? value : { ...away, status: response.status });
}

/** Asks the API. The answer has the shape its route declares. @throws Refused */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return (await askWhole<T>(method, path, body)).value;
}

/** A file that the API makes, as its text. @throws Refused */
export async function fetchText(path: string): Promise<string> {
  const response = await sent('GET', path, undefined, { accept: '*/*' });
  if (response.ok) return response.text();
  const value = await bodyOf(response);
  throw new Refused(isProblem(value) ? value : { ...away, status: response.status });
}

/** A query string of what is given. */
export function query(of: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(of).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

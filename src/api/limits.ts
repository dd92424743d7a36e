import type { ReadingOffice } from '../client/ask-reader.ts';
import { counted } from '../identity/limits.ts';
import type { Limit } from '../identity/limits.ts';
import { problemOf } from './problem.ts';

/** Counts a try, across processes. @throws ApiProblem (429) with the time to wait */
export async function within({ pool }: ReadingOffice, limit: Limit, whom: string): Promise<void> {
  const retryAfter = await counted(pool, limit, whom);
  if (retryAfter > 0)
    throw problemOf(429, 'too_many', `Wait ${retryAfter} seconds, then try again.`, { retryAfter });
}

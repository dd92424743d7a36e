import { ServiceError, isGrpcServiceError } from '@temporalio/client';
import { isDatabaseAway } from '../ledger/database.ts';

const PAUSE_MS = 250;
/** A server that is started again is back much sooner; one that stays away should be told to a person. */
const PATIENCE_MS = 120_000;

/** Errors that say nothing about the question: a server is away, starts, or ends. */
function isAway(error: unknown): boolean {
  return isDatabaseAway(error) || error instanceof ServiceError || isGrpcServiceError(error);
}

/**
 * Does something again while a server is away: a play goes on when a killed one comes back.
 * @param work may be done any number of times
 * @throws what `work` throws when it is not about a server, and when two minutes did not help
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

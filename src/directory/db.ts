import type { QueryResult, QueryResultRow } from 'pg';

/** A pool, or a client inside somebody's transaction. */
export interface Db {
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<R>>;
}

import pg from 'pg';

const INT8 = 20;
// Positions and milliseconds stay far below 2^53.
pg.types.setTypeParser(INT8, Number);

/** Waits for locks, statements and idle transactions, in milliseconds: the quick attempt and the patient one. */
export const QUICK_MS = 700;
export const PATIENT_MS = 5_000;

/** How much longer than its statements may take a whole transaction is waited for before the connection is cut. */
const WHOLE = 3;

/**
 * Opens a pool on PostgreSQL. The error listeners matter: without them a connection ended by the server, idle or in
 * the middle of a transaction, ends this process too.
 * @param onError called with a code, never with text of the server
 */
export function openPool(
  url: string,
  max: number,
  onError: (code: string) => void = () => undefined,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: PATIENT_MS,
    keepAlive: true,
  });
  // A client's own listener stays while it is borrowed; the pool's is there only while it is idle.
  pool.on('connect', (client) =>
    client.on('error', (error: Error & { code?: string }) => onError(error.code ?? 'connection_lost')),
  );
  pool.on('error', () => undefined);
  return pool;
}

/** SQLSTATE classes that say "not now": connection, resources, operator's shutdown or start. */
const AWAY_CLASSES = ['08', '53', '57'];
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
const AWAY_TEXTS = /^(connection terminated|timeout exceeded|query read timeout|client has encountered)/i;

/** @returns true for an error that says nothing about the question, only that the database did not take it. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseSilent) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const { code } = error as { code?: unknown };
  if (typeof code === 'string')
    return AWAY_CODES.has(code) || (code.length === 5 && AWAY_CLASSES.some((one) => code.startsWith(one)));
  return AWAY_TEXTS.test(error.message);
}

/** The server took a connection and then said nothing. */
export class DatabaseSilent extends Error {
  readonly code = 'database_silent';
  constructor() {
    super('database_silent: PostgreSQL did not answer in time');
    this.name = 'DatabaseSilent';
  }
}

/**
 * Borrows a connection for some work and cuts it when the work takes too long: a server that is stopped, or a network
 * that swallows everything, keeps no timeout of its own.
 * @throws DatabaseSilent
 */
export async function borrow<T>(
  pool: pg.Pool,
  wholeMs: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let cut: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    cut = () => reject(new DatabaseSilent());
  });
  late.catch(() => undefined);
  const timer = setTimeout(() => cut?.(), wholeMs);
  let broken: Error | undefined;
  const working = work(client);
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } catch (error) {
    if (error instanceof DatabaseSilent || isDatabaseAway(error)) broken = error as Error;
    throw error;
  } finally {
    clearTimeout(timer);
    if (broken instanceof DatabaseSilent) cutOff(client);
    client.release(broken);
  }
}

/** Ends the socket itself: a polite goodbye would wait behind the query that hangs. */
function cutOff(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}

/** The last statement of a transaction, and what its result means; sent together with the commit. */
export class Closing<T> {
  readonly sql: string;
  readonly meaning: (row: Readonly<Record<string, unknown>>) => T;

  constructor(sql: string, meaning: (row: Readonly<Record<string, unknown>>) => T) {
    this.sql = sql;
    this.meaning = meaning;
  }
}

const rowOf = (result: pg.QueryResult | undefined): Readonly<Record<string, unknown>> =>
  (result?.rows[0] ?? {}) as Readonly<Record<string, unknown>>;

async function closed<T>(client: pg.PoolClient, done: T | Closing<T>): Promise<T> {
  if (!(done instanceof Closing)) {
    await client.query('commit');
    return done;
  }
  const answers = (await client.query(`${done.sql}; commit`)) as unknown as readonly pg.QueryResult[];
  return done.meaning(rowOf(answers[0]));
}

/**
 * Runs `work` in one transaction whose first statement takes the organization's ledger head: always the first lock.
 * @param work may end with a `Closing`, which saves a round trip while the head is locked
 * @param first a further statement, sent with the lock; `work` is given its row
 * @throws UnknownOrganization; errors of the database as they are
 */
export async function underHead<T>(
  pool: pg.Pool,
  org: string,
  timeoutMs: number,
  work: (client: pg.PoolClient, row: Readonly<Record<string, unknown>>) => Promise<T | Closing<T>>,
  first: (client: pg.PoolClient) => string = () => 'select 1',
): Promise<T> {
  const ms = Math.trunc(timeoutMs);
  return borrow(pool, WHOLE * ms, async (client) => {
    try {
      // One message, several statements: each sees what was committed before it began, so the lock still comes first.
      const answers = (await client.query(
        `begin; set local lock_timeout = ${ms}; set local statement_timeout = ${ms}; ` +
          `set local idle_in_transaction_session_timeout = ${ms}; ` +
          `select lock_head(${client.escapeLiteral(org)}); ${first(client)}`,
      )) as unknown as readonly pg.QueryResult[];
      if (rowOf(answers.at(-2))['lock_head'] !== true) throw new UnknownOrganization(org);
      return await closed(client, await work(client, rowOf(answers.at(-1))));
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        throw isDatabaseAway(error) ? error : failed;
      });
      throw error;
    }
  });
}

/** The organization is not in this database. */
export class UnknownOrganization extends Error {
  readonly code = 'unknown_organization';
  constructor(org: string) {
    super(`unknown_organization: ${org}`);
    this.name = 'UnknownOrganization';
  }
}

import pg from 'pg';

const INT8 = 20;
// Positions and milliseconds stay far below 2^53.
pg.types.setTypeParser(INT8, Number);

/** Waits for locks, statements and idle transactions, in milliseconds: the quick attempt and the patient one. */
export const QUICK_MS = 700;
export const PATIENT_MS = 5_000;

/**
 * Opens a pool on PostgreSQL. The error listener matters: without one, an idle connection ended by the server
 * ends this process too.
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
  pool.on('error', (error: Error & { code?: string }) => onError(error.code ?? 'connection_lost'));
  return pool;
}

/**
 * Runs `work` in one transaction whose first statement takes the organization's ledger head: always the first lock.
 * @throws UnknownOrganization; errors of the database as they are
 */
export async function underHead<T>(
  pool: pg.Pool,
  org: string,
  timeoutMs: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const ms = Math.trunc(timeoutMs);
    await client.query(
      `begin; set local lock_timeout = ${ms}; set local statement_timeout = ${ms}; ` +
        `set local idle_in_transaction_session_timeout = ${ms}`,
    );
    const locked = await client.query<{ lock_head: boolean }>('select lock_head($1)', [org]);
    if (locked.rows[0]?.lock_head !== true) throw new UnknownOrganization(org);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollback: Error) => (broken = rollback));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The organization is not in this database. */
export class UnknownOrganization extends Error {
  readonly code = 'unknown_organization';
  constructor(org: string) {
    super(`unknown_organization: ${org}`);
    this.name = 'UnknownOrganization';
  }
}

import {
  Client,
  Connection,
  ServiceError,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import type { ConnectionOptions, GrpcRetryOptions } from '@temporalio/client';
import type pg from 'pg';
import { dataConverterFor } from '../directory/codec.ts';
import type { KeyRing } from '../directory/keys.ts';
import { TermsStore } from '../ledger/documents.ts';

/** Everything the façade works with, for one organization. */
export interface House {
  readonly org: string;
  readonly pool: pg.Pool;
  readonly keys: KeyRing;
  readonly client: Client;
  readonly terms: TermsStore;
  readonly queue: string;
}

export interface HouseSettings {
  readonly org: string;
  readonly pool: pg.Pool;
  readonly keys: KeyRing;
  readonly namespace: string;
  readonly queue: string;
  readonly connection: ConnectionOptions;
}

const CONNECT_MS = 3_000;
/** A server that comes back is found as soon: by itself the client waits longer after each try, up to two minutes. */
const RECONNECT_WITHIN_MS = 2_000;
const NEVER_SENT = /no connection established|ECONNREFUSED|name resolution failed/i;

/** Temporal cannot be reached: nothing was sent. */
export class TemporalAway extends Error {
  readonly code = 'temporal_away';
  constructor(address: string) {
    super(
      `temporal_away: no Temporal server answers at ${address}; nothing was done. Start the installation; where it runs already, wait a moment until it has brought the server back. Then repeat.`,
    );
    this.name = 'TemporalAway';
  }
}

/** @returns true for an error of a call that never left this machine, since nobody took the connection */
export function neverSent(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && NEVER_SENT.test(cause.details);
}

/** The usual patience, but no waiting for a server that is not there: a person should hear of it at once. */
function patience(): GrpcRetryOptions {
  const usual = defaultGrpcRetryOptions();
  return {
    ...usual,
    retryableDecider: (attempt, status) =>
      !NEVER_SENT.test(status.details) && usual.retryableDecider(attempt, status),
  };
}

/** Connects the façade. @throws TemporalAway */
export async function openHouse(settings: HouseSettings): Promise<House & { close(): Promise<void> }> {
  const connection = await Connection.connect({
    connectTimeout: CONNECT_MS,
    interceptors: [makeGrpcRetryInterceptor(patience())],
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_WITHIN_MS },
    ...settings.connection,
  }).catch(() => {
    throw new TemporalAway(settings.connection.address ?? 'its address');
  });
  const { org, pool, keys, queue, namespace } = settings;
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(keys, org) });
  return { org, pool, keys, queue, client, terms: new TermsStore(), close: () => connection.close() };
}

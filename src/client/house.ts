import { Client, Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
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

/** Connects the façade. @throws what the connection throws when Temporal is away */
export async function openHouse(settings: HouseSettings): Promise<House & { close(): Promise<void> }> {
  const connection = await Connection.connect(settings.connection);
  const { org, pool, keys, queue, namespace } = settings;
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(keys, org) });
  return { org, pool, keys, queue, client, terms: new TermsStore(), close: () => connection.close() };
}

import { findTemporal } from '../../src/local/temporal-binary.ts';

/** Before any test on the servers: on a machine that has none yet, building it takes minutes, and says so. */
export async function setup(): Promise<void> {
  await findTemporal({ env: process.env, say: (line) => console.error(line) });
}

/**
 * The guardian: a small process that outlives its parent by a moment. The parent tells it, a JSON line each,
 * which processes and throw-away folders are in its care. When the parent ends in any way, also by kill -9, the
 * pipe closes: the guardian ends those processes, the last named first, removes the folders, and ends itself.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import { endProcess, identityOf } from './processes.ts';
import type { StopSignal } from './processes.ts';

interface Ward {
  readonly pid: number;
  readonly identity: string;
  readonly signal: StopSignal;
  readonly graceMs: number;
}

type Order =
  | { readonly order: 'watch'; readonly pid: number; readonly signal: StopSignal; readonly graceMs: number }
  | { readonly order: 'forget'; readonly pid: number }
  | { readonly order: 'remove'; readonly folder: string };

const wards = new Map<number, Ward>();
const folders: string[] = [];

// Whoever stops a session stops the parent; the guardian goes when the pipe closes, and not before.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  obey(JSON.parse(line) as Order);
}
for (const ward of [...wards.values()].reverse()) {
  await endProcess(ward.pid, ward.identity, ward.signal, ward.graceMs);
}
for (const folder of folders) {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function obey(order: Order): void {
  switch (order.order) {
    case 'watch': {
      const identity = identityOf(order.pid);
      if (identity !== null) wards.set(order.pid, { ...order, identity });
      return;
    }
    case 'forget':
      wards.delete(order.pid);
      return;
    case 'remove':
      folders.push(order.folder);
      return;
    default: {
      const never: never = order;
      throw new Error(`unknown order ${JSON.stringify(never)}`);
    }
  }
}

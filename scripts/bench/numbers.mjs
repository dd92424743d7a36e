// Small arithmetic of measurements. Times are milliseconds.
export function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function quantile(list, q) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

/** @returns how long `work` took */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export const pause = (ms) =>
  new Promise((resume) => {
    setTimeout(resume, ms);
  });

/** Looks every few milliseconds until `look` answers something truthy. @throws when it takes too long */
export async function until(what, look, withinMs = 60_000, everyMs = 5) {
  const began = performance.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() - began > withinMs) throw new Error(`not in time: ${what}`);
    await pause(everyMs);
  }
}

export const ms = (value) => `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
export const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
export const times = (ratio) => `${ratio.toFixed(2)} ×`;

/** The server allows ten updates of one run at a time; some room is left for other processes. */
const MOST = 8;

interface Lane {
  busy: number;
  readonly waiting: (() => void)[];
}

const lanes = new WeakMap<object, Map<string, Lane>>();

function laneOf(owner: object, caseId: string): Lane {
  const known = lanes.get(owner) ?? new Map<string, Lane>();
  lanes.set(owner, known);
  const lane = known.get(caseId) ?? { busy: 0, waiting: [] };
  known.set(caseId, lane);
  return lane;
}

/** @returns false when it was still waiting at the deadline */
function enter(lane: Lane, until: number): Promise<boolean> {
  if (lane.busy < MOST) {
    lane.busy += 1;
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const called = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      const place = lane.waiting.indexOf(called);
      if (place >= 0) lane.waiting.splice(place, 1);
      resolve(place < 0);
    }, until - Date.now());
    lane.waiting.push(called);
  });
}

/**
 * Does something of a case in its turn: at most eight at a time from this process, first come first served.
 * @param until when waiting for a turn ends, in milliseconds since the epoch
 * @returns null when no turn came in time
 */
export async function inTurn<T>(
  owner: object,
  caseId: string,
  until: number,
  work: () => Promise<T>,
): Promise<T | null> {
  const lane = laneOf(owner, caseId);
  if (!(await enter(lane, until))) return null;
  try {
    return await work();
  } finally {
    const next = lane.waiting.shift();
    // The place is handed on; it is free only when nobody waits.
    if (next === undefined) lane.busy -= 1;
    else next();
    if (lane.busy === 0) lanes.get(owner)?.delete(caseId);
  }
}

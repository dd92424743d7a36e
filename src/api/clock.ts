import type { House } from '../client/house.ts';
import { Conductor } from '../sandbox/conductor.ts';

/**
 * The clock of a sandbox, for whoever tries things out: everything that falls due on the way happens.
 * @returns a function that moves it forward by so many milliseconds and says where it stands then
 */
export function sandboxClock(house: () => Promise<House>): (byMs: number) => Promise<number> {
  return async (byMs) => {
    const conductor = await Conductor.take(await house());
    try {
      const target = (await conductor.now()) + Math.max(byMs, 0);
      await conductor.advanceTo(target, () => undefined);
      return target;
    } finally {
      await conductor.release();
    }
  };
}

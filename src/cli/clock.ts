import { Conductor } from '../sandbox/conductor.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { beginsAt, typedFrom, zoneFor } from './moments.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2025-03-04`, an instant with its offset, or a span such as `36h`, `10d`, `2w`. */
function targetOf(text: string, now: number, zone: string): number {
  const span = /^(\d{1,4})([hdw])$/.exec(text);
  if (span !== null) return now + Number(span[1]) * (UNITS[span[2] ?? ''] ?? 0);
  return beginsAt(
    typedFrom(text, 'clock advance', ', or a span in hours, days or weeks (36h, 10d, 2w)'),
    zone,
  );
}

/** `clock advance`: moves a sandbox's one instant, and everything that falls due on the way happens. */
export async function clockAdvance(io: Io, to: string, options: Common): Promise<Exit> {
  return within(options, io.env, async (opened) => {
    if (!opened.installation.sandbox)
      throw new Stop(
        EXIT.refused,
        'not_a_sandbox',
        'Only a sandbox’s clock is moved; a real one keeps the time itself.',
      );
    const conductor = await Conductor.take(await opened.house());
    try {
      const now = await conductor.now();
      const target = targetOf(to, now, await zoneFor(opened.office, null));
      if (target < now)
        throw new Stop(
          EXIT.refused,
          'clock_backwards',
          `The clock stands at ${new Date(now).toISOString()} and never goes back.`,
        );
      let stops = 0;
      await conductor.advanceTo(target, (at) => {
        stops += 1;
        if (options.json !== true) io.err(`  ${new Date(at).toISOString()}`);
      });
      if (options.json === true) io.out(JSON.stringify({ from: now, to: target, stops }));
      else
        io.out(
          `The clock stands at ${new Date(target).toISOString()}; it stopped ${stops} times on the way.`,
        );
      return EXIT.done;
    } finally {
      await conductor.release();
    }
  });
}

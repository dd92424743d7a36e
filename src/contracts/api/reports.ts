import { z } from 'zod';
import { instant } from './shapes.ts';

const cell = z.object({
  value: z.number().nullable(),
  /** Fewer than five people: the number is not given (domain 5.2). */
  withheld: z.literal('small').optional(),
  units: z.array(z.string()).optional(),
  cases: z.array(z.string()).optional(),
});

/** Numbers from events; each opens into its cases when they are asked for. */
export const report = z.object({
  ...{ name: z.string(), now: instant },
  columns: z.array(z.object({ id: z.string(), is: z.string() })),
  groups: z.array(
    z.object({
      ...{ role: z.string().nullable(), span: z.string(), people: z.int(), cases: z.int() },
      lines: z.array(z.object({ about: z.string(), cells: z.record(z.string(), cell) })),
    }),
  ),
});

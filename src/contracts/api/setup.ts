import { z } from 'zod';
import { instant } from './shapes.ts';
import { newCalendar, newSite } from './terms.ts';

/** How far an organization is set up. */
export const setup = z.object({
  ...{ founding: z.boolean(), name: z.string().nullable() },
  site: z
    .object({
      ...{ site: z.string(), name: z.string(), zone: z.string(), last: z.string(), holidays: z.int() },
    })
    .nullable(),
  ...{ leads: z.boolean(), supervisors: z.boolean(), roles: z.boolean() },
  noted: z.object({ mail: instant.nullable(), backup: instant.nullable() }),
});

/** The organization and its first place of work. */
export const founded = z.strictObject({
  name: z.string().min(1).max(120),
  site: newSite.omit({ decisionId: true, site: true, comparator: true }).optional(),
});

export const foundingHolidays = newCalendar.pick({ holidays: true });

/** Who leads HR: somebody else than whoever keeps the machine. */
export const firstLead = z.strictObject({
  ...{ name: z.string().min(1).max(200), email: z.email().max(254).optional() },
  login: z.string().min(2).max(40),
});

export const notedStep = z.strictObject({ step: z.enum(['mail', 'backup']) });

import { z } from 'zod';
import { civilDate } from './common.ts';

/** @returns what a schema takes, as a JSON schema: for the forms of the console and for a command line that is offered */
export function shapeOf(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any' },
    // A day is checked by the calendar: what the pattern of a JSON schema cannot say.
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === (civilDate as unknown)) jsonSchema.format = 'date';
    },
  });
}

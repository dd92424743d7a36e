import type { z } from 'zod';
import type { CaseKind } from '../domain/kernel/words.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { CommandLike } from '../domain/kernel/decider.ts';
import { candidacyCommands } from './candidacy.ts';
import { clockCommands } from './clock.ts';
import { employmentCommands } from './employment.ts';
import { kernelCommands } from './kernel.ts';
import { openingCommands } from './opening.ts';
import { readinessCommands } from './readiness.ts';
import { reviewCommands } from './review.ts';
import { roleCommands } from './role.ts';

type Schemas = Readonly<Record<string, z.ZodType<object>>>;

/** Every command of every case: the published language. */
export const commandSchemas: Readonly<Partial<Record<CaseKind, Schemas>>> = {
  readiness: readinessCommands,
  role: roleCommands,
  opening: openingCommands,
  candidacy: candidacyCommands,
  employment: employmentCommands,
  review: reviewCommands,
  clock: clockCommands,
};

/**
 * Parses a command of a case.
 * @returns the command, or a refusal that names each field at fault and what is expected there
 */
export function parseCommand(kind: CaseKind, type: string, payload: unknown): CommandLike | Refusal {
  const schemas: Schemas = { ...kernelCommands, ...commandSchemas[kind] };
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (schema === undefined)
    return refuse(
      'unknown_command',
      undefined,
      Object.keys(schemas).map((known) => ({ code: 'known', about: known })),
    );
  const parsed = schema.safeParse(payload);
  if (parsed.success) return { type, payload: parsed.data };
  // Paths only: a message of the parser may quote what was typed.
  const missing = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ code: issue.code, about: placeOf(issue) }));
  return refuse('malformed', undefined, missing);
}

/** The field at fault, and the words it may hold where its list is closed. */
function placeOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.').slice(0, 80);
  if (issue.code !== 'invalid_value') return path;
  return `${path} (${issue.values.map(String).join(', ').slice(0, 400)})`;
}

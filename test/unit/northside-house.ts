import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { Instant } from '../../src/domain/kernel/calendar.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import type { World } from '../../src/sandbox/world.ts';
import * as scenarios from '../scenarios.ts';
import type { PlayRow } from '../scenarios.ts';

/** The worked example as the tests on it see it: its scenario, its cast and the terms it is played under. */

export { digestOf } from '../scenarios.ts';
export type { PlayRow } from '../scenarios.ts';

export const stage = scenarios.staged('northside');
export const { scenario, cast, calendar, start, policy } = stage;
/** A local moment of the site, `2025-01-06 10:00`. */
export const at = (moment: string): Instant => instantOf(calendar, moment.slice(0, 10), moment.slice(11));

/** The terms that a play puts in force. */
export const northsideTerms = (): Terms => stage.terms;

/** Every free text of the scenario: none may be seen anywhere in clear. */
export const freeTexts = (): readonly string[] => scenarios.textsOf(scenario);

/** The rows a play on the servers must have, in order of case and sequence, from a rehearsal in memory. */
export const rowsToExpect = (world: World): readonly PlayRow[] => scenarios.rowsToExpect(stage, world);

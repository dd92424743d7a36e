import type { CaseKind } from '../../../domain/kernel/words.ts';
import { shapeOf } from '../shape.ts';
import type { Fits } from '../shape.ts';
import { candidacyShapes } from './candidacy.ts';
import { clockShapes } from './clock.ts';
import { employmentShapes } from './employment.ts';
import { houseShapes } from './house.ts';
import { kernelShapes } from './kernel.ts';
import { openingShapes } from './opening.ts';
import { readinessShapes } from './readiness.ts';
import { reviewShapes } from './review.ts';
import { roleShapes } from './role.ts';

type Shapes = Readonly<Record<string, string>>;

const tables: Readonly<Record<CaseKind | 'house', Shapes>> = {
  readiness: readinessShapes,
  role: roleShapes,
  opening: openingShapes,
  candidacy: candidacyShapes,
  employment: employmentShapes,
  review: reviewShapes,
  clock: clockShapes,
  house: houseShapes,
};

const { house: _house, ...ofCases } = tables;

/** Every kind of event that a case can have, once each, in alphabetical order. */
export const eventKinds: readonly string[] = [
  ...new Set([kernelShapes, ...Object.values(ofCases)].flatMap((shapes) => Object.keys(shapes))),
].toSorted();

const read = new Map<string, Fits>();

/** @returns the text of what an event's body says; undefined for an event nobody knows. */
export function shapeText(kind: CaseKind | 'house', event: string): string | undefined {
  const own = tables[kind];
  if (Object.hasOwn(own, event)) return own[event];
  return kind !== 'house' && Object.hasOwn(kernelShapes, event) ? kernelShapes[event] : undefined;
}

/**
 * Whether a body is one that an event of this kind can have: every member it needs, each of its type, and none besides.
 * @returns the member that is not as it must be, e.g. `body.until`; null where all are
 */
export function misshapen(kind: CaseKind | 'house', event: string, body: unknown): string | null {
  const name = `${kind} ${event}`;
  let fits = read.get(name);
  if (fits === undefined) {
    const text = shapeText(kind, event);
    if (text === undefined) return 'body';
    fits = shapeOf(text);
    read.set(name, fits);
  }
  const wrong = fits(body);
  return wrong === null ? null : `body${wrong}`;
}

import { capacities } from '../../domain/kernel/words.ts';
import type { Shape } from './shape.ts';

const word = (most: number): Shape => ({ type: 'string', maxLength: most });
const person: Shape = { type: 'string', pattern: '^prs_' };
const site: Shape = { type: 'string', pattern: '^site_' };
const day: Shape = { type: 'string', format: 'date' };

const shapeOf = (properties: Readonly<Record<string, Shape>>, required: readonly string[]): Shape => ({
  ...{ type: 'object', properties, required },
});

/** Somebody for the directory. */
export const newPerson = shapeOf(
  {
    ...{ name: word(200), email: word(254), phone: word(40) },
    zone: word(60),
    channel: { type: 'string', enum: ['mail', 'phone', 'letter'] },
  },
  ['name'],
);

/** An office at a place of work. */
export const office = shapeOf({ person, capacity: { type: 'string', enum: capacities }, site }, [
  'person',
  'capacity',
  'site',
]);

/** Who answers for somebody who is away. */
export const standIn = shapeOf({ to: person, until: day }, ['to']);
export const standInOf = shapeOf({ person, to: person, until: day }, ['person', 'to']);

/** A login of this installation. */
export const login = shapeOf({ login: word(40), person }, ['login', 'person']);

/** What a person wishes about their mail. */
export const postWish = shapeOf({ style: { type: 'string', enum: ['immediate', 'digest'] } }, ['style']);

/** Somebody whose key is destroyed; ticked, so that it is no slip. */
export const erasing = shapeOf({ person, forGood: { const: true } }, ['person', 'forGood']);

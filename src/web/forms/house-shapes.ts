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

/** What somebody is asked to be in one case, until a day: mostly people from outside. */
export const guestOffice = shapeOf(
  {
    person,
    capacity: { type: 'string', enum: ['adviser', 'independent_adviser', 'panelist', 'colleague'] },
    until: day,
  },
  ['person', 'capacity', 'until'],
);

/** An office, at one place of work or, left empty, at all of them. */
export const office = shapeOf({ person, capacity: { type: 'string', enum: capacities }, site, until: day }, [
  'person',
  'capacity',
]);

/** Who answers for somebody who is away. */
export const standIn = shapeOf(
  {
    to: { ...person, title: 'Who answers for you', works: true },
    until: { ...day, title: 'Until, with that day' },
  },
  ['to'],
);
export const standInOf = shapeOf({ person, to: { ...person, works: true }, until: day }, ['person', 'to']);

/** A login of this installation. */
export const login = shapeOf({ login: word(40), person }, ['login', 'person']);

/** Whom somebody is who came through the provider. */
export const identityLink = shapeOf(
  { code: { ...word(40), title: 'The code they were shown' }, person: { ...person, title: 'Who they are' } },
  ['code', 'person'],
);

/** A program that is told. */
export const webhookAt = shapeOf({ url: word(500) }, ['url']);

/** What a person wishes about their mail. */
export const postWish = shapeOf(
  {
    style: {
      type: 'string',
      enum: ['immediate', 'digest'],
      title: 'How mail comes',
      words: { immediate: 'Each message by itself', digest: 'One list a day' },
    },
  },
  ['style'],
);

/** Somebody whose key is destroyed; ticked, so that it is no slip. */
export const erasing = shapeOf({ person, forGood: { const: true } }, ['person', 'forGood']);

/** Who leads HR first, with the login they come in by. */
export const firstLead = shapeOf({ name: word(200), email: word(254), login: word(40) }, ['name', 'login']);

const amount: Shape = { type: 'integer', minimum: 0 };
/** What is the same for all staff of a place. */
export const sameForAll = shapeOf(
  {
    ...{ source: word(400), recorded: day, probation_d: amount, probation_extension_d: amount },
    ...{ review_cycle: word(400), review_scale: word(400), review_form: word(400) },
    ...{ mentoring_months: amount, sick_leave_policy: word(400), pay_low: amount, pay_high: amount },
    ...{ discipline_steps: word(400), drug_tests: word(400) },
  },
  ['source', 'recorded'],
);

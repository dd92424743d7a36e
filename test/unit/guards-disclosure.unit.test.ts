import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/guards/index.ts';
import type { Surface } from '../../src/guards/index.ts';

/** R1.3: nobody is obliged to tell what they came through, in whatever words it is asked for. */

const surfaces: readonly Surface[] = ['role_element', 'duty', 'posting', 'template'];
const stopped = (surface: Surface, text: string): boolean =>
  findingsOf(surface, text).some(({ rule, level }) => rule === 'R1.3' && level === 'block');

describe('R1.3 what obliges a person to tell their own experience', () => {
  it.each([
    'All specialists are required to disclose their diagnosis to the people they support.',
    'The holder tells their own story in every group, always.',
    'It is expected that everybody hears how they came through it.',
    'Own experience is shared at each first contact as part of the intake.',
    'Telling one’s story at the first visit is part of the job.',
    'Not telling one’s own history needs a reason.',
    'They must share their recovery story with every person in the first meeting.',
    'Each newcomer is told the specialist’s story on the first day.',
    'Disclosing your recovery is a condition of this role.',
    'Whoever does not tell their story must give a reason.',
    'Everyone on the unit learns how the specialist got well.',
    'The specialist has a duty to disclose their illness to people served.',
    'You tell your own story to every new group.',
  ])('is refused: %s', (text) => {
    for (const surface of surfaces) expect([surface, stopped(surface, text)]).toEqual([surface, true]);
  });

  it.each([
    'You choose what you share.',
    'Nobody is required to tell their story.',
    'Shares own experience where it helps and the person wants it.',
    'Every specialist decides for themselves what they tell.',
    'The specialist decides what to tell and to whom; nobody on the team tells it for them.',
    'Supports every person to tell their own story in their plan meeting.',
    'Listens to each person’s story at the first visit.',
    'Must keep what people share about their history confidential.',
    'The specialist must never tell another person’s story.',
    'Not telling one’s own story needs no reason.',
    'Sharing own experience is part of the role, by choice.',
    'Must share relevant safety information with the team.',
    'Supervision covers how the specialist shares own experience in each group.',
  ])('leaves alone: %s', (text) => {
    for (const surface of surfaces) expect([surface, stopped(surface, text)]).toEqual([surface, false]);
  });

  it.each([
    'Each new person on the ward first hears from the specialist how bad it once was.',
    'Whoever holds the role opens every intake with their own years on the ward.',
    'What the holder has been through is the first thing a newcomer is told.',
    'In family evenings the specialist stands in as the example of somebody who was once a patient.',
  ])('is found in an element of a role without a telling word: %s', (text) => {
    expect(findingsOf('role_element', text).map(({ rule }) => rule)).toContain('R1.3');
  });

  it.each([
    'The holder may speak of their own years, or never do so; nobody asks which.',
    'The first hour belongs to the person; the specialist listens.',
    'Newcomers are told who is who on the team, by name and task.',
  ])('is not found in an element of a role that leaves it to the person: %s', (text) => {
    expect(findingsOf('role_element', text)).toEqual([]);
  });
});

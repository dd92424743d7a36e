import { describe, expect, it } from 'vitest';
import { meetings } from '../../src/domain/candidacy/meetings.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import type { World } from '../../src/sandbox/world.ts';
import { id, must, people, policyWith, screened } from './candidacy-world.ts';
import { termsForTests } from './house.ts';

const terms = termsForTests();
const at = (on: string, wall: string): number => instantOf(terms.calendar, on, wall);
const ahead = (world: World, under = terms) =>
  meetings(world.cases.get(id)!.held.own as CandidacyState, under);

function planned(): World {
  const world = screened();
  must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
  return world;
}

describe('D4.2 the interview in people’s calendars', () => {
  it('stands there for the candidate and the panel from the day it is set', () => {
    expect(ahead(screened())).toEqual([]);
    expect(ahead(planned())).toEqual([
      {
        ...{ id: 'interview', at: at('2025-04-04', '10:00'), minutes: 60, visibility: 'C2' },
        who: [people.candidate, ...people.raters],
      },
    ]);
  });

  it('keeps its id when it is set anew, so that it moves and is not there twice', () => {
    const world = planned();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-08', at: '14:30' });
    expect(ahead(world)).toMatchObject([{ id: 'interview', at: at('2025-04-08', '14:30') }]);
  });

  it('is no more ahead once it was held', () => {
    const state = planned().cases.get(id)!.held.own as CandidacyState;
    const interview = { ...state.interview!, held: { on: '2025-04-04', at: at('2025-04-04', '12:00') } };
    expect(meetings(state, terms)).toHaveLength(1);
    expect(meetings({ ...state, interview }, terms)).toEqual([]);
  });

  it('is no more ahead when the candidate takes the application back', () => {
    const world = planned();
    must(world, people.candidate, 'withdraw');
    expect(ahead(world)).toEqual([]);
  });

  it('is sent under no policy of an earlier day, nor where its length is 0', () => {
    const { meeting_min: _most, ...before } = terms.policy.values['SCHEDULE']!;
    for (const values of [before, { ...before, meeting_min: 0 }])
      expect(
        ahead(planned(), {
          ...terms,
          policy: { ...terms.policy, values: { ...terms.policy.values, SCHEDULE: values } },
        }),
      ).toEqual([]);
    expect(ahead(planned(), { ...terms, policy: policyWith('SCHEDULE', { meeting_min: 45 }) })).toMatchObject(
      [{ minutes: 45 }],
    );
  });
});

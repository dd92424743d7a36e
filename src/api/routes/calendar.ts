import { z } from 'zod';
import { askMeetings } from '../../client/ask-meetings.ts';
import { endFeed, makeFeed } from '../../client/links/feed.ts';
import { done } from '../../contracts/api/changes.ts';
import { meetingAhead } from '../../contracts/api/reading.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const meetings = route({
  ...{ id: 'listMeetings', method: 'GET', path: '/me/meetings', tag: 'today', action: 'read:work' },
  says: 'Meetings you take part in that are not over yet, soonest first.',
  answer: z.object({ now: instant, list: z.array(meetingAhead) }),
  handle: async ({ desk, guest }) => {
    const { now, list } = await askMeetings(desk.office, personOf(guest));
    return { now, list: [...list] };
  },
});

const make = route({
  ...{ id: 'makeCalendar', method: 'POST', path: '/me/calendar', tag: 'people', action: 'change:self' },
  says: 'Makes the address of a calendar to subscribe to: references and hours only. It is in this answer and nowhere else; an earlier one ends.',
  answer: z.object({ address: z.string() }),
  handle: async ({ desk, guest }) => ({
    address: `${desk.origin}/calendar/${await makeFeed(desk.office, personOf(guest))}.ics`,
  }),
});

const end = route({
  ...{ id: 'endCalendar', method: 'DELETE', path: '/me/calendar', tag: 'people', action: 'change:self' },
  says: 'Ends the address of your calendar at once.',
  answer: done,
  handle: async ({ desk, guest }) => {
    if (!(await endFeed(desk.office, personOf(guest))))
      throw problemOf(404, 'no_calendar', 'You have no calendar address that holds.');
    return { done: true } as const;
  },
});

/** A person's own calendar. */
export const calendarRoutes = [meetings, make, end];

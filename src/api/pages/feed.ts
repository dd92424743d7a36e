import type { FastifyInstance } from 'fastify';
import { feedOf } from '../../client/links/feed.ts';
import type { FeedEntry } from '../../client/links/feed.ts';
import { endsList, unsubscribe } from '../../client/links/unsubscribe.ts';
import { html } from '../../notify/html.ts';
import { calendarFeed, meetingUid } from '../../notify/ics.ts';
import type { Desk } from '../desk.ts';
import { withinLink } from '../limits.ts';
import { said, sendPage } from './page.ts';

/** A calendar to subscribe to, and the end of a daily list. */

const titles: Readonly<Record<FeedEntry['is'], string>> = { meeting: 'Meeting', item: 'Item' };

const noList = said(
  'This link does not work',
  ['It may have been cut in two by a mail program: please copy the whole address from the message.'],
  404,
);
const listEnds = said('Your daily list has ended', [
  'From now on each message comes by itself. What only you can answer still reaches you.',
  'You can ask for the list again: sign in, or tell HR.',
]);

/** `/calendar/:token.ics`, `/u/:token`. */
export function feedPages(app: FastifyInstance, desk: Desk): void {
  const { org } = desk.office;
  type Named = { Params: { token: string } };
  app.get<Named>('/calendar/:token.ics', async ({ params }, reply) => {
    const feed = await feedOf(desk.office, params.token);
    if (feed === null)
      return sendPage(
        reply,
        said('There is no such calendar', ['Its address may have ended. Sign in to make another one.'], 404),
      );
    const lines = feed.entries.map((one) => ({
      ...{
        uid: meetingUid(org, one.case, one.id),
        sequence: one.version,
        from: one.at,
        minutes: one.minutes,
      },
      title: `${titles[one.is]} ${one.case.slice(-6).toUpperCase()}`,
    }));
    return reply.header('content-type', 'text/calendar; charset=utf-8').send(calendarFeed(lines, feed.now));
  });
  app.get<Named>('/u/:token', async ({ params: { token } }, reply) => {
    if (!(await endsList(desk.office, token))) return sendPage(reply, noList);
    return sendPage(reply, {
      title: 'End your daily list?',
      body: html`<p>Each message would then come by itself. What only you can answer still reaches you.</p>
        <form method="post" action="/u/${token}">
          <button name="List-Unsubscribe" value="One-Click">Yes, end the list</button>
        </form>`,
    });
  });
  app.post<Named>('/u/:token', async (request, reply) => {
    await withinLink(desk.office, request.ip, request.params.token);
    return sendPage(reply, (await unsubscribe(desk.office, request.params.token)) ? listEnds : noList);
  });
}

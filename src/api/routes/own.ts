import { z } from 'zod';
import { wishPost } from '../../client/post.ts';
import { done, draft, postWish } from '../../contracts/api/changes.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { draftAt, draftsOf, dropDraft, keepDraft } from '../../directory/drafts.ts';
import type { DraftShelf } from '../../directory/drafts.ts';
import { postWish as postWishOf } from '../../directory/post.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const wish = route({
  ...{ id: 'showPostWish', method: 'GET', path: '/me/post', tag: 'people', action: 'read:self' },
  says: 'What you wish about your mail.',
  answer: postWish,
  handle: async ({ desk: { office }, guest }) => {
    const { style, muted } = await postWishOf(office.pool, office.org, personOf(guest));
    return { style, muted };
  },
});

const setWish = route({
  ...{ id: 'setPostWish', method: 'PUT', path: '/me/post', tag: 'people', action: 'change:self' },
  says: 'One list a day or each message by itself, and codes without mail. What only you can do, offers and notices of law come all the same.',
  body: postWish,
  answer: postWish,
  handle: async ({ desk: { office }, guest, body }) => {
    await wishPost(office, personOf(guest), body);
    return body;
  },
});

/** The form of a command on a case, or another page of the console. */
const place = z.object({ place: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:_.-]{0,159}$/) });
const MOST_BYTES = 65_536;

const shelfOf = ({ office }: Desk, guest: Guest): DraftShelf => ({
  ...{ db: office.pool, keys: office.keys, org: office.org, person: personOf(guest) },
});
const tagOf = (version: number): string => `"${version}"`;

const noDraft = () => problemOf(404, 'no_draft', 'You have no draft there.');

const list = route({
  ...{ id: 'listDrafts', method: 'GET', path: '/drafts', tag: 'drafts', action: 'read:self' },
  says: 'Where you have drafts; nobody else sees them.',
  answer: z.object({ list: z.array(z.object({ place: z.string(), version: z.int(), savedAt: instant })) }),
  handle: async ({ desk, guest }) => ({ list: await draftsOf(shelfOf(desk, guest)) }),
});

const show = route({
  ...{ id: 'showDraft', method: 'GET', path: '/drafts/:place', tag: 'drafts', action: 'read:self' },
  says: 'Your draft for a place, with its version as an ETag; sealed under your own key.',
  params: place,
  answer: draft,
  handle: async ({ desk, guest, params, reply }) => {
    const found = await draftAt(shelfOf(desk, guest), params.place);
    if (found === null) throw noDraft();
    const { text, ...head } = found;
    void reply.header('etag', tagOf(head.version));
    return { ...head, draft: JSON.parse(text) as Record<string, unknown> };
  },
});

/** The version a draft was made from: `If-Match: "3"`, or `If-None-Match: *` for the first. @throws ApiProblem */
function seenIn(headers: Readonly<Record<string, string | string[] | undefined>>): number {
  const match = headers['if-match'];
  if (match === undefined && headers['if-none-match'] === '*') return 0;
  if (match === undefined)
    throw problemOf(
      428,
      'version_needed',
      'Send If-Match with the version you saw, or If-None-Match: * for a first draft.',
    );
  const version = /^"(\d{1,9})"$/.exec(String(match))?.[1];
  return version === undefined ? -1 : Number(version);
}

const keep = route({
  ...{ id: 'keepDraft', method: 'PUT', path: '/drafts/:place', tag: 'drafts', action: 'change:self' },
  says: 'Keeps what you have begun to write. If-Match names the version it was made from; another one there is a 412.',
  params: place,
  body: z.strictObject({ draft: z.record(z.string(), z.unknown()) }),
  answer: z.object({ version: z.int() }),
  handle: async ({ desk, guest, params, body, request, reply }) => {
    const text = JSON.stringify(body.draft);
    if (Buffer.byteLength(text) > MOST_BYTES)
      throw problemOf(413, 'oversized', `A draft has at most ${MOST_BYTES} bytes. Shorten it.`);
    const seen = seenIn(request.headers);
    const version = seen < 0 ? null : await keepDraft(shelfOf(desk, guest), params.place, text, seen);
    if (version === 'full')
      throw problemOf(
        409,
        'too_many_drafts',
        'You have two hundred drafts. Throw some away, then save again.',
      );
    if (version === null)
      throw problemOf(
        412,
        'draft_moved',
        'Another version is there by now, from another window perhaps. Look at it, then save again.',
      );
    void reply.header('etag', tagOf(version));
    return { version };
  },
});

const drop = route({
  ...{ id: 'dropDraft', method: 'DELETE', path: '/drafts/:place', tag: 'drafts', action: 'change:self' },
  says: 'Throws a draft away.',
  params: place,
  answer: done,
  handle: async ({ desk, guest, params }) => {
    if (!(await dropDraft(shelfOf(desk, guest), params.place))) throw noDraft();
    return { done: true } as const;
  },
});

/** What is everybody's own: wishes about mail, drafts. */
export const ownRoutes = [wish, setWish, list, show, keep, drop];

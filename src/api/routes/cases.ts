import { z } from 'zod';
import { askBoard, askCase } from '../../client/ask-cases.ts';
import { askGates } from '../../client/ask-gates.ts';
import { askHistory, askTimeline } from '../../client/ask-history.ts';
import { askWaiting } from '../../client/ask-waiting.ts';
import type { Waiting } from '../../client/ask-waiting.ts';
import { missingText } from '../../cli/sentences.ts';
import { boardRow, gateNow, happened, instant, shownCase, waiting } from '../../contracts/api/shapes.ts';
import { caseKinds } from '../../domain/kernel/words.ts';
import { route } from '../route.ts';
import { MOST, nextCursor, pageOf, paged, rowShown, waitingShown } from '../shown.ts';
import { personOf } from './sign-in.ts';

const caseParams = z.object({ case: z.string().max(60) });
const yes = z.stringbool().optional();

const board = route({
  ...{ id: 'listCases', method: 'GET', path: '/cases', tag: 'cases', action: 'read:work' },
  says: 'Every case you may know of, and what it waits for.',
  query: z.strictObject({ kind: z.enum(caseKinds).optional(), all: yes, ...paged }),
  answer: z.object({ now: instant, list: z.array(boardRow), next: nextCursor }),
  handle: async ({ desk, guest, query }) => {
    const { kind, all } = query;
    const { now, list } = await askBoard(desk.office, { as: personOf(guest), kind, all });
    const page = pageOf(list, (one) => one.case, query);
    return {
      ...{ now, next: page.next },
      list: page.list.map((one) => ({
        ...one,
        waiting: one.waiting === null ? null : waitingShown(one.waiting),
      })),
    };
  },
});

const showCase = route({
  ...{ id: 'showCase', method: 'GET', path: '/cases/:case', tag: 'cases', action: 'read:work' },
  says: 'Where a case stands, what it has published, what it waits for.',
  params: caseParams,
  answer: z.object({ now: instant, shown: shownCase }),
  handle: async ({ desk, guest, params }) => {
    const { now, shown } = await askCase(desk.office, personOf(guest), params.case);
    const facts = shown.facts === null ? null : [...shown.facts];
    return { now, shown: { ...shown, facts, waiting: shown.waiting.map(waitingShown) } };
  },
});

const gates = route({
  ...{ id: 'listGates', method: 'GET', path: '/cases/:case/gates', tag: 'cases', action: 'read:work' },
  says: 'Every gate of a case, and what each still lacks.',
  params: caseParams,
  answer: z.object({ now: instant, list: z.array(gateNow) }),
  handle: async ({ desk, guest, params }) => {
    const { now, list } = await askGates(desk.office, personOf(guest), params.case);
    return {
      now,
      list: list.map((one) => ({
        ...one,
        guards: [...one.guards],
        missing: one.missing.map((item) => ({ ...item, words: missingText(item) })),
      })),
    };
  },
});

const timeline = route({
  ...{ id: 'showTimeline', method: 'GET', path: '/cases/:case/timeline', tag: 'cases', action: 'read:work' },
  says: 'What happened in a case, and the dates ahead.',
  params: caseParams,
  answer: z.object({ now: instant, zone: z.string(), past: z.array(happened), ahead: z.array(waiting) }),
  handle: async ({ desk, guest, params }) => {
    const { ahead, past, ...rest } = await askTimeline(desk.office, personOf(guest), params.case);
    return { ...rest, past: past.map(rowShown), ahead: ahead.map(waitingShown) };
  },
});

const history = route({
  ...{ id: 'showHistory', method: 'GET', path: '/cases/:case/history', tag: 'cases', action: 'read:work' },
  says: 'The rows of a case in the ledger, as you may know them.',
  params: caseParams,
  query: z.strictObject({
    since: z.coerce.number().int().optional(),
    until: z.coerce.number().int().optional(),
    actor: z.string().max(60).optional(),
    kind: z.string().max(60).optional(),
    ...paged,
  }),
  answer: z.object({ zone: z.string(), list: z.array(happened), next: nextCursor }),
  handle: async ({ desk, guest, params, query }) => {
    const { limit, after, ...filter } = query;
    const { zone, list } = await askHistory(desk.office, personOf(guest), params.case, filter);
    const page = pageOf(list, (one) => String(one.position), { limit, after });
    return { zone, list: page.list.map(rowShown), next: page.next };
  },
});

/** A masked matter has no code to be named by. */
const waitingKey = ({ case: id, why }: Waiting): string => `${id}|${why.masked ? why.due : why.id}`;

const waits = route({
  ...{ id: 'listWaiting', method: 'GET', path: '/waiting', tag: 'today', action: 'read:work' },
  says: 'What waits, soonest due first: on whom, since when, due when, and what if nobody acts.',
  query: z.strictObject({ mine: yes, late: yes, case: z.string().max(60).optional(), ...paged }),
  answer: z.object({ now: instant, list: z.array(waiting), next: nextCursor }),
  handle: async ({ desk, guest, query }) => {
    const as = personOf(guest);
    const { mine, late, case: of } = query;
    const { now, list } = await askWaiting(desk.office, {
      as,
      late,
      case: of,
      mine: mine === true ? as : undefined,
      // A first page is read as far as it goes; later ones look for where they go on.
      most: query.after === undefined ? (query.limit ?? MOST) + 1 : undefined,
    });
    const page = pageOf(list, waitingKey, query);
    return { now, list: page.list.map(waitingShown), next: page.next };
  },
});

/** Cases and what they wait for, as the reader may know them. */
export const caseRoutes = [board, showCase, gates, timeline, history, waits];

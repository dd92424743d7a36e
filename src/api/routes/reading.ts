import { z } from 'zod';
import { hardMoments } from '../../cli/inbox.ts';
import { explainText } from '../../cli/explain.ts';
import { packetDocument } from '../../cli/packet.ts';
import { missingText } from '../../cli/sentences.ts';
import { askAsOf } from '../../client/ask-as-of.ts';
import { askBrief } from '../../client/ask-brief.ts';
import { askCase } from '../../client/ask-cases.ts';
import { askExplanation } from '../../client/ask-explain.ts';
import { askPacket } from '../../client/ask-packet.ts';
import { askRetention } from '../../client/ask-retention.ts';
import { askText } from '../../client/ask-text.ts';
import { askWaiting } from '../../client/ask-waiting.ts';
import {
  brief,
  explanation,
  forecast,
  paper,
  retentionOf,
  shownText,
  stoodThen,
} from '../../contracts/api/reading.ts';
import { instant, waiting } from '../../contracts/api/shapes.ts';
import { toHtml, toMarkdown } from '../../documents/render.ts';
import { askForecast } from '../../sandbox/forecast.ts';
import { limits } from '../../identity/limits.ts';
import { within } from '../limits.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { rowShown, waitingShown } from '../shown.ts';
import { personOf } from './sign-in.ts';

const caseParams = z.object({ case: z.string().max(60) });
const MOST_DAYS = 3_660;

const inbox = route({
  ...{ id: 'showInbox', method: 'GET', path: '/inbox', tag: 'today', action: 'read:work' },
  says: 'What is asked of you, and of whom you stand in for, soonest due first.',
  answer: z.object({ now: instant, list: z.array(waiting) }),
  handle: async ({ desk, guest }) => {
    const as = personOf(guest);
    const { now, list } = await askWaiting(desk.office, { as, mine: as });
    return { now, list: list.map(waitingShown) };
  },
});

const ahead = route({
  ...{ id: 'showForecast', method: 'GET', path: '/cases/:case/forecast', tag: 'cases', action: 'read:work' },
  says: 'What will be asked of whom and when, if nobody does anything or everybody is on time: by the rules alone.',
  params: caseParams,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(MOST_DAYS),
    assume: z.enum(['silent', 'on_time']).optional(),
  }),
  answer: forecast,
  handle: async ({ desk, guest, params, query }) => {
    await within(desk.office, limits.reading, personOf(guest));
    return askForecast(desk.office, {
      ...{ as: personOf(guest), case: params.case, days: query.days, assumed: query.assume ?? 'silent' },
    });
  },
});

const asOf = route({
  ...{ id: 'showAsOf', method: 'GET', path: '/cases/:case/as-of', tag: 'proof', action: 'read:work' },
  says: 'A case as it stood: stage, gates, what was owed, who could read it then.',
  params: caseParams,
  query: z.strictObject({ at: z.coerce.number().int() }),
  answer: stoodThen,
  handle: async ({ desk, guest, params, query }) => {
    const then = await askAsOf(desk.office, personOf(guest), params.case, { at: query.at });
    if (then === null)
      throw problemOf(404, 'not_there_yet', 'The case was not open at that moment. Name a later one.');
    const gates = then.gates.map(({ gate, missing }) => ({
      gate,
      missing: missing.map((one) => ({ ...one, words: missingText(one) })),
    }));
    return { ...then, gates };
  },
});

const explain = route({
  ...{
    id: 'explainCase',
    method: 'GET',
    path: '/cases/:case/explanation',
    tag: 'proof',
    action: 'read:work',
  },
  says: 'One page in plain sentences: what was decided by whom, which gates, and how to check it.',
  params: caseParams,
  answer: explanation,
  handle: async ({ desk, guest, params }) => {
    const explained = await askExplanation(desk.office, personOf(guest), params.case);
    const rows = explained.rows.map(rowShown);
    return { ...explained, rows, ahead: explained.ahead.map(waitingShown), text: explainText(explained) };
  },
});

const before = route({
  ...{ id: 'showBrief', method: 'GET', path: '/cases/:case/brief', tag: 'today', action: 'read:work' },
  says: 'One page before a session of supervision, for the two who meet.',
  params: caseParams,
  answer: brief,
  handle: async ({ desk, guest, params }) => {
    const found = await askBrief(desk.office, personOf(guest), params.case);
    return { ...found, waiting: found.waiting.map(waitingShown), hardMoments };
  },
});

const packet = route({
  ...{
    id: 'printPacket',
    method: 'GET',
    path: '/cases/:case/packet',
    tag: 'documents',
    action: 'export:case',
  },
  says: 'The record of one search as a page to print, for HR; the reading is recorded.',
  params: caseParams,
  query: z.strictObject({ names: z.stringbool().optional() }),
  answer: paper.extend({
    applicants: z.int(),
    head: z.object({ position: z.int(), hash: z.string() }),
  }),
  handle: async ({ desk, guest, params, query }) => {
    await within(desk.office, limits.reading, personOf(guest));
    const found = await askPacket(desk.office, personOf(guest), params.case, query.names === true);
    const document = packetDocument(found);
    const { head, applicants } = found;
    return {
      ...{ title: document.title, markdown: toMarkdown(document), html: toHtml(document) },
      ...{ head, applicants: applicants.length },
    };
  },
});

const retention = route({
  ...{
    id: 'showRetention',
    method: 'GET',
    path: '/cases/:case/retention',
    tag: 'records',
    action: 'read:work',
  },
  says: 'From which day the records of a case may be purged; a legal hold goes first. Null while that cannot be told.',
  params: caseParams,
  answer: retentionOf,
  handle: async ({ desk, guest, params }) => {
    const { shown } = await askCase(desk.office, personOf(guest), params.case);
    // Whoever may not see what the case published does not learn when its records end either.
    return { retention: shown.facts === null ? null : await askRetention(desk.office, params.case) };
  },
});

const text = route({
  ...{ id: 'showText', method: 'GET', path: '/texts/:text', tag: 'documents', action: 'read:work' },
  says: 'A text that was typed for a decision, if you may read the row that names it; the reading is recorded.',
  params: z.object({ text: z.string().max(200) }),
  answer: shownText,
  handle: async ({ desk, guest, params }) => askText(desk.office, personOf(guest), params.text),
});

/** What one case says beyond its place: ahead, then, on paper. */
export const readingRoutes = [inbox, ahead, asOf, explain, before, packet, retention, text];

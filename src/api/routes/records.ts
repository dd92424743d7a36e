import { z } from 'zod';
import { historyCsv } from '../../cli/history-csv.ts';
import { askAccess } from '../../client/ask-access-about.ts';
import { askHolds, askLiftedHolds } from '../../client/ask-holds.ts';
import { askSearch } from '../../client/ask-search.ts';
import { exportFor } from '../../client/export-for.ts';
import { askPurge, mustKeepAllRecords, purge } from '../../client/purge.ts';
import { accessed, hold, liftedHold, purgeLine, secondList, verdict } from '../../contracts/api/reading.ts';
import { happened, instant } from '../../contracts/api/shapes.ts';
import { decisionId } from '../../contracts/envelope.ts';
import { limits } from '../../identity/limits.ts';
import { verifyLedger } from '../../ledger/verify/ledger-reader.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { within } from '../limits.ts';
import { route } from '../route.ts';
import { nextCursor, pageOf, paged, rowShown } from '../shown.ts';
import { personOf } from './sign-in.ts';

const moment = z.coerce.number().int().optional();

/** What is asked of the history: the same for reading it and for taking it along. */
const searched = {
  ...{ actor: z.string().max(80).optional(), kind: z.string().max(60).optional() },
  ...{ case: z.string().max(60).optional(), since: moment, until: moment },
};

const search = route({
  ...{ id: 'searchHistory', method: 'GET', path: '/history', tag: 'proof', action: 'read:history' },
  says: 'Rows over all cases you may know of, the latest first to be kept; earlier ones with `before`.',
  query: z.strictObject({
    ...{ ...searched, before: z.coerce.number().int().min(1).optional() },
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
  }),
  answer: z.object({
    now: instant,
    list: z.array(happened.extend({ case: z.string(), zone: z.string() })),
    more: z.int(),
    /** Ask again with `before` this position; null when nothing is earlier. */
    next: z.int().nullable(),
  }),
  handle: async ({ desk, guest, query }) => {
    const { since, until, limit = 200, ...rest } = query;
    const at = (one: number | undefined) => (one === undefined ? undefined : { at: one });
    const question = { ...rest, limit, since: at(since), until: at(until) };
    const { now, list, more } = await askSearch(desk.office, personOf(guest), question);
    return { now, list: list.map(rowShown), more, next: more === 0 ? null : (list[0]?.position ?? null) };
  },
});

const MOST_LINES = 5_000;

const printed = route({
  ...{ id: 'printHistory', method: 'GET', path: '/history/csv', tag: 'proof', action: 'export:history' },
  says: 'The same entries as lines for a spreadsheet, with what was asked, by whom and when on top; refs, no names.',
  query: z.strictObject(searched),
  media: 'text/csv',
  answer: z.string(),
  handle: async ({ desk, guest, query, reply }) => {
    const as = personOf(guest);
    await within(desk.office, limits.reading, as);
    const { since, until, ...rest } = query;
    const at = (one: number | undefined) => (one === undefined ? undefined : { at: one });
    const question = { ...rest, limit: MOST_LINES, since: at(since), until: at(until) };
    const { now, list, more } = await askSearch(desk.office, as, question);
    void reply.header('content-disposition', 'attachment; filename="history.csv"');
    return historyCsv({ asked: query, as, now, list, more });
  },
});

const proof = route({
  ...{ id: 'proveLedger', method: 'GET', path: '/proof', tag: 'proof', action: 'read:proof' },
  says: 'Proves the ledger from its rows alone: gates, facts, rights, chain; or names the first wrong place.',
  answer: verdict,
  handle: async ({ desk: { office }, guest }) => {
    await within(office, limits.proof, personOf(guest));
    return verifyLedger(office.pool, office.keys, office.org);
  },
});

const readings = route({
  ...{ id: 'listAccess', method: 'GET', path: '/access', tag: 'records', action: 'read:access' },
  says: 'Who has read selection or confidential matters about you, oldest first.',
  query: z.strictObject({ about: z.string().max(60).optional(), ...paged }),
  answer: z.object({ about: z.string(), list: z.array(accessed), next: nextCursor }),
  about: ({ query: { about }, guest }) => about ?? guest.person ?? undefined,
  handle: async ({ desk, guest, query }) => {
    const as = personOf(guest);
    const about = query.about ?? as;
    const all = await askAccess(desk.office, as, about);
    return { about, ...pageOf(all, (one) => `${one.at}|${one.by}|${one.what}`, query) };
  },
});

const holds = route({
  ...{ id: 'listHolds', method: 'GET', path: '/holds', tag: 'records', action: 'read:retention' },
  says: 'Every legal hold that stands, for those who look after holds; the reading is recorded.',
  answer: z.object({ list: z.array(hold) }),
  handle: async ({ desk, guest }) => ({ list: await askHolds(desk.office, personOf(guest)) }),
});

const liftedHolds = route({
  ...{
    id: 'listLiftedHolds',
    method: 'GET',
    path: '/holds/lifted',
    tag: 'records',
    action: 'read:retention',
  },
  says: 'Every legal hold that was lifted, with the two who lifted it; the reading is recorded.',
  answer: z.object({ list: z.array(liftedHold) }),
  handle: async ({ desk, guest }) => ({ list: await askLiftedHolds(desk.office, personOf(guest)) }),
});

const records = route({
  ...{ id: 'listRecords', method: 'GET', path: '/records', tag: 'records', action: 'read:retention' },
  says: 'Cases that are over, until when their texts are kept, and what a hold keeps.',
  answer: z.object({ list: z.array(purgeLine) }),
  handle: async ({ desk: { office }, guest }) => {
    await mustKeepAllRecords(office, personOf(guest));
    return { list: await askPurge(office) };
  },
});

const purged = route({
  ...{ id: 'purgeRecords', method: 'POST', path: '/records/purge', tag: 'records', action: 'erase' },
  says: 'Deletes the texts of records whose day has come; what is held is passed over and named.',
  body: z.strictObject({ decisionId: decisionId.optional() }),
  answer: z.object({ list: z.array(purgeLine), second: secondList }),
  handle: async ({ desk: { office, machine }, guest, body }) => {
    await mustKeepAllRecords(office, personOf(guest));
    const by = byGuest(guest, body.decisionId, ['purge']);
    const { list, second } = await purge(office, by, machine?.erased ?? null);
    return { list: [...list], second };
  },
});

async function* lines(rows: AsyncIterable<string>): AsyncIterable<string> {
  for await (const row of rows) yield `${row}\n`;
}

const exported = route({
  ...{ id: 'exportLedger', method: 'GET', path: '/export', tag: 'proof', action: 'export' },
  says: 'The ledger as JSON lines: no texts, no names, no keys. One case proves less than the whole.',
  query: z.strictObject({ case: z.string().max(60).optional() }),
  media: 'application/jsonl',
  answer: z.string(),
  handle: async ({ desk, guest, query, reply }) => {
    const { office } = desk;
    await mustActAt(desk, guest, 'export', query.case ?? office.org);
    await within(office, limits.export, personOf(guest));
    void reply.header('content-disposition', `attachment; filename="ledger.jsonl"`);
    const rows = await exportFor(office, personOf(guest), query.case ?? null);
    return lines(rows) as unknown as string;
  },
});

/** What was recorded: to search, to prove, to take along, to end. */
export const recordRoutes = [search, printed, proof, readings, holds, liftedHolds, records, purged, exported];

import { z } from 'zod';
import { reportCsv, withCases } from '../../cli/report.ts';
import { askReport, reportNames } from '../../client/ask-report.ts';
import { report } from '../../contracts/api/reports.ts';
import { limits } from '../../identity/limits.ts';
import { within } from '../limits.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const params = z.object({ name: z.enum(reportNames) });
const year = z.coerce.number().int().min(1900).max(2999).optional();
const span = { site: z.string().max(60).optional(), from: year, to: year };

const names = route({
  ...{ id: 'listReports', method: 'GET', path: '/reports', tag: 'reports', action: 'read:reports' },
  says: 'Which reports there are.',
  answer: z.object({ list: z.array(z.enum(reportNames)) }),
  handle: async () => ({ list: reportNames }),
});

const show = route({
  ...{ id: 'showReport', method: 'GET', path: '/reports/:name', tag: 'reports', action: 'read:reports' },
  says: 'Numbers from events, with the cases behind each when asked; small groups are never shown apart.',
  params,
  query: z.strictObject({ ...span, cases: z.stringbool().optional() }),
  answer: report,
  handle: async ({ desk, guest, params: { name }, query }) => {
    await within(desk.office, limits.reading, personOf(guest));
    const { cases = false, ...rest } = query;
    return withCases(await askReport(desk.office, { as: personOf(guest), name, ...rest }), cases);
  },
});

const csv = route({
  ...{ id: 'printReport', method: 'GET', path: '/reports/:name/csv', tag: 'reports', action: 'read:reports' },
  says: 'The same numbers as lines for a spreadsheet.',
  params,
  query: z.strictObject(span),
  media: 'text/csv',
  answer: z.string(),
  handle: async ({ desk, guest, params: { name }, query, reply }) => {
    await within(desk.office, limits.reading, personOf(guest));
    const found = await askReport(desk.office, { as: personOf(guest), name, ...query });
    void reply.header('content-disposition', `attachment; filename="${name}.csv"`);
    return reportCsv(found);
  },
});

/** Numbers, each of which opens into its cases. */
export const reportRoutes = [names, show, csv];

import { z } from 'zod';
import { askFees } from '../../client/ask-fees.ts';
import { ReadingRefused } from '../../client/ask-reader.ts';
import { candidateOf, reissuePage } from '../../client/links/page-token.ts';
import { done } from '../../contracts/api/changes.ts';
import { instant } from '../../contracts/api/shapes.ts';
import { caseId } from '../../contracts/common.ts';
import { mustActAt } from '../house-act.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const anew = route({
  ...{ id: 'reissuePage', method: 'POST', path: '/cases/:case/page-address', tag: 'people' },
  action: 'change:people',
  says: 'Gives a candidate’s own page a new address and mails it to them; the earlier one ends at once. What they did there stays.',
  params: z.object({ case: caseId }),
  answer: done,
  handle: async ({ desk, guest, params }) => {
    await mustActAt(desk, guest, 'change:people', params.case);
    const person = await candidateOf(desk.office, params.case);
    if (person === null) throw new ReadingRefused('unknown_case', params.case);
    await reissuePage(desk.office, params.case, person);
    return { done: true } as const;
  },
});

const fees = route({
  ...{ id: 'listFees', method: 'GET', path: '/cases/:case/fees', tag: 'cases', action: 'read:work' },
  says: 'Fees of those who take part in a case from outside: offered, owed or paid. HR sees all, everybody else their own.',
  params: z.object({ case: caseId }),
  answer: z.object({
    list: z.array(z.object({ person: z.string(), is: z.enum(['offered', 'owed', 'paid']), at: instant })),
  }),
  handle: async ({ desk, guest, params }) => ({
    list: [...(await askFees(desk.office, personOf(guest), params.case))],
  }),
});

/** What people of the house do for those who have no login. */
export const guestRoutes = [anew, fees];

import { z } from 'zod';
import { carryOut, planImport } from '../../client/import.ts';
import { MAX_IMPORT_BYTES } from '../../client/import-rows.ts';
import { imported, importing } from '../../contracts/api/changes.ts';
import { envelopeSchema } from '../../contracts/envelope.ts';
import { mustActAt } from '../house-act.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

/** A person asks here, however they were known. */
const known = envelopeSchema.shape.how;

/** A text in JSON is longer than the file: line ends and quotes are escaped. */
const BODY_BYTES = 2 * MAX_IMPORT_BYTES;

const bring = route({
  ...{ id: 'importApplications', method: 'POST', path: '/imports', tag: 'decide', action: 'import' },
  says: 'Applications from a CSV file: all rows or none; the same file again adds nothing. With dryRun only what each row would come to.',
  query: z.strictObject({ dryRun: z.stringbool().optional() }),
  body: importing,
  bodyLimit: BODY_BYTES,
  answer: imported,
  handle: async ({ desk, guest, query, body: { opening, csv, acknowledge = [] } }) => {
    // What a row would come to tells who applied there already.
    await mustActAt(desk, guest, 'import', opening);
    const asked = { opening, actor: personOf(guest), acknowledge, how: known.parse(guest.how) };
    const plan = await planImport(desk.office, asked, Buffer.from(csv, 'utf8'));
    const { rows, errors } = plan;
    if (errors.length > 0) return { is: 'invalid', rows, errors, stopped: null } as const;
    if (query.dryRun === true) return { is: 'would', rows, errors, stopped: null } as const;
    const came = await carryOut(await desk.house(), plan);
    const stopped = came.is === 'done' ? null : { line: came.line, why: came.why };
    return { is: came.is, rows: came.rows, errors, stopped };
  },
});

/** Applications that came another way. */
export const importRoutes = [bring];

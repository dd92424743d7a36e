import { z } from 'zod';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import { caseKinds } from '../domain/kernel/words.ts';

/** Shapes shared by the commands of all cases. Everything is a code, a reference, a date or a number: no free text. */

const OPAQUE = '[0-9a-z]{26}';

export const personRef = z.string().regex(new RegExp(`^prs_${OPAQUE}$`), 'a person ref');
export const siteRef = z.string().regex(new RegExp(`^site_${OPAQUE}$`), 'a site ref');
export const caseId = z.string().regex(new RegExp(`^(${caseKinds.join('|')})-${OPAQUE}$`), 'a case id');
/** Where personal text lies: sealed by the façade before the command leaves (architecture, the façade). */
export const textRef = z.string().regex(/^txt_[0-9a-zA-Z:_-]{1,120}$/, 'a ref of a sealed text');
export const civilDate = z.string().refine(isCivilDate, 'a day of the form YYYY-MM-DD');
/** A short code in lower case or capitals, e.g. `RC_REL` or `tools`. */
export const codeWord = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'a code');
/** What a guard found, by the code of its rule: `Q_MEDS`, `L2`, `R1.3`. */
export const findingCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,39}$/, 'the code of a rule');
export const percent = z.number().min(0).max(100);

/** A table of command schemas as the union of `{type, payload}`. */
export type CommandsOf<T extends Record<string, z.ZodType<object>>> = {
  [K in keyof T & string]: { readonly type: K; readonly payload: z.output<T[K]> };
}[keyof T & string];

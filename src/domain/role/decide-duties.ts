import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Decision, Of } from './decide-elements.ts';
import { agreed, differences, movedShare, screenOf, sumOf, sumsUp } from './screen.ts';
import { isPeer } from './state.ts';
import type { RoleState } from './state.ts';
import type { ClassSheet, DutyClassing, DutyList, SettledWords } from './state-description.ts';
import { nonPeerCodes, prohibitedCodes } from './words.ts';

type EnteredDuties = Of<'enter_duties'>['command']['payload']['duties'];
type GivenClass = Of<'classify_duties'>['command']['payload']['classes'][number];

const settledIn = ({ description }: RoleState, duty: string): SettledWords | undefined =>
  description.cleared.find((one) => one.duty === duty);

/** What the guard found stands: R1.3 and R2.2. Words that director and adviser looked at are not typed again. */
function wordsRefused(state: RoleState, duties: EnteredDuties): Refusal | null {
  for (const { duty, text, settled, findings = [] } of duties) {
    const words = settledIn(state, duty);
    const asSettled = { code: 'settled_words', about: duty };
    if (findings.includes('R1.3')) return blocked('R1.3', { code: 'holder_decides', about: duty });
    if (findings.includes('OTHER_DUTIES')) {
      const unbounded = { code: 'OTHER_DUTIES', about: duty };
      return blocked('R2.2', unbounded, ...(words === undefined ? [] : [asSettled]));
    }
    if (settled === true && text !== undefined) return blocked('D2.1', asSettled);
    if (settled === true && words === undefined)
      return refuse('unknown_reference', 'D2.1', [{ code: 'dispute', about: duty }]);
  }
  return null;
}

function listRefused(state: RoleState, duties: EnteredDuties, ctx: Context): Refusal | null {
  const names = duties.map((one) => one.duty);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) return blocked('D2.1', { code: 'duty_twice', about: twice });
  const none = duties.find((one) => one.share === 0);
  if (none !== undefined) return blocked('D2.2', { code: 'share_needed', about: none.duty });
  const known = new Set(state.description.list?.duties.map((one) => one.duty));
  const bare = duties.find((one) => one.text === undefined && one.settled !== true && !known.has(one.duty));
  if (bare !== undefined) return blocked('D2.1', { code: 'text_needed', about: bare.duty });
  if (!sumsUp(duties, ctx.terms.policy))
    return blocked('D2.2', { code: 'shares_sum', about: String(sumOf(duties)) });
  return null;
}

/**
 * The numbered duty list. R1.3 and R2.2 BLOCK; R2.6: after a hire a small shift of time needs no new screen, as long as
 * the words and the people beside each duty stay.
 */
export function enterDuties(state: RoleState, ask: Of<'enter_duties'>, ctx: Context): Decision {
  if (state.adopted === null) return notNow('D2.1', { code: 'G1' });
  const given = ask.command.payload.duties;
  const refusal = wordsRefused(state, given) ?? listRefused(state, given, ctx);
  if (refusal !== null) return refusal;
  const duties = given.map((one) =>
    one.settled === true ? { ...one, text: settledIn(state, one.duty)?.text } : one,
  );
  const { passed, described } = state.description;
  const { version } = state.adopted;
  const comparable = passed !== null && described?.version === version && state.firstHire !== null;
  const moved = comparable ? movedShare(passed, state.description.list?.duties ?? [], duties) : null;
  const small = moved !== null && moved <= num(ctx.terms.policy, 'R2.6', 'duty_change_pct');
  const entered = duties.map(({ duty, text, share, alsoDoneBy, library }) => ({
    ...(text === undefined ? { duty } : { duty, text }),
    ...{ share, alsoDoneBy },
    ...(library === undefined ? {} : { library }),
  }));
  const list = state.description.lists + 1;
  return [{ kind: 'duties_entered', body: { list, version, duties: entered, screen: !small } }];
}

/** A class carries what it needs: a code from its list, another role for shared work (R2.7). */
function classRefused(one: GivenClass): Refusal | null {
  const codes: readonly string[] =
    one.class === 'non_peer' ? nonPeerCodes : one.class === 'prohibited' ? prohibitedCodes : [];
  const coded = one.class === 'non_peer' || one.class === 'prohibited';
  if (coded !== (one.code !== undefined) || (one.code !== undefined && !codes.includes(one.code)))
    return blocked('D2.1', { code: coded ? 'code_needed' : 'no_code_here', about: one.duty });
  if (one.class === 'shared' && one.rightForClinicians !== true)
    return blocked('R2.7', { code: 'right_for_clinicians', about: one.duty });
  return null;
}

/** Two classifiers, one of them the adviser; for a role of another kind two people are enough (R1.6). */
function classifierRefused(state: RoleState, list: DutyList, by: string, adviser: boolean): Refusal | null {
  if (list.sheets.some((sheet) => sheet.by === by)) return null;
  if (list.sheets.length >= 2) return notNow('D2.1', { code: 'two_classifiers_already' });
  const other = list.sheets[0];
  if (isPeer(state) && other !== undefined && !other.adviser && !adviser)
    return blocked('D2.1', { code: 'one_is_the_adviser' });
  return null;
}

function coverage(
  list: DutyList,
  mine: ClassSheet | undefined,
  classes: readonly DutyClassing[],
): Refusal | null {
  const known = new Set(list.duties.map((one) => one.duty));
  const foreign = classes.find((one) => !known.has(one.duty));
  if (foreign !== undefined)
    return refuse('unknown_reference', 'D2.1', [{ code: 'duty', about: foreign.duty }]);
  const named = new Set(classes.map((one) => one.duty));
  if (named.size < classes.length) return blocked('D2.1', { code: 'duty_twice' });
  if (mine !== undefined) return null;
  const left = list.duties.filter((one) => !named.has(one.duty));
  return left.length === 0
    ? null
    : blocked('D2.1', ...left.map((one) => ({ code: 'not_classified', about: one.duty })));
}

function sheetsAfter(list: DutyList, sheet: ClassSheet): readonly ClassSheet[] {
  const mine = list.sheets.find((one) => one.by === sheet.by);
  if (mine === undefined) return [...list.sheets, sheet];
  const now = new Set(sheet.classes.map((one) => one.duty));
  const classes = [...mine.classes.filter((one) => !now.has(one.duty)), ...sheet.classes];
  return list.sheets.map((one) => (one.by === sheet.by ? { ...sheet, classes } : one));
}

/**
 * D2.1: one classifier's sheet, or their second thought where the two differ: differences are settled in the open,
 * each change is a row. D2.2 follows by computation as soon as two people agree on every duty.
 */
export function classifyDuties(state: RoleState, ask: Of<'classify_duties'>, ctx: Context): Decision {
  const { list: number, classes } = ask.command.payload;
  const { list } = state.description;
  if (list === null || list.list !== number)
    return refuse('stale', 'D2.1', [{ code: 'current_list', about: String(list?.list ?? 0) }]);
  if (list.result !== null) return notNow('D2.1', { code: 'already_screened', about: String(number) });
  const by = ask.actor;
  const adviser = ctx.capacities.includes('adviser');
  const given = classes.map(({ duty, class: kind, code, competencies, goals }): DutyClassing => ({
    duty,
    class: kind,
    competencies: competencies ?? [],
    goals: goals ?? [],
    ...(code === undefined ? {} : { code }),
  }));
  const mine = list.sheets.find((sheet) => sheet.by === by);
  const refusal = classifierRefused(state, list, by, adviser) ?? coverage(list, mine, given);
  if (refusal !== null) return refusal;
  for (const one of classes) {
    const wrong = classRefused(one);
    if (wrong !== null) return wrong;
  }
  const sheet = { by, adviser: mine?.adviser ?? adviser, at: ctx.now, classes: given };
  const { reason } = ask.command.payload;
  // Both have said their own: from now on each change settles a difference, and says why.
  if (mine !== undefined && list.sheets.length === 2 && reason === undefined)
    return blocked('D2.1', { code: 'reason' });
  const why = reason === undefined ? {} : { reason };
  const event = {
    kind: 'duties_classified' as const,
    body: { list: number, by, adviser: sheet.adviser, classes: given, ...why },
  };
  const sheets = sheetsAfter(list, sheet);
  if (sheets.length < 2 || differences(list.duties, sheets).length > 0) return [event];
  const goals = state.adopted?.goals ?? [];
  const agreedOn = agreed(list.duties, sheets);
  const screen = screenOf(list.duties, agreedOn, goals, ctx.terms.policy, isPeer(state));
  return [event, { kind: 'duties_screened', body: { list: number, ...screen } }];
}

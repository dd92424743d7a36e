import type { OpeningCommand } from '../../contracts/opening.ts';
import type { Ask, Look, RowSeen } from '../kernel/decider.ts';
import { blocked } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import type { PersonRef } from '../kernel/words.ts';
import { hasApplied } from './applicants.ts';
import { noCourse } from './course.ts';
import type { OpeningEvent } from './events.ts';
import type { OpeningState } from './state.ts';

/** What an applicant may still say here: words about themselves, a seat they hand back, and a question they heard (D4.8). */
const ofAnybody: ReadonlySet<OpeningCommand['type']> = new Set([
  ...(['declare', 'decline_seat', 'report_incident'] as const),
]);
/** Decisions about applicants: not of somebody who stood aside from them (D3.5). */
const aboutPeople: ReadonlySet<OpeningCommand['type']> = new Set([
  ...(['propose_pool', 'confirm_pool', 'select', 'confirm_selection'] as const),
  ...(['offer_next', 'keep_reserve', 'release_reserve'] as const),
]);

/** @returns why somebody decides nothing about the people of this search, or null. */
function asideFor(state: OpeningState, person: PersonRef): 'applies_here' | 'gave_up_a_seat' | null {
  if (hasApplied(state.applicants, person)) return 'applies_here';
  return state.gone.includes(person) ? 'gave_up_a_seat' : null;
}

/** Whether somebody still has to choose here, or to look after whoever was chosen until their first day. */
export function stillHires({ selected, seats }: OpeningState): boolean {
  return selected === null || seats.some(({ st }) => st === 'granted' || st === 'accepted');
}

/** D3.5, 2.1: what somebody proposed who stands aside by now counts for nothing: it is proposed anew. */
export function proposedAside(state: OpeningState, proposed: { readonly by: PersonRef } | null): boolean {
  return proposed !== null && asideFor(state, proposed.by) !== null;
}

/** @returns what has to be done first where a proposal is of somebody who stands aside, or null */
export function stoodAsideSince(
  state: OpeningState,
  proposed: { readonly by: PersonRef },
  code: 'D3.7' | 'D4.7',
): Refusal | null {
  if (!proposedAside(state, proposed)) return null;
  return blocked('D3.5', managerAside(state) ? { code: 'change_hiring_manager' } : { code });
}

/** D3.5: the hiring manager applied here, or stood aside: HR names another one, until then nobody chooses (D4.7). */
export function managerAside(state: OpeningState): boolean {
  return asideFor(state, state.hiringManager) !== null;
}

/**
 * D3.5 BLOCK (domain 2.1): who applied in a search decides nothing in it, in no capacity and for nobody they stand in for;
 * who stood aside decides nothing about its people. Of the hiring manager it says what is to be done about it.
 */
export function standsAside(state: OpeningState, ask: Ask<OpeningCommand>): Refusal | null {
  const { type } = ask.command;
  for (const person of new Set([ask.actor, ask.onBehalfOf ?? ask.actor])) {
    const code = asideFor(state, person);
    const stops = code === 'applies_here' ? !ofAnybody.has(type) : code !== null && aboutPeople.has(type);
    if (code === null || !stops) continue;
    const missing: Missing[] = [{ code }];
    if (person === state.hiringManager) missing.push({ code: 'change_hiring_manager' });
    return blocked('D3.5', ...missing);
  }
  return null;
}

const applies = (state: OpeningState, { reader }: Look): boolean =>
  reader !== null && hasApplied(state.applicants, reader);

/** X25, domain 5.2: no candidate sees another, whatever else they are here; what everybody may know stays readable. */
export function hiddenFrom(
  open: (kind: OpeningEvent['kind']) => boolean,
): (state: OpeningState, row: RowSeen, look: Look) => boolean {
  return (state, row, look) =>
    applies(state, look) && row.actor !== look.reader && !open(row.kind as OpeningEvent['kind']);
}

/** What an applicant may know of the state: the posting, the panel and the seats; nothing about applicants. */
export function veiledFrom(state: OpeningState, look: Look): OpeningState {
  if (!applies(state, look)) return state;
  const nobody = { rows: [], applicants: '', days: [], qualifiedPeak: 0, proposal: null, consensus: null };
  const { pauses, pool } = state.course;
  return {
    ...state,
    ...nobody,
    ...{ selection: null, incidents: [] },
    seats: state.seats.map((seat) => ({ ...seat, c: null, employment: null })),
    course: { ...noCourse, pauses, pool },
  };
}

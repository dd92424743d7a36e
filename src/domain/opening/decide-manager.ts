import type { NoticeDraft } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { CaseId, PersonRef } from '../kernel/words.ts';
import type { BetweenOpenings } from '../notices.ts';
import { hasApplied } from './applicants.ts';
import type { EventOf } from './events.ts';
import type { Decision, Of } from './decide-posting.ts';
import { candidacyOf } from './state.ts';
import type { HireSeat, OpeningState, Row } from './state.ts';

/**
 * D4.7: whoever hires may leave while the search goes on; what they owe passes on to the one who is named. BLOCK D3.5 for
 * somebody who applied here, or stood aside.
 */
export function changeHiringManager(state: OpeningState, ask: Of<'change_hiring_manager'>): Decision {
  const { hiringManager } = ask.command.payload;
  if (hiringManager === state.hiringManager) return notNow('D4.7', { code: 'already_so' });
  if (hasApplied(state.applicants, hiringManager)) return blocked('D3.5', { code: 'applies_here' });
  if (state.gone.includes(hiringManager)) return blocked('D3.5', { code: 'gave_up_a_seat' });
  return [{ kind: 'hiring_manager_changed', body: { hiringManager, told: 'running' } }];
}

type Joined = Extract<BetweenOpenings, { kind: 'joined_manager_changed' }>['body'];

/** X26: an opening whose seats are filled here has another hiring manager. */
export function joinedManager(state: OpeningState, body: Joined): Decision {
  const here = state.seats.some((seat) => seat.of === body.opening && seat.st !== 'gone');
  return here ? [{ kind: 'joined_manager_changed', body }] : notNow('X26');
}

/** Who is about to start, in seats of one opening: they and their place are the new manager's from now on. */
function starting(seats: readonly HireSeat[], of: CaseId | undefined, hiringManager: PersonRef) {
  const onTheWay = seats.filter(
    (seat) => seat.of === of && (seat.st === 'granted' || seat.st === 'accepted'),
  );
  return onTheWay.flatMap(({ c }): readonly NoticeDraft[] =>
    c === null ? [] : [{ to: candidacyOf({ c }), kind: 'hiring_manager_changed', body: { hiringManager } }],
  );
}

/** Whoever is in the running, or in reserve: from now on the new manager reads their application, and the old one does not. */
const running = ({ rows }: OpeningState): readonly Row[] =>
  rows.filter((row) => ['in', 'ho', 'ad', 're'].includes(row.s));

/** Candidacies in the running and those with a seat hear of it, and the search that fills this opening's seats (X26). */
export function managerNotices(
  state: OpeningState,
  { hiringManager, told }: EventOf<'hiring_manager_changed'>['body'],
  self: CaseId,
): readonly NoticeDraft[] {
  const pool = state.seats.some((seat) => seat.st === 'lent') ? (state.course.pool?.id ?? null) : null;
  const body: Joined = { opening: self, hiringManager };
  const hears = told === undefined ? [] : running(state);
  return [
    ...starting(state.seats, undefined, hiringManager),
    ...(pool === null ? [] : [{ to: pool, kind: 'joined_manager_changed', body }]),
    ...hears.map((row): NoticeDraft => ({
      to: candidacyOf(row),
      kind: 'hiring_manager_changed',
      body: { hiringManager },
    })),
  ];
}

/** X26: candidacies in the seats of another opening. */
export function joinedManagerNotices(state: OpeningState, body: Joined): readonly NoticeDraft[] {
  return starting(state.seats, body.opening, body.hiringManager);
}

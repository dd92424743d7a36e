import type { Context, NoticeIn } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { BetweenOpenings } from '../notices.ts';
import { joinedManager } from './decide-manager.ts';
import type { Decision, Of } from './decide-posting.ts';
import { isOver } from './state.ts';
import type { OpeningState } from './state.ts';

/**
 * Several openings of one role share posting, pool and ranked list (X26): one search holds them, and grants the seats
 * of the others too, in the order of its list. So a candidate is asked once, and no seat is granted in two places.
 */

/**
 * X26 on a new opening. R3.6 BLOCK: who applied for one role is not offered to the recruiting of another.
 * @returns the refusal, or null when nothing is shared or all of it fits
 */
export function mayShare(ask: Of<'open'>, ctx: Context): Refusal | null {
  const { sharing, role, roleVersion, site } = ask.command.payload;
  if (sharing === undefined) return null;
  const [theirs, version] = ctx.facts.get('opening_role', sharing)?.value.split(',') ?? [];
  if (theirs === undefined)
    return refuse('unknown_reference', 'X26', [{ code: 'opening_role', about: sharing }]);
  if (theirs !== role) return blocked('R3.6', { code: 'another_role', about: theirs });
  if (version !== String(roleVersion))
    return blocked('X26', { code: 'another_version', about: version ?? '' });
  const there = ctx.facts.get('opening_site', sharing)?.value ?? site;
  if (there !== site && numIf(ctx.terms.policy, 'X26', 'across_sites') !== 1)
    return blocked('X26', { code: 'site_of_opening', about: there });
  if (ctx.facts.get('pool_open', sharing) === null) return blocked('X26', { code: 'pool_closed' });
  return null;
}

/** X26: the seats are wanted back; the search that holds them says which of them are still free. */
export function leavePool(state: OpeningState): Decision {
  const { pool } = state.course;
  if (pool === null || !state.seats.some((seat) => seat.st === 'lent'))
    return notNow('X26', { code: 'nothing_lent' });
  return [{ kind: 'pool_leave_asked', body: { pool: pool.id } }];
}

/** The seats of another opening join, as long as this search lasts. */
function joins(
  state: OpeningState,
  body: Extract<BetweenOpenings, { kind: 'seats_joined' }>['body'],
): Decision {
  const { opening } = body;
  if (isOver(state)) return [{ kind: 'seats_not_joined', body: { opening } }];
  if (state.seats.some((seat) => seat.of === opening)) return notNow('X26', { code: 'already_joined' });
  return [{ kind: 'seats_joined', body }];
}

/** What nobody holds goes back; what was granted stays with whoever holds it. */
function goesBack(state: OpeningState, opening: string): Decision {
  const seats = state.seats.flatMap((seat, n) => (seat.of === opening && seat.st === 'free' ? [n + 1] : []));
  return [{ kind: 'seats_given_back', body: { opening, seats } }];
}

/** Decides what two openings of one role tell each other. */
export function decideShared(state: OpeningState, input: NoticeIn<BetweenOpenings>): Decision {
  const { notice } = input;
  // An opening speaks of its own seats; the search that holds them, and no other, of what became of them.
  const speaks = 'opening' in notice.body ? notice.body.opening : state.course.pool?.id;
  if (speaks !== input.from) return refuse('unknown_reference', 'X26');
  if (notice.kind === 'seats_joined') return joins(state, notice.body);
  if (notice.kind === 'seats_asked_back') return goesBack(state, notice.body.opening);
  if (notice.kind === 'joined_manager_changed') return joinedManager(state, notice.body);
  const lent = state.seats.filter((seat) => seat.st === 'lent').length;
  switch (notice.kind) {
    case 'seats_given_back':
      return [{ kind: 'pool_left', body: { seats: Math.min(lent, notice.body.seats) } }];
    case 'pool_ended':
      return lent === 0 ? notNow('X26') : [{ kind: 'pool_left', body: { seats: lent } }];
    case 'joined_seat_accepted':
      return lent === 0 ? notNow('X26') : [{ kind: 'joined_seat_accepted', body: {} }];
    case 'joined_seat_filled':
      return lent === 0 ? notNow('X26') : [{ kind: 'joined_seat_filled', body: notice.body }];
    case 'joined_seat_freed': {
      const { employment, closes } = notice.body;
      const held = state.seats.some(
        (seat) =>
          seat.employment === employment ||
          (closes === true && seat.st === 'lent' && seat.was === employment),
      );
      return held ? [{ kind: 'joined_seat_freed', body: notice.body }] : notNow('X26');
    }
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

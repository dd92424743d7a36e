import { missingValues, texts } from '../kernel/policy.ts';
import type { Context } from '../kernel/decider.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Decision, Of } from './decide-elements.ts';
import { markOf, takesPositions } from './state.ts';
import type { Member, RoleState } from './state.ts';
import { peerKind } from './words.ts';

/** Elements of a kind of role: S000's ten for a peer role, the policy's for others (R1.6). */
function elementsOf(
  kind: string,
  ctx: Context,
): { mandatory: readonly string[]; optional: readonly string[] } | null {
  const { policy } = ctx.terms;
  if (kind === peerKind)
    return { mandatory: texts(policy, 'G1', 'elements'), optional: texts(policy, 'G1', 'elements_warn') };
  const optional = `${kind}_elements_warn`;
  if (missingValues(policy, [`R1.6.${kind}_elements`]).length > 0) return null;
  const some = missingValues(policy, [`R1.6.${optional}`]).length === 0;
  return {
    mandatory: texts(policy, 'R1.6', `${kind}_elements`),
    optional: some ? texts(policy, 'R1.6', optional) : [],
  };
}

function teamLacks(kind: string, members: readonly Member[]): readonly Missing[] {
  const needed =
    kind === peerKind ? (['team_leader', 'program_leader', 'adviser'] as const) : (['team_leader'] as const);
  const missing: Missing[] = needed
    .filter((capacity) => !members.some((one) => one.capacity === capacity && one.left === undefined))
    .map((capacity) => ({ code: 'not_listed', about: capacity }));
  const twice = members.find(
    (one, place) => members.findIndex((other) => other.person === one.person) !== place,
  );
  return twice === undefined ? missing : [...missing, { code: 'listed_twice', who: twice.person }];
}

/** Who is of a team by assignment; for roles of other kinds its members and their leader. */
export const teamCapacities = ['team_member', 'team_leader', 'program_leader', 'adviser'] as const;

/** D1.1: everybody who is of the team at this site is listed, or left out with a reason. */
function unnamed({ site, kind, members, leftOut }: Of<'open'>['command']['payload'], ctx: Context) {
  const named = new Set([...members, ...leftOut].map((one) => one.person));
  const capacities = kind === peerKind ? teamCapacities : teamCapacities.slice(0, 2);
  const here = capacities.flatMap((one) => ctx.assigned(one)).filter(({ scope }) => scope === site);
  const left = new Set(here.map(({ person }) => person).filter((person) => !named.has(person)));
  return [...left].map((who): Missing => ({ code: 'listed_or_left_out', who }));
}

/** Lists the team. The facilitator is to be neutral: one of the listed needs a word of acknowledgement. */
export function open(state: RoleState, ask: Of<'open'>, ctx: Context): Decision {
  if (state.site !== null) return refuse('already_open', 'D1.2');
  const { site, kind, facilitator, members, leftOut, family, team } = ask.command.payload;
  const elements = elementsOf(kind, ctx);
  if (elements === null)
    return refuse('unknown_reference', 'R1.6', [{ code: 'elements_of_kind', about: kind }]);
  const lacks = teamLacks(kind, members);
  if (lacks.length > 0) return blocked('D1.1', ...lacks);
  const missed = unnamed(ask.command.payload, ctx);
  if (missed.length > 0) return blocked('D1.1', ...missed);
  const both = leftOut.find((one) => members.some((member) => member.person === one.person));
  if (both !== undefined) return blocked('D1.1', { code: 'listed_and_left_out', who: both.person });
  const partial = members.some((member) => member.person === facilitator);
  const warned = warnings(ask, [{ rule: 'D1.2', holds: partial, about: 'facilitator' }]);
  if (isRefusal(warned)) return warned;
  const among = { ...(family === undefined ? {} : { family }), ...(team === undefined ? {} : { team }) };
  return [
    { kind: 'role_opened', body: { site, kind, facilitator, members, leftOut, ...elements, ...among } },
    ...warned,
  ];
}

function blocks(state: RoleState, person: string): boolean {
  const place = state.members.findIndex((member) => member.person === person);
  return Object.values(state.elements).some(
    (element) => takesPositions(element) && markOf(element, place) === 'b',
  );
}

/** Someone joins the team or is left out of the list, with a reason. */
export function changeMembers(state: RoleState, ask: Of<'change_members'>, ctx: Context): Decision {
  const { join, leave } = ask.command.payload;
  if (join.length + leave.length === 0) return notNow('D1.1', { code: 'nobody_named' });
  const foreign = leave.find((one) => !state.members.some((member) => member.person === one.person));
  if (foreign !== undefined) return notNow('D1.1', { code: 'not_listed', who: foreign.person });
  // An open block is answered, not taken off the list; only who is gone can no longer answer.
  const blocker = leave.find((one) => one.reason !== 'left_team' && blocks(state, one.person));
  if (blocker !== undefined) return blocked('D1.1', { code: 'block_open', who: blocker.person });
  // Nobody is gone by somebody else's word alone while they still hold their place here.
  const holds = (person: string): boolean =>
    teamCapacities.some((one) => ctx.assigned(one).some((held) => held.person === person));
  const here = leave.find((one) => blocks(state, one.person) && holds(one.person));
  if (here !== undefined) return blocked('D1.1', { code: 'still_assigned', who: here.person });
  const left = new Map(leave.map((one) => [one.person, one.reason]));
  const joined = new Set(join.map((one) => one.person));
  const stay = state.members.filter((one) => !joined.has(one.person));
  const after = [
    ...stay.map((one) => (left.has(one.person) ? { ...one, left: left.get(one.person) } : one)),
    ...join,
  ];
  const lacks = teamLacks(state.kind, after);
  if (lacks.length > 0) return blocked('D1.1', ...lacks);
  return [{ kind: 'members_changed', body: { join, leave } }];
}

import { canonical } from '../../domain/kernel/digest.ts';
import { can } from '../../domain/kernel/can.ts';
import type { Permit, Reach, Right } from '../../domain/kernel/can.ts';
import type { Relation } from '../../domain/kernel/decider.ts';
import { kernelRights } from '../../domain/kernel/kernel-inputs.ts';
import { agendaOf } from '../../domain/kernel/obligations.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import type { Cause } from './causes/cause.ts';
import { causesOf } from './causes/index.ts';
import { noticeOf } from './who-notice.ts';
import type { Deciding, Scene, Tally } from './scene.ts';
import { Wrong, placeOf } from './verdict.ts';
import type { Fault } from './verdict.ts';

const PERSONAL = ['asserted_local', 'token', 'link', 'session', 'session_stepped_up'];
const DECISION_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{3,79}$/;

/** Ends the check at a scene's row. */
export function wrong(scene: Scene, code: Fault, what: string): never {
  throw new Wrong(placeOf(scene.row), code, what);
}

function originOf(scene: Scene): Deciding['origin'] {
  const { actor, how } = scene.row;
  if (actor.startsWith('prs_') && PERSONAL.includes(how)) return 'ask';
  if (actor.startsWith('policy:') && how === 'policy') return 'policy';
  if (actor.startsWith('case:') && how === 'notice') return 'notice';
  return wrong(scene, 'actor_malformed', how);
}

/** Who a case that is not there yet may hear from first, by the facts that its first row names. */
function entrantsOf({ before, event, facts, folded }: Scene): readonly Relation[] {
  return before.base.sequence === 0 ? (folded.decider.entrants?.(event.body, facts) ?? []) : [];
}

function reachOf(scene: Scene): Reach {
  const { org, row, before, folded, house } = scene;
  const people = row.on_behalf_of === '' ? [row.actor] : [row.actor, row.on_behalf_of];
  return {
    scopes: [org, before.base.site, row.case_id],
    assignments: house.assignments(people),
    delegations: house.delegations(people),
    relations: [...folded.decider.relations(before.own), ...entrantsOf(scene)],
    at: row.at,
  };
}

const refused: Fault = 'not_by_a_person';

/** The commands that this person could give here and now, by `ask:<command>`. */
function permits(scene: Scene): ReadonlyMap<Cause, Permit> {
  const { row, folded } = scene;
  const reach = reachOf(scene);
  const behalf = row.on_behalf_of === '' ? undefined : row.on_behalf_of;
  const rights: Readonly<Record<string, Right>> = { ...kernelRights, ...folded.decider.rights };
  const list = Object.entries(rights).flatMap(([command, right]): [Cause, Permit][] => {
    const permit = can(row.actor, right, reach, behalf);
    return isRefusal(permit) ? [] : [[`ask:${command}`, permit]];
  });
  return new Map(list);
}

/** `can` held for the actor, as they were assigned and related at that moment, with the capacity the row names. */
function beginAsk(scene: Scene, tally: Tally): Deciding {
  const { row, event, folded, notices } = scene;
  if (!DECISION_ID.test(event.stamp.decisionId))
    wrong(scene, 'actor_malformed', 'a decision id of no person');
  notices.none(row, row.asked_at + 1);
  const causes = causesOf(folded.kind, event.kind);
  const allowed = permits(scene);
  const named = Array.isArray(causes) ? causes.filter((one) => one.startsWith('ask:')) : [];
  if (causes !== 'follows' && named.length === 0) wrong(scene, refused, event.kind);
  const may = causes === 'follows' ? [...allowed.keys()] : named.filter((one) => allowed.has(one));
  if (may.length === 0) wrong(scene, 'right_missing', event.kind);
  const { capacity } = event.stamp;
  const left = may.filter((one) => allowed.get(one)?.capacity === capacity);
  if (left.length === 0) wrong(scene, 'capacity_wrong', event.kind);
  tally.rights += 1;
  tally.known[row.how] = (tally.known[row.how] ?? 0) + 1;
  return { origin: 'ask', capacity, causes: left };
}

/** A prompt of the agenda, or an act from the case's closed list that was due. */
function beginPolicy(scene: Scene, tally: Tally): Deciding {
  const { row, event, folded, terms, notices } = scene;
  const policy = `policy:${terms.policy.id}@${terms.ref.policy.slice(0, 12)}`;
  if (row.actor !== policy) wrong(scene, 'policy_wrong', 'not the policy in force');
  if (event.stamp.capacity !== '' || row.on_behalf_of !== '')
    wrong(scene, 'capacity_wrong', 'a policy has no capacity');
  const causes = causesOf(folded.kind, event.kind);
  if (causes === 'prompt') {
    const { obligation, rung } = event.body as { obligation?: unknown; rung?: unknown };
    // As rows say it now, and as they said it before.
    const ids = [`${row.sequence}`, `${String(obligation)}:${String(rung)}`];
    if (!ids.some((id) => event.stamp.decisionId === `due:${row.case_id}:${id}`))
      wrong(scene, 'not_by_policy', 'another prompt');
    notices.none(row, Infinity);
    return { origin: 'policy', capacity: '', causes: [] };
  }
  const acts = Array.isArray(causes) ? causes.filter((one) => one.startsWith('act:')) : [];
  if (acts.length === 0) wrong(scene, 'not_by_policy', event.kind);
  notices.none(row, row.asked_at);
  const due = actOf(scene);
  if (due === null || !acts.includes(due)) wrong(scene, 'act_not_due', event.kind);
  tally.acts += 1;
  return { origin: 'policy', capacity: '', causes: [due] };
}

/** The act that the agenda of the state before had due under this decision id, at the instant the row was asked. */
function actOf(scene: Scene): Cause | null {
  const { row, event, folded, before, terms } = scene;
  for (const obligation of agendaOf(folded.decider, before, terms, row.case_id))
    for (const rung of obligation.rungs) {
      const id = `due:${row.case_id}:${obligation.id}:${rung.id}`;
      const due = rung.how === 'act' && rung.act !== undefined && rung.at === row.asked_at;
      const ids = [`${id}:${row.sequence}`, id];
      if (due && ids.includes(event.stamp.decisionId)) return `act:${rung.act}`;
    }
  return null;
}

/**
 * What a case reckons from what it was told, under the same name: absences with whether each has begun, the seats still
 * there, and who hires now where an application knew another one.
 */
const reckoned: ReadonlySet<string> = new Set([
  'applicant_listed.hiringManager',
  'applicant_screened.hiringManager',
  'absence_noted.rest',
  'absence_ended.rest',
  'pool_left.seats',
  'seats_given_back.seats',
]);

/** What a row has in common with the notice that brought it about, by name, is what the notice said. */
function asSaid(scene: Scene, said: object): void {
  const { event } = scene;
  // As the notice lay in between: a member that is not there was not said.
  const told = JSON.parse(JSON.stringify(said)) as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(event.body)) {
    if (!Object.hasOwn(told, name) || reckoned.has(`${event.kind}.${name}`)) continue;
    if (canonical(told[name]) !== canonical(value))
      wrong(scene, 'notice_wrong', `${event.kind}: body.${name} is not what the notice said`);
  }
}

function beginNotice(scene: Scene, tally: Tally): Deciding {
  const { event, row, folded } = scene;
  if (event.stamp.capacity !== '' || row.on_behalf_of !== '')
    wrong(scene, 'capacity_wrong', 'a notice has no capacity');
  const told = noticeOf(scene);
  const kind = told?.kind ?? null;
  tally.notices += 1;
  const causes = causesOf(folded.kind, event.kind);
  if (causes === 'any_notice') {
    const { notice } = event.body as { notice?: unknown };
    if (kind !== null && notice !== kind) wrong(scene, 'notice_wrong', 'another notice was declined');
    return { origin: 'notice', capacity: '', causes: null };
  }
  const all = Array.isArray(causes) ? causes.filter((one) => one.startsWith('notice:')) : [];
  const fit = kind === null ? all : all.filter((one) => one === `notice:${kind}`);
  if (all.length === 0) wrong(scene, 'not_by_notice', event.kind);
  if (fit.length === 0) wrong(scene, 'notice_wrong', `${event.kind} after ${kind ?? ''}`);
  if (told?.said !== undefined) asSaid(scene, told.said);
  return { origin: 'notice', capacity: '', causes: fit };
}

/** Judges who brought a row about: on a decision's first row who it was, on each what can have brought it about. */
export function judgeActor(scene: Scene, tally: Tally): Deciding {
  const { row, event, folded } = scene;
  const origin = originOf(scene);
  if (row.decision_index === 0 || folded.deciding === null) {
    if (origin === 'ask') return beginAsk(scene, tally);
    return origin === 'policy' ? beginPolicy(scene, tally) : beginNotice(scene, tally);
  }
  const { deciding } = folded;
  if (event.stamp.capacity !== deciding.capacity)
    wrong(scene, 'capacity_wrong', 'another capacity than the decision began with');
  const causes = causesOf(folded.kind, event.kind);
  if (causes === 'follows' && origin === 'ask') return deciding;
  const named = Array.isArray(causes) ? causes : [];
  if (deciding.causes === null) return { ...deciding, causes: named };
  const left = deciding.causes.filter((one) => named.includes(one));
  if (left.length === 0) wrong(scene, 'decision_mixed', event.kind);
  return { ...deciding, causes: left };
}

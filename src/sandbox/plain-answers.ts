import { inForce } from '../domain/kernel/in-force.ts';
import type { Live } from '../domain/employment/state.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import type { Assignment } from '../domain/kernel/can.ts';
import { dateOf } from '../domain/kernel/calendar.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import { num } from '../domain/kernel/policy.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import type { CaseId, PersonRef } from '../domain/kernel/words.ts';

/** A command that does what is owed. */
export interface PlainAnswer {
  readonly case: CaseId;
  readonly actor: PersonRef;
  readonly type: string;
  readonly payload: object;
}

/** What an answer may look at. */
export interface AnswerScene {
  readonly case: CaseId;
  readonly own: unknown;
  readonly terms: Terms;
  readonly now: Instant;
  readonly assignments: readonly Assignment[];
  fact(kind: string, subject: string): FactSeen | undefined;
}

type Making = (owed: Obligation, state: Live, scene: AnswerScene) => readonly (readonly [string, object])[];

const session = {
  outcome: 'held',
  minutes: 60,
  mode: 'in_person',
  topics: ['role_fit', 'skills'],
  actions: [],
};

const dayOf = ({ terms, now }: AnswerScene): string => dateOf(terms.calendar, now);

/** The month as the role agreed it: a view that gives no reason for anything. */
function agreedMonth(
  owed: Obligation,
  state: Live,
  scene: AnswerScene,
): readonly (readonly [string, object])[] {
  const shares = scene.fact('role_shares', state.job.role)?.value.split(',').map(Number) ?? [100, 0, 0, 0];
  const [core = 100, support = 0, shared = 0, nonPeer = 0] = shares;
  const month = owed.id.split(':')[1] ?? '';
  return [['answer_pulse', { month, core, support, shared, nonPeer, prohibited: [] }]];
}

/**
 * Things that come round in an employment and are done or held, with their plainest answer. What somebody has to judge
 * is not here: what follows a judgement nobody can foresee.
 */
const plain: Readonly<Record<string, Making>> = {
  'P6.1': () => [['confirm_day_one', {}]],
  'P5.6': () => [['welcome', {}]],
  'D6.1': (owed) => [['settle_item', { item: owed.id.split(':')[1], outcome: 'done' }]],
  'P6.2': (owed) => [
    ['record_mentor_talk', { talk: Number(owed.id.split(':')[1]), outcome: 'held', topics: [] }],
  ],
  'P6.4': () => [['answer_integration', { no: [] }]],
  'P6.6': (_owed, state) => [['acknowledge_policies', { policies: state.boarding?.policies ?? [] }]],
  'D6.4': (owed) => [['answer_check_in', { at: Number(owed.id.split(':')[2]), outcome: 'fine', needs: [] }]],
  'P7.1': (owed) => [['log_session', { session: owed.id.split(':')[1], ...session }]],
  'D7.1': (owed) => [['confirm_session', { session: owed.id.split(':')[2], view: 'agrees' }]],
  'D7.2': (owed) => [['close_action', { action: owed.id.slice('D7.2:'.length), outcome: 'done' }]],
  'P7.3': agreedMonth,
  'P7.6': (_owed, _state, { terms }) => [
    [
      'record_ce_hours',
      { hours: num(terms.policy, 'P7.6', 'hours'), ethics: num(terms.policy, 'P7.6', 'ethics') },
    ],
  ],
  'P7.7': () => [['record_exclusion_check', { outcome: 'clear' }]],
  OBSERVE: (_owed, _state, scene) => [
    ['record_observation', { on: dayOf(scene), outcome: 'held_with_consent', topics: ['role_fit'] }],
  ],
  'P9.1': () => [['propose_growth_plan', { outcome: 'agreed' }]],
  'D9.1': () => [['answer_growth_plan', { answer: 'agreed' }]],
  'P9.2': () => [['record_stay_interview', { outcome: 'held', topics: [] }]],
  'P9.5': (_owed, _state, scene) => [['record_networking', { on: dayOf(scene), outcome: 'taken' }]],
  REFLECT: (_owed, _state, scene) => [['record_reflection_group', { on: dayOf(scene), outcome: 'attended' }]],
};

/** Whoever is asked: the person, or who holds the capacity longest. */
function actorOf({ owner }: Obligation, { assignments, now }: AnswerScene): PersonRef | null {
  if (!owner.includes('@')) return owner;
  const held = assignments.find(
    (one) => `${one.capacity}@${one.scope}` === owner && inForce(one.from, one.to, now),
  );
  return held?.person ?? null;
}

/** @returns true when the thing owed has a plain answer, so that what follows it can be foreseen. */
export function hasPlainAnswer(of: CaseId, owed: Obligation): boolean {
  return of.startsWith('employment-') && Object.hasOwn(plain, owed.code);
}

/** What the owner of something does on its day; empty where that cannot be foreseen. */
export function plainAnswers(owed: Obligation, scene: AnswerScene): readonly PlainAnswer[] {
  const make = hasPlainAnswer(scene.case, owed) ? plain[owed.code] : undefined;
  const actor = actorOf(owed, scene);
  if (make === undefined || actor === null) return [];
  return make(owed, scene.own as Live, scene).map(([type, payload]) => ({
    ...{ case: scene.case, actor, type, payload },
  }));
}

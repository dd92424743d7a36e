import type { Obligation } from '../src/domain/kernel/agenda.ts';
import { addDays } from '../src/domain/kernel/calendar.ts';

/** What people of the worked example do about what they owe, in the words of its scenario. */

export interface Answer {
  readonly by: string;
  readonly type: string;
  readonly payload: Record<string, unknown>;
  /** The word of the case, where it is not the one that asks. */
  readonly case?: string;
  readonly acknowledge?: string[];
}

interface Scene {
  readonly part: readonly string[];
  readonly today: string;
  /** The word of the owner; of a capacity, who holds it. */
  readonly by: string;
}

const holders: Readonly<Record<string, string>> = {
  ...{ hr: 'dana', compliance: 'kofi', compensation: 'june', director: 'robin', adviser: 'theo' },
  ...{ credential_officer: 'ines', independent_adviser: 'noor', leave_officer: 'tomas' },
};

const session = {
  outcome: 'held',
  minutes: 60,
  mode: 'in_person',
  topics: ['role_fit', 'skills'],
  actions: [],
};
const month = { core: 74, support: 20, shared: 6, nonPeer: 0, prohibited: [] };
const ratings = {
  ...{ relationships: 4, support: 4, sharing_experience: 4, personalized: 4, recovery_planning: 4 },
  ...{ resources: 4, skills_information: 4, crisis: 4, communication: 4, teamwork: 4 },
  ...{ leadership_advocacy: 4, growth: 4 },
};
const about = (text: string): object => ({ text, about: '@c102' });
const one = (by: string, type: string, payload: Record<string, unknown> = {}): readonly Answer[] => [
  { by, type, payload },
];
const draft = {
  ...{ form: 'common-1', scale: '1-5', ratings, overall: 'meets', followUps: ['goal'], cites: {} },
  ...{ goals: [about('Lead one wellness group alone.')], text: about('Reliable, clear about the role.') },
};

type Making = (scene: Scene) => readonly Answer[];

const employment: Readonly<Record<string, Making>> = {
  'P7.1': ({ part, by }) => (by === 'c102' ? [] : one(by, 'log_session', { session: part[1], ...session })),
  'D7.1': ({ part }) =>
    part[1] === 'confirm' ? one('c102', 'confirm_session', { session: part[2], view: 'agrees' }) : [],
  'P7.3': ({ part, by }) => one(by, 'answer_pulse', { month: part[1], ...month }),
  'P7.6': () => one('c102', 'record_ce_hours', { hours: 20, ethics: 6 }),
  'P7.7': () => one('kofi', 'record_exclusion_check', { outcome: 'clear' }),
  'P6.4': ({ by }) => one(by, 'answer_integration', { no: [] }),
  OBSERVE: ({ by, today }) =>
    one(by, 'record_observation', { on: today, outcome: 'held_with_consent', topics: ['role_fit'] }),
  X11: ({ by, today, part }) =>
    part[1] === 'refresher'
      ? one('dana', 'record_supervisor_training', { supervisor: `@${by}`, on: today })
      : [],
  'P9.1': ({ by }) => (by === 'c102' ? [] : one(by, 'propose_growth_plan', { outcome: 'updated' })),
  'D9.1': () => one('c102', 'answer_growth_plan', { answer: 'agreed' }),
  'P9.4': () => [
    ...one('grace', 'propose_promotion', { outcome: 'declined', steps: [], criteria: [] }),
    ...one('dana', 'confirm_promotion'),
  ],
  'P9.5': ({ by, today }) => one(by, 'record_networking', { on: today, outcome: 'taken' }),
  REFLECT: ({ by, today }) => one(by, 'record_reflection_group', { on: today, outcome: 'attended' }),
  'D9.3': ({ part }) =>
    part[1] === 'talk'
      ? [
          ...one('grace', 'propose_promotion', {
            ...{ outcome: 'promoted', steps: ['tier_2'], criteria: ['leads_group_alone'] },
          }),
          ...one('dana', 'confirm_promotion'),
        ]
      : [],
};

const review: Readonly<Record<string, Making>> = {
  'P8.1': () => one('c102', 'share_self_review', { text: about('What went well, what I want to learn.') }),
  'P8.2': ({ part, by }) =>
    part[1] === 'name'
      ? one(by, 'choose_colleagues', { colleagues: ['@priya', '@ana'] })
      : one(by, 'share_feedback', { text: about('Feedback on working together.') }),
  'P8.3': ({ by }) => one(by, 'submit_draft', draft),
  'D8.7': () => one('dana', 'check_standard', { result: 'same_as_comparator' }),
  'P8.4': ({ by, today }) => (by === 'c102' ? [] : one(by, 'hold_talk', { held: today })),
  'P8.5': () => one('c102', 'respond', { response: 'signed' }),
  'D8.6': () => one('c102', 'respond', { response: 'signed' }),
  'P8.6': ({ by, today }) =>
    by === 'c102' ? [] : one(by, 'check_goals', { state: 'on_track', held: today }),
};

const others: Readonly<Record<string, Making>> = {
  'P0.4': () => [
    ...one('theo', 'advise', { position: 'agree' }),
    ...one('robin', 'recheck', { verdict: 'ready' }),
  ],
  'P0.3': ({ today }) =>
    one('dana', 'record_orientation', { held: today, attended: ['@marisol', '@priya', '@luis', '@ana'] }),
  'P1.5': () => one('frances', 'reaffirm', { closed: [], change: [] }),
  'P2.4': () => one('june', 'check_pay_parity', { outcome: 'fair' }),
  'P7.5': ({ by, today }) => (by === 'ines' ? one('ines', 'renew', { validTo: addDays(today, 730) }) : []),
};

const tables: Readonly<Record<string, Readonly<Record<string, Making>>>> = {
  employment,
  leave: {},
  'leave-two': {},
};

/** @param wordOf gives the scenario's word for a person. @returns what its owner does, empty where nobody here does it */
export function answersTo(
  { id, code, owner }: Obligation,
  wordOf: (id: string) => string,
  word: string,
  today: string,
): readonly Answer[] {
  const table = tables[word] ?? (word.startsWith('annual') || word === 'six-month' ? review : others);
  const [capacity = '', scope] = owner.split('@');
  const by = scope === undefined ? wordOf(owner) : (holders[capacity] ?? '');
  const part = id.split(':').map((piece) => wordOf(piece));
  return by === '' ? [] : (table[code]?.({ part, today, by }) ?? []);
}

const leave = { site: '$site', person: '@c102', employment: '#employment', supervisor: '@luis' };

/** What comes by itself on a day: a third supervisor, a second leave. */
export const planned: Readonly<Record<string, readonly Answer[]>> = {
  '2028-03-06': [
    ...one('dana', 'record_supervisor_training', { supervisor: '@luis', on: '2028-03-06' }),
    ...one('grace', 'change_supervisor', { how: 'reassigned', supervisor: '@luis', second: '@theo' }),
  ],
  '2031-02-03': [
    {
      ...{ by: 'tomas', type: 'open_leave', case: 'leave-two' },
      payload: { ...leave, from: '2031-02-10', to: '2031-04-07' },
    },
    { by: 'tomas', type: 'decide_leave', payload: { outcome: 'approved' }, case: 'leave-two' },
  ],
  '2031-04-07': [{ by: 'tomas', type: 'record_return', payload: { on: '2031-04-07' }, case: 'leave-two' }],
};

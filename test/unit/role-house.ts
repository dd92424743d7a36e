import { dateOf, wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import { reviewedPolicies } from '../../src/domain/readiness/words.ts';
import { policyActs } from '../../src/domain/role/words.ts';
import { roleCommands } from '../../src/contracts/role.ts';
import type { World, WorldCommand } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, termsForTests, worldAt } from './house.ts';

/** The Northside team and the words to play stages 1 and 2 of its role. */

export const role = caseOf('role', 'northside');
export const readiness = caseOf('readiness', 'northside');

export const people = {
  director: person('director'),
  facilitator: person('facilitator'),
  program: person('program'),
  marisol: person('marisol'),
  theo: person('theo'),
  priya: person('priya'),
  luis: person('luis'),
  ana: person('ana'),
  dana: person('dana'),
  hrDirector: person('hr director'),
  compliance: person('compliance'),
  compensation: person('compensation'),
};
const { director, facilitator, program, marisol, theo, priya, luis, ana, dana } = people;
const { hrDirector, compliance, compensation } = people;

export const everyone = [marisol, program, theo, priya, luis, ana];
export const tenElements = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'E10'];
const choices: Readonly<Record<string, readonly string[]>> = {
  E1: ['activation', 'less_isolation'],
  E5: ['read_limited', 'write_own_notes'],
  E6: ['dual'],
  E9: ['holder_decides'],
  E10: ['same_as_all_staff'],
};

export const text = (word: string): string => `txt_${word}`;
export const proposal = (element: string, version = 1, chosen = choices[element] ?? []) => ({
  element,
  text: text(`${element}_${version}`),
  choices: chosen,
});

export function staff(world: World): void {
  const held = [
    ...([
      [director, 'director'],
      [director, 'executive'],
      [program, 'program_leader'],
    ] as const),
    ...([
      [marisol, 'team_leader'],
      [marisol, 'supervisor'],
      [theo, 'adviser'],
      [dana, 'hr'],
    ] as const),
    ...([
      [hrDirector, 'hr_director'],
      [compliance, 'compliance'],
      [compensation, 'compensation'],
    ] as const),
  ];
  for (const [who, capacity] of held) world.assign(who, capacity);
}

/** Parses the payload as the published contract does, so that no test speaks a language nobody may speak. */
export function asked(
  actor: string,
  type: keyof typeof roleCommands,
  payload: object,
  more = {},
): WorldCommand {
  return { case: role, actor, type, payload: roleCommands[type].parse(payload), ...more };
}

export function ask(world: World, ...args: Parameters<typeof asked>) {
  return world.decide(asked(...args));
}

export function must(world: World, ...args: Parameters<typeof asked>) {
  const receipt = world.must(asked(...args));
  watch(world);
  return receipt;
}

const watched = new WeakMap<World, { readonly seen: Set<string>; open: Set<string> }>();

/** What must hold after every step: a case that is not final owes something dated, and no id ever comes back. */
export function watch(world: World): void {
  const place = world.cases.get(role);
  if (place === undefined) return;
  if (!place.final && place.obligations.length === 0) throw new Error('nothing_owed');
  for (const { id, owner, due } of place.obligations)
    if (owner === '' || !Number.isFinite(due)) throw new Error(`undated ${id}`);
  const acts = place.obligations.flatMap((one) => one.rungs.flatMap((rung) => rung.act ?? []));
  const foreign = acts.find((act) => !(policyActs as readonly string[]).includes(act));
  if (foreign !== undefined) throw new Error(`act_outside_the_list ${foreign}`);
  const before = watched.get(world) ?? { seen: new Set<string>(), open: new Set<string>() };
  const open = new Set(place.obligations.map((one) => one.id));
  if (open.size < place.obligations.length) throw new Error('obligation_twice');
  for (const id of open)
    if (before.seen.has(id) && !before.open.has(id)) throw new Error(`id_came_back ${id}`);
  watched.set(world, { seen: new Set([...before.seen, ...open]), open });
}

export const team = [
  { person: marisol, capacity: 'team_leader' },
  { person: program, capacity: 'program_leader' },
  { person: theo, capacity: 'adviser' },
  ...[priya, luis, ana].map((one) => ({ person: one, capacity: 'team_member' })),
];

export function openRole(world: World, kind = 'peer'): void {
  must(world, program, 'open', { site, kind, facilitator, members: team, leftOut: [] });
}

export function agreeAll(world: World, elements: readonly string[], who = everyone): void {
  for (const actor of who)
    must(world, actor, 'give_positions', {
      positions: elements.map((element) => ({ element, position: 'agree' })),
    });
}

/** Plans, proposes, holds and agrees: one meeting that reaches consensus on all its elements at this instant. */
export function settle(world: World, elements: readonly string[], concern?: string): void {
  const on = dateOf(termsForTests().calendar, world.now);
  must(world, facilitator, 'plan_meeting', { on, elements });
  must(world, facilitator, 'propose_elements', { proposals: elements.map((one) => proposal(one)) });
  const { meetings } = world.state(role) as { meetings: number };
  must(world, facilitator, 'record_meeting', { meeting: meetings, held: on, attended: everyone, elements });
  agreeAll(world, elements);
  if (concern !== undefined) {
    const position = { element: concern, position: 'agree_with_concern', reason: text('concern') };
    must(world, luis, 'give_positions', { positions: [position] });
  }
  must(world, facilitator, 'conclude_elements', { elements });
  must(world, facilitator, 'write_up', { meeting: meetings, notes: text('notes') });
}

/** Takes the site through stage 0, so that readiness is accepted (G0). */
export function acceptReadiness(world: World): void {
  const go = (actor: string, type: string, payload: object): void =>
    void world.must({ case: readiness, actor, type, payload });
  go(director, 'open', {
    site,
    reasons: ['mission'],
    funding: 'mixed',
    scorers: [dana, theo],
    leads: [director],
    roleHoldersOnSite: 0,
  });
  go(director, 'name_champion', { person: director });
  const scores = Array.from({ length: 25 }, () => '2');
  for (const who of [dana, theo]) go(who, 'score_items', { scores });
  go(theo, 'advise', { position: 'agree' });
  const verdicts = reviewedPolicies.map((policy) => ({ policy, verdict: 'fits', scope: 'all_staff' }));
  go(dana, 'propose_verdicts', { verdicts });
  go(compliance, 'confirm_verdicts', { policies: reviewedPolicies });
  go(director, 'give_verdict', { verdict: 'ready', actions: [] });
  go(director, 'propose_timeline', { weeks: {} });
  go(director, 'answer_timeline', { answer: 'accepted' });
  for (const who of [director, theo]) go(who, 'answer_goals', { answer: 'adopted' });
  go(director, 'accept_readiness', {});
}

interface PlannedDuty {
  readonly duty: string;
  readonly share: number;
  readonly class: string;
  readonly code?: string;
  readonly competencies?: readonly string[];
  readonly goals?: readonly string[];
  readonly alsoDoneBy?: string;
  readonly rightForClinicians?: boolean;
}

const core = (
  duty: string,
  share: number,
  competencies: readonly string[],
  goals: readonly string[] = [],
) => ({
  duty,
  share,
  class: 'core',
  competencies,
  goals,
});
/** Duty list 2 of the example: core 76, support 18, shared 6. */
export const goodDuties: readonly PlannedDuty[] = [
  core('one_to_one', 30, ['relationships', 'support'], ['less_isolation']),
  core('groups', 15, ['support', 'skills_information'], ['activation']),
  core('sharing', 6, ['sharing_experience']),
  core('talks_openly', 5, ['crisis']),
  core('goes_along', 10, ['resources']),
  core('speaking_up', 10, ['leadership_advocacy']),
  { duty: 'own_notes', share: 8, class: 'support' },
  { duty: 'meetings', share: 10, class: 'support' },
  { duty: 'phones', share: 6, class: 'shared', alsoDoneBy: 'case_manager', rightForClinicians: true },
];
/** Duty list 1, the old case-aide description: core 58, with driving and filing. */
export const oldDuties: readonly PlannedDuty[] = [
  core('one_to_one', 38, ['relationships', 'support'], ['less_isolation']),
  core('groups', 20, ['support', 'skills_information'], ['activation']),
  { duty: 'meetings', share: 17, class: 'support' },
  { duty: 'van', share: 15, class: 'non_peer', code: 'N_DRIVER' },
  { duty: 'filing', share: 10, class: 'non_peer', code: 'N_CLERICAL' },
];

export function enter(world: World, duties: readonly PlannedDuty[]): void {
  must(world, dana, 'enter_duties', {
    duties: duties.map(({ duty, share, alsoDoneBy }) => ({ duty, text: text(duty), share, alsoDoneBy })),
  });
}

/** The same duties without their words: those of the list before stay. */
export const sharesOf = (duties: readonly PlannedDuty[]) =>
  duties.map(({ duty, share, alsoDoneBy }) => ({ duty, share, alsoDoneBy }));

export const classesOf = (duties: readonly PlannedDuty[]) =>
  duties.map(({ duty, class: kind, code, competencies, goals, rightForClinicians }) => ({
    duty,
    class: kind,
    code,
    competencies,
    goals,
    rightForClinicians,
  }));

export function classify(world: World, list: number, duties: readonly PlannedDuty[]): void {
  for (const who of [marisol, theo])
    must(world, who, 'classify_duties', { list, classes: classesOf(duties) });
}

/** Northside on 19 Feb 2025: readiness accepted, version 1 adopted by consensus on all ten. @param concern an element somebody has a concern on */
export function adoptedRole(concern?: string): World {
  const world = worldAt('2025-01-06');
  staff(world);
  acceptReadiness(world);
  moveTo(world, '2025-01-28');
  openRole(world);
  settle(world, tenElements, concern);
  moveTo(world, '2025-02-19');
  must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
  return world;
}

export function payApproved(world: World): void {
  must(world, compensation, 'propose_pay', {
    grade: 'G5',
    low: 2200,
    high: 2500,
    comparatorRole: 'case_manager_1',
    reason: 'comparator',
  });
  must(world, hrDirector, 'approve_pay', { outcome: 'approved' });
}

export function termsConfirmed(world: World): void {
  must(world, dana, 'propose_terms', {
    requirements: [
      {
        requirement: 'lived_experience',
        outcome: 'essential',
      },
      {
        requirement: 'degree',
        outcome: 'removed',
      },
    ],
    wording: 'approved_text_A',
    credential: {
      rule: 'within_n_months',
      months: 12,
    },
  });
  must(world, compliance, 'confirm_terms', {});
}

export function descriptionApproved(world: World): void {
  must(world, dana, 'draft_description', {
    text: text('description'),
    requirements: ['lived_experience'],
    hours: 'full_time',
    benefits: true,
  });
  must(world, marisol, 'approve_description', {});
}

/** Northside on 28 Feb 2025: described and paid, gate G2 passed. */
export function describedRole(): World {
  const world = adoptedRole();
  moveTo(world, '2025-02-25');
  enter(world, goodDuties);
  classify(world, 1, goodDuties);
  termsConfirmed(world);
  moveTo(world, '2025-02-28');
  payApproved(world);
  descriptionApproved(world);
  must(world, dana, 'complete_description', {});
  return world;
}

/** @returns prompts of the role as `code to-rung local-date local-time`, in order, those of one code. */
export function sentOf(world: World, code: string, obligation = ''): readonly string[] {
  const { calendar } = termsForTests();
  return world.prompts
    .filter((one) => one.code === code && one.key.startsWith(role) && one.obligation.startsWith(obligation))
    .map((one) => `${dateOf(calendar, one.sendAfter)} ${wallTimeOf(calendar, one.sendAfter)}`);
}

/** A notice as another case would send it. */
export function tell(world: World, from: string, kind: string, body: object): void {
  const inbox = (world as unknown as { inbox: object[] }).inbox;
  const key = `${from}/${kind}/${world.rows.length}`;
  inbox.push({ key, to: role, kind, body, from, at: world.now });
  (world as unknown as { drain(): void }).drain();
}

/** Somebody holds the role now: what their employment publishes. @param holds another role, for one who went on to it */
export function holding(world: World, employment: string, who: string, holds = role): void {
  const facts = [employment, who].map((subject) => ({
    ...{ kind: 'holds_role', subject, value: holds, case: employment, sequence: 1 },
  }));
  const none = { held: null as never, nextWake: null, obligations: [], final: true };
  world.place(employment, { ...none, facts });
}

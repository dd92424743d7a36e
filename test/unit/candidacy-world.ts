import { childId } from '../../src/domain/kernel/apply.ts';
import { dateOf, instantOf, wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import type { Policy, PolicyValue } from '../../src/domain/kernel/policy.ts';
import type { AnyInput, Receipt } from '../../src/domain/kernel/run.ts';
import type { Refusal } from '../../src/domain/kernel/refusal.ts';
import type { CaseId, CaseKind } from '../../src/domain/kernel/words.ts';
import type { SearchToCandidacy, ToCandidacy } from '../../src/domain/notices.ts';
import { competencies } from '../../src/domain/candidacy/words.ts';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, termsForTests, worldAt } from './house.ts';

/** One candidacy with its neighbours reduced to the facts they publish and the notices they send. */

export const people = {
  hr: person('dana'),
  director: person('director'),
  hrDirector: person('hr director'),
  candidate: person('c-102'),
  screeners: [person('luis'), person('screener two')],
  raters: [person('marisol'), person('theo'), person('priya'), person('ana')],
  supervisor: person('marisol'),
  second: person('theo'),
  mentor: person('wren'),
  manager: person('hiring manager'),
  it: person('it'),
  compliance: person('compliance'),
  credentials: person('credentials'),
  background: person('background officer'),
  accommodation: person('accommodation officer'),
};
export const opening = caseOf('opening', 'northside one');
export const role = caseOf('role', 'specialist');
export const id = caseOf('candidacy', 'c-102');

type Inside = { step(id: CaseId, inputs: readonly AnyInput[]): unknown; drain(): void };

/** Another case that publishes facts and takes every notice without a word. */
export function neighbour(
  world: World,
  at: CaseId,
  facts: Readonly<Record<string, readonly [string, string]>>,
) {
  const base = { site, sequence: 1, terms: termsForTests().ref, sent: {}, undelivered: [] };
  world.place(at, {
    held: { own: {}, base },
    nextWake: null,
    obligations: [],
    facts: Object.entries(facts).map(([kind, [subject, value]]) => ({
      kind,
      subject,
      value,
      case: at,
      sequence: 1,
    })),
    final: true,
  });
}

export function openingSays(world: World, facts: Readonly<Record<string, string>>, seat = false): void {
  const own = Object.entries({
    posting: 'posted',
    opening_role: `${role},1`,
    screeners: people.screeners.join(','),
    attested: people.screeners.join(','),
    ...facts,
  }).map(([kind, value]) => [kind, [opening, value] as const] as const);
  neighbour(world, opening, { ...Object.fromEntries(own), ...(seat ? { seat: [id, '1'] } : {}) });
}

export function child(world: World, kind: CaseKind, label: string): CaseId {
  return childId(world.org, id, kind, label);
}

export function checkSays(world: World, value: 'clear' | 'not_yet'): void {
  neighbour(world, child(world, 'clock', 'background'), { background: [id, value] });
}

/** @returns a world on that day in which everybody has their capacity and the neighbours stand. */
export function worldOn(date: string, wall = '10:00', policy?: Policy): World {
  const terms = termsForTests();
  const world =
    policy === undefined
      ? worldAt(date, wall)
      : new World(site, { ...terms, policy }, instantOf(terms.calendar, date, wall));
  world.assign(people.hr, 'hr');
  world.assign(people.director, 'director');
  world.assign(people.hrDirector, 'hr_director');
  world.assign(people.it, 'it');
  world.assign(people.compliance, 'compliance');
  world.assign(people.credentials, 'credential_officer');
  world.assign(people.background, 'background_officer');
  world.assign(people.accommodation, 'accommodation_officer');
  world.assign(people.candidate, 'candidate', id);
  openingSays(world, {});
  neighbour(world, role, {
    pay_range: [role, '2200-2500'],
    record_access: [role, 'read_limited,write_own_notes'],
    credential_rule: [role, 'within_n_months:12'],
  });
  neighbour(world, caseOf('readiness', 'northside'), { team_oriented: [site, '2025-02-28'] });
  checkSays(world, 'not_yet');
  neighbour(world, child(world, 'employment', 'employment'), {});
  return world;
}

let told = 0;
/** A notice as it would come from the opening or the check. */
export function tell(world: World, notice: ToCandidacy | SearchToCandidacy, from: CaseId = opening): void {
  told += 1;
  const input: AnyInput = {
    origin: 'notice',
    decisionId: `${from}/${told}/0`,
    from,
    asked: world.now,
    notice,
  };
  const inside = world as unknown as Inside;
  inside.step(id, [input]);
  inside.drain();
}

/** A command as the façade lets it through: parsed by the contracts. */
export function ask(
  world: World,
  actor: string,
  type: keyof typeof candidacyCommands,
  payload: object = {},
  acknowledge: readonly string[] = [],
): Receipt | Refusal {
  const parsed = candidacyCommands[type].parse(payload);
  return world.decide({ case: id, actor, type, payload: parsed, acknowledge });
}

export function must(
  world: World,
  actor: string,
  type: keyof typeof candidacyCommands,
  payload: object = {},
): void {
  const answer = ask(world, actor, type, payload);
  if ('refused' in answer) throw new Error(`${type}: ${JSON.stringify(answer)}`);
  const open = world.cases.get(id);
  if (open?.final === false && world.obligations(id).length === 0)
    throw new Error(`${type}: an open case owes nothing to anybody`);
}

/** When a code's prompts went out, and to whom: `2025-04-04 10:00 <owner>`. */
export function sent(world: World, code: string, to?: string): readonly string[] {
  const { calendar } = termsForTests();
  return world.prompts
    .filter((one) => one.code === code && (to === undefined || one.to === to))
    .map((one) => `${dateOf(calendar, one.sendAfter)} ${wallTimeOf(calendar, one.sendAfter)}`);
}

/** The default policy with other values of one code, or without the code. */
export function policyWith(code: string, values: Readonly<Record<string, PolicyValue>> | null): Policy {
  const { policy } = termsForTests();
  const { [code]: before, ...others } = policy.values;
  if (values === null) return { ...policy, values: others };
  return { ...policy, values: { ...others, [code]: { source: 'O', ...before, ...values } } };
}

/** Codes of what is owed, and by whom. */
export function debts(world: World): readonly string[] {
  return world.obligations(id).map(({ code, owner }) => `${code} ${owner}`);
}

/** What the candidacy recorded, in its order. */
export function kindsOf(world: World): readonly string[] {
  return world.rows.filter((row) => row.case === id).map((row) => row.kind);
}

/** A code's prompts in their order: `2025-04-04 10:00 <rung> <how> <to>`. */
export function rungs(world: World, code: string): readonly string[] {
  const { calendar } = termsForTests();
  return world.prompts
    .filter((one) => one.code === code)
    .map(({ sendAfter, rung, how, to }) => {
      const at = `${dateOf(calendar, sendAfter)} ${wallTimeOf(calendar, sendAfter)}`;
      return `${at} ${rung} ${how} ${to}`;
    });
}

export const application = { site, opening, person: people.candidate, attested: true };
export const meets = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
const ratings = Object.fromEntries(competencies.map((one) => [one, '4']));
export const sheet = { ratings, notes: 'txt_sheet' };

/** 11 to 26 March: applied, acknowledged, screened; the pool is ready. */
export function screened(policy?: Policy): World {
  const world = worldOn('2025-03-11', '10:00', policy);
  must(world, people.candidate, 'open', application);
  moveTo(world, '2025-03-12');
  must(world, people.hr, 'acknowledge', { of: 'application' });
  moveTo(world, '2025-03-18');
  for (const reviewer of people.screeners) must(world, reviewer, 'screen', meets);
  moveTo(world, '2025-03-26');
  openingSays(world, { posting: 'closed', pool_ready: 'yes', panel: people.raters.join(',') });
  return world;
}

/** 2 to 4 April: the questions sent a day ahead, the conversation held, no sheet in. */
export function interviewed(): World {
  const world = screened();
  must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
  moveTo(world, '2025-04-02');
  must(world, people.hr, 'send_questions');
  moveTo(world, '2025-04-04', '12:00');
  must(world, people.hr, 'record_interview', { held: '2025-04-04' });
  return world;
}

/** 1 to 10 April: questions, interview, sheets but Priya's, which is dropped for all; selected. */
export function selected(): World {
  const world = screened();
  must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
  moveTo(world, '2025-04-01');
  must(world, people.hr, 'send_questions');
  moveTo(world, '2025-04-04', '12:00');
  must(world, people.hr, 'record_interview', { held: '2025-04-04' });
  for (const rater of [people.raters[0], people.raters[1], people.raters[3]])
    must(world, rater ?? '', 'submit_sheet', sheet);
  moveTo(world, '2025-04-09');
  tell(world, { kind: 'rater_dropped', body: { rater: people.raters[2] ?? '' } });
  moveTo(world, '2025-04-10');
  openingSays(world, { posting: 'closed', pool_ready: 'yes', panel: people.raters.join(',') }, true);
  tell(world, { kind: 'selected', body: { seat: 1, hiringManager: people.manager } });
  return world;
}

/** 11 April: approved by two, sent. */
export function offered(): World {
  const world = selected();
  moveTo(world, '2025-04-11');
  must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
  must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
  must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
  must(world, people.hr, 'send_offer', { version: 1 });
  return world;
}

/** 16 April: accepted, first day set, the supervisor not yet trained. */
export function accepted(): World {
  const world = offered();
  moveTo(world, '2025-04-16');
  must(world, people.candidate, 'accept_offer', { version: 1 });
  must(world, people.hr, 'set_start', { on: '2025-05-12' });
  must(world, people.hr, 'assign_supervisor', {
    supervisor: people.supervisor,
    outcome: 'not_qualified',
    second: people.second,
  });
  return world;
}

/** The check's own case as it is, in place of the facts it would publish. */
export function withRealCheck(world: World): CaseId {
  const clock = child(world, 'clock', 'background');
  world.cases.delete(clock);
  return clock;
}

/** 17 April: the candidate agrees to the check, and it is ordered. */
export function ordered(world: World = accepted()): World {
  moveTo(world, '2025-04-17');
  must(world, people.candidate, 'answer_consent', { answer: 'given' });
  must(world, people.background, 'order_check');
  return world;
}

/** R6.5: what E4 of the role promises, as the list of the first weeks has it. */
export const promised = {
  promises: [{ element: 'E4', item: 'systems_training', owner: 'supervisor', after: 7 }],
};

/** 17 April to 2 May: checks, credential, mentor, supervisor trained, half of the place ready. */
export function nearlyReady(world: World = ordered()): World {
  must(world, people.compliance, 'record_exclusion', { outcome: 'clear' });
  must(world, people.credentials, 'record_credential', { status: 'verified', validTo: '2025-11-30' });
  moveTo(world, '2025-04-24');
  must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
  must(world, people.mentor, 'answer_mentoring', { answer: 'accepted' });
  moveTo(world, '2025-04-29');
  const clock = child(world, 'clock', 'background');
  if (world.cases.get(clock)?.final === true) {
    checkSays(world, 'clear');
    tell(world, { kind: 'check_outcome', body: { check: 'background', outcome: 'clear' } }, clock);
  }
  moveTo(world, '2025-05-01');
  must(world, people.hr, 'assign_supervisor', {
    supervisor: people.supervisor,
    outcome: 'qualified',
    trained: '2025-05-01',
    second: people.second,
    secondTrained: '2024-10-01',
  });
  moveTo(world, '2025-05-02');
  must(world, people.manager, 'report_setup', { items: ['desk', 'keys'] });
  must(world, people.hr, 'name_promises', promised);
  return world;
}

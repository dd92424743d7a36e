import type { EmploymentCommand } from '../../contracts/employment.ts';
import { addDays, addMonths, dateOf, weekdayOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { num, numIf, text } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import type { PersonRef } from '../kernel/words.ts';
import { fewerDays } from '../review/cycles.ts';
import { anyOf } from '../signed.ts';
import { cadenceTaken } from './cadence.ts';
import { countsOn } from './cover.ts';
import { firstSession, pulseMonthFrom, roundDate } from './dates.ts';
import { knownOf } from './decide-cover.ts';
import { samePerson, seat, signed, speaker } from './deciding.ts';
import type { AskOf, CommandType, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Adoption } from './events-adopt.ts';
import { routed } from './field.ts';
import type { EmploymentState } from './state.ts';
import { rounds } from './words.ts';
import type { Round } from './words.ts';

/** The gates that lie before the day on which an employment is taken over. */
function gatesBefore(probationOver: boolean): readonly string[] {
  return ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'D6.2', 'R6.1', 'G6', ...(probationOver ? ['G8'] : [])];
}

/** The place in the plan of reviews of the first that is still to come. */
function reviewAfter(dayOne: CivilDate, today: CivilDate, terms: Terms): number {
  const value = (name: string): number => num(terms.policy, 'D8.1', name);
  if (today < addDays(dayOne, value('probation_mid_d'))) return 0;
  if (today < probationOver(dayOne, terms)) return 1;
  if (today < addMonths(dayOne, value('six_month_months'))) return 2;
  let years = 1;
  while (addMonths(dayOne, value('annual_months') * years) <= today) years += 1;
  return years + 2;
}

/** The round owed next of something that comes again: none of those that lie behind is asked for here. */
function roundAfter(code: Round, dayOne: CivilDate, today: CivilDate, terms: Terms): number {
  for (let round = 0; ; round += 1) {
    const day = roundDate(code, round, dayOne, terms);
    if (day === null || day > today) return round;
  }
}

/** The day on which a probation is over: as the policy has it, or other staff where theirs is shorter (R8.1). */
function probationOver(dayOne: CivilDate, terms: Terms): CivilDate {
  return addDays(dayOne, fewerDays(terms).probationDays ?? num(terms.policy, 'D8.1', 'probation_end_d'));
}

type Adopt = Extract<EmploymentCommand, { type: 'adopt' }>;

/** The days on which the supervisors were trained, as they are on record, or as HR says here. */
function trainings(given: Adoption, ctx: Context): readonly (readonly [PersonRef, CivilDate])[] {
  const { supervisor, second, trained, secondTrained } = given;
  const onRecord = (who: PersonRef) => ctx.facts.get('supervisor_qualified', who)?.value;
  const all = [
    [supervisor, trained ?? onRecord(supervisor)],
    ...(second === null ? [] : [[second, secondTrained ?? onRecord(second)] as const]),
  ] as const;
  return all.flatMap(([who, day]): readonly (readonly [PersonRef, CivilDate])[] =>
    who === undefined || day === undefined ? [] : [[who, day]],
  );
}

/** R5.2 BLOCK: somebody who supervises is qualified; whoever is not yet, only beside somebody who is. */
function untrained(given: Adoption, on: CivilDate, ctx: Context): Refusal | null {
  if ([given.trained, given.secondTrained].some((day) => day !== undefined && day > on))
    return blocked('R5.2', { code: 'training_not_yet_held' });
  const able = trainings(given, ctx).some(([, day]) => countsOn(day, on, ctx.terms));
  return able ? null : blocked('R5.2', { code: 'supervisor_qualified', about: given.supervisor });
}

/** Who is who: nobody supervises or leads themselves, and nobody is employed here twice. */
function wrongPeople({ supervisor, second, manager, person }: Adoption, ctx: Context): Refusal | null {
  if (supervisor === second) return blocked('D7.7', { code: 'two_different_people' });
  if ([supervisor, second, manager].includes(person)) return blocked('D7.7', { code: 'another_person' });
  const held = ctx.facts.get('holds_role', person);
  return held === null ? null : blocked('ADOPT', { code: 'employed_here_already' });
}

/** What the house begins with on the day an employment is taken over; refused where something is not there. */
function takenOver(given: Adoption, ctx: Context): Decision {
  const { policy, calendar } = ctx.terms;
  const { weeks, second, trained: _first, secondTrained: _second, ...rest } = given;
  const { dayOne, role, supervisor, credential, exclusionCheckedOn } = rest;
  const on = dateOf(calendar, ctx.now);
  const over = addDays(dayOne, num(policy, 'D6.6', 'at_d'));
  if (on < over) return notNow('G6', { code: 'first_months_over', about: over });
  if (exclusionCheckedOn > on) return blocked('P7.7', { code: 'day_not_in_future' });
  const wrong = wrongPeople(given, ctx);
  if (wrong !== null) return wrong;
  const cadence = cadenceTaken({ weeks, dayOne, credential }, on, ctx.terms);
  if (cadence.length > 0) return blocked('D7.6', ...cadence);
  const version = ctx.facts.get('role_described', role)?.value;
  if (version === undefined) return blocked('G2', { code: 'role_described', about: role });
  const no = untrained(given, on, ctx);
  if (no !== null) return no;
  const weekday = num(policy, 'D7.1', 'weekday');
  const people = [supervisor, ...(second === null ? [] : [second])];
  const apprentice = credential.status === 'in_progress_with_deadline' && routed(policy);
  const hours = (numIf(policy, 'P7.6', 'hours') ?? 0) > 0 && credential.status === 'verified';
  const at = (code: Round): number => roundAfter(code, dayOne, on, ctx.terms);
  const said = [given.trained, given.secondTrained].some((day) => day !== undefined);
  return [
    happened('employment_adopted', {
      ...fewerDays(ctx.terms),
      ...{ ...rest, second, on, roleVersion: Number(version), clock: ctx.childId('clock', 'credential') },
      ...knownOf(people, ctx),
      ...(said ? { trained: Object.fromEntries(trainings(given, ctx)) } : {}),
      ...(apprentice ? { certifiedBy: credential.validTo } : {}),
      ...{ weekday, at: text(policy, 'D7.1', 'at'), weeks, first: firstSession(on, weekday, weekdayOf(on)) },
      month: pulseMonthFrom(calendar, on),
      review: reviewAfter(dayOne, on, ctx.terms),
      sixMonth: on >= addMonths(dayOne, num(policy, 'D8.1', 'six_month_months')),
      rounds: Object.fromEntries(rounds.map((code) => [code, at(code)])) as Record<Round, number>,
      ...(hours ? { educationFrom: on } : {}),
      notWitnessed: gatesBefore(on >= probationOver(dayOne, ctx.terms)),
    }),
  ];
}

/**
 * Enters an employment that began elsewhere. What came before it is for ever *not witnessed*: no gate is passed by it,
 * and none is claimed. First months are not taken over: they have items, talks and hours that nobody here saw either.
 * Two people take it over, under a policy that says by when; it counts from the day of the second word.
 */
export function adopt(state: EmploymentState, ask: Ask<Adopt>, ctx: Context): Decision {
  if (state.job !== null || state.adoption !== undefined) return refuse('already_open', 'ADOPT');
  const { payload } = ask.command;
  if (anyOf(ask, [payload.person])) return blocked('ADOPT', { code: 'own_employment' });
  const begun = takenOver(payload, ctx);
  if (isRefusal(begun) || numIf(ctx.terms.policy, 'ADOPT', 'confirm_bd') === null) return begun;
  return [happened('adoption_proposed', { ...payload, ...signed(ask) })];
}

const adoptingTypes = ['adopt', 'confirm_adoption', 'withdraw_adoption'] as const;
/** Commands of an employment that is not there yet. */
export type AdoptingType = (typeof adoptingTypes)[number];
export const isAdopting = (type: CommandType): type is AdoptingType =>
  (adoptingTypes as readonly string[]).includes(type);

/** The second of the two people, or nobody: what was taken back is proposed anew in another case. */
export function adopting(state: EmploymentState, ask: Ask<EmploymentCommand>, ctx: Context): Decision {
  const { adoption } = state;
  if (adoption === undefined || 'withdrawn' in adoption) return notNow('ADOPT', { code: 'nothing_proposed' });
  if (anyOf(ask, [adoption.person])) return blocked('ADOPT', { code: 'own_employment' });
  if (ask.command.type === 'withdraw_adoption') return [happened('adoption_withdrawn', { by: speaker(ask) })];
  if (samePerson(adoption, ask)) return blocked('ADOPT', { code: 'second_person_needed' });
  const { by: _by, hand: _hand, at: _at, ...given } = adoption;
  return takenOver(given, ctx);
}

/** Stage 7: either of the two says what to talk about next time, by topic code: nothing else is kept of it. */
function putOnAgenda(
  state: Parameters<Deciders<'put_on_agenda'>['put_on_agenda']>[0],
  ask: AskOf<'put_on_agenda'>,
): Decision {
  const by = seat(state, ask);
  if (by === null) return blocked('D7.1', { code: 'one_of_the_two' });
  const there = state.sessions.agenda ?? {};
  const topics = ask.command.payload.topics.filter((topic) => there[topic] === undefined);
  if (topics.length === 0) return refuse('nothing_to_do', 'D7.1');
  return [happened('agenda_topic_added', { by, topics })];
}

/** Commands of the agenda that the two share. */
export const sharedAgenda: Deciders<'put_on_agenda'> = { put_on_agenda: putOnAgenda };

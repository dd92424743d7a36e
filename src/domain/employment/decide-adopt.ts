import type { EmploymentCommand } from '../../contracts/employment.ts';
import { addDays, addMonths, dateOf, weekdayOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Ask, Context } from '../kernel/decider.ts';
import { num, numIf, text } from '../kernel/policy.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Terms } from '../kernel/terms.ts';
import { firstSession, pulseMonthFrom, roundDate } from './dates.ts';
import { knownOf } from './decide-cover.ts';
import { seat } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import { routed } from './field.ts';
import type { EmploymentState } from './state.ts';
import { rounds } from './words.ts';
import type { Round } from './words.ts';

/** The gates that lie before the day on which an employment is taken over. */
function gatesBefore(probationOver: boolean): readonly string[] {
  return ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'D6.2', 'R6.1', 'G6', ...(probationOver ? ['G8'] : [])];
}

/** The place in the plan of reviews of the first that is still to come. */
function reviewAfter(dayOne: CivilDate, today: CivilDate, { policy }: Terms): number {
  const value = (name: string): number => num(policy, 'D8.1', name);
  if (today < addDays(dayOne, value('probation_mid_d'))) return 0;
  if (today < addDays(dayOne, value('probation_end_d'))) return 1;
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

type Adopt = Extract<EmploymentCommand, { type: 'adopt' }>;

/**
 * Enters an employment that began elsewhere. What came before it is for ever *not witnessed*: no gate is passed by it,
 * and none is claimed. First months are not taken over: they have items, talks and hours that nobody here saw either.
 */
export function adopt(state: EmploymentState, ask: Ask<Adopt>, ctx: Context): Decision {
  if (state.job !== null) return refuse('already_open', 'G5');
  const { policy, calendar } = ctx.terms;
  const { weeks, second, ...given } = ask.command.payload;
  const { dayOne, role, supervisor, manager, person, credential, exclusionCheckedOn } = given;
  const on = dateOf(calendar, ctx.now);
  const over = addDays(dayOne, num(policy, 'D6.6', 'at_d'));
  if (on < over) return notNow('G6', { code: 'first_months_over', about: over });
  if (exclusionCheckedOn > on) return blocked('P7.7', { code: 'day_not_in_future' });
  if (supervisor === second) return blocked('D7.7', { code: 'two_different_people' });
  if ([supervisor, second, manager].includes(person)) return blocked('D7.7', { code: 'another_person' });
  const version = ctx.facts.get('role_described', role)?.value;
  if (version === undefined) return blocked('G2', { code: 'role_described', about: role });
  const weekday = num(policy, 'D7.1', 'weekday');
  const people = [supervisor, ...(second === null ? [] : [second])];
  const apprentice = credential.status === 'in_progress_with_deadline' && routed(policy);
  const hours = (numIf(policy, 'P7.6', 'hours') ?? 0) > 0 && credential.status === 'verified';
  const at = (code: Round): number => roundAfter(code, dayOne, on, ctx.terms);
  return [
    happened('employment_adopted', {
      ...{ ...given, second, on, roleVersion: Number(version), clock: ctx.childId('clock', 'credential') },
      ...knownOf(people, ctx),
      ...(apprentice ? { certifiedBy: credential.validTo } : {}),
      ...{ weekday, at: text(policy, 'D7.1', 'at'), weeks, first: firstSession(on, weekday, weekdayOf(on)) },
      month: pulseMonthFrom(calendar, on),
      review: reviewAfter(dayOne, on, ctx.terms),
      sixMonth: on >= addMonths(dayOne, num(policy, 'D8.1', 'six_month_months')),
      rounds: Object.fromEntries(rounds.map((code) => [code, at(code)])) as Record<Round, number>,
      ...(hours ? { educationFrom: on } : {}),
      notWitnessed: gatesBefore(on >= addDays(dayOne, num(policy, 'D8.1', 'probation_end_d'))),
    }),
  ];
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

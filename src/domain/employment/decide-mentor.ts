import { addBusinessDays, isBusinessDay } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num, nums } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { turnOpens } from './dates.ts';
import { seat, speaker, today } from './deciding.ts';
import type { Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Talk } from './state.ts';

type Mentor =
  'record_mentor_talk' | 'settle_mentoring' | 'ask_new_mentor' | 'assign_mentor' | 'answer_mentoring';

/** From which day on a talk is that of its turn: the middle of its days, or sooner where the two put it there. */
function talkOpens({ day, due }: Talk, dayOne: CivilDate, { terms }: Context): CivilDate {
  const opens = turnOpens(day, nums(terms.policy, 'P6.2', 'at_d'), dayOne);
  return due !== undefined && due < opens ? due : opens;
}

/** Commands about the mentor. R6.2: there is no field for what was said. */
export const mentor: Deciders<Mentor> = {
  /** D6.3, by either of the pair. A talk that was missed is owed again. */
  record_mentor_talk(state, ask, ctx) {
    const { talk, outcome, topics, to } = ask.command.payload;
    const who = speaker(ask);
    if (who !== state.job.mentor && who !== state.job.person)
      return blocked('D6.3', { code: 'one_of_the_pair' });
    const open = state.mentoring.talks.find((one) => one.day === talk);
    if (open === undefined) return notNow('D6.3', { code: 'no_such_open_talk' });
    if (state.job.dayOne > today(ask, ctx)) return notNow('D6.3', { code: 'before_day_one' });
    const opens = talkOpens(open, state.job.dayOne, ctx);
    if (outcome !== 'moved' && today(ask, ctx) < opens)
      return notNow('D6.3', { code: 'not_before', about: opens });
    if (outcome === 'held') return [happened('talk_recorded', { talk, outcome, topics })];
    const { calendar, policy } = ctx.terms;
    if (outcome === 'missed') {
      const due = addBusinessDays(calendar, today(ask, ctx), num(policy, 'P6.2', 'retry_bd'));
      return [happened('talk_recorded', { talk, outcome, topics: [], due })];
    }
    if (to === undefined || to <= today(ask, ctx) || !isBusinessDay(calendar, to))
      return blocked('D6.3', { code: 'business_day_in_future' });
    return [happened('talk_recorded', { talk, outcome, topics: [], due: to })];
  },

  /** P6.3: mentoring ends or is renewed after six months. */
  settle_mentoring(state, ask, ctx) {
    const { outcome, until } = ask.command.payload;
    const who = speaker(ask);
    if (who !== state.job.mentor && seat(state, ask) !== 'supervisor')
      return blocked('P6.3', { code: 'mentor_or_supervisor' });
    if (state.mentoring.ended) return notNow('P6.3', { code: 'already_ended' });
    if (outcome === 'ended') return [happened('mentoring_settled', { outcome, until: null, told: true })];
    if (until === undefined || until <= today(ask, ctx)) return blocked('P6.3', { code: 'until_in_future' });
    return [happened('mentoring_settled', { outcome, until })];
  },

  /** X12: either may ask, no reason. */
  ask_new_mentor(state, ask) {
    if (state.mentoring.ended) return notNow('X12', { code: 'mentoring_has_ended' });
    if (state.mentoring.gone !== null) return notNow('X12', { code: 'already_asked' });
    const who = speaker(ask);
    const own = who === state.job.mentor ? 'mentor' : seat(state, ask) === 'employee' ? 'employee' : null;
    const by = own ?? (who === state.job.manager ? 'manager' : 'hr');
    return [happened('mentor_asked_for', { by, told: true })];
  },

  /** D5.7 by the manager. R5.5 BLOCK: the mentor supervises and reviews nobody they mentor. */
  assign_mentor(state, ask) {
    const { mentor: proposed } = ask.command.payload;
    if (state.mentoring.gone === null) return notNow('X12', { code: 'mentor_in_place' });
    const { supervisor, second, manager, person } = state.job;
    if ([supervisor, second, manager].includes(proposed)) return blocked('R5.5', { code: 'mentor_apart' });
    if (proposed === person) return blocked('D5.7', { code: 'another_person' });
    return [happened('mentor_proposed', { mentor: proposed })];
  },

  /** D5.7: the mentor accepts, or the manager asks somebody else. */
  answer_mentoring(state, ask) {
    const { proposed } = state.mentoring;
    if (proposed === null || proposed.mentor !== speaker(ask)) return notNow('D5.7', { code: 'not_asked' });
    const { answer } = ask.command.payload;
    const told = answer === 'accept' ? { told: true as const } : {};
    return [happened('mentor_answered', { mentor: proposed.mentor, answer, ...told })];
  },
};

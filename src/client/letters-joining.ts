import { references } from '../content/index.ts';
import { letterDay } from '../documents/letters-words.ts';
import type { CandidacyState, Mentor } from '../domain/candidacy/state.ts';
import { addBusinessDays, addDays, dateOf, rollForward } from '../domain/kernel/calendar.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import { num, nums } from '../domain/kernel/policy.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterFacts, LetterPlace } from './letters-kinds.ts';

export type JoiningLetter = 'welcome' | 'mentor' | 'mentor-welcome' | 'referee';

/** What of stage 5 has to stand before anybody is written to about a first day. */
interface Joining {
  readonly day: CivilDate;
  readonly mentor: Mentor;
  readonly supervisor: PersonRef;
}

function joiningOf({ stage, pre }: CandidacyState): Joining {
  const { start, mentor, supervision } = pre;
  if (stage !== 'preboarding' || start === null || mentor === null || supervision === null)
    throw new LetterRefused('letter_not_now');
  return { day: start.on, mentor, supervisor: supervision.supervisor };
}

/** P5.5: to the new colleague, once everybody they are told about has said yes. */
function welcome({ terms }: LetterPlace, state: CandidacyState): LetterFacts {
  const { day, mentor, supervisor } = joiningOf(state);
  if (mentor.accepted === null) throw new LetterRefused('letter_not_now');
  const { opens, zone } = terms.calendar;
  return {
    ...{ template: 'letter-welcome', person: state.person, sections: [] },
    named: { supervisor_name: supervisor, mentor_name: mentor.person },
    fixed: { start_date: letterDay(day) },
    usual: {
      start_time: `${opens} (${zone})`,
      first_day_plan: [
        'Your mentor meets you and shows you the place',
        'Your supervisor talks with you about the first weeks',
        'Keys, accounts and your desk',
        'Time to read, to ask, and to meet the team',
      ],
    },
  };
}

/** D5.7, P5.6: to the one who was asked, or who has said yes. Length and days are those of all new staff. */
function toMentor({ terms }: LetterPlace, state: CandidacyState): LetterFacts {
  const { day, mentor, supervisor } = joiningOf(state);
  const { calendar, policy } = terms;
  const days = nums(policy, 'P6.2', 'at_d').map((n) => letterDay(rollForward(calendar, addDays(day, n))));
  const answer = addBusinessDays(calendar, dateOf(calendar, mentor.at), num(policy, 'D5.7', 'accept_bd'));
  const months = terms.comparator?.values['mentoring_months'];
  const asked = mentor.accepted === null;
  return {
    ...{ template: 'letter-mentor', person: mentor.person, sections: [asked ? 'asked' : 'accepted'] },
    named: { supervisor_name: supervisor, new_colleague_name: state.person },
    fixed: {
      ...{ start_date: letterDay(day), talk_days: days },
      ...(asked ? { answer_by: letterDay(answer) } : {}),
    },
    usual:
      months === undefined
        ? {}
        : { mentoring_text: `${String(months)} months, the same as for all new staff` },
  };
}

/** P5.6: the mentor's own letter to the new colleague; nobody else writes in their name. */
function mentorWelcome({ reader, terms }: LetterPlace, state: CandidacyState): LetterFacts {
  const { day, mentor } = joiningOf(state);
  if (mentor.accepted === null || reader.as !== mentor.person) throw new LetterRefused('letter_not_now');
  const { opens, zone } = terms.calendar;
  return {
    ...{ template: 'letter-mentor-welcome', person: state.person, sections: [] },
    named: { mentor_name: mentor.person },
    fixed: { start_date: letterDay(day) },
    usual: { start_time: `${opens} (${zone})` },
  };
}

/** D4.6: to somebody the candidate has named. The questions are the same for every referee of every candidate. */
function referee({ terms, today }: LetterPlace, state: CandidacyState): LetterFacts {
  if (state.stage !== 'interview' && state.stage !== 'rating') throw new LetterRefused('letter_not_now');
  const { calendar, policy } = terms;
  const within = num(policy, 'D4.6', 'within_bd');
  return {
    ...{ template: 'letter-referee', person: state.person, sections: [] },
    named: { candidate_name: state.person },
    fixed: { reference_questions: references().questions.map(({ text }) => text) },
    usual: { answer_by: letterDay(addBusinessDays(calendar, today, within)) },
  };
}

/** What the ledger knows for a letter on the way to a first day, or to a referee. @throws LetterRefused */
export function factsOfJoining(place: LetterPlace, kind: JoiningLetter): LetterFacts {
  const state = place.one.held?.own as CandidacyState;
  switch (kind) {
    case 'welcome':
      return welcome(place, state);
    case 'mentor':
      return toMentor(place, state);
    case 'mentor-welcome':
      return mentorWelcome(place, state);
    case 'referee':
      return referee(place, state);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

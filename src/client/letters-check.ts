import type { Background, ClockState } from '../domain/clock/state.ts';
import type { AdverseReason } from '../domain/clock/words.ts';
import { addBusinessDays, dayPlus } from '../domain/kernel/calendar.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import { num } from '../domain/kernel/policy.ts';
import { letterDay } from '../documents/letters-words.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterFacts, LetterPlace } from './letters-kinds.ts';

const reasons: Readonly<Record<AdverseReason, string>> = {
  related_to_duties: 'The entry bears on the duties of this position.',
  barred_by_law: 'Law bars employment in this position with such an entry.',
};

/** X8: the later of both waits, which the jurisdiction's profile may lengthen. */
function waitEnds({ terms, today }: LetterPlace): CivilDate {
  const business = addBusinessDays(terms.calendar, today, num(terms.policy, 'X8', 'wait_bd'));
  const days = dayPlus(terms.calendar, today, num(terms.policy, 'X8', 'wait_d'));
  return business > days ? business : days;
}

function matterOf(state: ClockState): Background {
  if (state.matter?.about !== 'background') throw new LetterRefused('letter_kind_wrong');
  return state.matter;
}

/** R5.4: the first notice after the assessment of this one case, the final one after the first and its wait. */
export async function factsOfCheck(place: LetterPlace, kind: 'pre-adverse' | 'final'): Promise<LetterFacts> {
  const state = place.one.held?.own as ClockState;
  const matter = matterOf(state);
  const { person } = state;
  if (kind === 'pre-adverse') {
    const assessed = matter.status === 'individual_assessment' || matter.status === 'waiver_requested';
    if (!assessed || matter.assessedAt === null) throw new LetterRefused('letter_not_now');
    const fixed = { answer_by: letterDay(waitEnds(place)) };
    return { template: 'letter-pre-adverse-notice', person, fixed, usual: {}, sections: [] };
  }
  // The proposal passed the gate R5.4: the first notice was given, and the days to answer it are over.
  const waited = matter.status === 'pre_adverse' && matter.proposal !== null;
  if (!waited && matter.status !== 'adverse_final') throw new LetterRefused('letter_not_now');
  const usual: Record<string, string> =
    matter.proposal === null ? {} : { decision_reason: reasons[matter.proposal.reason] };
  return { template: 'letter-final-notice', person, fixed: {}, usual, sections: [] };
}

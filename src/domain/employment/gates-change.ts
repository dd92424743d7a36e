import { dateOf } from '../kernel/calendar.ts';
import type { Gate } from '../kernel/decider.ts';
import { holder } from '../kernel/words.ts';
import { adverse } from './conduct.ts';
import { qualified } from './cover.ts';
import { asksSecondWord } from './decide-ending.ts';
import { isLive } from './state.ts';
import type { EmploymentState } from './state.ts';

/**
 * R9.5, X19: what stands against somebody waits for a second office's word, in everybody's case alike, so that asking for it
 * says nothing. A policy without it leaves the rule to R9.2.
 */
export const secondWord: Gate<EmploymentState> = {
  code: 'R9.5',
  visibility: 'C2',
  reads: () => [],
  missing(state, { terms }) {
    const { proposal } = state.ending;
    if (proposal === null || !proposal.how.startsWith('terminated_') || !asksSecondWord(terms)) return [];
    return proposal.second === true ? [] : [{ code: 'second_officer_word' }];
  },
};

/** X15: a warning needs the comparator record and its check, as for everybody, and the officers' words. */
export const warning: Gate<EmploymentState> = {
  code: 'X15',
  visibility: 'C2',
  reads: () => [],
  missing(state, { terms }) {
    const proposal = state.change?.conduct?.proposal ?? null;
    if (proposal === null || !adverse(proposal.measure)) return [];
    return [
      ...(terms.comparator === null ? [{ code: 'no_comparator_on_file' }] : []),
      ...(proposal.comparator === undefined ? [{ code: 'comparator_check' }] : []),
      ...(proposal.officer ? [] : [{ code: 'officer_word' }]),
      ...(asksSecondWord(terms) && !proposal.secondOfficer ? [{ code: 'second_officer_word' }] : []),
    ];
  },
};

/** X24: nobody leads former teammates before they are trained to, and before it was talked over with them. */
export const lead: Gate<EmploymentState> = {
  code: 'X24',
  reads: ({ job }) => (job === null ? [] : [{ kind: 'supervisor_qualified', subject: job.person }]),
  missing(state, { facts, terms, now }) {
    const open = state.change?.lead;
    if (!isLive(state) || open === undefined) return [];
    const { person, site, manager } = state.job;
    const day = dateOf(terms.calendar, now);
    const elsewhere = facts.get('supervisor_qualified', person)?.value;
    return [
      ...(qualified(state.job, person, day, terms, elsewhere)
        ? []
        : [{ code: 'R5.2', who: holder('hr', site) }]),
      ...(open.talked ? [] : [{ code: 'relations_talk', who: manager }]),
    ];
  },
};

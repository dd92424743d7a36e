import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf, nextBusinessInstant, opening } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, numIf, nums } from '../kernel/policy.ts';
import { dueIn, laddered, listed, owed, timed } from '../kernel/rungs.ts';
import { askedOfCandidate } from './agenda-contact.ts';
import type { Frame } from './owing.ts';
import { again, owing } from './owing.ts';
import { questionsDue, sameHours } from './questions.ts';
import { isUndecided, outcomeCode } from './state.ts';
import type { CandidacyState, Word } from './state.ts';

/** P3.1 Acknowledge receipt → applicant: HR owes it, and once HR acted the applicant hears (`words`). */
function receipt(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (state.acknowledged || !isUndecided(state)) return [];
  const due = dueIn(terms.calendar, state.applied, num(terms.policy, 'P3.1', 'within_bd'));
  const debt = {
    code: 'P3.1',
    key: `${state.applied}:${state.refusals}`,
    owner: hr,
    since: state.applied,
    due,
  };
  return [laddered(owing(frame, debt, { next: 'P3.3' }), terms)];
}

/** Domain 5.3: the tick is the candidate's own; owed when HR entered the application. */
function statement(frame: Frame): readonly Obligation[] {
  const { state, terms } = frame;
  if (state.attested !== null || state.stage !== 'screening') return [];
  const due = dueIn(terms.calendar, state.applied, num(terms.policy, 'D2.4', 'attest_bd'));
  const debt = { code: 'D2.4', key: state.applied, owner: state.person, since: state.applied, due };
  return [askedOfCandidate(frame, { ...debt, key: again(frame, debt.key) }, 'D3.3')];
}

/**
 * P3.2 Status note → applicant: every so many business days from receipt while no outcome is known. Each note is an
 * obligation of its own; the policy turns the page at the end of its day, so a late wake sends one note, not all.
 */
function statusNote(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (!isUndecided(state)) return [];
  const { calendar, policy } = terms;
  const every = num(policy, 'P3.2', 'every_bd');
  const note = state.notes + 1;
  const day = addBusinessDays(calendar, dateOf(calendar, state.applied), every * note);
  const due = closing(calendar, day);
  const rungs: readonly Rung[] = [
    { id: 'note', at: opening(calendar, day), to: [state.person], how: 'inform' },
    { id: 'next', at: due, to: [], how: 'act', act: 'note_sent' },
  ];
  const debt = { code: 'P3.2', key: `${note}:${state.refusals}`, owner: hr, since: state.applied, due };
  return [owed(owing(frame, debt, { atSilence: 'sent_by_policy' }), [], rungs)];
}

/** P3.3 Screen → the two reviewers: a window from receipt, and a reminder in it. */
function reviews(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (state.stage !== 'screening' || state.screening !== null) return [];
  const { calendar, policy } = terms;
  return state.reviewers
    .filter((one) => one.given === null)
    .map(({ person, since }) => {
      const due = dueIn(calendar, since, num(policy, 'P3.3', 'within_bd'));
      const plan = steps(calendar, since, due, [
        { from: 'since', n: 0, unit: 'bd' },
        ...nums(policy, 'P3.3', 'remind_after_bd').map((n) => ({
          from: 'since' as const,
          n,
          unit: 'bd' as const,
        })),
      ]);
      const debt = { code: 'P3.3', key: `${person}:${since}`, owner: person, since, due };
      return timed(owing(frame, debt, { next: 'D3.4', manager: hr }), plan, terms);
    });
}

/** D3.4: HR settles a difference; R3.1: a hold is no outcome and has to end. */
function settling(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  if (state.stage !== 'screening') return [];
  const { calendar, policy } = terms;
  const owe = (what: string, since: number, days: number) => {
    const debt = {
      code: 'D3.4',
      key: `${what}:${since}`,
      owner: hr,
      since,
      due: dueIn(calendar, since, days),
    };
    return [listed(owing(frame, debt, { next: 'G3' }), terms)];
  };
  if (state.screening !== null) return owe('hold', state.screening.at, num(policy, 'D3.4', 'hold_bd'));
  if (state.reviewers.length < 2 || state.reviewers.some((one) => one.given === null)) return [];
  const last = Math.max(...state.reviewers.map((one) => one.givenAt));
  return owe('difference', last, num(policy, 'D3.4', 'settle_bd'));
}

/** P3.5, P4.5 and X1: what HR owes the candidate once something was decided, by them or about them. */
function telling(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { outcome } = state;
  if (outcome === null || outcome.told) return [];
  const code = outcomeCode(outcome.what);
  const name = code === 'X1' ? 'ack_bd' : 'within_bd';
  const due = dueIn(terms.calendar, outcome.at, num(terms.policy, code, name));
  const key = `${outcome.what}:${outcome.at}:${state.refusals}`;
  const debt = owing(frame, { code, key, owner: hr, since: outcome.at, due });
  // X1 is no prompt of its own: it stands in the list until its due day.
  return [code === 'X1' ? withPanel(listed(debt, terms), frame) : laddered(debt, terms)];
}

/** X1: whoever was to hear or to rate the person learns at once that this talk falls away, and nothing else. */
function withPanel(thanks: Obligation, { state, terms }: Frame): Obligation {
  const panel = state.interview?.raters ?? [];
  const at = nextBusinessInstant(terms.calendar, thanks.since);
  if (panel.length === 0 || numIf(terms.policy, 'X1', 'tell_panel') !== 1) return thanks;
  const told: Rung = { id: 'panel', at, to: panel, how: 'inform' };
  return { ...thanks, rungs: [told, ...thanks.rungs].toSorted((a, b) => a.at - b.at) };
}

/** P4.1: questions released early wait for the hour at which everybody gets theirs. */
function notBefore({ interview }: CandidacyState, { code }: Word, terms: Frame['terms']): number {
  const waits = code === 'P4.1' && interview !== null && interview.held === null && sameHours(terms);
  return waits ? questionsDue(interview, terms) : 0;
}

/**
 * P3.1, P4.1, P3.5, P4.5: HR has acted, so the candidate is told, at the next business instant, and asked nothing.
 * The policy closes the word at the end of the business day after, so that a late wake still sends it.
 */
function words(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { calendar } = terms;
  return state.words.map((word) => {
    const { n, code, at } = word;
    const goes = nextBusinessInstant(calendar, Math.max(at, notBefore(state, word, terms)));
    const due = dueIn(calendar, goes, 1);
    const rungs: readonly Rung[] = [
      { id: 'told', at: goes, to: [state.person], how: 'inform' },
      { id: 'done', at: due, to: [], how: 'act', act: 'informed' },
    ];
    const debt = { code, key: `told:${n}`, owner: hr, since: at, due };
    return owed(owing(frame, debt, { atSilence: 'sent_by_policy' }), [], rungs);
  });
}

/** What is owed to and about an applicant until the screening is settled, and what they must be told at any time. */
export function agendaScreening(frame: Frame): readonly Obligation[] {
  return [
    ...receipt(frame),
    ...statement(frame),
    ...statusNote(frame),
    ...reviews(frame),
    ...settling(frame),
    ...telling(frame),
    ...words(frame),
  ];
}

import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, closing, dateOf, dayMinus, opening } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, listed, owed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { askedOfCandidate } from './agenda-contact.ts';
import { agendaCredential, mendBy } from './agenda-credential.ts';
import { agendaPeople } from './agenda-people.ts';
import { agendaRescind, decision } from './agenda-rescind.ts';
import type { Frame } from './owing.ts';
import { owing } from './owing.ts';
import { checkPending } from './state.ts';

/** D5.8: the first day, or another one when it has gone by without a hire, is HR's. */
function startDay(frame: Frame, accepted: Instant): readonly Obligation[] {
  if (frame.state.pre.start !== null) return [];
  const days = num(frame.terms.policy, 'D5.8', 'within_bd');
  return [decision(frame, { code: 'D5.8', what: 'start', owner: frame.hr, since: accepted, days })];
}

/** D5.2: the candidate's consent, then the background officer's order; a consent declined is HR's to talk about. */
function ordering(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, hr, site } = frame;
  const { consent, check } = state.pre;
  if (check !== null) return [];
  const consentDays = num(terms.policy, 'D5.2', 'consent_bd');
  if (consent === null)
    return [
      askedOfCandidate(
        frame,
        {
          ...{ code: 'D5.2', key: `consent:${accepted}`, owner: state.person, since: accepted },
          due: dueIn(terms.calendar, accepted, consentDays),
        },
        'G5',
      ),
    ];
  const given = consent.answer === 'given';
  const owner = given ? holder('background_officer', site) : hr;
  const days = given ? num(terms.policy, 'D5.2', 'order_bd') : consentDays;
  return [decision(frame, { code: 'D5.2', what: 'order', owner, since: consent.at, days })];
}

/**
 * P5.2 Check pending → HR, and the candidate told; X7: the candidate hears every five business days, and on the last
 * day of the list HR alone, to decide. Silence is never a "no". Two obligations: the candidate is told, HR is reminded.
 */
function pending(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { check } = state.pre;
  if (check === null || !checkPending(state.pre)) return [];
  const { calendar, policy } = terms;
  const start = dateOf(calendar, check.at);
  const both = nums(policy, 'P5.2', 'after_bd');
  const stop = num(policy, 'X7', 'stop_bd');
  const every = num(policy, 'X7', 'tell_every_bd');
  const told = Array.from({ length: Math.ceil(stop / every) - 1 }, (_, n) => (n + 1) * every);
  const days = [...new Set([...both, ...told])].toSorted((a, b) => a - b);
  const rung = (n: number, to: Owner, how: 'remind' | 'inform'): Rung => ({
    ...{ id: `bd${n}`, at: opening(calendar, addBusinessDays(calendar, start, n)), to: [to], how },
  });
  const end = addBusinessDays(calendar, start, stop);
  const last: Rung = { id: `bd${stop}`, at: opening(calendar, end), to: [hr], how: 'escalate' };
  const debt = { code: 'P5.2', key: check.at, owner: hr, since: check.at, due: closing(calendar, end) };
  const asks = [...both.map((n) => rung(n, hr, 'remind')), last];
  const tells = days.map((n) => rung(n, state.person, 'inform'));
  const telling = { ...debt, key: `told:${check.at}` };
  return [
    owed(owing(frame, debt, { next: 'G5', atSilence: 'hr_decides' }), [], asks),
    owed(owing(frame, telling, { next: 'G5', atSilence: 'sent_by_policy' }), [], tells),
  ];
}

/** A check or credential that stands against a start: HR decides what follows, in two steps (R5.4, R5.7). */
function against(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { background, exclusion, credential, credentialAsked: asked = true } = state.pre;
  const proposed = agendaRescind(frame);
  if (proposed.length > 0) return proposed;
  const days = num(terms.policy, 'D5.3', 'within_bd');
  const bad = [
    background?.outcome === 'adverse' ? background.at : null,
    exclusion?.outcome === 'match' ? exclusion.at : null,
    asked && (credential?.status === 'not_found' || credential?.status === 'expired')
      ? (mendBy(state, terms) ?? credential.at)
      : null,
  ].filter((at) => at !== null);
  return bad
    .slice(0, 1)
    .map((since) => decision(frame, { code: 'D5.1', what: 'against', owner: hr, since, days }));
}

/** D5.3 by compliance and D5.4 by the credential officer. */
function records(frame: Frame, accepted: Instant): readonly Obligation[] {
  const { state, terms, site } = frame;
  const { exclusion, credential } = state.pre;
  const list: Obligation[] = [];
  const unsettled =
    exclusion === null || exclusion.outcome === 'possible_match' || exclusion.outcome === 'disputed';
  if (unsettled) {
    const days = num(terms.policy, 'D5.3', 'within_bd');
    const since = exclusion?.at ?? accepted;
    list.push(
      decision(frame, {
        code: 'D5.3',
        what: exclusion?.outcome ?? 'first',
        owner: holder('compliance', site),
        since,
        days,
      }),
    );
  }
  if (credential === null && state.pre.credentialAsked !== false) {
    const days = num(terms.policy, 'D5.4', 'within_bd');
    const owner = holder('credential_officer', site);
    list.push(decision(frame, { code: 'D5.4', what: 'first', owner, since: accepted, days }));
  }
  return list;
}

/** G5 itself: HR confirms day one on the business day before it at the latest. */
function dayOne(frame: Frame): readonly Obligation[] {
  const { state, terms, hr } = frame;
  const { start } = state.pre;
  if (start === null) return [];
  const due = Math.max(closing(terms.calendar, dayMinus(terms.calendar, start.on, 1)), start.at);
  const debt = { code: 'G5', key: `${start.on}:${start.moves}`, owner: hr, since: start.at, due };
  return [listed(owing(frame, debt, { next: 'D6.1' }), terms)];
}

/** What is owed between the acceptance and day one. */
export function agendaStart(frame: Frame): readonly Obligation[] {
  const { stage, pre } = frame.state;
  // X7: a check may outlast a conditional start.
  if (stage === 'hired') return pending(frame);
  if (stage !== 'preboarding' || pre.accepted === null) return [];
  return [
    ...startDay(frame, pre.accepted),
    ...ordering(frame, pre.accepted),
    ...pending(frame),
    ...records(frame, pre.accepted),
    ...agendaCredential(frame),
    ...against(frame),
    ...agendaPeople(frame),
    ...dayOne(frame),
  ];
}

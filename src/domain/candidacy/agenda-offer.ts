import type { Obligation, Rung } from '../kernel/agenda.ts';
import { closing, nextBusinessInstant } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, laddered, listed, owed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import { agendaRescind } from './agenda-rescind.ts';
import type { Frame } from './owing.ts';
import { owing } from './owing.ts';
import type { Offer } from './state-offer.ts';

/** D5.1 and D5.10: terms, two approvals of one version, and the sending; all within one window. */
function preparing(frame: Frame): readonly Obligation[] {
  const { state, terms, site, hr } = frame;
  const { offer, since } = state;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'D5.1', 'send_bd'));
  const version = offer?.version ?? 0;
  const owe = (code: string, key: string, owner: string, next: string) =>
    listed(owing(frame, { code, key, owner, since: offer?.drafted ?? since, due }, { next }), terms);
  if (offer === null || offer.turnedDown) return [owe('D5.1', `draft:${since}:${version}`, hr, 'D5.10')];
  const has = (position: 'hr' | 'second') => offer.approvals.some((one) => one.position === position);
  const list: Obligation[] = [...voided(frame, offer, due)];
  const told = list.length;
  if (!has('hr')) list.push(owe('D5.10', `hr:${version}`, hr, 'D5.1'));
  if (!has('second')) list.push(owe('D5.10', `second:${version}`, holder('director', site), 'D5.1'));
  return list.length > told ? list : [...list, owe('D5.1', `send:${version}`, hr, 'P5.1')];
}

/** P5.1 Offer open → candidate: a note on day 3; then it expires by policy. Accepted in time stays accepted. */
function open(frame: Frame, offer: Offer, sent: NonNullable<Offer['sent']>): Obligation {
  const { state, terms } = frame;
  const { calendar, policy } = terms;
  const due = closing(calendar, sent.expires);
  const plan = steps(calendar, sent.at, due, [
    { from: 'since', n: num(policy, 'P5.1', 'note_after_d'), unit: 'd', kind: 'remind' },
  ]);
  const expiry: Rung = { id: 'expired', at: due, to: [], how: 'act', act: 'expired' };
  // An extension moves the end of the same thing owed: a note that was sent is not sent again.
  const debt = { code: 'P5.1', key: offer.version, owner: state.person, since: sent.at, due };
  const about = { subject: 'offer', version: offer.version };
  return owed(owing(frame, debt, { next: 'D5.8', atSilence: 'expired', about }), plan, [expiry]);
}

/** D5.1 `countered`: HR answers, with another version or by standing by this one; the expiry waits meanwhile. */
function countered(frame: Frame, offer: Offer, at: Instant): Obligation {
  const { terms, hr } = frame;
  const due = dueIn(terms.calendar, at, num(terms.policy, 'D5.1', 'counter_bd'));
  const debt = { code: 'D5.1', key: `counter:${offer.version}:${at}`, owner: hr, since: at, due };
  return laddered(owing(frame, debt, { next: 'P5.1' }), terms);
}

/** D5.10 `voided_by_change`: those whose approval a change voided are told so, at once. */
function voided(frame: Frame, offer: Offer, due: Instant): readonly Obligation[] {
  const { terms, hr } = frame;
  if (offer.voided.length === 0) return [];
  const { drafted: since, version } = offer;
  const at = nextBusinessInstant(terms.calendar, since);
  const told: Rung = { id: 'voided', at, to: offer.voided, how: 'inform' };
  const debt = { code: 'D5.10', key: `voided:${version}`, owner: hr, since, due: Math.max(due, at) };
  return [owed(owing(frame, debt, { next: 'D5.1', atSilence: 'sent_by_policy' }), [], [told])];
}

/** What is owed while an offer is prepared or out. */
export function agendaOffer(frame: Frame): readonly Obligation[] {
  const { offer, stage } = frame.state;
  if (stage !== 'offer') return [];
  const taken = agendaRescind(frame);
  if (!offer?.sent) return [...taken, ...preparing(frame)];
  return [
    ...taken,
    offer.countered === null ? open(frame, offer, offer.sent) : countered(frame, offer, offer.countered),
  ];
}

import type { Obligation, Rung } from '../kernel/agenda.ts';
import { closing } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, listed, owed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { Frame } from './owing.ts';
import { owing } from './owing.ts';
import type { Offer } from './state.ts';

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
  const list: Obligation[] = [];
  if (!has('hr')) list.push(owe('D5.10', `hr:${version}`, hr, 'D5.1'));
  if (!has('second')) list.push(owe('D5.10', `second:${version}`, holder('director', site), 'D5.1'));
  return list.length > 0 ? list : [owe('D5.1', `send:${version}`, hr, 'P5.1')];
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

/** What is owed while an offer is prepared or out. */
export function agendaOffer(frame: Frame): readonly Obligation[] {
  const { offer, stage } = frame.state;
  if (stage !== 'offer') return [];
  return offer?.sent ? [open(frame, offer, offer.sent)] : preparing(frame);
}

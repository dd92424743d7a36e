import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, closing } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, laddered, listed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Capacity, SiteRef } from '../kernel/words.ts';
import { descriptionLacks } from './gates.ts';
import { differences } from './screen.ts';
import { isPeer } from './state.ts';
import type { Adopted, RoleState } from './state.ts';
import type { DutyList } from './state-description.ts';
import { settlers } from './words.ts';

interface Place {
  readonly terms: Terms;
  readonly site: SiteRef;
  readonly adopted: Adopted;
}

/** Description and pay have two weeks from the adoption (timeline of stage 0). */
function whole({ terms, adopted }: Place, since: Instant = adopted.at): Instant {
  return dueIn(terms.calendar, since, num(terms.policy, 'G2', 'due_bd'));
}

function owe(
  place: Place,
  id: string,
  code: string,
  capacity: Capacity,
  since: Instant,
  due: Instant,
): Obligation {
  const { site, terms } = place;
  const owner = holder(capacity, site);
  const manager = holder('hr_director', site);
  return listed({ id, code, owner, site, since, due, next: 'G2', manager }, terms);
}

/** A duty list is owed after the adoption, and again within 5 bd of a screen that did not pass. */
function dutyList(state: RoleState, place: Place): readonly Obligation[] {
  const { list, lists } = state.description;
  const { calendar, policy } = place.terms;
  const current = list !== null && list.version === place.adopted.version ? list : null;
  const id = `D2.1:list:${place.adopted.version}:${lists + 1}`;
  if (current === null) {
    const due = dueIn(calendar, place.adopted.at, num(policy, 'D2.1', 'list_bd'));
    return [owe(place, id, 'D2.1', 'hr', place.adopted.at, due)];
  }
  if (current.result === null || current.result === 'pass') return [];
  const due = dueIn(calendar, current.screened, num(policy, 'D2.2', 'revise_bd'));
  return [owe(place, id, 'D2.1', 'hr', current.screened, due)];
}

/** P2.1 Screen within 5 bd of the draft; P2.2 the second classifier within 3 bd of the first. */
function screening(state: RoleState, place: Place): readonly Obligation[] {
  const { list } = state.description;
  if (list === null || list.result !== null || list.version !== place.adopted.version) return [];
  const { terms, site } = place;
  const due = dueIn(terms.calendar, list.at, num(terms.policy, 'P2.1', 'within_bd'));
  const manager = holder('hr_director', site);
  const base = { code: 'P2.1', owner: holder('hr', site), site, since: list.at, due, manager };
  const screen = laddered({ ...base, id: `P2.1:${list.list}`, next: 'D2.2' }, terms);
  return [screen, ...second(list, place)];
}

function second(list: DutyList, { terms, site }: Place): readonly Obligation[] {
  const [one, two] = list.sheets;
  if (one === undefined) return [];
  const within = num(terms.policy, 'P2.2', 'within_bd');
  const manager = holder('hr_director', site);
  if (two === undefined) {
    const owner = holder(one.adviser ? 'hr' : 'adviser', site);
    const due = dueIn(terms.calendar, one.at, within);
    const owing = { id: `P2.2:${list.list}`, code: 'P2.2', owner, site, since: one.at, due, manager };
    return [laddered({ ...owing, next: 'D2.2' }, terms)];
  }
  if (differences(list.duties, list.sheets).length === 0) return [];
  const since = Math.max(one.at, two.at);
  const due = dueIn(terms.calendar, since, within);
  return list.sheets.map(({ by: owner }) =>
    listed(
      { id: `D2.1:settle:${list.list}:${owner}`, code: 'D2.1', owner, site, since, due, next: 'D2.2' },
      terms,
    ),
  );
}

/** D2.3 to D2.5: proposed by HR or compliance, confirmed by the other. */
function hireTerms(state: RoleState, place: Place): readonly Obligation[] {
  const { terms, proposedTerms, termsAt } = state.description;
  if (proposedTerms !== null) {
    const other = proposedTerms.as === 'hr' ? 'compliance' : 'hr';
    const id = `D2.5:confirm:${proposedTerms.n}`;
    return [owe(place, id, 'D2.5', other, proposedTerms.at, whole(place))];
  }
  const owed: Obligation[] = [];
  const open = (code: string): void => {
    const id = `${code}:${place.adopted.version}:${termsAt}`;
    owed.push(owe(place, id, code, 'hr', place.adopted.at, whole(place)));
  };
  if (terms.requirements === null) open('D2.3');
  if (isPeer(state) && (terms.wording === null || terms.wording === 'needs_counsel')) open('D2.4');
  if (terms.credential === null) open('D2.5');
  return owed;
}

/** Whom the pay decision waits for: compensation proposes, the HR director approves. */
function payOwing(state: RoleState, place: Place, code: string, from: Instant, due: Instant): Owing {
  const { proposedPay, pays, postingAt, paySince } = state.description;
  const { site } = place;
  const step = proposedPay === null ? 'propose' : 'approve';
  return {
    id: `${code}:${step}:${place.adopted.version}:${paySince}:${pays}:${postingAt}`,
    code,
    site,
    due,
    next: 'D2.6',
    manager: holder('hr_director', site),
    owner: holder(proposedPay === null ? 'compensation' : 'hr_director', site),
    since: Math.max(from, proposedPay?.at ?? 0),
  };
}

/** P2.3 Pay decision due 5 bd before the planned posting; while none is planned, with the description. */
function payDecision(state: RoleState, place: Place): readonly Obligation[] {
  const { payOpen, proposedPay, posting, postingAt, paySince } = state.description;
  if (!payOpen && proposedPay === null) return [];
  const { terms } = place;
  const since = Math.max(paySince, place.adopted.at);
  // A posting day that lay behind when the range was opened again says nothing about it.
  if (posting !== null && closing(terms.calendar, posting) > since) {
    const before = -num(terms.policy, 'P2.3', 'before_posting_bd');
    const due = closing(terms.calendar, addBusinessDays(terms.calendar, posting, before));
    return [laddered(payOwing(state, place, 'P2.3', Math.max(since, postingAt), due), terms)];
  }
  return [listed(payOwing(state, place, 'D2.6', since, whole(place, since)), terms)];
}

/** D2.8: drafted by HR or the supervisor, approved by the other. */
function descriptionText(state: RoleState, place: Place): readonly Obligation[] {
  const { draft, list, paySince, termsAt } = state.description;
  const { version } = place.adopted;
  const current = draft !== null && draft.version === version && draft.list === list?.list;
  if (draft === null || !current || !draft.clean) {
    const id = `D2.8:draft:${version}:${list?.list ?? 0}:${draft?.n ?? 0}`;
    return [owe(place, id, 'D2.8', 'hr', place.adopted.at, whole(place))];
  }
  if (draft.approved) return [];
  const other = draft.as === 'hr' ? 'supervisor' : 'hr';
  const first = Math.max(whole(place), draft.at);
  // Other pay or other terms, long after the first description: its days begin with them.
  const again = Math.max(paySince, termsAt);
  const [since, due] = again > first ? [again, whole(place, again)] : [draft.at, first];
  return [owe(place, `D2.8:approve:${draft.n}`, 'D2.8', other, since, due)];
}

/** G2: all is there, so HR can complete the description. */
function completing(state: RoleState, place: Place): readonly Obligation[] {
  if (descriptionLacks(state).length > 0) return [];
  const { draft, list, paySince, termsAt } = state.description;
  const since = Math.max(draft?.at ?? 0, list?.screened ?? 0, paySince, termsAt);
  const id = `G2:${place.adopted.version}:${since}`;
  return [owe(place, id, 'G2', 'hr', since, whole(place, since))];
}

/** D2.1, D2.8: director and adviser look at what an author calls wrong about a text, within the days of P2.2. */
function disputes(state: RoleState, place: Place): readonly Obligation[] {
  const within = num(place.terms.policy, 'P2.2', 'within_bd');
  return state.description.disputes.flatMap(({ n, duty, at, words }) => {
    const due = dueIn(place.terms.calendar, at, within);
    const left = settlers.filter((one) => !words.some((word) => word.as === one));
    const code = duty === null ? 'D2.8' : 'D2.1';
    return left.map((one) => owe(place, `${code}:dispute:${n}:${one}`, code, one, at, due));
  });
}

/** All that stage 2 owes for the version in force. */
export function descriptionOwed(state: RoleState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (state.adopted === null) return [];
  const place = { terms, site, adopted: state.adopted };
  const { described } = state.description;
  const done = described !== null && described.version === state.adopted.version;
  if (done) return [...payDecision(state, place), ...disputes(state, place)];
  return [
    ...disputes(state, place),
    ...dutyList(state, place),
    ...screening(state, place),
    ...hireTerms(state, place),
    ...payDecision(state, place),
    ...descriptionText(state, place),
    ...completing(state, place),
  ];
}

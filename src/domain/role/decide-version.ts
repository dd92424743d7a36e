import { addDays, dateOf } from '../kernel/calendar.ts';
import type { Act, Context, NoticeIn } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { ToRole } from '../notices.ts';
import { reaffirmDay } from './agenda-version.ts';
import { unanswered } from './consensus.ts';
import type { Decision, Of } from './decide-elements.ts';
import type { AdoptedElement } from './events.ts';
import { concluded, elementIn, takesPositions } from './state.ts';
import type { RoleState } from './state.ts';

/** The wording to freeze: every element concluded, with how it was concluded. */
function frozenElements(state: RoleState): readonly AdoptedElement[] {
  return Object.entries(state.elements).flatMap(([element, { status, text, choices }]) =>
    status === 'consensus' || status === 'consensus_with_concerns' || status === 'leader_decided'
      ? [{ element, text: text ?? '', choices, how: status }]
      : [],
  );
}

/** True for a person, or an employment, that holds this role now. */
function holdsRole(subject: string, { facts, case: self }: Context): boolean {
  return facts.get('holds_role', subject)?.value === self;
}

function advises(state: RoleState, person: string, ctx: Context): boolean {
  const listed = state.members.some((one) => one.person === person && one.capacity === 'adviser');
  return listed || ctx.assigned('adviser').some((one) => one.person === person);
}

/** D1.3, D1.4: once somebody was hired, somebody is heard; while somebody holds the role, one of those who do. */
function holderUnheard(state: RoleState, heard: readonly string[], ctx: Context): boolean {
  if (state.firstHire === null) return false;
  const held = state.employments.some((one) => holdsRole(one, ctx));
  return held ? !heard.some((person) => holdsRole(person, ctx)) : heard.length === 0;
}

/** D1.3 `adopted`; the gate G1 is asked by the kernel. Elements that only warn need a word: they answer S002's six topics. */
export function adoptVersion(state: RoleState, ask: Of<'adopt_version'>, ctx: Context): Decision {
  if (!state.draft) return notNow('D1.3', { code: 'nothing_changed' });
  const { heard } = ask.command.payload;
  if (holderUnheard(state, heard, ctx)) return blocked('D1.3', { code: 'holder_heard_first' });
  const skipped = Object.entries(state.elements).filter(
    ([code, one]) => !state.mandatory.includes(code) && !concluded(one),
  );
  const warned = warnings(
    ask,
    skipped.map(([about]) => ({ rule: 'G1', holds: true, about })),
  );
  if (isRefusal(warned)) return warned;
  const version = (state.adopted?.version ?? 0) + 1;
  return [{ kind: 'version_adopted', body: { version, elements: frozenElements(state), heard } }, ...warned];
}

/** D1.4: the holder takes part and is told first; without a holder somebody with lived experience is asked (R0.5). */
export function decideChange(state: RoleState, ask: Of<'decide_change'>, ctx: Context): Decision {
  const { outcome, elements, heard } = ask.command.payload;
  if (state.adopted === null) return notNow('D1.4', { code: 'no_version_adopted' });
  const unknown = elements.filter((code) => elementIn(state, code) === undefined);
  if (unknown.length > 0)
    return refuse(
      'unknown_reference',
      'D1.4',
      unknown.map((about) => ({ code: 'element', about })),
    );
  if (holderUnheard(state, heard, ctx)) return blocked('D1.4', { code: 'holder_heard_first' });
  const unasked =
    outcome === 'no_change' && !elements.every((code) => state.asked.some((one) => one.element === code));
  if (unasked) return notNow('D1.4', { code: 'no_change_asked' });
  const busy = elements.find((code) => {
    const element = elementIn(state, code);
    return outcome === 'reopen_element' && element !== undefined && !concluded(element);
  });
  if (busy !== undefined) return notNow('D1.4', { code: 'already_open', about: busy });
  const asked = heard.some((person) => holdsRole(person, ctx) || advises(state, person, ctx));
  const warned = warnings(ask, [{ rule: 'R0.5', holds: !asked }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'change_decided', body: ask.command.payload }, ...warned];
}

/** P1.5: 90 days after the first hire, then yearly, and whenever a seat waits for it (D9.7); concerns that are settled are closed with it. */
export function reaffirm(state: RoleState, ask: Of<'reaffirm'>, ctx: Context): Decision {
  const { closed, change } = ask.command.payload;
  const due = reaffirmDay(state, ctx.terms);
  if (state.adopted === null || due === null) return notNow('P1.5', { code: 'first_hire' });
  const on = dateOf(ctx.terms.calendar, ctx.now);
  const from = addDays(due, -num(ctx.terms.policy, 'P1.5', 'opens_before_d'));
  if (on < from && state.reviewAsked === undefined)
    return notNow('P1.5', { code: 'not_before', about: from });
  const foreign = closed.find((code) => !state.adopted?.concerns.includes(code));
  if (foreign !== undefined) return notNow('P1.5', { code: 'no_open_concern', about: foreign });
  const unknown = change.find((code) => elementIn(state, code) === undefined);
  if (unknown !== undefined)
    return refuse('unknown_reference', 'P1.5', [{ code: 'element', about: unknown }]);
  return [{ kind: 'version_reaffirmed', body: { version: state.adopted.version, on, closed, change } }];
}

/** D1.3 `retired`: nothing is owed any more. A role that somebody holds, or that is searched for, is not. */
export function retire(state: RoleState, ctx: Context): Decision {
  const held = state.employments.filter((one) => holdsRole(one, ctx));
  const stands = [
    ...held.map((about) => ({ code: 'role_is_held', about })),
    ...state.openings.map((about) => ({ code: 'search_runs', about })),
  ];
  if (stands.length > 0) return notNow('D1.3', ...stands);
  return [{ kind: 'role_retired', body: { version: state.adopted?.version ?? null } }];
}

const stale: Refusal = refuse('not_expected_now');

/** The member an obligation `P1.2:<call>:<person>` is about, and what they left unanswered. */
function silence(state: RoleState, act: Act): Decision {
  const [, number, member = ''] = act.obligation.id.split(':');
  const call = Number(number);
  const elements = Object.entries(state.elements)
    .filter(([, one]) => one.call === call && takesPositions(one) && unanswered(state, one).includes(member))
    .map(([code]) => code);
  return elements.length === 0 ? stale : [{ kind: 'no_response_recorded', body: { member, call, elements } }];
}

/** P1.4 repeats: the reminder of a block `P1.4:<element>:<round>:<repeat>` gives way to the next. */
function repeatBlock(state: RoleState, act: Act): Decision {
  const code = act.obligation.id.split(':')[1] ?? '';
  const element = elementIn(state, code);
  return element?.status !== 'blocked'
    ? stale
    : [{ kind: 'block_repeated', body: { element: code, repeat: element.repeats + 1 } }];
}

/** What the policy itself does here: records a silence (R1.5) and opens the next reminder. It decides nothing. */
export function decideAct(state: RoleState, act: Act): Decision {
  switch (act.act) {
    case 'no_response':
      return silence(state, act);
    case 'block_repeated':
      return repeatBlock(state, act);
    default:
      return stale;
  }
}

/** Notices: the first hire (P1.5), drift that asks for a change of the role (X18), a seat that waits for it (D9.7), a search (X5). */
export function decideNotice(state: RoleState, input: NoticeIn<ToRole>): Decision {
  const { notice } = input;
  if (state.site === null) return refuse('not_open');
  switch (notice.kind) {
    case 'first_hire':
      return [{ kind: 'hire_noted', body: notice.body }];
    case 'role_review_asked':
      return [{ kind: 'role_review_asked', body: notice.body }];
    case 'drift_reopens_element': {
      const { element, employment } = notice.body;
      return elementIn(state, element) === undefined
        ? refuse('unknown_reference', 'D1.4', [{ code: 'element', about: element }])
        : [{ kind: 'change_asked', body: { elements: [element], employment } }];
    }
    case 'search_standing':
      return [{ kind: 'search_noted', body: notice.body }];
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

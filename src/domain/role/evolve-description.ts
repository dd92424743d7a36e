import type { Recorded } from '../kernel/decider.ts';
import type { DescriptionEvent } from './events.ts';
import { answered, disputed, draftReplaced, listEntered } from './evolve-disputes.ts';
import type { ClassSheet, DescriptionState, DutyClassing, HireTerms } from './state-description.ts';
import { inName } from '../signed.ts';

type EventOf<K extends DescriptionEvent['kind']> = Recorded<Extract<DescriptionEvent, { kind: K }>>;

function dutiesEntered(
  state: DescriptionState,
  { body, stamp }: EventOf<'duties_entered'>,
): DescriptionState {
  const duties = body.duties.map(({ duty, share, alsoDoneBy }) => ({ duty, share, alsoDoneBy }));
  const names = duties.map((one) => one.duty);
  const list = { list: body.list, version: body.version, at: stamp.at, duties, sheets: [] };
  if (!body.screen) {
    const { described, draft } = state;
    return {
      ...listEntered(state, names),
      lists: body.list,
      list: { ...list, result: state.list?.result ?? null, screened: stamp.at },
      described: described === null ? null : { ...described, list: body.list },
      draft: draft === null ? null : { ...draft, list: body.list },
    };
  }
  return {
    ...draftReplaced(listEntered(state, names)),
    lists: body.list,
    list: { ...list, result: null, screened: 0 },
    // What was described no longer is: nothing is posted on it until the screen has passed again.
    described: null,
    draft: null,
  };
}

function merged(before: readonly DutyClassing[], after: readonly DutyClassing[]): readonly DutyClassing[] {
  const now = new Set(after.map((one) => one.duty));
  return [...before.filter((one) => !now.has(one.duty)), ...after];
}

function classified(
  state: DescriptionState,
  { body, stamp }: EventOf<'duties_classified'>,
): DescriptionState {
  if (state.list === null) return state;
  const mine = state.list.sheets.find((one) => one.by === body.by);
  const sheet: ClassSheet = {
    by: body.by,
    adviser: body.adviser,
    at: stamp.at,
    classes: merged(mine?.classes ?? [], body.classes),
  };
  const sheets =
    mine === undefined
      ? [...state.list.sheets, sheet]
      : state.list.sheets.map((one) => (one.by === body.by ? sheet : one));
  return { ...state, list: { ...state.list, sheets } };
}

function screened(state: DescriptionState, { body, stamp }: EventOf<'duties_screened'>): DescriptionState {
  if (state.list === null) return state;
  const list = { ...state.list, sheets: [], result: body.result, screened: stamp.at };
  const shares = Object.fromEntries(list.duties.map(({ duty, share }) => [duty, share]));
  if (body.result !== 'pass') return { ...state, list };
  const { core, support, shared, nonPeer } = body;
  return { ...state, list, passed: shares, agreed: { core, support, shared, nonPeer } };
}

/** What the same person proposed before and nobody confirmed yet stays proposed. */
function termsProposed(
  state: DescriptionState,
  { body, stamp }: EventOf<'terms_proposed'>,
): DescriptionState {
  const n = state.proposals + 1;
  const before = state.proposedTerms?.by === body.by ? state.proposedTerms : null;
  const proposedTerms = {
    by: body.by,
    ...inName(stamp),
    as: body.as,
    at: stamp.at,
    n,
    requirements: body.requirements ?? before?.requirements ?? null,
    wording: body.wording ?? before?.wording ?? null,
    credential: body.credential ?? before?.credential ?? null,
  };
  return { ...state, proposedTerms, proposals: n };
}

function termsConfirmed(
  state: DescriptionState,
  { body, stamp }: EventOf<'terms_confirmed'>,
): DescriptionState {
  const terms: HireTerms = {
    requirements: body.requirements ?? state.terms.requirements,
    wording: body.wording ?? state.terms.wording,
    credential: body.credential ?? state.terms.credential,
  };
  // Two moments of one instant are two: what is still open has an id of its own after each.
  const termsAt = Math.max(stamp.at, state.termsAt + 1);
  return { ...unapproved(state), terms, proposedTerms: null, termsAt };
}

/** G2: a description says what was approved with it; other pay or other terms are approved with it again. */
function unapproved(state: DescriptionState): DescriptionState {
  if (state.draft === null) return { ...state, described: null };
  // What is owed again is owed under another number.
  const n = state.proposals + 1;
  return { ...state, draft: { ...state.draft, approved: false, n }, proposals: n, described: null };
}

function payProposed(state: DescriptionState, { body, stamp }: EventOf<'pay_proposed'>): DescriptionState {
  const { by, grade, low, high, difference } = body;
  const proposedPay = { by, ...inName(stamp), grade, low, high, difference, at: stamp.at };
  return { ...state, proposedPay, pays: state.pays + 1 };
}

function payDecided(state: DescriptionState, { body, stamp }: EventOf<'pay_decided'>): DescriptionState {
  const proposed = state.proposedPay;
  if (body.outcome === 'revise' || proposed === null)
    return { ...state, proposedPay: null, paySince: stamp.at };
  const { grade, low, high, difference } = proposed;
  const pay = { grade, low, high, difference };
  const after = state.pay?.low === low && state.pay.high === high ? state : unapproved(state);
  return { ...after, pay, proposedPay: null, payOpen: false, paySince: stamp.at, paritySince: body.on };
}

function drafted(state: DescriptionState, { body, stamp }: EventOf<'description_drafted'>): DescriptionState {
  const { by, as, version, list, hours } = body;
  const n = state.proposals + 1;
  const { findings } = body;
  const draft = {
    by,
    ...inName(stamp),
    as,
    at: stamp.at,
    n,
    version,
    list,
    hours,
    clean: findings.length === 0,
  };
  const found = draft.clean ? {} : { findings };
  return { ...draftReplaced(state), draft: { ...draft, ...found, approved: false }, proposals: n };
}

function parityChecked(
  state: DescriptionState,
  { body, stamp }: EventOf<'pay_parity_checked'>,
): DescriptionState {
  const adjust = body.outcome === 'adjust';
  return { ...state, paritySince: body.on, payOpen: adjust, paySince: adjust ? stamp.at : state.paySince };
}

function approved(state: DescriptionState, { body }: EventOf<'description_approved'>): DescriptionState {
  if (state.draft === null) return state;
  const document = body.documentDigest === undefined ? {} : { document: body.documentDigest };
  return { ...state, draft: { ...state.draft, approved: true, ...document } };
}

/** Folds one event of stage 2. */
export function evolveDescription(
  state: DescriptionState,
  event: Recorded<DescriptionEvent>,
): DescriptionState {
  switch (event.kind) {
    case 'duties_entered':
      return dutiesEntered(state, event);
    case 'duties_classified':
      return classified(state, event);
    case 'duties_screened':
      return screened(state, event);
    case 'terms_proposed':
      return termsProposed(state, event);
    case 'terms_confirmed':
      return termsConfirmed(state, event);
    case 'pay_proposed':
      return payProposed(state, event);
    case 'pay_decided':
      return payDecided(state, event);
    case 'posting_planned':
      return { ...state, posting: event.body.on, postingAt: event.stamp.at };
    case 'description_drafted':
      return drafted(state, event);
    case 'description_approved':
      return approved(state, event);
    case 'role_described':
      return { ...state, described: { version: event.body.version, list: event.body.list } };
    case 'pay_parity_checked':
      return parityChecked(state, event);
    case 'finding_disputed':
      return disputed(state, event);
    case 'dispute_answered':
      return answered(state, event);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

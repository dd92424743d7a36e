import { opaque } from '../../src/domain/kernel/digest.ts';
import { hashOf } from '../../src/ledger/documents.ts';
import type { Fault } from '../../src/ledger/verify/verdict.ts';
import { finished, leave, opening, readiness, rehashed, role } from './ledger-play.ts';
import type { Ledger, Row } from './ledger-play.ts';
import { people } from './role-house.ts';

/** Ways to forge a ledger, each with where and as what it must be found. */
export interface Forgery {
  readonly name: string;
  /** The forger made chain, head and checksum fit again. */
  readonly rehashed: boolean;
  readonly code: Fault;
  /** Position of the first wrong place. */
  readonly at: (honest: Ledger) => number;
  readonly forge: (honest: Ledger) => Ledger;
}

type Change = (row: Row) => Partial<Row>;
interface Which {
  readonly kind: string;
  readonly case?: string;
  readonly nth?: number;
}

/** Index of a row by its kind. */
export function indexOf(ledger: Ledger, { kind, case: caseId, nth = 0 }: Which): number {
  const found = ledger.rows
    .map((row, n) => ({ row, n }))
    .filter(({ row }) => row.kind === kind && (caseId === undefined || row.case_id === caseId))[nth];
  if (found === undefined) throw new Error(`no_such_row ${kind}`);
  return found.n;
}

const place =
  (which: Which, offset = 0) =>
  (honest: Ledger): number =>
    indexOf(honest, which) + 1 + offset;

function withRows(honest: Ledger, rows: readonly Row[], fit: boolean, sequences = true): Ledger {
  const { documents, header } = honest;
  if (!fit) return { ...honest, rows: [...rows] };
  return finished({ org: header.org, documents, rows: rehashed(rows, sequences) });
}

const edit =
  (which: Which, change: Change, fit: boolean, sequences = true) =>
  (honest: Ledger) => {
    const n = indexOf(honest, which);
    const rows = honest.rows.map((row, m) => (m === n ? { ...row, ...change(row) } : row));
    return withRows(honest, rows, fit, sequences);
  };
const drop = (which: Which, fit: boolean) => (honest: Ledger) => {
  const n = indexOf(honest, which);
  return withRows(honest, honest.rows.toSpliced(n, 1), fit);
};
/** Puts a changed copy of a row in front of another. */
const insert = (model: Which, before: Which, change: Change, fit: boolean) => (honest: Ledger) => {
  const row = honest.rows[indexOf(honest, model)]!;
  const n = indexOf(honest, before);
  const at = honest.rows[n]!.at;
  const copy = { ...row, at, asked_at: at, ...change(row) };
  return withRows(honest, honest.rows.toSpliced(n, 0, copy), fit);
};
const body =
  (change: (value: Record<string, unknown>) => object): Change =>
  (row) => ({
    body: JSON.stringify(change(JSON.parse(row.body) as Record<string, unknown>)),
  });
const facts =
  (change: (list: Record<string, unknown>[]) => object[]): Change =>
  (row) => ({
    facts: JSON.stringify(change(JSON.parse(row.facts) as Record<string, unknown>[])),
  });

const accepted: Which = { kind: 'readiness_accepted' };
const posted: Which = { kind: 'posted' };
const listed: Which = { kind: 'applicant_listed' };

const plain: readonly Forgery[] = [
  {
    ...{ name: 'a body edited', rehashed: false, code: 'hash_wrong', at: place({ kind: 'verdict_given' }) },
    forge: edit(
      { kind: 'verdict_given' },
      body((one) => ({ ...one, verdict: 'not_ready' })),
      false,
    ),
  },
  {
    ...{ name: 'an actor edited', rehashed: false, code: 'hash_wrong', at: place(accepted) },
    forge: edit(accepted, () => ({ actor: people.dana }), false),
  },
  {
    ...{ name: 'a time edited', rehashed: false, code: 'hash_wrong', at: place(posted) },
    forge: edit(posted, (row) => ({ at: row.at - 86_400_000, asked_at: row.asked_at - 86_400_000 }), false),
  },
  {
    ...{ name: 'a row deleted', rehashed: false, code: 'position_gap', at: place({ kind: 'pay_decided' }) },
    forge: drop({ kind: 'pay_decided' }, false),
  },
  {
    ...{ name: 'the tail deleted', rehashed: false, code: 'head_wrong', at: (one) => one.rows.length - 4 },
    forge: (one) => withRows(one, one.rows.slice(0, -5), false),
  },
  {
    ...{ name: 'a row inserted', rehashed: false, code: 'position_gap', at: place(posted) },
    forge: insert({ kind: 'champion_named' }, posted, () => ({}), false),
  },
  {
    ...{ name: 'two rows swapped', rehashed: false, code: 'position_gap', at: place(accepted, -1) },
    forge: (one) => {
      const n = indexOf(one, accepted);
      return withRows(one, one.rows.with(n, one.rows[n - 1]!).with(n - 1, one.rows[n]!), false);
    },
  },
  {
    ...{ name: 'a row twice', rehashed: false, code: 'position_gap', at: place(accepted, 1) },
    forge: (one) =>
      withRows(one, one.rows.toSpliced(indexOf(one, accepted), 0, one.rows[indexOf(one, accepted)]!), false),
  },
  {
    ...{ name: 'a link of the chain cut', rehashed: false, code: 'hash_wrong', at: place(accepted) },
    forge: edit(accepted, () => ({ prev: 'ab'.repeat(32) }), false),
  },
  {
    ...{ name: 'a document of terms edited', rehashed: false, code: 'document_changed', at: () => 1 },
    forge: (one) => ({
      ...one,
      documents: one.documents.map((paper) =>
        paper.kind === 'policy' ? { ...paper, body: paper.body.replace('"v":1', '"v":2') } : paper,
      ),
    }),
  },
  {
    ...{ name: 'a document of terms removed', rehashed: false, code: 'document_missing', at: () => 2 },
    forge: (one) => ({ ...one, documents: one.documents.filter((paper) => paper.kind !== 'calendar') }),
  },
  {
    ...{ name: 'a document nobody named', rehashed: false, code: 'document_unused', at: () => 0 },
    forge: (one) => ({
      ...one,
      documents: [...one.documents, { hash: hashOf({ v: 1 }), kind: 'policy', body: '{"v":1}' }],
    }),
  },
  {
    ...{ name: 'a row of another organization', rehashed: true, code: 'row_foreign', at: place(accepted) },
    forge: edit(accepted, () => ({ org: `org_${opaque('another')}` }), true),
  },
];

const order: readonly Forgery[] = [
  {
    ...{ name: 'a decision repeated', rehashed: true, code: 'decision_repeated', at: place(posted) },
    forge: insert({ kind: 'champion_named' }, posted, () => ({}), true),
  },
  {
    ...{
      name: 'half a decision',
      rehashed: true,
      code: 'decision_index',
      at: place({ kind: 'posting_approved' }),
    },
    forge: drop({ kind: 'posting_approved' }, true),
  },
  {
    ...{ name: 'one decision by two people', rehashed: true, code: 'decision_mixed' },
    at: place({ kind: 'warning_acknowledged' }),
    forge: edit({ kind: 'warning_acknowledged' }, () => ({ actor: people.dana }), true),
  },
  {
    ...{ name: 'a gap in the sequence', rehashed: true, code: 'sequence_gap', at: place(accepted) },
    forge: (one) => {
      const from = indexOf(one, accepted);
      const rows = one.rows.map((row, n) =>
        row.case_id === readiness && n >= from ? { ...row, sequence: row.sequence + 1 } : row,
      );
      return withRows(one, rows, true, false);
    },
  },
  {
    ...{ name: 'a time before the row before', rehashed: true, code: 'time_goes_back', at: place(posted) },
    forge: edit(
      posted,
      (row) => ({ at: row.at - 40 * 86_400_000, asked_at: row.at - 40 * 86_400_000 }),
      true,
    ),
  },
  {
    ...{ name: 'asked after it was recorded', rehashed: true, code: 'asked_after', at: place(posted) },
    forge: edit(posted, (row) => ({ asked_at: row.at + 1 }), true),
  },
  {
    ...{ name: 'an event nobody knows', rehashed: true, code: 'event_unknown', at: place(posted) },
    forge: edit(posted, () => ({ kind: 'posted_quietly' }), true),
  },
  {
    ...{ name: 'a body without what it needs', rehashed: true, code: 'body_wrong' },
    at: place({ kind: 'verdicts_confirmed' }),
    forge: edit({ kind: 'verdicts_confirmed' }, () => ({ body: '{}' }), true),
  },
  {
    ...{
      name: 'a case that begins in the middle',
      rehashed: true,
      code: 'first_event',
      at: place({ kind: 'role_opened' }),
    },
    forge: drop({ kind: 'role_opened' }, true),
  },
  {
    ...{
      name: 'shown to more people',
      rehashed: true,
      code: 'class_wrong',
      at: place({ kind: 'screening_given' }),
    },
    forge: edit({ kind: 'screening_given' }, () => ({ visibility: 'C1' }), true),
  },
  {
    ...{
      name: 'kept for longer',
      rehashed: true,
      code: 'class_wrong',
      at: place({ kind: 'screening_given' }),
    },
    forge: edit({ kind: 'screening_given' }, () => ({ retention: 'keep' }), true),
  },
  {
    ...{ name: 'under other terms', rehashed: true, code: 'terms_wrong', at: place(posted) },
    forge: edit(
      posted,
      (row) => ({ terms: row.terms.replace(/"comparator":"[0-9a-f]+"/, '"comparator":null') }),
      true,
    ),
  },
];

const meaning: readonly Forgery[] = [
  {
    ...{ name: 'a gate skipped: a goal was never adopted', rehashed: true, code: 'gate_not_passed' },
    at: place(accepted, -1),
    forge: drop({ kind: 'goals_answered', nth: 1 }, true),
  },
  {
    ...{ name: 'a gate skipped: the pay was never approved', rehashed: true, code: 'gate_not_passed' },
    at: place({ kind: 'role_described' }, -1),
    forge: drop({ kind: 'pay_decided' }, true),
  },
  {
    ...{ name: 'a gate skipped: an event brought forward', rehashed: true, code: 'gate_not_passed' },
    at: place({ kind: 'channels_planned' }),
    forge: insert(posted, { kind: 'channels_planned' }, () => ({ decision_id: 'dec_forged' }), true),
  },
  {
    ...{ name: 'a fact forged', rehashed: true, code: 'fact_wrong', at: place(posted) },
    forge: edit(
      posted,
      facts((list) =>
        list.map((one) => (one['kind'] === 'team_oriented' ? { ...one, value: '2025-03-01' } : one)),
      ),
      true,
    ),
  },
  {
    ...{
      name: 'a fact from a case that never said it',
      rehashed: true,
      code: 'fact_wrong',
      at: place(posted),
    },
    forge: edit(
      posted,
      facts((list) => list.map((one) => (one['kind'] === 'pay_range' ? { ...one, case: readiness } : one))),
      true,
    ),
  },
  {
    ...{ name: 'a fact that was no longer true', rehashed: true, code: 'fact_stale', at: place(posted, 1) },
    forge: insert(
      { kind: 'orientation_held' },
      posted,
      (row) => ({
        ...{ decision_id: 'dec_forged', ...body((one) => ({ ...one, held: '2025-03-01' }))(row) },
      }),
      true,
    ),
  },
  {
    ...{ name: 'a fact withheld from the gate', rehashed: true, code: 'fact_not_named', at: place(posted) },
    forge: edit(
      posted,
      facts((list) => list.filter((one) => one['kind'] !== 'policies_to_change')),
      true,
    ),
  },
  {
    ...{
      name: 'decided by somebody without the right',
      rehashed: true,
      code: 'right_missing',
      at: place(accepted),
    },
    forge: edit(accepted, () => ({ actor: people.dana }), true),
  },
  {
    ...{
      name: 'a capacity the actor did not use',
      rehashed: true,
      code: 'capacity_wrong',
      at: place(accepted),
    },
    forge: edit(accepted, () => ({ capacity: 'executive' }), true),
  },
  {
    ...{
      name: 'decided after the assignment ended',
      rehashed: true,
      code: 'right_missing',
      at: place({ kind: 'read' }, 1),
    },
    forge: insert(
      { kind: 'pay_proposed' },
      { kind: 'assigned', nth: 10 },
      () => ({ decision_id: 'dec_forged' }),
      true,
    ),
  },
  {
    ...{ name: 'decided for somebody without their delegation', rehashed: true, code: 'right_missing' },
    at: place({ kind: 'delegated' }),
    forge: drop({ kind: 'delegated' }, true),
  },
  {
    ...{
      name: 'an assignment removed',
      rehashed: true,
      code: 'right_missing',
      at: place({ kind: 'readiness_opened' }, -1),
    },
    forge: drop({ kind: 'assigned' }, true),
  },
];

const others: readonly Forgery[] = [
  {
    ...{ name: 'a notice from nowhere', rehashed: true, code: 'notice_unknown', at: place(posted) },
    forge: insert(
      listed,
      posted,
      () => ({
        ...{
          case_id: role,
          kind: 'hire_noted',
          visibility: 'C1',
          decision_id: `employment-${opaque('x')}/4/0`,
        },
        ...{ actor: `case:employment-${opaque('x')}`, retention: 'keep' },
        body: JSON.stringify({ employment: `employment-${opaque('x')}`, dayOne: '2025-05-12' }),
      }),
      true,
    ),
  },
  {
    ...{
      name: 'a notice left out',
      rehashed: true,
      code: 'notice_passed_over',
      at: place({ kind: 'conflict_declared' }, -1),
    },
    forge: drop(listed, true),
  },
  {
    ...{ name: 'another answer to a notice', rehashed: true, code: 'notice_wrong', at: place(listed) },
    forge: edit(listed, () => ({ kind: 'joined_seat_accepted', body: '{}' }), true),
  },
  {
    ...{ name: 'a notice in another name', rehashed: true, code: 'notice_wrong', at: place(listed) },
    forge: edit(listed, () => ({ actor: `case:${role}` }), true),
  },
  {
    ...{ name: 'an act of the policy as a person’s', rehashed: true, code: 'not_by_a_person' },
    at: place({ kind: 'status_note_sent' }),
    forge: edit(
      { kind: 'status_note_sent' },
      () => ({ actor: people.dana, how: 'asserted_local', capacity: 'hr', decision_id: 'dec_forged' }),
      true,
    ),
  },
  {
    ...{
      name: 'a person’s decision as the policy’s',
      rehashed: true,
      code: 'not_by_policy',
      at: place(accepted),
    },
    forge: (one) => {
      const policy = one.rows[indexOf(one, { kind: 'prompted' })]!.actor;
      const id = `due:${readiness}:G0:act`;
      const change = () => ({ actor: policy, how: 'policy', capacity: '', decision_id: id });
      return edit(accepted, change, true)(one);
    },
  },
  {
    ...{
      name: 'an act of the policy before it was due',
      rehashed: true,
      code: 'act_not_due',
      at: place({ kind: 'screening_given' }),
    },
    forge: insert(
      { kind: 'status_note_sent' },
      { kind: 'screening_given' },
      (row) => ({ decision_id: row.decision_id.replace(/:[^:]*$/, ':early') }),
      true,
    ),
  },
  {
    ...{
      name: 'a prompt by another policy',
      rehashed: true,
      code: 'policy_wrong',
      at: place({ kind: 'prompted' }),
    },
    forge: edit({ kind: 'prompted' }, () => ({ actor: 'policy:house@0123456789ab' }), true),
  },
  {
    ...{ name: 'an actor of no kind', rehashed: true, code: 'actor_malformed', at: place(accepted) },
    forge: edit(accepted, () => ({ how: 'installation' }), true),
  },
  {
    ...{
      name: 'a confidential row that says more',
      rehashed: true,
      code: 'sealed_wrong',
      at: place({ kind: 'sealed', case: leave }),
    },
    forge: edit(
      { kind: 'sealed', case: leave },
      body((one) => ({ ...one, kind: 'leave_opened' })),
      true,
    ),
  },
  {
    ...{
      name: 'a confidential row in clear',
      rehashed: true,
      code: 'class_wrong',
      at: place({ kind: 'sealed', case: leave }),
    },
    forge: edit(
      { kind: 'sealed', case: leave },
      () => ({ kind: 'rest_begun', decision_id: 'dec_forged', body: '{}' }),
      true,
    ),
  },
  {
    ...{
      name: 'a row of the house that nobody knows',
      rehashed: true,
      code: 'event_unknown',
      at: place({ kind: 'delegated' }),
    },
    forge: edit({ kind: 'delegated' }, () => ({ kind: 'promoted' }), true),
  },
];

const screened: Which = { kind: 'applicant_screened' };
const proposed: Which = { kind: 'terms_proposed' };
const delegated: Which = { kind: 'delegated' };
const shaped = (name: string, which: Which, change: Change, code: Fault = 'body_wrong'): Forgery => ({
  ...{ name, rehashed: true, code, at: place(which) },
  forge: edit(which, change, true),
});
const nested = (open: string, close: string): string => `${open.repeat(20_000)}1${close.repeat(20_000)}`;

/** What the product never writes, by a forger who made every hash fit. */
const unwritten: readonly Forgery[] = [
  shaped(
    'an outcome that no list has',
    proposed,
    body((one) => ({ ...one, wording: 'banana' })),
  ),
  shaped(
    'something beside what is said',
    proposed,
    body((one) => ({ ...one, note: 'a name' })),
  ),
  shaped(
    'words where a ref belongs',
    { kind: 'champion_named' },
    body(() => ({ person: 'Someone by name' })),
  ),
  shaped(
    'a day that is none',
    { kind: 'posted' },
    body((one) => ({ ...one, on: '2025-13-03' })),
  ),
  shaped(
    'a number as text',
    { kind: 'description_approved' },
    body((one) => ({ ...one, version: '1' })),
  ),
  shaped('a body that is null', accepted, () => ({ body: 'null' }), 'does_not_fold'),
  shaped('a body that is a list', accepted, () => ({ body: '[]' })),
  shaped('a body that is no JSON', accepted, () => ({ body: '{' }), 'does_not_fold'),
  shaped('a body of lists without end', accepted, () => ({ body: nested('[', ']') })),
  shaped('a body of objects without end', accepted, () => ({ body: nested('{"a":', '}') })),
  shaped('facts without end', accepted, () => ({ facts: nested('[', ']') }), 'does_not_fold'),
  shaped('texts without end', accepted, () => ({ texts: nested('[', ']') }), 'text_wrong'),
  shaped('terms without end', accepted, () => ({ terms: nested('{"a":', '}') }), 'terms_wrong'),
  shaped('a member said twice', accepted, () => ({ body: '{"gate":"G9","gate":"G0"}' })),
  shaped(
    'a fact that says more',
    posted,
    facts((list) => list.map((one) => ({ ...one, note: 'a name' }))),
    'fact_wrong',
  ),
  shaped(
    'terms that say more',
    posted,
    (row) => ({ terms: JSON.stringify({ ...(JSON.parse(row.terms) as object), note: 'a name' }) }),
    'terms_wrong',
  ),
  shaped(
    'a row of the house that says more',
    delegated,
    body((one) => ({ ...one, why: 'ill' })),
  ),
  shaped(
    'an outcome of a confidential row that says more',
    { kind: 'sealed', case: leave },
    body((one) => ({ ...one, outcomes: [{ kind: 'on_leave', subject: 'a', value: 'b', note: 'a name' }] })),
    'sealed_wrong',
  ),
  shaped(
    'another outcome than the notice told',
    screened,
    body((one) => ({ ...one, outcome: 'hold' })),
    'notice_wrong',
  ),
];

/** Found in the rows themselves. */
export const forgeries: readonly Forgery[] = [...plain, ...order, ...meaning, ...others, ...unwritten];

/** Nothing in the rows speaks against these: only a head that was signed before and kept elsewhere does. */
export const onlyByAnchor: readonly Forgery[] = [
  {
    ...{ name: 'a body replaced', rehashed: true, code: 'anchor_differs', at: (one) => one.head.position },
    forge: edit(
      { kind: 'orientation_held' },
      body((one) => ({ ...one, attended: [people.theo] })),
      true,
    ),
  },
  {
    ...{ name: 'an actor replaced by another who had the right', rehashed: true, code: 'anchor_differs' },
    at: (one) => one.head.position,
    forge: edit({ kind: 'verdicts_confirmed' }, () => ({ actor: people.dana, capacity: 'hr' }), true),
  },
  {
    ...{ name: 'the tail cut', rehashed: true, code: 'tail_cut', at: (one) => one.rows.length - 4 },
    forge: (one) => withRows(one, one.rows.slice(0, -5), true),
  },
  {
    ...{
      name: 'a person’s word added at the end',
      rehashed: true,
      code: 'anchor_differs',
      at: (one) => one.head.position,
    },
    forge: insert(
      { kind: 'conflict_declared' },
      { kind: 'prompted', case: opening, nth: 3 },
      (row) => ({ decision_id: 'dec_forged', body: row.body }),
      true,
    ),
  },
];

import { takenIn } from '../client/acknowledged.ts';
import type { Packet, PacketApplicant } from '../client/ask-packet.ts';
import type { DescriptionBlock } from '../documents/description.ts';
import type { TakenText } from '../domain/kernel/taken.ts';
import { phrase } from '../documents/words.ts';
import { doingOf } from './doing.ts';
import { array, bodyOf, detail, heading, listed, paragraph, tabled, words } from './packet-words.ts';
import type { Body, Pen } from './packet-words.ts';
import { missingText } from './sentences.ts';

function applicantRow(one: PacketApplicant, pen: Pen): readonly string[] {
  const applied = one.rows.find((row) => row.kind === 'applied');
  return [
    one.candidacy,
    pen.who(one.person),
    pen.at(applied?.at ?? null),
    phrase(one.outcome),
    one.reasons.length === 0 ? '' : words(one.reasons),
    pen.at(one.outcomeAt),
    pen.at(one.toldAt),
  ];
}

function judgedBlocks(packet: Packet): readonly DescriptionBlock[] {
  const stated = bodyOf(packet.rows.findLast((row) => row.kind === 'consensus_stated'));
  const results = (array(stated['results']) as readonly Body[]).map((one) => [
    String(one['candidacy']),
    phrase(String(one['outcome'])),
    words(array(one['reasons'])),
  ]);
  const dissents = packet.rows
    .filter((row) => row.kind === 'consensus_answered')
    .flatMap((row) => array(bodyOf(row)['dissents']) as readonly Body[])
    .map((one) => `${String(one['candidacy'])}: ${words(array(one['reasons']))}`);
  return [
    tabled(['Application', 'The panel found', 'Reasons'], results, 'The panel has not stated what it found.'),
    ...(dissents.length === 0 ? [] : [paragraph('Recorded dissents:'), listed(dissents, '')]),
  ];
}

export function applicantBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const head = ['Application', 'Person', 'Applied', 'Outcome', 'Reasons', 'Decided', 'Told'];
  return [
    heading('Applicants'),
    tabled(
      head,
      packet.applicants.map((one) => applicantRow(one, pen)),
      'Nobody has applied.',
    ),
    ...judgedBlocks(packet),
  ];
}

const told = new Set([
  ...[
    'receipt_acknowledged',
    'withdrawal_acknowledged',
    'status_note_sent',
    'questions_sent',
    'outcome_told',
  ],
  ...['slots_offered', 'offer_sent', 'candidate_asked', 'second_channel_tried', 'request_answered'],
]);

export function noticeBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const said = packet.applicants.flatMap(({ candidacy, rows }) =>
    rows
      .filter((row) => told.has(row.kind ?? ''))
      .map((row) => ({ at: row.at, cells: [candidacy, phrase(row.kind ?? ''), `row ${row.position}`] })),
  );
  const mails = packet.mails.map(({ at, case: id, code, state }) => ({
    at,
    cells: [id, `${code} ${doingOf(code)}`, `mail ${state}`],
  }));
  const all = [...said, ...mails].toSorted((a, b) => a.at - b.at);
  return [
    heading('Notices to applicants'),
    tabled(
      ['When', 'Application', 'What', 'How'],
      all.map(({ at, cells }) => [pen.at(at), ...cells]),
      'No notice went out.',
    ),
  ];
}

/** What did not go as planned, and the code that says why. */
const lacks: Readonly<Record<string, string>> = {
  warning_acknowledged: 'decided against a rule that warns',
  answered_late: 'answered after its day',
  rater_dropped: 'a rater’s sheet was dropped for everybody',
  seat_refilled: 'a seat of the panel or screening passed on',
  seat_left: 'a seat of the panel stood empty',
  alternate_called: 'an alternate was called',
  interview_set_aside: 'a conversation was set aside',
  re_interview_ordered: 'conversations were held anew',
  incident_reported: 'a question was asked that must not be asked',
  search_paused: 'the search stood still',
  prompt_undelivered: 'a message did not reach its person',
  sheets_carried: 'sheets of another conversation were carried over',
  application_late: 'an application came after the close',
};

/** Where a text stood, and the codes that whoever gave it had read. */
const takenText = ({ field, rules }: TakenText): string => `${field}: ${rules.join(', ')}`;

export function missingBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const all = [
    ...packet.rows.map((row) => ({ id: packet.opening, row })),
    ...packet.applicants.flatMap(({ candidacy, rows }) => rows.map((row) => ({ id: candidacy, row }))),
  ].filter(({ row }) => lacks[row.kind ?? ''] !== undefined || takenIn(row).length > 0);
  const exceptions = packet.rows.filter(
    (row) => row.kind === 'pool_accepted' && bodyOf(row)['outcome'] === 'proceed_with_exception',
  );
  const proposal = bodyOf(packet.rows.findLast((row) => row.kind === 'pool_proposed'));
  const unreached = array(
    bodyOf(packet.rows.findLast((row) => row.kind === 'references_recorded'))['unreachable'],
  );
  const notes = [
    ...exceptions.map(
      () => `Fewer qualified people than asked for, because of: ${words(array(proposal['reasons']))}.`,
    ),
    ...unreached.map((id) => `References of ${String(id)} could not be reached.`),
    ...packet.applicants.flatMap(({ candidacy, skipped }) =>
      skipped.map((step) => `${candidacy} did not take the step “${phrase(step)}”.`),
    ),
    ...packet.gates.flatMap(({ gate, passed, missing }) =>
      passed ? [] : missing.map((one) => `Gate ${gate} still lacks: ${missingText(one)}.`),
    ),
  ];
  return [
    heading('What was missing, and why'),
    tabled(
      ['When', 'Case', 'What', 'Why', 'Row'],
      all
        .toSorted((a, b) => a.row.position - b.row.position)
        .map(({ id, row }) => [
          pen.at(row.at),
          id,
          lacks[row.kind ?? ''] ?? 'a text was let stand against a guard’s warning',
          [detail(row.body), ...takenIn(row).map(takenText)].filter((one) => one !== '').join('; '),
          String(row.position),
        ]),
      'Nothing on record.',
    ),
    ...(notes.length === 0 ? [] : [listed(notes, '')]),
  ];
}

import { writeFile } from 'node:fs/promises';
import { askPacket } from '../client/ask-packet.ts';
import type { Packet } from '../client/ask-packet.ts';
import type { Happened } from '../client/ask-history.ts';
import { questionBank } from '../content/index.ts';
import type { DescriptionBlock } from '../documents/description.ts';
import { toHtml, toMarkdown } from '../documents/render.ts';
import { phrase } from '../documents/words.ts';
import { mustTakeFile } from '../local/place-check.ts';
import type { CaseOptions } from './case.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { mustBe } from './ids.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import { applicantBlocks, missingBlocks, noticeBlocks } from './packet-applicants.ts';
import { array, bodyOf, detail, heading, paragraph, penOf, tabled, words } from './packet-words.ts';
import type { Body, Pen } from './packet-words.ts';

export interface PacketOptions extends Omit<CaseOptions, 'as'> {
  readonly as: string;
  readonly names?: boolean | undefined;
  readonly html?: boolean | undefined;
  readonly out?: string | undefined;
}

const firstRow = ({ rows }: Packet, kind: string): Happened | undefined =>
  rows.find((row) => row.kind === kind);

function searchBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const opened = firstRow(packet, 'opening_opened');
  const { role, roleVersion, seats } = bodyOf(opened);
  return [
    paragraph(
      `Opening ${packet.opening} at ${packet.siteName}: ${String(seats)} ${seats === 1 ? 'seat' : 'seats'} of role ${String(role)}, version ${String(roleVersion)}. Printed ${pen.at(packet.now)}. Confidential matters are in no packet.`,
    ),
  ];
}

const postingKinds = new Set([
  ...['channels_planned', 'posting_approved', 'posting_returned', 'posted', 'posting_extended'],
  ...['posting_paused', 'posting_resumed', 'posting_closed'],
]);

const fromRole =
  'No wording of its own is on record: the posting is made from the approved description of the role (“peer-hire opening posting”).';

function postingBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const rows = packet.rows.filter((row) => postingKinds.has(row.kind ?? ''));
  const approved = bodyOf(firstRow(packet, 'posting_approved'))['text'];
  const text = typeof approved === 'string' ? packet.texts.get(approved) : undefined;
  const pack = typeof approved === 'string' ? packet.packs.get(approved) : undefined;
  return [
    heading('Posting'),
    tabled(
      ['When', 'What', 'Details', 'Row'],
      rows.map((row) => [pen.at(row.at), phrase(row.kind ?? ''), detail(row.body), String(row.position)]),
      'Nothing was posted.',
    ),
    ...(text === undefined ? [paragraph(fromRole)] : [paragraph('The approved wording:'), paragraph(text)]),
    ...(pack === undefined ? [] : [paragraph(`It was read by the rule pack ${pack}.`)]),
  ];
}

function questionRow(packet: Packet, marked: Body): readonly string[] {
  const { id, status, code, text, pack } = marked;
  const bank = questionBank().questions.find((one) => one.id === id)?.text;
  const own = typeof text === 'string' ? packet.texts.get(text) : undefined;
  const sealed = typeof text === 'string' ? packet.packs.get(text) : undefined;
  return [
    String(id),
    own ?? bank ?? '',
    words([status, ...(typeof code === 'string' ? [code] : [])]),
    typeof pack === 'string' ? pack : (sealed ?? ''),
  ];
}

function kitBlocks(packet: Packet): readonly DescriptionBlock[] {
  const plans = packet.rows.filter((row) => row.kind === 'interviews_planned');
  const { questions, firstDay, lastDay } = bodyOf(plans.at(-1));
  const marks = packet.rows
    .filter((row) => row.kind === 'questions_marked')
    .flatMap((row) => array(bodyOf(row)['questions']) as readonly Body[]);
  const asked = array(questions).map(String);
  return [
    heading('Questions and interviews'),
    paragraph(
      asked.length === 0
        ? 'No interviews are planned.'
        : `Conversations from ${String(firstDay)} to ${String(lastDay)}; the same questions to everybody, in this order: ${asked.join(', ')}.`,
    ),
    tabled(
      ['Question', 'Wording', 'Marked', 'Rule pack'],
      marks.map((one) => questionRow(packet, one)),
      'No question was marked.',
    ),
  ];
}

function proofBlocks(packet: Packet, pen: Pen): readonly DescriptionBlock[] {
  const readings = packet.readings.map(({ at, by, what, refs }) => [
    pen.at(at),
    pen.who(by),
    phrase(what),
    refs.join(' '),
  ]);
  return [
    heading('Who read what'),
    tabled(['When', 'Who', 'Question', 'About'], readings, 'No reading of it is on record before this one.'),
    heading('How to check it'),
    paragraph(
      `Row numbers are places in the ledger, which stood at ${packet.head.position} with the hash ${packet.head.hash}. “peer-hire ledger export” writes the whole of it to a file without names; “peer-hire ledger verify FILE” proves that file on any machine.`,
    ),
  ];
}

/** A packet as a document. */
export function packetDocument(packet: Packet): {
  readonly title: string;
  readonly version: number;
  readonly blocks: readonly DescriptionBlock[];
} {
  const pen = penOf(packet);
  const version = Number(bodyOf(firstRow(packet, 'opening_opened'))['roleVersion'] ?? 0);
  const blocks = [
    ...searchBlocks(packet, pen),
    ...postingBlocks(packet, pen),
    ...kitBlocks(packet),
    ...applicantBlocks(packet, pen),
    ...noticeBlocks(packet, pen),
    ...missingBlocks(packet, pen),
    ...proofBlocks(packet, pen),
  ];
  return { title: 'Record of a search', version, blocks };
}

/** Writes a paper to a new file. @throws Stop (usage) */
export async function writePaper(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch {
    const message = 'The file is there already or cannot be written; name another.';
    throw new Stop(EXIT.usage, 'not_written', message);
  }
}

/** `case packet`: everything about one search in one printable file. */
export async function casePacket(io: Io, id: string, options: PacketOptions): Promise<Exit> {
  if (options.out !== undefined) mustTakeFile(options.out);
  mustBe('opening', id);
  return within(options, io.env, async ({ office }) => {
    const packet = await askPacket(office, options.as, id, options.names === true);
    const document = packetDocument(packet);
    const text = options.html === true ? toHtml(document) : toMarkdown(document);
    if (options.out !== undefined) await writePaper(options.out, text);
    const { applicants, head } = packet;
    const said = {
      case: id,
      applicants: applicants.length,
      head,
      ...(options.out === undefined ? { text } : {}),
    };
    if (options.json === true) io.out(JSON.stringify({ ...said, out: options.out ?? null }));
    else io.out(options.out === undefined ? text.trimEnd() : `Record of the search: ${options.out}`);
    return EXIT.done;
  });
}

import { rulesTaken } from '../client/acknowledged.ts';
import { askExplanation } from '../client/ask-explain.ts';
import type { Explained, Explanation } from '../client/ask-explain.ts';
import { mustTakeFile } from '../local/place-check.ts';
import { asOf } from './board.ts';
import { actorText } from './case.ts';
import type { CaseOptions } from './case.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import { detail } from './packet-words.ts';
import { writePaper } from './packet.ts';
import { when, whySentence } from './sentences.ts';

export interface ExplainOptions extends CaseOptions {
  readonly out?: string | undefined;
}

const spaced = (word: string): string => word.replaceAll('_', ' ');
/** A paper says that somebody was away, and no more. */
const absences: Readonly<Record<string, string>> = {
  leave_noted: 'absence noted',
  leave_over: 'absence over',
  session_on_leave: 'session fell away',
};

/** Who made room in a panel is nobody's business outside of it (D3.5). */
const quiet: ReadonlySet<string> = new Set([
  'conflict_declared',
  'seat_refilled',
  'seat_left',
  'alternate_called',
  'alternate_left',
  'choice_passed_on',
]);

/** Who brought it about, as the subject of a sentence. */
function byWhom(row: Explained): string {
  const { actor } = row;
  if (quiet.has(row.kind ?? '')) return 'Whoever it concerned';
  if (actor === null) return 'Somebody this page does not name';
  if (actor.startsWith('policy:')) return 'The policy in force';
  if (actor.startsWith('case:')) return `Another case (${actor.slice('case:'.length)})`;
  return actorText(row);
}

const place = ({ position, sequence }: Explained): string =>
  sequence === null ? `[row ${position}]` : `[row ${position}, number ${sequence} of this case]`;

function gatesText(row: Explained): string {
  if (row.gates.length === 0) return '';
  const used = row.facts.map((fact) => `${spaced(fact.kind)} from ${fact.case} number ${fact.sequence}`);
  const from = used.length === 0 ? '' : `, with these facts: ${used.join('; ')}`;
  return ` Before this, ${row.gates.join(' and ')} had to hold${from}.`;
}

/** That a text was taken although a guard warned of its wording. */
function takenSentence(row: Explained): string {
  const rules = rulesTaken(row);
  return rules.length === 0 ? '' : ` A text was let stand against the warning ${rules.join(', ')}.`;
}

/** One row as a sentence. */
function sentence(row: Explained, zone: string): string {
  const at = when(row.at, zone);
  if (row.masked || row.kind === null)
    return `On ${at} something was recorded that this page may not show. ${place(row)}`;
  const details = detail(row.body);
  const kind = absences[row.kind] ?? spaced(row.kind);
  const what = details === '' ? kind : `${kind} (${details})`;
  return `On ${at}: ${what}. ${byWhom(row)} recorded it under policy ${row.policy}.${takenSentence(row)}${gatesText(row)} ${place(row)}`;
}

/** Prompts in a row are one sentence: what was asked matters more than how often. */
function pastLines(rows: readonly Explained[], zone: string): readonly string[] {
  const lines: string[] = [];
  let asked: Explained[] = [];
  const tellAsked = (): void => {
    const [first] = asked;
    const last = asked.at(-1);
    if (first !== undefined && last !== undefined)
      lines.push(
        `${asked.length} ${asked.length === 1 ? 'prompt' : 'prompts'} went out up to ${when(last.at, zone)}. [rows ${first.position} to ${last.position}]`,
      );
    asked = [];
  };
  for (const row of rows) {
    if (row.kind === 'prompted') asked.push(row);
    else {
      tellAsked();
      lines.push(sentence(row, zone));
    }
  }
  tellAsked();
  return lines;
}

/** An explanation as text: numbered sentences, what is owed, and how to prove it. */
export function explainText(explained: Explanation): string {
  const { case: id, kind, stage, status, zone, now, rows, ahead, hash } = explained;
  const past = pastLines(rows, zone).map((line, n) => `${n + 1}. ${line}`);
  return [
    `# ${id}`,
    `This is the record of one ${kind}, printed on ${when(now, zone)}. It stands at the stage ${spaced(stage)} and is ${status}.`,
    '## What happened',
    past.join('\n'),
    'What is not for whoever asked for this page is left out of it.',
    '## What is owed now',
    ahead.length === 0 ? 'Nothing.' : ahead.map((one) => `- ${whySentence(one)}`).join('\n'),
    '## How to check this page',
    [
      'Each sentence names its row. Ask for the file that "peer-hire ledger export" writes; it holds all rows, no names and no texts.',
      '"peer-hire ledger verify FILE" proves on any machine, without a server, that no row was changed, left out or put in, that each gate held and that whoever decided was allowed to.',
      `The last row of this case must have the hash ${hash}.`,
    ].join('\n'),
    '',
  ].join('\n\n');
}

/** `case explain`: one page in plain sentences. */
export async function caseExplain(io: Io, id: string, options: ExplainOptions): Promise<Exit> {
  if (options.out !== undefined) mustTakeFile(options.out);
  return within(options, io.env, async ({ office }) => {
    const explained = await askExplanation(office, asOf(options.as), id);
    const text = explainText(explained);
    if (options.out !== undefined) await writePaper(options.out, text);
    if (options.json === true) io.out(JSON.stringify({ ...explained, out: options.out ?? null }));
    else io.out(options.out === undefined ? text.trimEnd() : `Explanation: ${options.out}`);
    return EXIT.done;
  });
}

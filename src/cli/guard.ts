import { errorLine, guardedLine, linesFrom } from '../client/guard-lines.ts';
import type { Checked } from '../client/guard-lines.ts';
import { loadGuard, remembering } from '../client/guard-load.ts';
import type { Surface } from '../guards/index.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { findingLines } from './guard-words.ts';
import { InputTooLong, styled } from './io.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';

export interface GuardOptions extends Common {
  readonly surface: string;
  readonly explain?: boolean | undefined;
  readonly fix?: boolean | undefined;
}

/** Whole input: two thousand lines of the longest text there may be. */
const MOST_TYPED_BYTES = 33_554_432;

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

function surfaceOf(known: readonly Surface[], given: string): Surface {
  const found = known.find((one) => one === given);
  if (found === undefined) throw usage(`--surface takes one of ${known.join(', ')}.`);
  return found;
}

async function typed(io: Io): Promise<string> {
  try {
    const text = await io.stdin(MOST_TYPED_BYTES);
    if (text !== null) return text;
  } catch (error) {
    if (error instanceof InputTooLong) throw usage(`At most ${MOST_TYPED_BYTES} bytes at once.`);
    throw error;
  }
  throw usage('Give lines of text, or JSON lines {"id", "text"}, on standard input.');
}

/** For people: what was found in a line, and what to write in its place. */
function explained(io: Io, one: Checked): readonly string[] {
  const head = styled(io, 'bold', String(one.id ?? one.line));
  if (one.is === 'error') return [`${head} was not read: ${one.error}`];
  if (one.findings.length === 0) return [`${head} nothing found`];
  return [head, ...one.findings.flatMap(findingLines)];
}

/** `--fix`: the line with the words it should have, in the form it came in; one without such words as it was. */
function fixedLine(one: Extract<Checked, { is: 'checked' }>, words: string | null): string {
  const text = words ?? one.text;
  return one.json ? JSON.stringify({ id: one.id, text }) : text;
}

/**
 * `guard`: what the guards say of lines of text. Needs no installation, starts nothing and keeps nothing.
 * With `--fix` it gives the lines back with the wording of L1, the rule that has one answer; all else is for a person to say.
 * A line that cannot be read gets an error of its own and the rest goes on; the exit code is then 2.
 */
export async function guardCommand(io: Io, options: GuardOptions): Promise<Exit> {
  const { SURFACES, rewording } = await import('../guards/index.ts');
  const surface = surfaceOf(SURFACES, options.surface);
  if (options.fix === true && options.explain === true)
    throw usage('Give --fix for the lines themselves, or --explain for what was found; not both.');
  // A list says many things several times.
  const guard = remembering(await loadGuard());
  let exit: Exit = EXIT.done;
  for (const line of linesFrom(await typed(io))) {
    const one: Checked =
      line.is === 'error' ? line : { ...line, is: 'checked', findings: guard.findingsOf(surface, line.text) };
    if (one.is === 'error') exit = EXIT.refused;
    if (options.fix === true) {
      if (one.is === 'error') io.err(JSON.stringify(errorLine(one)));
      else io.out(fixedLine(one, rewording(one.findings)));
    } else if (options.explain === true && options.json !== true) io.out(explained(io, one).join('\n'));
    else io.out(JSON.stringify(one.is === 'error' ? errorLine(one) : guardedLine(one)));
  }
  return exit;
}

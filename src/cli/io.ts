import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Env } from '../local/home.ts';

/** What a command talks to: passed in, so that a test can listen. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Env;
  /** Colours only where a person looks. */
  readonly color: boolean;
  /** Standard input whole, or null when a terminal is there instead of data. @throws InputTooLong */
  stdin(limit: number): Promise<string | null>;
}

export type Style = Parameters<typeof styleText>[0];

/** @returns the text in a style on a terminal, plain elsewhere. */
export function styled(io: Io, style: Style, text: string): string {
  return io.color ? styleText(style, text) : text;
}

export interface TableOptions {
  /** Of its columns, where long words have to be broken into lines. */
  readonly widths?: readonly number[];
  /** No line between rows. */
  readonly dense?: boolean;
}

const NO_LINES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** A table as plain text. */
export function table(
  io: Io,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { widths = [], dense = false }: TableOptions = {},
): string {
  const made = new Table({
    head: [...head],
    style: { head: io.color ? ['bold'] : [], border: io.color ? ['gray'] : [] },
    wordWrap: true,
    ...(widths.length === 0 ? {} : { colWidths: [...widths] }),
    ...(dense ? { chars: NO_LINES } : {}),
  });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}

/** Standard input is longer than any command. */
export class InputTooLong extends Error {
  readonly code = 'oversized';
}

/**
 * What an output that takes nothing more comes to. Whoever read it went away (`EPIPE`): the command is through, in order; a
 * disk that is full is told, since what was said is not all there.
 */
export interface OutputEnd {
  readonly stop: boolean;
  readonly message: string | null;
}

/** @param code of the error that writing to standard output gave */
export function outputEnd(code: string | undefined): OutputEnd {
  if (code === 'EPIPE') return { stop: true, message: null };
  const message = `What this command says could not be written (${code ?? 'unknown'}) and is not all there. What it did stands.`;
  return { stop: false, message };
}

/** The io of a real process. */
export function processIo(): Io {
  const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    env: process.env,
    color,
    stdin: async (limit) => {
      if (process.stdin.isTTY) return null;
      const parts: Buffer[] = [];
      let length = 0;
      for await (const part of process.stdin as AsyncIterable<Buffer>) {
        length += part.length;
        if (length > limit) throw new InputTooLong('oversized: standard input');
        parts.push(part);
      }
      return Buffer.concat(parts).toString('utf8');
    },
  };
}

import { Check } from './check.ts';
import type { CheckOptions } from './check.ts';
import { Checksum, parseHeader, parseLine } from './lines.ts';
import type { Head } from './lines.ts';
import { Wrong, failureOf, nowhere, wrongAt } from './verdict.ts';
import type { Place, Proof, Verdict } from './verdict.ts';

/**
 * Proves an export, line by line, without any server: the file may be larger than memory.
 * @param lines of the export, without their line feeds
 * @returns what holds, or the first wrong place
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  options: CheckOptions = {},
): Promise<Verdict> {
  try {
    return await proven(lines, options);
  } catch (error) {
    return failureOf(error);
  }
}

/** An export as far as it was read. */
class Reading {
  private readonly options: CheckOptions;
  private readonly checksum = new Checksum();
  private check: Check | null = null;
  private head: Head | null = null;
  private rows = false;

  constructor(options: CheckOptions) {
    this.options = options;
  }

  /** Where the next line belongs. */
  private get place(): Place {
    return this.check === null ? nowhere : { position: this.check.next, case: '', sequence: 0 };
  }

  /** @throws Wrong, and nothing else: whatever stands in a line, it is a fault of that line */
  line(line: string): void {
    const { place } = this;
    try {
      this.take(line, place);
    } catch (error) {
      throw wrongAt(error, place, 'malformed_line', 'nothing can be made of it');
    }
  }

  private take(line: string, place: Place): void {
    if (this.head !== null) throw new Wrong(place, 'malformed_line', 'a line after the head');
    if (this.check === null) {
      this.check = new Check(parseHeader(line), this.options);
      return this.checksum.add(line);
    }
    const parsed = parseLine(line, place);
    if (parsed.is === 'head') {
      this.head = parsed.head;
      return;
    }
    this.checksum.add(line);
    if (parsed.is === 'row') {
      this.rows = true;
      return this.check.row(parsed.row, null);
    }
    if (this.rows) throw new Wrong(place, 'malformed_line', 'a document among the rows');
    this.check.document(parsed.document);
  }

  /** @throws Wrong */
  end(): Proof {
    const { check, head, place } = this;
    if (check === null) throw new Wrong(nowhere, 'head_missing', 'the export is empty');
    if (head === null) throw new Wrong(place, 'head_missing', 'the export ends without its head');
    const proof = check.end(head);
    if (head.checksum !== this.checksum.hex())
      throw new Wrong(nowhere, 'checksum_wrong', 'lines were changed');
    return proof;
  }
}

/** What the lines' source itself throws (a file that cannot be read) is no verdict, and is thrown on. */
async function proven(lines: AsyncIterable<string>, options: CheckOptions): Promise<Proof> {
  const reading = new Reading(options);
  for await (const line of lines) reading.line(line);
  return reading.end();
}

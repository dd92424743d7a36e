import { Check } from './check.ts';
import type { CheckOptions } from './check.ts';
import { Checksum, parseHeader, parseLine } from './lines.ts';
import type { Head } from './lines.ts';
import { Wrong, failureOf, nowhere } from './verdict.ts';
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

async function proven(lines: AsyncIterable<string>, options: CheckOptions): Promise<Proof> {
  const checksum = new Checksum();
  let check: Check | null = null;
  let head: Head | null = null;
  let rows = false;
  for await (const line of lines) {
    const place: Place = check === null ? nowhere : { position: check.next, case: '', sequence: 0 };
    if (head !== null) throw new Wrong(place, 'malformed_line', 'a line after the head');
    if (check === null) {
      check = new Check(parseHeader(line), options);
      checksum.add(line);
      continue;
    }
    const parsed = parseLine(line, place);
    if (parsed.is === 'head') head = parsed.head;
    else checksum.add(line);
    if (parsed.is === 'document' && rows)
      throw new Wrong(place, 'malformed_line', 'a document among the rows');
    if (parsed.is === 'document') check.document(parsed.document);
    if (parsed.is === 'row') check.row(parsed.row, null);
    rows ||= parsed.is === 'row';
  }
  if (check === null) throw new Wrong(nowhere, 'head_missing', 'the export is empty');
  const place = { position: check.next, case: '', sequence: 0 };
  if (head === null) throw new Wrong(place, 'head_missing', 'the export ends without its head');
  const proof = check.end(head);
  if (head.checksum !== checksum.hex()) throw new Wrong(nowhere, 'checksum_wrong', 'lines were changed');
  return proof;
}

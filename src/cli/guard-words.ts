import type { FoundInText } from '../client/guard-texts.ts';
import type { Finding } from '../guards/index.ts';

const levelWords: Readonly<Record<Finding['level'], string>> = {
  block: 'not possible',
  warn: 'look again',
  fix: 'replace',
};

/** @returns a finding in words: rule, level, reason, and what to write in its place */
export function findingLines({ rule, level, why, instead }: Finding): readonly string[] {
  return [`  ${rule} (${levelWords[level]}): ${why}`, ...(instead === '' ? [] : [`    instead: ${instead}`])];
}

/** @returns what the guards found in the texts of a command, for their author; the texts themselves are not repeated */
export function foundLines(found: readonly FoundInText[]): readonly string[] {
  if (found.length === 0) return [];
  return [
    'What the guards say, to you alone:',
    ...found.flatMap(({ field, findings }) => [
      ` ${field}`,
      ...findings.flatMap((one) => findingLines(one).map((line) => ` ${line}`)),
    ]),
  ];
}

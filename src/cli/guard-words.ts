/** A finding as it is said, here or by a server. */
interface Said {
  readonly rule: string;
  readonly level: string;
  readonly why: string;
  readonly instead?: string | null | undefined;
}

const levelWords: Readonly<Record<string, string>> = {
  block: 'not possible',
  warn: 'look again',
  fix: 'replace',
};

/** @returns a finding in words: rule, level, reason, and what to write in its place */
export function findingLines({ rule, level, why, instead }: Said): readonly string[] {
  const better = instead == null || instead === '' ? [] : [`    instead: ${instead}`];
  return [`  ${rule} (${levelWords[level] ?? level}): ${why}`, ...better];
}

/** @returns what the guards found in the texts of a command, for their author; the texts themselves are not repeated */
export function foundLines(
  found: readonly { readonly field: string; readonly findings: readonly Said[] }[],
): readonly string[] {
  if (found.length === 0) return [];
  return [
    'What the guards say, to you alone:',
    ...found.flatMap(({ field, findings }) => [
      ` ${field}`,
      ...findings.flatMap((one) => findingLines(one).map((line) => ` ${line}`)),
    ]),
  ];
}

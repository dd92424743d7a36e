import { EXIT, Stop } from './exit.ts';

/** Puts a text at its place; a list stays a list, with a number as the name of a place in it. */
function put(payload: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at: Record<string, unknown> = payload;
  for (const part of path.slice(0, -1)) {
    const next = at[part];
    const copied = typeof next === 'object' && next !== null ? { ...next } : {};
    at[part] = Array.isArray(next) ? [...(next as unknown[])] : copied;
    at = at[part] as Record<string, unknown>;
  }
  at[path.at(-1) ?? ''] = value;
}

/**
 * Puts the texts of `--text field=…` at their places in a payload.
 * @throws Stop (usage) for one without a field
 */
export function withTexts(
  payload: Readonly<Record<string, unknown>>,
  given: readonly string[],
): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...payload };
  for (const one of given) {
    const at = one.indexOf('=');
    if (at < 1)
      throw new Stop(EXIT.usage, 'usage', '--text takes field=words, e.g. --text note="as agreed".');
    put(whole, one.slice(0, at).split('.'), { text: one.slice(at + 1) });
  }
  return whole;
}

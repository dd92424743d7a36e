/**
 * Keys by which two things owed under one code are told apart, the closest first: by what it is about, or by who is asked:
 * `X9:team`, `D3.5/manager:…`, `P7.1:2026-07-21:0:employee`.
 * @param id of what is owed
 */
export function variantKeys(code: string, id: string): readonly string[] {
  const parts = id.split(':');
  return [parts[0] ?? '', parts.slice(0, 2).join(':'), `${code}:${parts.at(-1) ?? ''}`];
}

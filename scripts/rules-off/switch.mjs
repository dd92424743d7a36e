// What the changed rules ask at run time: is a rule on? One code is off at a time; each rule that says no is noted.

/** Shared with the runner of the tests, which is loaded another way. */
export const state = (globalThis.rulesOff ??= { off: '', said: new Set() });

/** @returns false for the rule that is off: its refusal is passed over. */
export function on(code) {
  if (code === undefined) return true;
  state.said.add(code);
  return code !== state.off;
}

/** What a gate lacks, without the entries of the rule that is off; one entry of one gate is `opening/G2:D3.1`. */
export function items(kind, gate, missing) {
  for (const one of missing) {
    state.said.add(one.code);
    state.said.add(`${kind}/${gate}:${one.code}`);
  }
  if (missing.length > 0) state.said.add(gate);
  if (gate === state.off) return [];
  return missing.filter((one) => one.code !== state.off && `${kind}/${gate}:${one.code}` !== state.off);
}

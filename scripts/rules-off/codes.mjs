// Which codes are switched off: rules (R4.2), exceptions (X6), gates (G3), and the entries of a gate that are no rule of
// their own (`opening/G2:D3.1`).
const RULE = /^(?:[RX]\d+(?:\.\d+)?|G\d)$/;
const ENTRY = /^[a-z]+\/[A-Z][\d.]+:(?![RX]\d)/;
const bare = (code) => code.slice(code.indexOf(':') + 1);

/** WARN rules that are decisions or prompts by their code; the run fills them in. */
export const isSubject = (code, wanted = []) =>
  (RULE.test(code) || ENTRY.test(code) || (process.env['RULES_WARN'] ?? '').split(',').includes(code)) &&
  (wanted.length === 0 || wanted.includes(code) || wanted.includes(bare(code)));

/** Whether the name of a test names the code: `R4.2` stands in "… (R4.2)", not in "R4.21". */
export const namedBy = (code, name) =>
  new RegExp(`(?<![\\w.])${bare(code).replaceAll('.', '\\.')}(?!\\d|\\.\\d)`, 'u').test(name);

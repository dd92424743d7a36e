/** What rows of a case of any kind say: written by scripts/shapes.mjs from the types of the events, never by hand. */
export const kernelShapes: Readonly<Record<string, string>> = {
  answered_late: '{obligation: string, code: string, due: instant}',
  notice_declined: '{notice: string, code: string}',
  prompt_undelivered: '{prompt: string, code: string}',
  prompted: '{obligation: string, code: string, rung: string, to: string[], due: instant, passed?: string[]}',
  redaction_settled: '{text: string, outcome: "deleted"|"restored"|"vaulted"}',
  terms_adopted:
    '{before: {policy: string, calendar: string, profile: string, comparator: null|string}, after: {policy: string, calendar: string, profile: string, comparator: null|string}}',
  text_hidden: '{text: string}',
  warning_acknowledged:
    '{rule: "D0.7"|"D1.2"|"D3.1"|"D4.2"|"D4.5"|"D7.6"|"D9.7"|"G1"|"P4.1"|"R0.2"|"R0.3"|"R0.4"|"R0.5"|"R2.5"|"R7.6"|"R8.3"|"R8.6", about?: string}',
};
